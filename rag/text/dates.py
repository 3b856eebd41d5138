"""The dates that a text names: years, months, seasons, days, financial years and their quarters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.text.calendar import MONTH, SEASONS, month_number
from rag.types import Description, TextSpan

# Of a winter only the month that lies in the year named.
_PARTS_OF_YEAR = {season: (months[0], max(months)) for season, months in SEASONS.items()} | {
    "early": (1, 4), "start of": (1, 4), "late": (9, 12), "end of": (9, 12), "mid": (5, 8),
}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_FORMS = re.compile(
    rf"""
      (?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?[ ])? (?:of[ ])?
        \b(?P<month>{MONTH})\b
        (?: (?:\ of)? ,?\ (?P<year>(?:19|20)\d\d)\b )?
    | (?<![\d/.])(?:0?[1-9]|[12]\d|3[01])
        /(?P<month2>0?[1-9]|1[0-2])/(?P<year4>(?:19|20)\d\d)(?![\d/])
    | (?P<season>{"|".join(_PARTS_OF_YEAR)})[ -](?:(?:the[ ]year|of)[ ])?(?P<year2>(?:19|20)\d\d)\b
    | \b(?:(?:Q|quarter[ ])(?P<quarter>[1-4])|(?P<nth>first|second|third|fourth|final)[ ]quarter)
        [ ,(]*(?:of[ ])?(?P<q_from>(?:19|20)\d\d)\s?[-\u2013/]\s?(?:20)?\d\d\b
    | (?<![\d£$€,.])\b(?P<from>(?:19|20)\d\d)\s?[-\u2013/]\s?(?P<to>(?:20)?\d\d)\b(?!\d|%)
    | (?<![\d£$€,.])\b(?P<year3>(?:1[89]|20)\d\d)\b(?![%]|,\d|[ ]?per[ ]?cent)
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time named at `mark`: months `first` to `last` of `year` (to the next year's, for a
    financial year); a year of 0 is not named."""

    year: int
    first: int
    last: int
    mark: TextSpan
    written: str

    @property
    def names_month(self) -> bool:
        """Whether it is finer than a year."""
        return (self.first, self.last) != (1, 12)

    def meets(self, other: DateMention) -> bool:
        """Whether both can be the same time; two financial years are one or are apart."""
        if self.last > 12 and other.last > 12:
            return self.year == other.year
        if self.year and other.year and self.year != other.year:
            return (self.last > 12 and other.year == self.year + 1) or (
                other.last > 12 and self.year == other.year + 1
            )
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4096)
def moments(text: str) -> tuple[DateMention, ...]:
    """Every date that `text` names, in order; a month without a year takes that of the date named
    next to it."""
    found = [moment for match in _FORMS.finditer(text) if (moment := _moment(match, text))]
    years = [m.year for m in found]
    for n, moment in enumerate(found):
        if not moment.year:
            later = next((year for year in years[n:] if year), 0)
            earlier = next((year for year in reversed(years[:n]) if year), 0)
            found[n] = replace(moment, year=later or earlier)
    return tuple(found)


def _moment(match: re.Match[str], text: str) -> DateMention | None:
    start = match.start() + (3 if match.group().casefold().startswith("of ") else 0)
    mark = TextSpan(start, match.end())
    written = " ".join(match.string[start : match.end()].split())
    if match["month"]:
        if match["month"].casefold() == "may" and not (match["day"] or match["year"]):
            return None  # the verb
        if not match["month"][0].isupper():
            return None
        month = month_number(match["month"])
        return DateMention(int(match["year"] or 0), month, month, mark, written)
    if match["month2"]:  # a British paper: the day comes first
        month = int(match["month2"])
        return DateMention(int(match["year4"]), month, month, mark, written)
    if match["season"]:
        months = _PARTS_OF_YEAR[match["season"].casefold()]
        return DateMention(int(match["year2"]), *months, mark, written)
    if match["q_from"]:
        return _quarter(match, mark, written)
    if match["from"]:
        following = int(match["to"]) % 100 == (int(match["from"]) + 1) % 100
        return DateMention(int(match["from"]), 1, 15 if following else 12, mark, written)
    return DateMention(int(match["year3"]), 1, 12, mark, written)


def _quarter(match: re.Match[str], mark: TextSpan, written: str) -> DateMention:
    """A quarter of a financial year, which begins in April."""
    nth = int(match["quarter"] or _NTH[match["nth"].casefold()])
    year, first = (int(match["q_from"]), 3 * nth + 1) if nth < 4 else (int(match["q_from"]) + 1, 1)
    return DateMention(year, first, first + 2, mark, written)


def is_of(moment: DateMention, about: Description | None) -> bool:
    """Whether a document speaks for that time: from a little before its inspection to when it
    appeared."""
    days = about.days if about else ()
    if not days or not moment.year:
        return False
    if not moment.names_month:
        return any(day.year == moment.year for day in days) or (
            moment.last > 12 and any(day.year == moment.year + 1 for day in days)
        )
    start, end = min(days), max(days)
    low, high = start.year * 12 + start.month - 1, end.year * 12 + end.month
    return low <= moment.year * 12 + moment.last and moment.year * 12 + moment.first <= high
