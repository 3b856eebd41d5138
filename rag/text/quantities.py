"""The quantities that a text states: figures, shares, money and lengths of time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from text_to_num import text2num

from rag.bounds import MOST_FIGURES
from rag.text.calendar import MONTH
from rag.text.lexicon import any_of, cue, lists, words
from rag.text.parse import parse
from rag.types import TextSpan


class Unit(StrEnum):
    """What a quantity measures; quantities of different sorts are not compared."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    TIME = "time"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity between `low` and `high`; shares are parts of 1, times are days.

    `unit` are the stems of the words for what is counted; `written` is as it stands at `mark`.
    """

    sort: Unit
    low: float
    high: float
    unit: frozenset[str]
    mark: TextSpan
    written: str
    approximate: bool = False
    negated: bool = False
    part: bool = False
    """Whether it is the one or the other figure of a share: "13" of "13 of the 21"."""

    def holds(self, said: Quantity) -> bool:
        """Whether this, as claimed, follows from what is said: "over 20" from "25"."""
        slack = self._slack(said)
        return self.low - slack <= said.low + 1e-6 and said.high - 1e-6 <= self.high + slack

    def bars(self, said: Quantity) -> bool:
        """Whether this and what is said cannot both be true of one thing."""
        slack = self._slack(said)
        return self.low - slack > said.high + 1e-6 or said.low - slack > self.high + 1e-6

    def _slack(self, other: Quantity) -> float:
        rough = self.approximate or other.approximate
        return 0.08 * max(_finite(self), _finite(other)) if rough else 0.0


_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0, "term": 91.0}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_TIMES = {
    "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "two-fold": 2.0, "twofold": 2.0,
    "treble": 3.0, "trebled": 3.0, "triple": 3.0, "tripled": 3.0, "quadrupled": 4.0,
    "halved": 0.5, "halving": 0.5,
}  # fmt: skip
_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = "|".join(f"{_UNITS} {_TEENS} {_TENS}".split())
_WORDED = (
    rf"(?:(?:{_SMALL}|a)[\s-])?(?:{_SMALL}|dozen|hundred|thousand|million)"
    rf"(?:(?:[\s-]|\sand\s)(?:{_SMALL}|hundred|thousand|million)\b){{0,12}}"
)
_FIGURE = r"(?<!\d)\d++(?:,\d{3})*(?:\.\d++)?"
_N = rf"(?:{_FIGURE}|\b(?:{_WORDED})\b)"
_THE = r"(?:the[ ]|its[ ]|their[ ]|every[ ]|these[ ]|all[ ])?"
_FLAGS = re.IGNORECASE | re.VERBOSE

_MONEY = re.compile(
    rf"[£$€]\s?(?P<n>{_FIGURE})\s?(?P<scale>million|billion|thousand|bn|m|k)?\b"
    rf"|(?P<n2>{_N})[ ](?P<scale2>million|billion|thousand)?[ ]?(?:pounds|quid)\b",
    _FLAGS,
)
_PERCENT = re.compile(rf"(?P<n>{_N})[ ]?(?:%|per[ ]?cent\b)", _FLAGS)
_RATIO = re.compile(
    rf"(?P<n>{_N})[ ](?:\(\d+\)[ ])?(?P<in>out[ ]of|of|in)[ ]{_THE}(?P<of>{_N})"
    r"(?![ ]?%|[ ]per[ ]?cent)\b",
    _FLAGS,
)
_FRACTION = re.compile(
    rf"(?:\b(?P<n>a|an|one|two|three|four|five|seven)[ -])?\b(?P<part>{'|'.join(_PARTS)})\b"
    r"(?![ -](?:year|time|yearly|term|ly)|[ ]of[ ](?:20|the[ ](?:financial[ ])?year))",
    _FLAGS,
)
_MULTIPLE = re.compile(rf"\b(?P<word>{'|'.join(_TIMES)})\b", _FLAGS)
_TIME = re.compile(
    rf"(?P<n>{_N}|\ban?\b)(?:[ ](?:to|and|or)[ ](?P<to>{_N}))?"
    r"(?:[ -](?:working|school|calendar|full))?"
    r"[ -](?P<unit>hour|day|week|month|year)s?\b(?!-old|[ ]olds?)",
    _FLAGS,
)
_RANGE = re.compile(rf"(?P<n>{_N})\s?(?:to|and|or|-|\u2013)\s?(?P<to>{_N})(?![ ]?%)", _FLAGS)
_COUNT = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_FIGURE}|\b(?:{_WORDED}|single)\b)(?![\w/]|%|,\d)", _FLAGS
)
_AGE = r"(?:1\d|[1-9]|2[0-5])"
_AGES = rf"""
      \b(?:aged?|ages|age[ ]of|turn(?:ing|ed)?)[ ](?:under[ ]|over[ ])?\d{{1,2}}
        (?:(?:[ ]|to|and|or|-|\u2013)+\d{{1,2}})?\b(?!%)
    | \b(?:over|under)s?[ -]?{_AGE}s?(?=\s*(?:$|[.,;:)]|{any_of(lists.Words.ENDS_UNIT)}\b))
    | \b(?:under|over)[ -]?{_AGE}(?=[ ](?:living|in|with|who|and|or|year)\b)
    | \b(?:under|over)[ ](?:{_SMALL})[ ]year
    | \b{_N}[ ]years?[ ](?:old|of[ ]age)\b
    | \b\d{{1,2}}(?:-|[ ]|to|and|or)+\d{{0,2}}-?year-olds?
    | \b{_N}-year-olds?
    | \b\d{{1,2}}(?:st|nd|rd|th)\b(?:[ ]birthdays?)?
