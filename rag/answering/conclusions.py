"""What follows from two verified quotes, in the program's own words: up, down, the same, larger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from text_to_num import alpha2digit

from rag.citation.line import Conclusion
from rag.inspection.movement import Graded, of_one_scale
from rag.text.calendar import MONTH

_FIGURE = re.compile(r"(?<![\w.,£])(\d[\d,]*(?:\.\d+)?)(%?)(?!\w)")
_NOUN = re.compile(r"\s+(?:different |new |social |more |further )?([a-z]+)")
_STEM = 6
_NO_FIGURE = re.compile(
    rf"""
      \b\d{{1,2}}\ {MONTH}(?:\ \d{{4}})? | \b{MONTH}\ \d{{4}}              # dates
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
    if len(rows) != 2 or not of_one_scale([row for _, row in rows]):
        return ()
    (one, a), (two, b) = rows
    if a.rank == b.rank:
        return (Conclusion(f"{one} and {two} were given the same judgement.", (0, 1)),)
    best, other = (one, two) if a.rank > b.rank else (two, one)
    return (Conclusion(f"{best} was judged higher than {other}.", (0, 1)),)


def of_figures(rows: Sequence[tuple[str, str]], *, over_time: bool) -> tuple[Conclusion, ...]:
    """What follows from one figure on each of two sides: (label, quote), oldest first for years.

    Nothing is concluded unless each quote holds exactly one figure and both are of one unit.
    """
    sides: list[tuple[float, str]] = []
    units: set[str] = set()
    for label, text in rows:
        values = figures(text)
        if len(values) != 1:
            return ()
        [(value, unit)] = values
        sides.append((value, label))
        units.add(unit)
    if len(sides) != 2 or len(units) != 1:
        return ()
    return (Conclusion(_compared(sides, "%" if "%" in units else "", over_time), (0, 1)),)


def _compared(sides: Sequence[tuple[float, str]], percent: str, over_time: bool) -> str:
    """What follows from two figures of one unit, each with the label of its side."""
    (first, earlier), (second, later) = sides
    if first == second:
        return f"The figure is the same: {first:,g}{percent}."
    if over_time:
        word = "higher" if second > first else "lower"
        against = f"{second:,g}{percent} against {first:,g}{percent}"
        return f"The figure for {later} is {word} than for {earlier}: {against}."
    (least, less), (most, more) = sorted(sides)
    return (
        f"{more} has the larger figure: {most:,g}{percent} against {least:,g}{percent} for {less}."
    )


def figures(text: str) -> list[tuple[float, str]]:
    """The figures in a text, number words included: (value, unit); dates, ages and rates left out.

    The unit is "%" or the stem of the noun that follows.
    """
    plain = _NO_FIGURE.sub(" ", alpha2digit(text, "en"))
    values: list[tuple[float, str]] = []
    for match in _FIGURE.finditer(plain):
        noun = _NOUN.match(plain, match.end())
        unit = match[2] or (noun[1][:_STEM] if noun else "")
        values.append((float(match[1].replace(",", "")), unit))
    return values
