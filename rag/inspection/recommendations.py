"""What a report says must get better: the items under its own heading for that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile

from rag.citation.quote import Quote
from rag.inspection.grades import read_grade
from rag.library.corpus import Corpus
from rag.text.lexicon import cue, lists
from rag.types import Document, Passage, Sentence

_FEWEST_WORDS = 4
HEADING_WORDS = 7
_LIST_GOES_ON = re.compile(r"[:;]$|[;,] (?:and|or)$")
_NO_STOP = re.compile(r"[\w)]$")
_WORD = re.compile(r"\b[^\W\d]\w*")
_SMALL_WORDS = frozenset(("and", "of", "the", "for", "in", "to", "with"))
_NAMES = 0.75
"""The share of its words, small ones apart, that a list of bodies' names writes with a capital."""


def recommendations_of(library: Corpus, document: Document) -> tuple[Quote, ...]:
    """What a report asks to be improved, an item a quote, in the order in which it lists them."""
    return library.analysed(document, _items)


def _items(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    heading = cue(lists.Printed.IMPROVEMENTS_HEADING)
    under = [p for p in passages if p.heading and heading.search(p.heading.rstrip(" :"))]
    return tuple(chain.from_iterable(map(_in_passage, _before_findings(under))))


def _before_findings(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages of each list, up to the one with a graded heading: there the findings begin, and
    only the print tells that they are under another heading."""
    ended, before = -2, -1
    for passage in passages:
        follows = passage.number == before + 1
        before = passage.number
        if follows and ended == before - 1:
            ended = before
            continue
        if any(read_grade(sentence.text) for sentence in passage.sentences):
            ended = before
        yield passage


def _in_passage(passage: Passage) -> Iterator[Quote]:
    """The items of a passage: a sentence each, with those that go on from it."""
    first: int | None = None
    listed = list(takewhile(lambda sentence: not read_grade(sentence.text), passage.sentences))
    for n, sentence in enumerate(listed):
        if not _is_item(sentence, passage) or (first is not None and _goes_on(passage, n)):
            continue
        if first is not None:
            yield _item(passage, first, n - 1)
        first = n
    if first is not None:
        yield _item(passage, first, len(listed) - 1)


def _item(passage: Passage, first: int, last: int) -> Quote:
    while last > first and not _is_item(passage.sentences[last], passage):
        last -= 1
    return Quote(passage, first, last)


def _goes_on(passage: Passage, n: int) -> bool:
    """Whether a sentence belongs to the item before it: in a numbered paragraph all of them do."""
    text, before = passage.sentences[n].text, passage.sentences[n - 1]
    if not _is_item(before, passage):
        return False
    return bool(
        (passage.paragraph and passage.paragraph[0].isdigit())
        or _LIST_GOES_ON.search(before.text)
        or text[0].islower()
        or cue(lists.Grammar.OPENS_FURTHER).match(text)
    )


def _is_item(sentence: Sentence, passage: Passage) -> bool:
    """Whether a line asks for something: no heading does, and no name of a body in a table."""
    text = sentence.text
    words = len(text.split())
    heads = words < HEADING_WORDS and cue(lists.Printed.IMPROVEMENTS_HEADING).search(text)
    if text == passage.heading or words < _FEWEST_WORDS or heads:
        return False
    return not (_NO_STOP.search(text) and _is_names(text))


def _is_names(text: str) -> bool:
    """Whether a line holds nothing but names, of the bodies that the next column asks, say."""
    telling = [word for word in _WORD.findall(text) if word not in _SMALL_WORDS]
    plain = [word for word in telling if word[0].islower()]
    return len(plain) <= (1 - _NAMES) * len(telling)