"""
_LABELS = r"""
      \b(?:outcome|grade|section|key[ ]stage|stage|tier|level|step|part|regulation|paragraph|page
         |phase|no\.?)[ ]\d+\w?\b
    | \b(?:at[ ]least|more[ ]than)[ ]a[ ]\d\b
    | \(\d{1,3}\)
    | ^\s*\d{1,2}(?:\.\d+)?\.?[ ](?-i:(?=[A-Z]))
"""
_DATES = rf"""
      \b{MONTH}\.?[ ](?:of[ ])?\d{{4}}\b
    | \b\d{{1,2}}(?:[ ](?:to|and|-|\u2013)[ ]\d{{1,2}})?[ ]{MONTH}\b(?:[ ]\d{{4}}\b)?
    | (?<![\d£$€,.])\b(?:19|20)\d\d\b(?:\s?[-\u2013/]\s?(?:20)?\d\d\b)?(?!,\d|[ ]?%)
    | \b(?:first|second|third|fourth|last|next)[ ](?:quarter|half|third)\b
    | \bquarter[ ][1-4]\b
"""
_IDIOMS = r"""
      \bone[ ](?:another|off|to|by|stop|or)\b | \bone(?:-to-one|-off|-stop)\b
    | \b(?:no|any|every|some|each|this|that|which)[ -]one\b | \bat[ ]one\b | \bone[ ]day\b
"""
_NOT_COUNTS = re.compile("|".join((_AGES, _LABELS, _DATES, _IDIOMS)), _FLAGS)


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity that `text` states, in order; dates, ages and numbered things are none."""
    free = _blank(text, (match.span() for match in _NOT_COUNTS.finditer(text)))
    found: list[Quantity] = []
    for read_sort in (_money, _percents, _ratios, _fractions, _multiples, _times, _counts):
        made = list(read_sort(free, text))
        found += made
        free = _blank(free, ((q.mark.start, q.mark.end) for q in made))
    return tuple(sorted(found, key=lambda q: q.mark.start)[:MOST_FIGURES])


def _blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def number(written: str) -> float | None:
    """The value of a number in figures or in words; None when it is none."""
    word = written.casefold().replace(",", "").strip()
    try:
        return float(word)
    except ValueError:
        pass
    if word in ("single", "a", "an"):
        return 1.0
    if word.endswith("dozen"):
        return 12.0 * (number(word.removesuffix("dozen").strip(" -")) or 1.0)
    try:
        return float(text2num(re.sub(r"^a ", "one ", word), "en"))
    except ValueError:
        return None


