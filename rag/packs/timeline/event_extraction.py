"""One sentence: which events it tells, of which kind, at which of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.citation.quote import Quote
from rag.packs.timeline.event_dates import EventDate, dates_in
from rag.packs.types import EventKind
from rag.text.lexicon import cue, lists
from rag.text.quantities import Unit, quantities

_NEAR = 100
"""Characters between a date and the word that tells what happened then."""
COMING = 24
"""Characters before a verb in which a word says that it is still to come: "is due to be"."""
_OPENING = 14
"""Characters that may stand before a date that opens its sentence: "However, in May 2016, ..."."""
YEARS_BACK = 20
MANY = 10
"""From so many on, a number of people or things to which something happened is a figure."""
_KINDS = (
    EventKind.APPOINTMENT, EventKind.DEPARTURE, EventKind.INSPECTION, EventKind.ANNOUNCEMENT,
    EventKind.DECISION, EventKind.OTHER,
)  # fmt: skip
_LEADS = frozenset({"in", "on", "from", "by", "during", "of", "between"})
_ENDS = re.compile(r"[;:]|\u2013\s|,\s(?:and|but|so|as)\s")
_AUXILIARIES = re.compile(
    r"(?:\b(?:was|were|is|are|has|have|had|been|also|then|formally|being)\s*)+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EventMention:
    """A sentence that tells an event: what kind, when, and the words that tell it."""

    quote: Quote
    kind: EventKind
    dated: EventDate
    clause: str


def told_in(quote: Quote, told: date | None, *, deadline: bool = False) -> Iterator[EventMention]:
    """The events that a quote tells, one for each of its dates that has one."""
    text = quote.text
    if cue(lists.Events.ELSEWHERE).search(text):
        return
    for dated in dates_in(text, told):
        if cue(lists.Events.LEANS).match(text[dated.mark.end :].lstrip(" ,")):
            continue  # "At the visit in May, this was ..."
        if deadline:
            yield EventMention(quote, EventKind.DEADLINE, dated, text)
            return
        ways = (_happened, _to_come) if dated.sure else (_to_come, _happened)
        found = ways[0](text, dated, told) or ways[1](text, dated, told)
        if found:
            yield EventMention(quote, *found)


def _happened(
    text: str, dated: EventDate, told: date | None
) -> tuple[EventKind, EventDate, str] | None:
    """What happened at a date: the word for it stands before the date, or after one that opens the
    sentence."""
    if told and not told.year - YEARS_BACK <= dated.when.year <= told.year:
        return None
    if told and dated.when > told:
        return None
    found = _before(text, dated) or _after(text, dated)
    return (found[0], dated, found[1]) if found else None


def _before(text: str, dated: EventDate) -> tuple[EventKind, str] | None:
    """The kind of event that the clause before a date tells, and the clause."""
    clause = _clause_before(text, dated.mark.start)
    last: tuple[int, int, EventKind, bool] | None = None
    for kind in _KINDS:
        for name in (
            lists.Events(f"events.{kind_name(kind)}"),
            lists.Events(f"events.named_{kind_name(kind)}"),
        ):
            for match in cue(name).finditer(clause):
                if last is None or match.end() > last[1]:
                    last = match.start(), match.end(), kind, "named" in name
    if last is None or not _reaches(clause[last[1] :]) or not _led(dated, clause, last):
        return None
    before = clause[: last[0]]
    if _is_denied(before, dated.lead) or _is_figure(clause, last[0], last[1]):
        return None
    if cue(lists.Events.COMING).search(before[-COMING:]) and dated.lead != "until":
        return None
    return _kind(last[2], clause[: last[0]].strip() or text[: text.find(clause)]), clause


def _kind(kind: EventKind, before: str) -> EventKind:
    if kind is not EventKind.OTHER:
        return kind
    if cue(lists.Events.BEGINNER).search(before.rstrip()):
        return EventKind.APPOINTMENT
    return EventKind.INSPECTION if cue(lists.Events.VISIT).search(before.rstrip()) else kind


def kind_name(kind: EventKind) -> str:
    """The name of the cues of a kind of event."""
    return "other" if kind is EventKind.OTHER else kind.value


def _led(dated: EventDate, clause: str, last: tuple[int, int, EventKind, bool]) -> bool:
    """Whether the word that leads to a date can lead to that of an event: what is told "since" a
    day began on it only where it is a state."""
    if dated.lead in ("since", "for", "from"):
        states = [match.end() for match in cue(lists.Events.STATE).finditer(clause)]
        lasting = bool(states) and len(clause) - states[-1] <= _NEAR
        return lasting or (dated.lead == "from" and not last[3])
    if dated.lead == "until":
        return bool(cue(lists.Events.NO_EVENT).search(clause))
    return dated.lead in _LEADS and (dated.lead != "of" or last[3])


def _clause_before(text: str, end: int) -> str:
    before = text[:end]
    start = max((match.end() for match in _ENDS.finditer(before)), default=0)
    breaks = [m.end() for m in cue(lists.Events.BREAKS).finditer(before) if m.end() < end - 1]
    return before[max([start, *breaks]) :].rstrip(" ,(")


def _reaches(gap: str) -> bool:
    """Whether nothing between the word for an event and its date tells something else."""
    gap = _AUXILIARIES.sub("", gap)
    told = "," in gap or cue(lists.Events.FINITE).search(gap) or quantities(gap)
    return len(gap) <= _NEAR and not told


def _after(text: str, dated: EventDate) -> tuple[EventKind, str] | None:
    """The kind of event that the clause tells which a date opens, and the clause."""
    if dated.mark.start > _OPENING or dated.lead not in ("in", "on", "during", "by", "between"):
        return None
    clause = _clause_after(text[dated.mark.end :])
    found = [
        (match.start(), match.end(), kind)
        for kind in _KINDS
        for match in cue(lists.Events(f"events.{kind_name(kind)}")).finditer(clause)
    ]
    if not found:
        return None
    start, end, kind = min(found)
    gap = _AUXILIARIES.sub("", clause[:start])
    if len(gap) > _NEAR or cue(lists.Events.FINITE).search(gap) or _is_denied(gap, dated.lead):
        return None
    return None if _is_figure(clause, start, end) else (kind, clause)


def _clause_after(text: str) -> str:
    text = text.lstrip(" ,")
    ends = [m.start() for m in (*_ENDS.finditer(text), *cue(lists.Events.BREAKS).finditer(text))]
    return text[: min([len(text), *ends])]


def _is_denied(before: str, lead: str) -> bool:
    return lead != "until" and bool(cue(lists.Events.NO_EVENT).search(before))


def _is_figure(clause: str, start: int, end: int) -> bool:
    """Whether it is told of how many people or things something happened, and not that it did."""
    for quantity in quantities(clause):
        mark = quantity.mark
        if quantity.sort is Unit.SHARE:
            return True
        beside = 0 <= mark.start - end <= 14 or (mark.end <= start and mark.start <= _OPENING)
        if quantity.sort is Unit.COUNT and quantity.low >= MANY and beside:
            return True
    return False


def _to_come(
    text: str, dated: EventDate, told: date | None
) -> tuple[EventKind, EventDate, str] | None:
    """What is to happen at a date that lies after the day on which the source speaks."""
    clause = _clause_before(text, dated.mark.start)
    opens = dated.mark.start <= _OPENING
    around = _clause_after(text[dated.mark.end :])[:_NEAR] if opens else clause
    coming = list(cue(lists.Events.COMING).finditer(around))
    aimed = dated.sure and dated.lead in ("by", "until")
    if told is None or dated.lead in ("", "of") or not (coming or aimed):
        return None
    if coming and not opens and not _runs_on(clause[coming[-1].end() :]):
        return None
    later = dated if dated.sure else _next(text, dated, told)
    return (EventKind.DEADLINE, later, around) if later.last > told else None


def _runs_on(gap: str) -> bool:
    return len(gap) <= _NEAR and not cue(lists.Events.FINITE).search(gap)


def _next(text: str, dated: EventDate, told: date) -> EventDate:
    """The same date taken for one to come: "in April", told in March."""
    again = dates_in(text, told, coming=True)
    return next((d for d in again if d.mark == dated.mark), dated)
