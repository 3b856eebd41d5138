"""A briefing for a new member: what was found, who is who, what is done and said, what is not told.

The limits below keep it within two pages when it is exported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from rag.citation.line import Line, line_of
from rag.citation.quote import Quote, sentence_quotes
from rag.library.corpus import Corpus
from rag.packs.briefing.abbreviations import glossary
from rag.packs.briefing.disagreements import disagreements
from rag.packs.briefing.findings import repeats, stands_alone
from rag.packs.briefing.office_holders import office_holders
from rag.packs.briefing.themes import (
    IsOnTopic,
    main_findings,
    newest_reports,
    on_any_topic,
    theme_of,
    uncovered_themes,
)
from rag.packs.types import Briefing, Post, Term, Theme
from rag.text.lexicon import cue, lists
from rag.text.people import speakers
from rag.types import Document, Kind, Passage

WORDS_OF_FINDINGS = 480
MOST_PEOPLE = 10
MOST_DOING = 5
MOST_SAID = 5
MOST_DISAGREEMENTS = 3
MOST_TERMS = 16
FROM_ONE = 3
"""Lines of what is done or said that one document may give."""
_Extract = Callable[[tuple[Passage, ...]], tuple[Quote, ...]]
"""What takes sentences of one sort out of a document."""
_RECENT = timedelta(days=3 * 365)
"""How much older than the newest document one may be and still tell what is done and said now."""
INSPECTORS_SHOWN = 1
"""Lead inspectors, of the newest inspection: a new member meets none of the others."""


def briefing(
    library: Corpus,
    council: str,
    documents: Iterable[Document],
    on_topic: IsOnTopic = on_any_topic,
) -> Briefing:
    """Two pages on a council from those of the documents that are about it; all but its people
    narrowed to what is on the topic."""
    about = [d for d in documents if council in d.description.councils]
    findings = within(main_findings(library, about, on_topic), WORDS_OF_FINDINGS)
    doing = council_actions(library, about, on_topic)
    statements = [s for s in press_statements(library, about, on_topic) if s not in doing]
    differences = [
        d for d in disagreements(library, about) if on_topic(d.one.text) or on_topic(d.other.text)
    ]
    quoted = [*doing, *statements]
    for theme in findings:
        quoted += theme.lines
    return Briefing(
        findings=findings,
        people=_people_shown(office_holders(library, about)),
        doing=doing,
        said=tuple(statements),
        disagreements=tuple(differences[:MOST_DISAGREEMENTS]),
        uncovered=tuple(filter(on_topic, uncovered_themes(library, about))),
        glossary=_terms_shown(glossary(library, about), quoted),
    )


# ---------------------------------------------------------------- within two pages


def within(themes: Sequence[Theme], words: int) -> tuple[Theme, ...]:
    """The themes with as many of their lines as `words` have room for: the weightiest of each
    first, then the weightiest of its other side, then the rest."""
    chosen: list[Line] = []
    for lines_of_rank in zip_longest(*map(_both_sides_first, themes)):
        for line in filter(None, lines_of_rank):
            size = len(line.text.split())
            if size <= words:
                chosen.append(line)
                words -= size
    shortened: list[Theme] = []
    for theme in themes:
        parts = (theme.lines, theme.strengths, theme.weaknesses)
        lines, *sides = (tuple(line for line in part if line in chosen) for part in parts)
        if lines:
            shortened.append(Theme(theme.name, lines, *sides))
    return tuple(shortened)


def _both_sides_first(theme: Theme) -> list[Line]:
    first = theme.lines[:1]
    other = theme.weaknesses if first and first[0] in theme.strengths else theme.strengths
    opening = [*first, *other[:1]]
    return [*opening, *(line for line in theme.lines if line not in opening)]


def _people_shown(posts: Iterable[Post]) -> tuple[Post, ...]:
    inspectors: list[Post] = []
    others: list[Post] = []
    for post in posts:
        is_inspector = cue(lists.Posts.INSPECTOR).search(post.post)
        (inspectors if is_inspector else others).append(post)
    return (*others[: MOST_PEOPLE - INSPECTORS_SHOWN], *inspectors[:INSPECTORS_SHOWN])


def _terms_shown(terms: Iterable[Term], lines: Iterable[Line]) -> tuple[Term, ...]:
    """The abbreviations that the briefing itself quotes, then others that a document spells out."""
    text = " ".join(line.text for line in lines)

    def rank(term: Term) -> tuple[bool, bool]:
        return not re.search(rf"\b{re.escape(term.short)}s?\b", text), not term.meaning

    return tuple(sorted(sorted(terms, key=rank)[:MOST_TERMS], key=lambda term: term.short))


# ---------------------------------------------------------------- what is done, what is said


def council_actions(
    library: Corpus, documents: Sequence[Document], on_topic: IsOnTopic = on_any_topic
) -> tuple[Line, ...]:
    """What the council says that it is doing, from its newest papers; where none is held, what the
    newest inspection reports and the press say of it, in their own voices."""
    documents = recent(documents)
    papers = _newest(documents, Kind.COUNCIL_DOCUMENT)
    lines = _lines(library, papers, _actions, MOST_DOING, on_topic)
    if lines:
        return lines
    others = [*newest_reports(documents), *_newest_news(documents)]
    return _lines(library, others, _actions, MOST_DOING, on_topic)


def press_statements(
    library: Corpus, documents: Sequence[Document], on_topic: IsOnTopic = on_any_topic
) -> tuple[Line, ...]:
    """What the press and others said: sentences that name who speaks, each speaker once."""
    return _lines(library, _newest_news(recent(documents)), _statements, MOST_SAID, on_topic)


def recent(documents: Sequence[Document]) -> list[Document]:
    """The documents that speak of nearly the time of the newest, and those without a date."""
    newest = max((d.description.appeared_on or date.min for d in documents), default=date.min)
    return [d for d in documents if newest - (d.description.appeared_on or newest) <= _RECENT]


def _newest(documents: Iterable[Document], *kinds: Kind) -> list[Document]:
    """The documents of some kinds, the newest first."""
    chosen = [document for document in documents if document.description.kind in kinds]
    return sorted(chosen, key=lambda d: d.description.appeared_on or date.min, reverse=True)


def _newest_news(documents: Iterable[Document]) -> list[Document]:
    """The press and other papers, the newest first; one of those that nearly repeat each other."""
    news: list[Document] = []
    for document in _newest(documents, Kind.NEWS, Kind.OTHER):
        if not any(document.name in other.related for other in news):
            news.append(document)
    return news


def _lines(
    library: Corpus,
    documents: Iterable[Document],
    extract: _Extract,
    most: int,
    on_topic: IsOnTopic,
) -> tuple[Line, ...]:
    """The first lines of each document in turn, none that nearly repeats another."""
    lines: list[Line] = []
    for document in documents:
        room = FROM_ONE
        for quote in library.analysed(document, extract):
            line = line_of(library, quote) if room and on_topic(quote.text) else None
            if line and not repeats(line.text, (other.text for other in lines)):
                lines.append(line)
                room -= 1
    return tuple(lines[:most])


def _actions(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Sentences that tell what the council does or will do: those with a date or a figure first."""

    def exactness(quote: Quote) -> int:
        return bool(re.search(r"\d", quote.text)) + bool(theme_of(quote))

    quotes = filter(stands_alone, sentence_quotes(passages))
    actions = [quote for quote in quotes if cue(lists.Findings.COUNCIL_ACTS).search(quote.text)]
    return tuple(sorted(actions, key=exactness, reverse=True))


def _statements(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Sentences that give somebody's words and name the speaker, each speaker's first; a quotation
    that is opened is closed."""
    by_speaker: dict[str, Quote] = {}
    for quote in filter(stands_alone, sentence_quotes(passages)):
        text, named = quote.text, speakers(quote.text)
        whole = text.count("\u201c") == text.count("\u201d") and text.count('"') % 2 == 0
        if whole and len(named) == 1 and " " in named[0].name:
            by_speaker.setdefault(named[0].last, quote)
    return tuple(by_speaker.values())
