"""When a sentence says that something happens: days, months, years, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.packs.types import Precision, last_day
from rag.text.calendar import SEASONS, day_of
from rag.text.dates import DateMention, moments
from rag.types import TextSpan

_LEAD = re.compile(
    rf"""
    \b(?P<lead>in|on|since|from|by|until|during|of|for|between|to|dated)\s+
    (?:(?:the|early|late|mid|about|around|start|beginning|middle|end|week|month|{"|".join(SEASONS)}
         |of|\w{{3,6}}day|,)[\s-]+)*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s?(?:to|and|-|\u2013)\s?$")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ")
_JOINS = re.compile(r"\s?(?P<by>to|until|and|-|\u2013)\s?")
_THIS_OR_LAST_YEAR = re.compile(r"\s(this|last) year\b")
_FOUR_DIGITS = re.compile(r"\d{4}")


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
        return last_day(self.until or self.when, self.precision)


def event_dates(text: str, reported: date | None, *, coming: bool = False) -> tuple[EventDate, ...]:
    """Every date in `text`, in order; a range is one.

    A month without a year is resolved against `reported`, the day on which the source speaks: to
    the next such month where it is `coming`, else to the last one.
    """
    dates: list[EventDate] = []
    for moment in moments(text):
        event_date = _event_date(moment, text, reported, coming)
        if event_date:
            dates.append(event_date)
    return tuple(_joined(dates, text))


def _event_date(
    moment: DateMention, text: str, reported: date | None, coming: bool
) -> EventDate | None:
    if moment.last > 12:  # a financial year
        return None
    if moment.first != moment.last:  # of "spring 2017" and "late 2017" the year alone is told
        moment = replace(moment, first=1, last=12)
    year, sure = _year(moment, text, reported, coming)
    precision, day = Precision.YEAR, 1
    if moment.names_month:
        written_day = _DAY.match(moment.written)
        precision = Precision.DAY if written_day else Precision.MONTH
        day = int(written_day[1]) if written_day else 1
    when = day_of(year, moment.first, day)
    if when is None:
        return None
    start, first = _started(text[: moment.mark.start], when, precision)
    lead = _LEAD.search(text[:start])
    mark = TextSpan(lead.start() if lead else start, moment.mark.end)
    word = lead["lead"].casefold() if lead else ""
    return EventDate(first or when, precision, mark, word, when if first else None, sure)


def _year(moment: DateMention, text: str, reported: date | None, coming: bool) -> tuple[int, bool]:
    """The year of a moment, 0 where it cannot be safely told, and whether it is given."""
    if _FOUR_DIGITS.search(moment.written):
        return moment.year, True
    this_or_last = _THIS_OR_LAST_YEAR.match(text[moment.mark.end :])
    if reported and this_or_last:
        return reported.year - (this_or_last[1] == "last"), False
    full = [other for other in moments(text) if _FOUR_DIGITS.search(other.written)]
    if full:
        return (_year_beside(moment, full[0], text) if len(full) == 1 else 0), True
    if reported is None:
        return 0, False
    if coming:
        return reported.year + (moment.first < reported.month), False
    return reported.year - (moment.first > reported.month), False


def _year_beside(moment: DateMention, near: DateMention, text: str) -> int:
    """The year of the one full date of the sentence: of a later month told after it, or of the end
    of the range that this one begins."""
    if near.mark.start < moment.mark.start:
        return near.year if near.first < moment.first else 0
    between = text[moment.mark.end : near.mark.start]
    return near.year if _JOINS.fullmatch(between) and moment.first <= near.first else 0


def _started(before: str, when: date, precision: Precision) -> tuple[int, date | None]:
    """Where a date begins, and its first day where it is one of several: "14 to 25 October"."""
    match = _FIRST_DAY.search(before) if precision is Precision.DAY else None
    first = day_of(when.year, when.month, int(match["day"])) if match else None
    return (match.start(), first) if match and first and first < when else (len(before), None)


def _joined(dates: Sequence[EventDate], text: str) -> list[EventDate]:
    """The dates, two that make a range as one; the second of a list takes the lead of the first."""
    joined: list[EventDate] = []
    for following in dates:
        before = joined[-1] if joined else None
        # A lead such as "to" may itself join the date to the one before.
        start = following.mark.start + {"to": 3, "until": 6}.get(following.lead, 0)
        joint = _JOINS.fullmatch(text[before.mark.end : start]) if before else None
        if before and joint and _is_range(before, following, joint["by"]):
            mark = TextSpan(before.mark.start, following.mark.end)
            joined[-1] = replace(before, until=following.until or following.when, mark=mark)
        elif before and joint and not following.lead:
            joined.append(replace(following, lead=before.lead))
        else:
            joined.append(following)
    return joined


def _is_range(one: EventDate, other: EventDate, by: str) -> bool:
    together = by != "and" or one.lead == "between"
    return together and one.precision is other.precision and one.when < other.when
