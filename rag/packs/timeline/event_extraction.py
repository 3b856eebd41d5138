"""One sentence: which events it tells, of which kind, at which of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.citation.quote import Quote
from rag.packs.timeline.event_dates import EventDate, event_dates
from rag.packs.types import EventKind
from rag.text.lexicon import cue, lists
from rag.text.quantities import Unit, quantities

_NEAR = 100
"""Characters between a date and the word that tells what happened then."""
_COMING = 24
"""Characters before a verb in which a word says that it is still to come: "is due to be"."""
_OPENING = 14
"""Characters that may stand before a date that opens its sentence: "However, in May 2016, ..."."""
_YEARS_BACK = 20
_MANY = 10
"""From so many on, a number of people or things to which something happened is a figure."""
_BESIDE = 14
"""Characters between a word for an event and a figure that it may be about."""
_KINDS = (
    (EventKind.APPOINTMENT, lists.Events.APPOINTMENT, lists.Events.NAMED_APPOINTMENT),
    (EventKind.DEPARTURE, lists.Events.DEPARTURE, lists.Events.NAMED_DEPARTURE),
    (EventKind.INSPECTION, lists.Events.INSPECTION, lists.Events.NAMED_INSPECTION),
    (EventKind.ANNOUNCEMENT, lists.Events.ANNOUNCEMENT, lists.Events.NAMED_ANNOUNCEMENT),
    (EventKind.DECISION, lists.Events.DECISION, lists.Events.NAMED_DECISION),
    (EventKind.OTHER, lists.Events.OTHER, lists.Events.NAMED_OTHER),
)
"""The kinds of event, each with the verbs and the nouns that tell one."""
_LEADS = frozenset({"in", "on", "from", "by", "during", "of", "between"})
_LEADS_TO_OPENING = frozenset({"in", "on", "during", "by", "between"})
_ENDS = re.compile(r"[;:]|\u2013\s|,\s(?:and|but|so|as)\s")
_AUXILIARIES = re.compile(
    r"(?:\b(?:was|were|is|are|has|have|had|been|also|then|formally|being)\s*)+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EventMention:
    """A sentence that tells an event: of what kind, and when."""

    quote: Quote
    kind: EventKind
    date: EventDate


@dataclass(frozen=True, slots=True)
class _EventWord:
    """The word of a clause that tells an event of a kind, from `start` to `end`; `named` where it
    is a noun ("the appointment") and not a verb."""

    start: int
    end: int
    kind: EventKind
    named: bool


def event_mentions(
    quote: Quote, reported: date | None, *, deadline: bool = False
) -> Iterator[EventMention]:
    """The events that a quote tells, one for each of its dates that has one.

    `reported` is the day on which the source speaks; `deadline` says that the quote is a row of a
    plan of which the first date is the deadline.
    """
    text = quote.text
    if cue(lists.Events.ELSEWHERE).search(text):
        return
    for event_date in event_dates(text, reported):
        if cue(lists.Events.LEANS).match(text[event_date.mark.end :].lstrip(" ,")):
            continue  # "At the visit in May, this was ..."
        if deadline:
            yield EventMention(quote, EventKind.DEADLINE, event_date)
            return
        kind = _kind_of_past(text, event_date, reported)
        to_come = _date_to_come(text, event_date, reported)
        # A date whose year is not given is first of all taken for one to come.
        if kind and (event_date.sure or not to_come):
            yield EventMention(quote, kind, event_date)
        elif to_come:
            yield EventMention(quote, EventKind.DEADLINE, to_come)


# ---------------------------------------------------------------- what happened


def _kind_of_past(text: str, event_date: EventDate, reported: date | None) -> EventKind | None:
    """The kind of event that happened at a date: the word for it stands before the date, or after
    one that opens the sentence."""
    if reported:
        year = event_date.when.year
        if not reported.year - _YEARS_BACK <= year <= reported.year or event_date.when > reported:
            return None
    return _kind_before(text, event_date) or _kind_after(text, event_date)


def _kind_before(text: str, event_date: EventDate) -> EventKind | None:
    """The kind of event that the clause before a date tells, by the last word that tells one."""
    clause = _clause_before(text, event_date.mark.start)
    word = _last_event_word(clause)
    if word is None or not _reaches(clause[word.end :]):
        return None
    if not _leads_from(event_date.lead, clause, word):
        return None
    before = clause[: word.start]
    if event_date.lead != "until" and (
        cue(lists.Negation.AT_ALL).search(before)
        or cue(lists.Events.COMING).search(before[-_COMING:])
    ):
        return None
    if _is_figure(clause, word):
        return None
    return _finer_kind(word.kind, before.strip() or text[: text.find(clause)])


def _last_event_word(clause: str) -> _EventWord | None:
    """The word for an event that ends last in a clause; of two that end together, the one of the
    kind that comes first, and the verb before the noun."""
    last: _EventWord | None = None
    for kind, verbs, nouns in _KINDS:
        for words in (verbs, nouns):
            for match in cue(words).finditer(clause):
                if last is None or match.end() > last.end:
                    last = _EventWord(match.start(), match.end(), kind, words is nouns)
    return last


def _finer_kind(kind: EventKind, before: str) -> EventKind:
    """What began is an appointment, or an inspection, where the words before say who or what."""
    if kind is not EventKind.OTHER:
        return kind
    if cue(lists.Posts.BEGINNER).search(before.rstrip()):
        return EventKind.APPOINTMENT
    return EventKind.INSPECTION if cue(lists.Events.VISIT).search(before.rstrip()) else kind


def _leads_from(lead: str, clause: str, word: _EventWord) -> bool:
    """Whether the word that leads to a date can lead from that of an event: what is told "since" a
    day began on it only where it is a state."""
    if lead in ("since", "for", "from"):
        ends = [match.end() for match in cue(lists.Events.STATE).finditer(clause)]
        lasting = bool(ends) and len(clause) - ends[-1] <= _NEAR
        return lasting or (lead == "from" and not word.named)
    if lead == "until":
        return bool(cue(lists.Negation.AT_ALL).search(clause))
    return lead in _LEADS and (lead != "of" or word.named)


def _clause_before(text: str, end: int) -> str:
    before, start = text[:end], 0
    for match in _ENDS.finditer(before):
        start = match.end()
    for match in cue(lists.Grammar.BREAKS_EVENT).finditer(before):
        if match.end() < end - 1:
            start = max(start, match.end())
    return before[start:].rstrip(" ,(")


def _reaches(gap: str) -> bool:
    """Whether nothing between the word for an event and its date tells something else."""
    gap = _AUXILIARIES.sub("", gap)
    if "," in gap or cue(lists.Grammar.ENDS_EVENT).search(gap) or quantities(gap):
        return False
    return len(gap) <= _NEAR


def _kind_after(text: str, event_date: EventDate) -> EventKind | None:
    """The kind of event that the clause tells which a date opens, by the first verb that does."""
    if event_date.mark.start > _OPENING or event_date.lead not in _LEADS_TO_OPENING:
        return None
    clause = _clause_after(text[event_date.mark.end :])
    first: tuple[int, int, EventKind] | None = None
    for kind, verbs, _ in _KINDS:
        match = cue(verbs).search(clause)
        if match:
            place = match.start(), match.end(), kind
            first = min(first or place, place)
    if first is None:
        return None
    start, end, kind = first
    gap = _AUXILIARIES.sub("", clause[:start])
    if len(gap) > _NEAR or cue(lists.Grammar.ENDS_EVENT).search(gap):
        return None
    if cue(lists.Negation.AT_ALL).search(gap):
        return None
    return None if _is_figure(clause, _EventWord(start, end, kind, named=False)) else kind


def _clause_after(text: str) -> str:
    text = text.lstrip(" ,")
    ends = [len(text)]
    for pattern in (_ENDS, cue(lists.Grammar.BREAKS_EVENT)):
        match = pattern.search(text)
        if match:
            ends.append(match.start())
    return text[: min(ends)]


def _is_figure(clause: str, word: _EventWord) -> bool:
    """Whether it is told of how many people or things something happened, and not that it did."""
    for quantity in quantities(clause):
        mark = quantity.mark
        if quantity.sort is Unit.SHARE:
            return True
        after = 0 <= mark.start - word.end <= _BESIDE
        opens = mark.end <= word.start and mark.start <= _OPENING
        if quantity.sort is Unit.COUNT and quantity.low >= _MANY and (after or opens):
            return True
    return False


# ---------------------------------------------------------------- what is to come


def _date_to_come(text: str, event_date: EventDate, reported: date | None) -> EventDate | None:
    """The date at which something is to happen, where it lies after the day on which the source
    speaks."""
    if reported is None or event_date.lead in ("", "of"):
        return None
    opens = event_date.mark.start <= _OPENING
    if opens:
        clause = _clause_after(text[event_date.mark.end :])[:_NEAR]
    else:
        clause = _clause_before(text, event_date.mark.start)
    coming = list(cue(lists.Events.COMING).finditer(clause))
    if not coming and not (event_date.sure and event_date.lead in ("by", "until")):
        return None
    if coming and not opens:
        gap = clause[coming[-1].end() :]
        if len(gap) > _NEAR or cue(lists.Grammar.ENDS_EVENT).search(gap):
            return None
    if not event_date.sure:
        event_date = _taken_to_come(text, event_date, reported)
    return event_date if event_date.last > reported else None


def _taken_to_come(text: str, event_date: EventDate, reported: date) -> EventDate:
    """The same date taken for one to come: "in April", told in March."""
    for other in event_dates(text, reported, coming=True):
        if other.mark == event_date.mark:
            return other
    return event_date
