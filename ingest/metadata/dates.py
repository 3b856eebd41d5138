"""Dates as British documents and file names write them, read by strict rules.

A general date parser guesses missing parts and reads years and times into any number; here a date
is day, month and year or it is none, which is also some hundred times faster.
"""

from __future__ import annotations

import re
from datetime import date

from rag.text.calendar import MONTHS, day_of, month_number

_MONTH = r"(?P<{m}>" + "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in MONTHS) + r")\.?"
_DAY = r"(?P<{d}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{y}>(?:19|20)\d\d)(?!\d)"
_TO = r"\s*(?:to|until|till|and|-|\u2010|\u2011|\u2013|\u2014)\s*"


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
_RANGE = _pattern(
    _DAY.format(d="d1") + rf"(?:\s+{_MONTH.format(m='m1')})?(?:,?\s+{_YEAR.format(y='y1')})?"
    + _TO + _day_month_year("2", r"[\s,]+")
)  # fmt: skip
_ISO_RANGE = _pattern(r"(\d{4}-\d\d-\d\d)" + _TO + r"(\d{4}-\d\d-\d\d)(?!\d)")
_IN_FILE_NAME = (
    _pattern(_day_month_year("1", r"[-_ .]+")),
    _pattern(_YEAR.format(y="y1") + r"[-_ .]+" + _MONTH.format(m="m1")[:-3]
             + r"[-_ .]+(?P<d1>\d{1,2})(?!\d)"),
    _pattern(r"(?P<y1>(?:19|20)\d\d)([-_./]?)(?P<m1>\d\d)\2(?P<d1>\d\d)(?!\d)"),
    _pattern(r"(?P<d1>\d\d)([-_.])(?P<m1>\d\d)\2(?P<y1>(?:19|20)\d\d)(?!\d)"),
)  # fmt: skip


def find_date(text: str) -> date | None:
    """The first full date in `text` ("4 September 2017", "March 3, 2024", ISO, 04/09/2017)."""
    return _earliest(text, _FORMS)


def date_at_start(text: str) -> date | None:
    """The date that `text` begins with, or None."""
    matches = (form.match(text) for form in _FORMS)
    return next((made for match in matches if match and (made := _made(match, "1"))), None)


def without_dates(text: str) -> str:
    """`text` with every full date taken out."""
    for form in _FORMS:
        text = form.sub(" ", text)
    return text


def date_in_file_name(name: str) -> date | None:
    """The date in a file name or web address ("03-december-2024", 2024-12-03, /2024/12/03/)."""
    return _earliest(name, _IN_FILE_NAME)


def range_at_start(text: str) -> tuple[date, date] | None:
    """The first and last day that `text` begins with ("14 to 25 October 2024"); one day is both.

    What the first day leaves out it takes from the last, the year before where its month is later.
    """
    iso = _ISO_RANGE.match(text)
    if iso:
        ends = find_date(iso.group(1)), find_date(iso.group(2))
    else:
        match = _RANGE.match(text)
        ends = _ends(match) if match else (day := date_at_start(text), day)
    first, last = ends
    return (first, last) if first and last and first <= last else None


def _ends(match: re.Match[str]) -> tuple[date | None, date | None]:
    last = _made(match, "2")
    if not last:
        return None, None
    month = _month(match["m1"]) if match["m1"] else last.month
    year = int(match["y1"]) if match["y1"] else last.year - (month > last.month)
    return day_of(year, month, int(match["d1"])), last


def _earliest(text: str, forms: tuple[re.Pattern[str], ...]) -> date | None:
    found = [
        (match.start(), made)
        for form in forms
        for match in form.finditer(text)
        if (made := _made(match, "1"))
    ]
    return min(found)[1] if found else None


def _made(match: re.Match[str], n: str) -> date | None:
    return day_of(int(match[f"y{n}"]), _month(match[f"m{n}"]), int(match[f"d{n}"]))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else month_number(written)