def _money(free: str, text: str) -> Iterator[Quantity]:
    for match in _MONEY.finditer(free):
        value = number(match["n"] or match["n2"])
        scale = _SCALE.get((match["scale"] or match["scale2"] or "").casefold(), 1.0)
        if value is not None:
            yield _made(Unit.MONEY, value * scale, match, text)


def _percents(free: str, text: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(free):
        value = number(match["n"])
        if value is not None:
            yield _made(Unit.SHARE, value / 100, match, text, rounding=0.006)


def _ratios(free: str, text: str) -> Iterator[Quantity]:
    for match in _RATIO.finditer(free):
        part, whole = number(match["n"]), number(match["of"])
        if part is not None and whole and part <= whole:
            share = _made(Unit.SHARE, part / whole, match, text, rounding=0.02)
            yield share
            if match["in"].casefold() != "in":
                yield replace(share, sort=Unit.COUNT, low=part, high=part, part=True)
                yield replace(share, sort=Unit.COUNT, low=whole, high=whole, part=True)


def _fractions(free: str, text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(free):
        part = match["part"].casefold()
        if match["n"] is None and part not in ("half", "quarter", "quarters"):
            continue  # an ordinal: "the third visit"
        times = number(match["n"]) if match["n"] else 1.0
        yield _made(Unit.SHARE, (times or 1.0) / _PARTS[part], match, text, rounding=0.02)


def _multiples(free: str, text: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(free):
        yield _made(Unit.TIMES, _TIMES[match["word"].casefold()], match, text)


def _times(free: str, text: str) -> Iterator[Quantity]:
    for match in _TIME.finditer(free):
        value = number(match["n"])
        if value is None or _is_rate(text, match):
            continue
        days = _DAYS[match["unit"].casefold()]
        to = number(match["to"]) if match["to"] else None
        yield _made(Unit.TIME, value * days, match, text, to=to and to * days, rounding=0.5)


def _is_rate(text: str, match: re.Match[str]) -> bool:
    """Whether a length of time only says how often: "£31,000 a year", "11 days a year"."""
    if match["n"].casefold() not in ("a", "an"):
        return False
    return not cue(lists.Numbers.LASTING).search(text[max(0, match.start() - 20) : match.start()])


def _counts(free: str, text: str) -> Iterator[Quantity]:
    ranges = [(m.start(), m) for m in _RANGE.finditer(free) if number(m["n"]) and number(m["to"])]
    for _, match in ranges:
        low, high = number(match["n"]) or 0.0, number(match["to"]) or 0.0
        if low < high:
            yield _made(Unit.COUNT, low, match, text, to=high)
            free = _blank(free, iter([match.span()]))
    for match in _COUNT.finditer(free):
        value = number(match["n"])
        if value is not None:
            yield _made(Unit.COUNT, value, match, text)


def _made(
    sort: Unit,
    value: float,
    match: re.Match[str],
    text: str,
    *,
    to: float | None = None,
    rounding: float = 0.0,
) -> Quantity:
    before = text[max(0, match.start() - 28) : match.start()]
    low, high = value - rounding, (to if to is not None else value) + rounding
    if cue(lists.Numbers.AT_LEAST).search(before):
        high = math.inf
    elif cue(lists.Numbers.AT_MOST).search(before):
        low = 0.0 if sort is not Unit.SHARE or value > 0 else low
    return Quantity(
        sort, low, high, _unit(text, match.end()), TextSpan(match.start(), match.end()),
        " ".join(text[match.start() : match.end()].split()),
        bool(cue(lists.Numbers.ABOUT).search(before)),
        bool(cue(lists.Numbers.NONE).search(before)),
    )  # fmt: skip


def _unit(text: str, end: int) -> frozenset[str]:
    """The stems of the few words after a figure, up to the end of their phrase."""
    stems: list[str] = []
    for token in parse(re.split(r"[.;:()]", text[end : end + 70], maxsplit=1)[0]).tokens:
        if len(stems) == 4 or token.word in words(lists.Words.ENDS_UNIT):
            break
        if token.carries:
            stems.append(token.stem)
    return frozenset(stems)


def _finite(quantity: Quantity) -> float:
    return quantity.low if math.isinf(quantity.high) else (quantity.low + quantity.high) / 2
