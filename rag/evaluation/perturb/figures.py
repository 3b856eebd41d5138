"""Exact figures, years and months of a sentence made other ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.evaluation.perturb.edits import chosen, put

_WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DASH = "\u2013\u2212-"
_FIGURE = re.compile(
    r"(?<![\w.,/\u2013-])(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?!(?:st|nd|rd|th)\b|(?!m\b|bn\b|k\b)[\w/\u2013-]|[.,]\d)"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b"
    r"(?![- ](?:thirds|fifths|quarters|hundred|thousand|million|times)|-)",
    re.IGNORECASE,
)
# After these a figure is a bound, an estimate, one end of a range, an age or part of a name.
_BOUND = re.compile(
    r"(?:\b(?:over|under|than|least|most|to|within|below|above|between|from|about|around|some|nearly"
    r"|almost|approximately|roughly|and|or|one|with|aged?|ages|years?|grade|stage|section|part|table"
    r"|paragraph|page|level|phase|tier|outcome|enabler|article|regulation|task|act|of)"
    r"|[(#])\s*[£]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[- ]?(?:year|month)s?[- ]olds?\b|\s(?:or|to|and)\s\w*\d|\s(?:years?|months?) of age"
    rf"|\s(?:{'|'.join(_MONTHS)})\b|\)"
)
_NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.?\s+(?=[A-Z])")
_NAMED_YEAR = re.compile(r"(?:19|20)\d\d")
_A_YEAR = re.compile(
    rf"(?<![\d£.,/{_DASH}])(?P<year>(?:19|20)\d\d)(?P<to>\s?[/{_DASH}]\s?(?:20)?\d\d)?(?![\d,%/{_DASH}])"
)
_A_MONTH = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})\b(?=[ ,.;)]|$)")
_IN_MAY = re.compile(r"\d $|\b(?:[Ii]n|[Ss]ince|of|by) $")
_LAW = re.compile(r"\b(?:Act|Regulations?|Order|Framework|Code|[Ss]ection \w+)(?: of)? $")


def figures(text: str) -> Iterator[str]:
    """The sentence with one exact figure made another, a third or more away."""
    numbering = _NUMBERING.match(text)
    for match in _FIGURE.finditer(text, numbering.end() if numbering else 0):
        if not (
            _BOUND.search(text[: match.start()])
            or _AFTER.match(text, match.end())
            or _NAMED_YEAR.fullmatch(match.group())
        ):
            yield put(text, match.span(), _other_word(match) or _other_digits(match, text))


def _other_word(match: re.Match[str]) -> str:
    if not match["word"]:
        return ""
    other = _WORDS[(_WORDS.index(match["word"].casefold()) + 4) % len(_WORDS)]
    return other.capitalize() if match["word"][0].isupper() else other


def _other_digits(match: re.Match[str], text: str) -> str:
    digits = match["digits"].replace(",", "")
    value = float(digits)
    share = re.match(r"\s?(?:%|per ?cent)", text[match.end() :])
    other = value * 0.6 if share and value > 60 else value * 1.4 + 2
    if value >= 1000 and not value % 100:
        other = round(other, -2)
    if "." in digits:
        return f"{other:.{len(digits.partition('.')[2])}f}"
    return f"{round(other):,}" if "," in match["digits"] else str(round(other))


def dates(text: str) -> Iterator[str]:
    """The sentence with one year or month made another that it does not name."""
    years = {int(match.group()) for match in _NAMED_YEAR.finditer(text)}
    for match in _A_YEAR.finditer(text):
        if not _LAW.search(text[: match.start()]):
            yield put(text, match.span(), _other_year(match, years))
    months = {match["month"] for match in _A_MONTH.finditer(text)}
    for match in _A_MONTH.finditer(text):
        if match["month"] != "May" or _IN_MAY.search(text[: match.start()]):
            free = [month for month in _MONTHS if month not in months]
            yield put(text, match.span(), chosen(free, text))


def _other_year(match: re.Match[str], named: set[int]) -> str:
    year = int(match["year"])
    other = next(y for y in range(year - 2, 0, -1) if y not in named)
    if not match["to"]:
        return str(other)
    sign, digits = re.sub(r"\d", "", match["to"]), re.sub(r"\D", "", match["to"])
    return f"{other}{sign}{str(int(digits) + other - year).zfill(len(digits))}"
