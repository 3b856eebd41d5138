"""When a sentence says that something happens: days, months, years, and from when to when."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rag.packs.types import Precision
from rag.text.dates import DateMention, moments
from rag.types import TextSpan

_LEAD = re.compile(
    r"""
    \b(?P<lead>in|on|since|from|by|until|during|of|for|between|to|dated)\s+
    (?:(?:the|early|late|mid|about|around|start|beginning|middle|end|week|month|summer|autumn
         |winter|spring|of|\w{3,6}day|,)[\s-]+)*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s?(?:to|and|-|\u2013)\s?$")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ")
_JOINS = re.compile(r"\s?(?P<by>to|until|and|-|\u2013)\s?")
_YEAR_SAID = re.compile(r"\s(this|last) year\b")
_FOUR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date as a sentence gives it, without what makes no date of an event (a financial year).

    `mark` are its words with the one that leads to it; `lead` is that word, in lower case, or
    nothing ("Children Act 1989"). `sure` tells that its year is given and not resolved.
    """

    when: date
    precision: Precision
    mark: TextSpan
    lead: str
    until: date | None = None
    sure: bool = True

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        end = self.until or self.when
        if self.precision is Precision.YEAR:
            return date(end.year, 12, 31)
        if self.precision is Precision.MONTH:
            return end.replace(day=monthrange(end.year, end.month)[1])
        return end


def dates_in(text: str, told: date | None, *, coming: bool = False) -> tuple[EventDate, ...]:
    """Every date in `text`, in order; a range is one.

    A month without a year is resolved against `told`, the day on which the source speaks: to the
    next such month where it is `coming`, else to the last one.
    """
    found = [dated for m in moments(text) if (dated := _dated(m, text, told, coming))]
    return tuple(_joined(found, text))


def _dated(moment: DateMention, text: str, told: date | None, coming: bool) -> EventDate | None:
    if moment.last > 12:  # a financial year
        return None
    if moment.first != moment.last:  # of "spring 2017" and "late 2017" the year alone is told
        moment = replace(moment, first=1, last=12)
    year, sure = _year(moment, text, told, coming)
    day = _DAY.match(moment.written)
    named = moment.names_month
    precision = Precision.DAY if named and day else Precision.MONTH if named else Precision.YEAR
    when = _day(year, moment.first, int(day[1]) if named and day else 1)
    if when is None:
        return None
    start, first = _started(text[: moment.mark.start], when, precision)
    lead = _LEAD.search(text[:start])
    mark = TextSpan(lead.start() if lead else start, moment.mark.end)
    said = lead["lead"].casefold() if lead else ""
    return EventDate(first or when, precision, mark, said, when if first else None, sure)


def _year(moment: DateMention, text: str, told: date | None, coming: bool) -> tuple[int, bool]:
    """The year of a moment, 0 where it cannot be safely told, and whether it is given."""
    if _FOUR.search(moment.written):
        return moment.year, True
    said = _YEAR_SAID.match(text[moment.mark.end :])
    if told and said:
        return told.year - (said[1] == "last"), False
    near = [m for m in moments(text) if _FOUR.search(m.written)]
    if near:
        return _year_beside(moment, near[0] if len(near) == 1 else None, text), True
    if told is None:
        return 0, False
    if coming:
        return told.year + (moment.first < told.month), False
    return told.year - (moment.first > told.month), False


def _year_beside(moment: DateMention, near: DateMention | None, text: str) -> int:
    """The year of the one full date of the sentence: of a later month told after it, or of the end
    of the range that this one begins."""
    if near is None:
        return 0
    if near.mark.start < moment.mark.start:
        return near.year if near.first < moment.first else 0
    between = text[moment.mark.end : near.mark.start]
    return near.year if _JOINS.fullmatch(between) and moment.first <= near.first else 0


def _started(before: str, when: date, precision: Precision) -> tuple[int, date | None]:
    """Where a date begins, and its first day where it is one of several: "14 to 25 October"."""
    match = _FIRST_DAY.search(before) if precision is Precision.DAY else None
    first = _day(when.year, when.month, int(match["day"])) if match else None
    return (match.start(), first) if match and first and first < when else (len(before), None)


def _joined(found: list[EventDate], text: str) -> Iterator[EventDate]:
    """The dates, two that make a range as one; the second of a list takes the lead of the first."""
    held: EventDate | None = None
    for dated in found:
        joins = held and _JOINS.fullmatch(text[held.mark.end : _bare(dated, text)])
        if held and joins and _is_range(held, dated, joins["by"]):
            held = replace(
                held,
                until=dated.until or dated.when,
                mark=TextSpan(held.mark.start, dated.mark.end),
            )
            continue
        if held:
            yield held
            dated = replace(dated, lead=held.lead) if joins and not dated.lead else dated
        held = dated
    if held:
        yield held


def _bare(dated: EventDate, text: str) -> int:
    """Where the words of a date begin, without a lead that may join it to the one before."""
    return dated.mark.start + (3 if dated.lead == "to" else 6 if dated.lead == "until" else 0)


def _is_range(one: EventDate, other: EventDate, by: str) -> bool:
    together = by != "and" or one.lead == "between"
    return together and one.precision is other.precision and one.when < other.when


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
