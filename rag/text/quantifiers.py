"""How many of all: none, few, half, most, all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from rag.bounds import MOST_FIGURES
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedText, Token
from rag.text.quantities import Unit, quantities
from rag.types import TextSpan

_NEAR = 7
"""How many words after a quantifier the word for what it counts may stand."""


class Level(IntEnum):
    """How many, from none to all; NOT_ALL is anything short of all."""

    NONE = 0
    FEW = 1
    SOME = 2
    NOT_ALL = 3
    MANY = 4
    MOST = 5
    ALL = 6


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many of what: the words after it within reach."""

    level: Level
    mark: TextSpan
    written: str
    of: tuple[Token, ...]
    in_figures: bool = False
    """Whether it is a share in figures: how two of these differ is told as figures."""


def quantifiers(reading: ParsedText) -> tuple[Quantifier, ...]:
    """The quantifiers of a text, shares of 1 among them."""
    found: list[Quantifier] = []
    taken: list[TextSpan] = []
    for level in (
        Level.NOT_ALL,
        Level.FEW,
        Level.MANY,
        Level.MOST,
        Level.ALL,
        Level.NONE,
        Level.SOME,
    ):
        for match in cue(lists.Quantifiers(f"quantifiers.{level.name.lower()}")).finditer(
            reading.text
        ):
            if all(match.end() <= m.start or m.end <= match.start() for m in taken):
                taken.append(TextSpan(*match.span()))
                found.append(_made(level, reading, taken[-1]))
    found += [
        replace(_made(_level(q.low, q.high), reading, q.mark), in_figures=True)
        for q in quantities(reading.text)
        if q.sort is Unit.SHARE and "half" not in q.written
    ]
    return tuple(found[:MOST_FIGURES])


def _level(low: float, high: float) -> Level:
    if high > 1.5:
        return Level.MANY
    share = (low + high) / 2
    steps = ((0.01, Level.NONE), (0.34, Level.FEW), (0.5, Level.SOME), (0.99, Level.MOST))
    return next((level for limit, level in steps if share < limit), Level.ALL)


def _made(level: Level, reading: ParsedText, mark: TextSpan) -> Quantifier:
    after = [t for t in reading.tokens if t.start >= mark.end and t.carries][:_NEAR]
    before = [t for t in reading.tokens if t.end <= mark.start and t.carries][-3:]
    if level is Level.NONE:
        before, after = [], after[:2]
    written = " ".join(reading.text[mark.start : mark.end].split())
    return Quantifier(level, mark, written, (*before, *after))
