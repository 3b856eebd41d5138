"""What happened, and when: the dated events that documents tell of a council."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.citation.line import Line, line_of
from rag.citation.quote import Quote, with_neighbours
from rag.inspection.printed_facts import printed_facts_of as printed_lines
from rag.library.corpus import Corpus
from rag.packs.timeline.event_dates import dates_in
from rag.packs.timeline.event_extraction import EventMention, told_in
from rag.packs.types import EventKind, Precision, Timeline, TimelineEvent
from rag.text.councils import find_councils
from rag.text.lexicon import cue, lists
from rag.text.tokens import content_terms
from rag.types import Description, Document, Kind, Passage

_FEWEST = 6
"""Words of a quote that tells what happened; "Published on 23 May." does not."""
_LONGEST = 60
"""Words of a quote that tells an event; longer ones tell too much besides."""
_ALIKE = 0.5
"""The share of the words of the shorter of two tellings that tells one event."""
_POSTS = (
    lists.Events.POST_DIRECTOR, lists.Events.POST_EXECUTIVE, lists.Events.POST_CHAIR,
    lists.Events.POST_MEMBER, lists.Events.POST_HEAD,
)  # fmt: skip
_CELLS = " | "


def timeline(library: Corpus, documents: Iterable[Document], subject: str) -> Timeline:
    """The dated events that the documents tell of, oldest first; of several tellings of one event
    the best, with those of other documents beside it.

    `documents` are those about the subject's council. What is a figure of a day, a year in the name
    of an Act or a policy, or undated, is no event.
    """
    chosen = tuple(documents)
    found = [event for document in chosen for event in _of(library, document, chosen)]
    return Timeline(subject, tuple(sorted(_once(found), key=_order)))


def _order(event: TimelineEvent) -> tuple[date, int]:
    return event.when, list(Precision).index(event.precision)


def _of(library: Corpus, document: Document, chosen: Sequence[Document]) -> Iterator[TimelineEvent]:
    described = document.description
    yield from _inspections(library, document)
    sentences = library.analysed(document, _dated_quotes)
    for quote, row in sentences:
        if _of_others(quote.text, chosen, described):
            continue
        for told in told_in(quote, described.appeared_on, deadline=row):
            event = _event(library, told, described)
            if event:
                yield event


def _of_others(text: str, chosen: Sequence[Document], described: Description) -> bool:
    """Whether a document about several councils tells this of another than the one asked for."""
    common = set(described.councils)
    for document in chosen:
        common &= set(document.description.councils)
    named = set(find_councils(text))
    return bool(named) and len(described.councils) > 1 and named.isdisjoint(common)


def _event(library: Corpus, told: EventMention, described: Description) -> TimelineEvent | None:
    line = line_of(library, told.quote)
    if line is None:
        return None
    when, until = told.dated.when, told.dated.until
    return TimelineEvent(when, told.dated.precision, told.kind, line, described.appeared_on, until)


# ---------------------------------------------------------------- inspections


def _inspections(library: Corpus, document: Document) -> Iterator[TimelineEvent]:
    """The inspection that a report is of, and the one before it, by the lines that it prints."""
    described = document.description
    if described.kind is not Kind.INSPECTION_REPORT:
        return
    printed = printed_lines(library, document)
    for name in (lists.Printed.DATES, lists.Printed.PREVIOUS_DATES):
        quote = printed.get(name)
        own = name == lists.Printed.DATES
        dates = dates_in(quote.text, described.appeared_on) if quote else ()
        line = line_of(library, quote) if quote else None
        right = [d for d in dates if not own or described.inspected_to in (d.until, d.when)]
        if line and right and right[0].precision is Precision.DAY:
            yield TimelineEvent(
                right[0].when, Precision.DAY, EventKind.INSPECTION, line, described.appeared_on,
                right[0].until,
            )  # fmt: skip


# ---------------------------------------------------------------- sentences


def _dated_quotes(passages: Sequence[Passage]) -> tuple[tuple[Quote, bool], ...]:
    """The sentences that name a date, with what they lean on, and whether each is a row of a plan
    that gives its deadline."""
    found: list[tuple[Quote, bool]] = []
    column: tuple[str, int, int] | None = None
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            cells = sentence.text.split(_CELLS)
            column = _deadline_column(passage, cells) or column
            dated = dates_in(sentence.text, date.max)
            if not dated or sentence.text == passage.heading:
                continue
            quote = with_neighbours(passage, n, turning=False, more=lists.Events.OPENS_LEANING)
            if quote and _FEWEST <= len(quote.text.split()) <= _LONGEST:
                found.append((quote, _gives_deadline(passage, cells, column)))
    return tuple(found)


def _deadline_column(passage: Passage, cells: Sequence[str]) -> tuple[str, int, int] | None:
    """The heading, the number of columns, and which of them holds deadlines, of a table's head."""
    if len(cells) < 3:
        return None
    at = [n for n, cell in enumerate(cells) if cue(lists.Events.DEADLINE_COLUMN).fullmatch(cell)]
    return (passage.heading or "", len(cells), at[0]) if at else None


