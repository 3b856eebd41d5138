"""What happened, and when: the dated events that documents tell of a council."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.citation.line import line_of
from rag.citation.quote import Quote, with_neighbours
from rag.inspection.printed_facts import printed_facts_of as printed_lines
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.packs.timeline.event_dates import event_dates
from rag.packs.timeline.event_extraction import event_mentions
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
    lists.Posts.SAME_DIRECTOR, lists.Posts.SAME_EXECUTIVE, lists.Posts.SAME_CHAIR,
    lists.Posts.SAME_MEMBER, lists.Posts.SAME_HEAD,
)  # fmt: skip
_CELLS = " | "


def timeline(library: Corpus, documents: Iterable[Document], subject: str) -> Timeline:
    """The dated events that the documents tell of, oldest first; of several tellings of one event
    the best, with those of other documents beside it.

    `documents` are those about the subject's council. What is a figure of a day, a year in the name
    of an Act or a policy, or undated, is no event.
    """
    chosen = tuple(documents)
    events: list[TimelineEvent] = []
    for document in chosen:
        events += _inspections(library, document)
        events += _events(library, document, chosen)
    return Timeline(subject, tuple(sorted(_each_once(events), key=_order)))


def _order(event: TimelineEvent) -> tuple[date, int]:
    return event.when, list(Precision).index(event.precision)


def _events(
    library: Corpus, document: Document, chosen: Sequence[Document]
) -> Iterator[TimelineEvent]:
    """The events that the sentences of a document tell, not of another council than asked for."""
    reported, spoken = document.description.appeared_on, document.description.speaks_for
    for quote, is_deadline in library.analysed(document, _dated_quotes):
        if _is_of_another(quote.text, chosen, document.description):
            continue
        for mention in event_mentions(quote, spoken, deadline=is_deadline):
            line, dated = line_of(library, quote), mention.date
            if line:
                yield TimelineEvent(
                    dated.when, dated.precision, mention.kind, line, reported, dated.until
                )


def _is_of_another(text: str, chosen: Sequence[Document], description: Description) -> bool:
    """Whether a document about several councils tells this of another than the one asked for."""
    if len(description.councils) < 2:
        return False
    common = set(description.councils)
    for document in chosen:
        common &= set(document.description.councils)
    councils = find_councils(text)
    return bool(councils) and common.isdisjoint(councils)


# ---------------------------------------------------------------- inspections


def _inspections(library: Corpus, document: Document) -> Iterator[TimelineEvent]:
    """The inspection that a report is of, and the one before it, by the lines that it prints."""
    description = document.description
    if description.kind is not Kind.INSPECTION_REPORT:
        return
    reported, printed = description.appeared_on, printed_lines(library, document)
    for name in (lists.Printed.DATES, lists.Printed.PREVIOUS_DATES):
        quote = printed.get(name)
        line = line_of(library, quote) if quote else None
        if quote is None or line is None:
            continue
        for dated in event_dates(quote.text, reported):
            own = name == lists.Printed.DATES
            if own and description.inspected_to not in (dated.until, dated.when):
                continue
            if dated.precision is Precision.DAY:
                yield TimelineEvent(
                    dated.when, dated.precision, EventKind.INSPECTION, line, reported, dated.until
                )
            break


# ---------------------------------------------------------------- sentences


@kept
def _dated_quotes(passages: Sequence[Passage]) -> tuple[tuple[Quote, bool], ...]:
    """The sentences that name a date, with what they lean on, and whether each is a row of a plan
    that gives its deadline."""
    quotes: list[tuple[Quote, bool]] = []
    column: tuple[str, int, int] | None = None
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            cells = sentence.text.split(_CELLS)
            column = _deadline_column(passage, cells) or column
            if sentence.text == passage.heading or not event_dates(sentence.text, date.max):
                continue
            quote = with_neighbours(passage, n, turning=False, more=lists.Grammar.OPENS_LEANING)
            if quote and _FEWEST <= len(quote.text.split()) <= _LONGEST:
                quotes.append((quote, _gives_deadline(passage, cells, column)))
    return tuple(quotes)


def _deadline_column(passage: Passage, cells: Sequence[str]) -> tuple[str, int, int] | None:
    """The heading, the number of columns, and which of them holds deadlines, of a table's head."""
    if len(cells) < 3:
        return None
    for at, cell in enumerate(cells):
        if cue(lists.Events.DEADLINE_COLUMN).fullmatch(cell):
            return passage.heading or "", len(cells), at
    return None


def _gives_deadline(
    passage: Passage, cells: Sequence[str], column: tuple[str, int, int] | None
) -> bool:
    if column is None or (passage.heading or "", len(cells)) != column[:2]:
        return False
    return bool(event_dates(cells[column[2]], None))


# ---------------------------------------------------------------- one event, told once


def _each_once(events: Iterable[TimelineEvent]) -> list[TimelineEvent]:
    """The events, each once: the best telling of it, beside it what other documents say of it."""
    unique: list[TimelineEvent] = []
    for event in sorted(events, key=_goodness):
        for at, better in enumerate(unique):
            if _are_one(better, event):
                documents = [line.citations[0].document for line in (better.line, *better.also)]
                if event.line.citations[0].document not in documents:
                    unique[at] = replace(better, also=(*better.also, event.line))
                break
        else:
            unique.append(event)
    return unique


def _goodness(event: TimelineEvent) -> tuple[int, bool, int]:
    """The finest date first, then what is told of an inspection by its own report, then the
    shortest."""
    finest = list(Precision).index(event.precision)
    return finest, event.until is None, len(event.line.text)


def _are_one(one: TimelineEvent, other: TimelineEvent) -> bool:
    """Whether two tellings are of one event: of one kind, at dates that may be the same, in words
    half of which are the same. An inspection is known by its date alone, unless one of the two is a
    visit between inspections."""
    if one.kind is not other.kind or one.when > other.last or other.when > one.last:
        return False
    if one.kind is EventKind.INSPECTION and _is_visit(one) is _is_visit(other):
        return True
    if one.kind is EventKind.APPOINTMENT:
        posts, others = posts_in(one.line.text), posts_in(other.line.text)
        if posts != others or len(posts) == 1:
            return posts == others
    if _names(one.line.text) & _names(other.line.text):
        return True
    terms, others_terms = _telling_terms(one.line.text), _telling_terms(other.line.text)
    return len(terms & others_terms) >= _ALIKE * min(len(terms), len(others_terms))


def posts_in(text: str) -> frozenset[str]:
    """The posts that a text names, by the names of their cues."""
    return frozenset(name for name in _POSTS if cue(name).search(text))


def _names(text: str) -> set[str]:
    """What happened, where two words or more name it: "peer review"."""
    matches = cue(lists.Events.NAMED_OTHER).finditer(text)
    return {match.group().casefold() for match in matches if " " in match.group()}


def _telling_terms(text: str) -> set[str]:
    """The words that tell one event from another of its time."""
    for dated in reversed(event_dates(text, None)):
        text = text[: dated.mark.start] + text[dated.mark.end :]
    return set(content_terms(text))


def _is_visit(event: TimelineEvent) -> bool:
    return bool(re.search(r"\bvisits?\b", event.line.text))
