"""Abbreviations that occur in documents, with their meaning where a document itself gives it.

A meaning is found beside its abbreviation by the algorithm of Schwartz and Hearst ("A simple
algorithm for identifying abbreviation definitions in biomedical text", 2003), made stricter: a
letter opens its word, or follows another of the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from rag.citation.line import Line, line_of
from rag.citation.quote import Quote, sentence_quotes
from rag.citation.verify import find_quote
from rag.inspection.reports import newest_first
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.packs.types import Term
from rag.text.lexicon import cue, lists
from rag.types import Document, Passage

_FEWEST = 2
"""How often an abbreviation must occur to be listed without its meaning."""
_SHORT = r"[A-Z][A-Za-z&]{0,6}[A-Z]"
_AFTER = re.compile(rf"\(['\u2018]?(?P<short>{_SHORT})(?P<plural>['\u2019]?s)?['\u2019]?\)")
"""An abbreviation after its meaning: "multi-agency safeguarding hub (MASH)"."""
_MEANT = re.compile(rf"(?<![\w(])(?P<short>{_SHORT})s? \((?P<meaning>[a-z][^()\d]{{6,80}})\)")
"""... and before it: "MASH (multi-agency safeguarding hub)"."""
_ALONE = re.compile(r"(?<![\w.@/-])(?P<short>[A-Z]{2,6})(?=s?\b)(?![\w@/.-]*@)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|&")
_TRAILING = re.compile(r"['\u2019]s?$")
_JOINING = frozenset(
    ["of", "and", "the", "for", "in", "to", "on", "with", "or", "a", "an", "at", "by", "from", "&"]
)


@dataclass(frozen=True, slots=True)
class AbbreviationMention:
    """An abbreviation in a sentence, with its meaning and the words that give both, or neither."""

    short: str
    quote: Quote
    meaning: str = ""
    phrase: str = ""


def glossary(library: Corpus, documents: Iterable[Document]) -> tuple[Term, ...]:
    """The abbreviations of the documents by the alphabet, as the newest that spells each out gives
    it; one that none spells out, and that occurs more than once, has no meaning: none is stated
    that no document says."""
    spelt_out: dict[str, AbbreviationMention] = {}
    bare: dict[str, list[AbbreviationMention]] = {}
    for document in newest_first(documents):
        for mention in library.analysed(document, _of_document):
            if mention.meaning:
                spelt_out.setdefault(mention.short, mention)
            else:
                bare.setdefault(mention.short, []).append(mention)
    for short, mentions in bare.items():
        if len(mentions) >= _FEWEST:
            spelt_out.setdefault(short, mentions[0])
    terms: list[Term] = []
    for short, mention in sorted(spelt_out.items()):
        line = line_of(library, mention.quote)
        if line:
            terms.append(Term(short, mention.meaning, _narrowed(line, mention.phrase)))
    return tuple(terms)


def _narrowed(line: Line, phrase: str) -> Line:
    """The line with no more quoted than the phrase, where that stands on one page."""
    for citation in line.citations if phrase else ():
        at = find_quote(phrase, citation.quote)
        if at:
            cut = replace(citation, quote=citation.quote[at[0] : at[1]])
            return replace(line, text=phrase, citations=(cut,))
    return line


# ---------------------------------------------------------------- in one document


@kept
def _of_document(passages: Sequence[Passage]) -> tuple[AbbreviationMention, ...]:
    return tuple(chain.from_iterable(map(abbreviation_mentions, sentence_quotes(passages))))


def abbreviation_mentions(quote: Quote) -> Iterator[AbbreviationMention]:
    """The abbreviations of a sentence, those that it spells out with their meanings."""
    text, spelt_out = quote.text, set[str]()
    for match in _AFTER.finditer(text):
        short, start = match["short"], _meaning_start(text[: match.start()], match["short"])
        if start is not None:
            spelt_out.add(short)
            meaning = _TRAILING.sub("", " ".join(text[start : match.start()].split()))
            yield AbbreviationMention(short, quote, meaning, text[start : match.end()])
    for match in _MEANT.finditer(text):
        short = match["short"]
        if _meaning_start(match["meaning"], short) == 0:
            spelt_out.add(short)
            yield AbbreviationMention(short, quote, match["meaning"], match.group())
    if _is_shouted(text):
        return
    for short in sorted({match["short"] for match in _ALONE.finditer(text)} - spelt_out):
        if not _is_a_word(short):
            yield AbbreviationMention(short, quote)


def _is_shouted(text: str) -> bool:
    """Whether a whole line is in capitals, or an address, so that they tell nothing."""
    words = _WORD.findall(text)
    capitals = sum(map(str.isupper, words))
    return capitals * 2 > len(words) or "@" in text or "www." in text


@cache
def _is_a_word(name: str) -> bool:
    return bool(cue(lists.Findings.NO_ABBREVIATION).fullmatch(name))


def _meaning_start(before: str, short: str) -> int | None:
    """Where the words begin, at the end of `before`, that the letters of `short` stand for; None
    when they stand for none.

    Each letter is the first of a word, in order, else one may be further in a word; a word that has
    no letter may only join others.
    """
    words = list(_WORD.finditer(re.sub(r"[-\u2010\u2011]", " ", before)))
    letters = short.casefold().replace("&", "")
    furthest = max(len(words) - 2 * len(letters) - 3, -1)
    for within in (False, True):
        for first in range(len(words) - 1, furthest, -1):
            run = [word.group().casefold() for word in words[first:]]
            begins = run[0] not in _JOINING and run[0][0] == letters[0]
            if begins and _stands_for(run, letters, within=within):
                return words[first].start()
    return None


def _stands_for(words: Sequence[str], letters: str, *, within: bool) -> bool:
    """Whether the first letters of the words, joining ones left out at will, give all the letters;
    `within` says that a word may give a second one ("telephone", T and P)."""
    if not words:
        return not letters
    head, rest = words[0], words[1:]
    if letters and head[0] == letters[0]:
        if _stands_for(rest, letters[1:], within=within):
            return True
        further = within and len(letters) > 1 and letters[1] in head[3:]
        if further and _stands_for(rest, letters[2:], within=within):
            return True
    return head in _JOINING and _stands_for(rest, letters, within=within)
