"""A briefing for a new member: what was found, who is who, what is done and said, what is not told.

The limits below keep it within two pages when it is exported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from rag.citation.line import Line, line_of
from rag.citation.quote import Quote
from rag.library.corpus import Corpus
from rag.packs.briefing.abbreviations import glossary
from rag.packs.briefing.disagreements import disagreements
from rag.packs.briefing.findings import FEWEST, MOST, STOPS
from rag.packs.briefing.office_holders import who_is_who
from rag.packs.briefing.themes import (
    Tells,
    everything,
    main_findings,
    newest_of_each,
    theme_of,
    uncovered,
)
from rag.packs.types import Briefing, Post, Term, Theme
from rag.text.lexicon import cue, lists
from rag.text.people import speakers
from rag.text.tokens import content_terms
from rag.types import Document, Kind, Passage

WORDS_OF_FINDINGS = 480
MOST_PEOPLE = 10
MOST_DOING = 5
MOST_SAID = 5
MOST_DISAGREEMENTS = 3
MOST_TERMS = 16
FROM_ONE = 3
"""Lines of what is done or said that one document may give."""
_Read = Callable[[tuple[Passage, ...]], tuple[Quote, ...]]
"""What is read out of a document."""
_RECENT = timedelta(days=3 * 365)
"""How much older than the newest document one may be and still tell what is done and said now."""
INSPECTORS_SHOWN = 1
"""Lead inspectors, of the newest inspection: a new member meets none of the others."""
_ALIKE = 0.5


def briefing(
    library: Corpus,
    council: str,
    documents: Iterable[Document],
    tells: Tells = everything,
) -> Briefing:
    """Two pages on a council from those of the documents that are about it; all but its people
    narrowed to what `tells` takes for words on the topic."""
    held = [d for d in documents if council in d.description.councils]
    findings = within(main_findings(library, held, tells), WORDS_OF_FINDINGS)
    doing = what_is_done(library, held, tells)
    said = tuple(line for line in what_is_said(library, held, tells) if line not in doing)
    found = (d for d in disagreements(library, held) if tells(d.one.text) or tells(d.other.text))
    differ = tuple(found)[:MOST_DISAGREEMENTS]
    quoted = [line for theme in findings for line in theme.lines] + [*doing, *said]
    return Briefing(
        findings=findings,
        people=_shown(who_is_who(library, held)),
        doing=doing,
        said=said,
        disagreements=differ,
        uncovered=tuple(name for name in uncovered(library, held) if tells(name)),
        glossary=_needed(glossary(library, held), quoted),
    )


# ---------------------------------------------------------------- within two pages


def within(themes: Sequence[Theme], words: int) -> tuple[Theme, ...]:
    """The themes with as many of their lines as `words` have room for: the weightiest of each
    first, then the weightiest of its other side, then the rest."""
    ranked = [_both_sides_first(theme) for theme in themes]
    kept: list[list[Line]] = [[] for _ in themes]
    for n in range(max(map(len, ranked), default=0)):
        for lines, mine in zip(ranked, kept, strict=True):
            size = len(lines[n].text.split()) if n < len(lines) else 0
            if size and size <= words:
                mine.append(lines[n])
                words -= size
    cut = (_cut(theme, lines) for theme, lines in zip(themes, kept, strict=True))
    return tuple(theme for theme in cut if theme.lines)


def _both_sides_first(theme: Theme) -> list[Line]:
    first = theme.lines[:1]
    other = theme.weaknesses if first and first[0] in theme.strengths else theme.strengths
    chosen = [*first, *other[:1]]
    return [*chosen, *(line for line in theme.lines if line not in chosen)]


def _cut(theme: Theme, lines: Sequence[Line]) -> Theme:
    return replace(
        theme,
        lines=tuple(line for line in theme.lines if line in lines),
        strengths=tuple(line for line in theme.strengths if line in lines),
        weaknesses=tuple(line for line in theme.weaknesses if line in lines),
    )


def _shown(posts: Sequence[Post]) -> tuple[Post, ...]:
    inspectors = [post for post in posts if cue(lists.Posts.INSPECTOR).search(post.post)]
    others = [post for post in posts if post not in inspectors]
    return (*others[: MOST_PEOPLE - INSPECTORS_SHOWN], *inspectors[:INSPECTORS_SHOWN])


def _needed(terms: Sequence[Term], lines: Iterable[Line]) -> tuple[Term, ...]:
    """The abbreviations that the briefing itself quotes, then others that a document spells out."""
    text = " ".join(line.text for line in lines)
    quoted = {term.short for term in terms if re.search(rf"\b{re.escape(term.short)}s?\b", text)}
    ranked = sorted(terms, key=lambda term: (term.short not in quoted, not term.meaning))
    return tuple(sorted(ranked[:MOST_TERMS], key=lambda term: term.short))


# ---------------------------------------------------------------- what is done, what is said


def what_is_done(
    library: Corpus, documents: Sequence[Document], tells: Tells = everything
) -> tuple[Line, ...]:
    """What the council says that it is doing, from its newest papers; where none is held, what the
    newest inspection reports and the press say of it, in their own voices."""
    documents = recent(documents)
    papers = _newest(d for d in documents if d.description.kind is Kind.COUNCIL_DOCUMENT)
    others = [*newest_of_each(documents), *_newest_news(documents)]
    found = _lines(library, papers, _actions, MOST_DOING, tells)
    return found or _lines(library, others, _actions, MOST_DOING, tells)


def what_is_said(
    library: Corpus, documents: Sequence[Document], tells: Tells = everything
) -> tuple[Line, ...]:
    """What the press and others said: sentences that name who speaks, each speaker once."""
    return _lines(library, _newest_news(recent(documents)), _said, MOST_SAID, tells)


def recent(documents: Sequence[Document]) -> list[Document]:
    """The documents that speak of nearly the time of the newest, and those without a date."""
    days = [(document.description.appeared_on, document) for document in documents]
    newest = max((day for day, _ in days if day), default=None)
    return [d for day, d in days if not (day and newest) or newest - day <= _RECENT]


def _newest(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda d: str(d.description.appeared_on or ""), reverse=True)


def _newest_news(documents: Iterable[Document]) -> list[Document]:
    """The press and other papers, the newest first; one of those that nearly repeat each other."""
    kept: list[Document] = []
    kinds = (Kind.NEWS, Kind.OTHER)
    for document in _newest(d for d in documents if d.description.kind in kinds):
        if not any(document.name in other.related for other in kept):
            kept.append(document)
    return kept


def _lines(
    library: Corpus, documents: Iterable[Document], read: _Read, most: int, tells: Tells
) -> tuple[Line, ...]:
    """The first lines of each document in turn, none that nearly repeats another."""
    taken: list[Line] = []
    for document in documents:
        quotes = (quote for quote in library.analysed(document, read) if tells(quote.text))
        fresh = (line for quote in quotes if (line := line_of(library, quote)))
        for line, _ in zip(_unrepeated(fresh, taken), range(FROM_ONE), strict=False):
            taken.append(line)
    return tuple(taken[:most])


def _unrepeated(lines: Iterable[Line], taken: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        own = set(content_terms(line.text))
        others = (set(content_terms(other.text)) for other in taken)
        if not any(len(own & other) >= _ALIKE * min(len(own), len(other)) for other in others):
            yield line


def _actions(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Sentences that tell what the council does or will do: those with a date or a figure first."""
    found = [quote for quote in _whole(passages) if cue(lists.Doing.ACTS).search(quote.text)]
    return tuple(sorted(found, key=lambda quote: -_exactness(quote)))


def _exactness(quote: Quote) -> int:
    return bool(re.search(r"\d", quote.text)) + bool(theme_of(quote))


def _said(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Sentences that give somebody's words and name the speaker, each speaker's first."""
    found: dict[str, Quote] = {}
    for quote in _whole(passages):
        who = speakers(quote.text)
        if len(who) == 1 and " " in who[0].name and _says_something(quote.text):
            found.setdefault(who[0].last, quote)
    return tuple(found.values())


def _says_something(text: str) -> bool:
    """Whether what is said is whole: a quotation that is opened is closed."""
    return text.count("\u201c") == text.count("\u201d") and text.count('"') % 2 == 0


def _whole(passages: Sequence[Passage]) -> Iterator[Quote]:
    """The sentences that stand by themselves."""
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            text = sentence.text
            fits = FEWEST <= len(text.split()) <= MOST and text[-1:] in STOPS
            leans = cue(lists.Findings.LEANS).match(text) or cue(lists.Findings.REFERS).search(text)
            if fits and not leans and text != passage.heading:
                yield Quote(passage, n, n)
