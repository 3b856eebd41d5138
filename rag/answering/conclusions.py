"""What follows from two verified quotes, in the program's own words: up, down, the same, larger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from text_to_num import alpha2digit

from rag.citation.line import Conclusion
from rag.inspection.movement import Graded, of_one_framework
from rag.text.patterns import MONTHS

_FIGURE = re.compile(r"(?<![\w.,£])(\d[\d,]*(?:\.\d+)?)(%?)(?!\w)")
_NOUN = re.compile(r"\s+(?:different |new |social |more |further )?([a-z]+)")
_STEM = 6
_NO_FIGURE = re.compile(
    rf"""
      \b\d{{1,2}}\ {MONTHS}(?:\ \d{{4}})? | \b{MONTHS}\ \d{{4}}              # dates
    | \b(?:19|20)\d\d(?:\s?[-\u2013/]\s?\d{{2,4}})?\b
    | \b(?:aged?\ |age\ of\ |under\ |over\ )\d+                              # ages
    | \b\d+(?:-|\ )?(?:to\ |and\ |or\ )\d+-?(?:year|years) | \b\d+-year
    | section\ \d+ | \bgrade\ \d | \bkey\ stage\ \d
    | \(a\ rate\ of[^)]*\) | \bper\ [\d,]+                                   # rates
    """,
    re.IGNORECASE | re.VERBOSE,
)


def of_councils(rows: Sequence[Graded]) -> tuple[Conclusion, ...]:
    """What follows from two councils' grades: which is higher, or that they are the same."""
    if len(rows) != 2 or not of_one_framework([row for _, row in rows]):
        return ()
    (one, a), (two, b) = rows
    if a.grade == b.grade:
        return (Conclusion(f"{one} and {two} were given the same judgement.", (0, 1)),)
    best, other = (one, two) if a.rank > b.rank else (two, one)
    return (Conclusion(f"{best} was judged higher than {other}.", (0, 1)),)


def of_figures(rows: Sequence[tuple[str, str]], *, over_time: bool) -> tuple[Conclusion, ...]:
    """What follows from one figure on each of two sides: (label, quote), oldest first for years.

    Nothing is concluded unless each quote holds exactly one figure and both are of one unit.
    """
    found = [figures(text) for _, text in rows]
    if len(rows) != 2 or any(len(each) != 1 for each in found):
        return ()
    (one, _), (two, _) = rows
    [(a, unit)], [(b, other_unit)] = found
    if unit != other_unit:
        return ()
    return (Conclusion(_figures_compared((one, a), (two, b), unit, over_time), (0, 1)),)


def _figures_compared(
    one: tuple[str, float], two: tuple[str, float], unit: str, over_time: bool
) -> str:
    percent = unit if unit == "%" else ""
    if one[1] == two[1]:
        return f"The figure is the same: {one[1]:,g}{percent}."
    if over_time:
        word = "higher" if two[1] > one[1] else "lower"
        shown = f"{two[1]:,g}{percent} against {one[1]:,g}{percent}"
        return f"The figure for {two[0]} is {word} than for {one[0]}: {shown}."
    most, least = (one, two) if one[1] > two[1] else (two, one)
    shown = f"{most[1]:,g}{percent} against {least[1]:,g}{percent}"
    return f"{most[0]} has the larger figure: {shown} for {least[0]}."


def figures(text: str) -> list[tuple[float, str]]:
    """The figures in a text, number words included: (value, unit); dates, ages and rates left out.

    The unit is "%" or the stem of the noun that follows.
    """
    plain = _NO_FIGURE.sub(" ", alpha2digit(text, "en"))
    return [
        (float(match.group(1).replace(",", "")), match.group(2) or _noun_after(plain, match))
        for match in _FIGURE.finditer(plain)
    ]


def _noun_after(text: str, figure: re.Match[str]) -> str:
    noun = _NOUN.match(text, figure.end())
    return noun.group(1)[:_STEM] if noun else ""
