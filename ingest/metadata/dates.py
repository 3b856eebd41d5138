"""Dates as British documents and file names write them, read by strict rules.

A general date parser guesses missing parts and reads years and times into any number; here a date
is day, month and year or it is none, which is also some hundred times faster.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from rag.text.calendar import MONTHS, day_of, month_number

_MONTH = r"(?P<{m}>" + "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in MONTHS) + r")\.?"
_DAY = r"(?P<{d}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{y}>(?:19|20)\d\d)(?!\d)"
_TO = r"\s*(?:to|until|till|and|-|\u2010|\u2011|\u2013|\u2014)\s*"


class DayOrder(StrEnum):
    """Which of day and month comes first in a date in figures: 04/07/2025."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\d)" + template, re.IGNORECASE)


def _day_month_year(n: str, gap: str = r"[\s,]*(?:of\s+)?") -> str:
    return gap.join((_DAY.format(d=f"d{n}"), _MONTH.format(m=f"m{n}"), _YEAR.format(y=f"y{n}")))


_FORMS = (
    _pattern(_day_month_year("1")),
    _pattern(
        _MONTH.format(m="m1") + r"\s+" + _DAY.format(d="d1") + r",?\s+" + _YEAR.format(y="y1")
    ),
    _pattern(_YEAR.format(y="y1") + r"-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)"),
    _pattern(r"(?P<d1>\d{1,2})[/.](?P<m1>\d{1,2})[/.]" + _YEAR.format(y="y1")),
)
_SLASHED = _FORMS[-1]
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE
)
"""The day of the week that a line begins with, in full or in short."""
_SEVERAL_DAYS = _pattern(
    r"(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:,\s*\d{1,2}(?:st|nd|rd|th)?){1,10}(?=\s+and\s+\d)"
)
_RANGE = _pattern(
    _DAY.format(d="d1") + rf"(?:\s+{_MONTH.format(m='m1')})?(?:,?\s+{_YEAR.format(y='y1')})?"
    + _TO + _day_month_year("2", r"[\s,]+")
)  # fmt: skip
_RANGE_OF_NO_YEAR = _pattern(
    _DAY.format(d="d1") + rf"(?:\s+{_MONTH.format(m='m1')})?" + _TO
    + _DAY.format(d="d2") + r"\s+" + _MONTH.format(m="m2")
)  # fmt: skip
_ISO_RANGE = _pattern(r"(\d{4}-\d\d-\d\d)" + _TO + r"(\d{4}-\d\d-\d\d)(?!\d)")
_IN_FILE_NAME = (
    _pattern(_day_month_year("1", r"[-_ .]+")),
    _pattern(_YEAR.format(y="y1") + r"[-_ .]+" + _MONTH.format(m="m1")[:-3]
             + r"[-_ .]+(?P<d1>\d{1,2})(?!\d)"),
    _pattern(r"(?P<y1>(?:19|20)\d\d)([-_./]?)(?P<m1>\d\d)\2(?P<d1>\d\d)(?!\d)"),
    _pattern(r"(?P<d1>\d\d)([-_.])(?P<m1>\d\d)\2(?P<y1>(?:19|20)\d\d)(?!\d)"),
)  # fmt: skip


def find_date(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """The first full date in `text` ("4 September 2017", "March 3, 2024", ISO, 04/09/2017).

    Where it is in figures `order` says which is the day; unknown, it counts only if both ways
    give the same, or one gives no day at all.
    """
    return _earliest(text, _FORMS, order)


def date_at_start(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """The date that `text` begins with, its day of the week before it or not, or None; `order` as
    for `find_date`."""
    text = _WEEKDAY.sub("", text)
    matches = (form.match(text) for form in _FORMS)
    return next((made for match in matches if match and (made := _made(match, "1", order))), None)


def over_twelve(text: str) -> tuple[int, int]:
    """How many dates in figures have more than 12 as their first figure, and as their second."""
    first = second = 0
    for match in _SLASHED.finditer(text):
        first += 12 < int(match["d1"]) < 32
        second += 12 < int(match["m1"]) < 32
    return first, second


def without_dates(text: str) -> str:
    """`text` with every full date taken out."""
    for form in _FORMS:
        text = form.sub(" ", text)
    return text


def date_in_file_name(name: str) -> date | None:
    """The date in a file name or web address ("03-december-2024", 2024-12-03, /2024/12/03/)."""
    return _earliest(name, _IN_FILE_NAME)


def range_at_start(text: str, *, before: date | None = None) -> tuple[date, date] | None:
    """The first and last day that `text` begins with ("14 to 25 October 2024"); one day is both.

    What the first day leaves out it takes from the last, the year before where its month is later.
    Days without a year are the latest such before the day `before`, where that is given.
    """
    several = _SEVERAL_DAYS.match(text)
    if several:  # "3, 4 and 5 July": from the first to the last
        text = several["first"] + text[several.end() :]
    iso = _ISO_RANGE.match(text)
    if iso:
        ends = find_date(iso.group(1)), find_date(iso.group(2))
    else:
        match = _RANGE.match(text)
        ends = _ends(match) if match else (day := date_at_start(text), day)
        if before and not ends[1]:
            ends = _ends_before(text, before)
    first, last = ends
    return (first, last) if first and last and first <= last else None


def _ends(match: re.Match[str]) -> tuple[date | None, date | None]:
    last = _made(match, "2")
    if not last:
        return None, None
    month = _month(match["m1"]) if match["m1"] else last.month
    year = int(match["y1"]) if match["y1"] else last.year - (month > last.month)
    return day_of(year, month, int(match["d1"])), last


def _ends_before(text: str, before: date) -> tuple[date | None, date | None]:
    match = _RANGE_OF_NO_YEAR.match(text)
    if not match:
        return None, None
    for year in (before.year, before.year - 1):
        month = _month(match["m2"])
        last = day_of(year, month, int(match["d2"]))
        first = day_of(year, _month(match["m1"]) if match["m1"] else month, int(match["d1"]))
        if last and last <= before:
            return first, last
    return None, None


def _earliest(
    text: str, forms: tuple[re.Pattern[str], ...], order: DayOrder = DayOrder.DAY_FIRST
) -> date | None:
    found = [
        (match.start(), made)
        for form in forms
        for match in form.finditer(text)
        if (made := _made(match, "1", order))
    ]
    return min(found)[1] if found else None


def _made(match: re.Match[str], n: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    year, month, day = int(match[f"y{n}"]), _month(match[f"m{n}"]), int(match[f"d{n}"])
    if match.re is not _SLASHED or order is DayOrder.DAY_FIRST:
        return day_of(year, month, day)
    american, british = day_of(year, day, month), day_of(year, month, day)
    if order is DayOrder.MONTH_FIRST:
        return american
    return british if american in (None, british) else american if british is None else None


def _month(written: str) -> int:
    return int(written) if written.isdigit() else month_number(written)