def _gives_deadline(
    passage: Passage, cells: Sequence[str], column: tuple[str, int, int] | None
) -> bool:
    if column is None or (passage.heading or "", len(cells)) != column[:2]:
        return False
    return bool(dates_in(cells[column[2]], None))


# ---------------------------------------------------------------- one event, told once


def _once(events: Iterable[TimelineEvent]) -> list[TimelineEvent]:
    """The events, each once: the best telling of it, beside it what other documents say of it."""
    kept: list[TimelineEvent] = []
    for event in sorted(events, key=_goodness):
        at = next((n for n, other in enumerate(kept) if _same(other, event)), None)
        if at is None:
            kept.append(event)
        elif _document(event.line) not in {_document(x) for x in (kept[at].line, *kept[at].also)}:
            kept[at] = replace(kept[at], also=(*kept[at].also, event.line))
    return kept


def _goodness(event: TimelineEvent) -> tuple[int, bool, int]:
    """The finest date first, then what is told of an inspection by its own report, then the
    shortest."""
    finest = list(Precision).index(event.precision)
    return finest, event.until is None, len(event.line.text)


def _document(line: Line) -> str:
    return line.citations[0].document


def _same(one: TimelineEvent, other: TimelineEvent) -> bool:
    """Whether two tellings are of one event: of one kind, at dates that may be the same, in words
    half of which are the same. An inspection is known by its date alone."""
    if one.kind is not other.kind or not _meet(one, other):
        return False
    if one.kind is EventKind.INSPECTION and not _special(one, other):
        return True
    if one.kind is EventKind.APPOINTMENT:
        posts, others = posts_in(one.line.text), posts_in(other.line.text)
        if posts != others or len(posts) == 1:
            return posts == others
    if _named(one.line.text) & _named(other.line.text):
        return True
    mine, theirs = (_telling(event.line.text) for event in (one, other))
    return len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def posts_in(text: str) -> frozenset[str]:
    """The posts that a text names, by the names of their cues."""
    return frozenset(name for name in _POSTS if cue(name).search(text))


def _named(text: str) -> frozenset[str]:
    """What happened, where two words or more name it: "peer review"."""
    found = (match.group().casefold() for match in cue(lists.Events.NAMED_OTHER).finditer(text))
    return frozenset(name for name in found if " " in name)


def _telling(text: str) -> frozenset[str]:
    """The words that tell one event from another of its time."""
    for dated in reversed(dates_in(text, None)):
        text = text[: dated.mark.start] + text[dated.mark.end :]
    return frozenset(content_terms(text))


def _special(one: TimelineEvent, other: TimelineEvent) -> bool:
    """Whether one of two is a visit between inspections, and not both."""
    visits = [bool(re.search(r"\bvisits?\b", event.line.text)) for event in (one, other)]
    return visits[0] != visits[1]


def _meet(one: TimelineEvent, other: TimelineEvent) -> bool:
    return _first(one) <= _last(other) and _first(other) <= _last(one)


def _first(event: TimelineEvent) -> date:
    return event.when


def _last(event: TimelineEvent) -> date:
    end = event.until or event.when
    if event.precision is Precision.YEAR:
        return date(end.year, 12, 31)
    return date(end.year, end.month, 28) if event.precision is Precision.MONTH else end
