"""What a text says each of its figures of: "84% of agencies and 71% of homes", "9 in May".

Two figures divide the words around them between them; where they stand together ("A and B had 3 and
5 respectively") they go by order. Figures and times go together by order too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rag.claims.table_rows import table_row
from rag.text.dates import DateMention, moments
from rag.text.parse import ParsedText, Token
from rag.text.quantities import Quantity, Unit, quantities
from rag.types import TextSpan

_ENDS = re.compile(r"[.?!;](?=\s)")
_JOINTS = (
    _ENDS,
    re.compile(r",(?=\s)"),
    re.compile(
        r"\b(?:and|but|while|whereas|against|compared|versus|than|to|from|down|up)\b",
        re.IGNORECASE,
    ),
)
"""Where what is said of one figure ends and what is said of the next begins, the surest first."""
_AND = re.compile(r"\band\b", re.IGNORECASE)

MOST = 8
"""Figures of a text that are told apart by the words around them."""

Pair = tuple[Quantity, Quantity]
Things = Mapping[str, float]
"""Stems of words that belong to a figure, with how near it they stand, up to 1."""


@dataclass(frozen=True, slots=True)
class AnotherTime:
    """A figure of a claim that a sentence has of another time than the claim's, and what the
    sentence has of that time, if anything."""

    figure: Quantity
    claimed: DateMention
    said: DateMention
    instead: Quantity | None


@lru_cache(maxsize=256)
def crossed_figures(claim: ParsedText, said: ParsedText) -> Mapping[TextSpan, Quantity]:
    """The figures of a claim that a sentence has of something else, by their places: for each the
    figure that the sentence has in its stead. Kept for those who ask of the same two after."""
    own, stated = _figures(claim), _figures(said)
    crossed: dict[TextSpan, Quantity] = {}
    for pair in combinations(own, 2):
        if pair[0].sort is not pair[1].sort:
            continue
        held = [[q for q in stated if q.sort is one.sort and one.holds(q)] for one in pair]
        if any(len(found) != 1 for found in held) or held[0] == held[1]:
            continue
        found = held[0][0], held[1][0]
        if _are_swapped(claim, pair, said, found):
            crossed |= {pair[0].mark: found[1], pair[1].mark: found[0]}
    for each in of_another_time(claim, said):
        if each.instead:
            crossed[each.figure.mark] = each.instead
    return crossed


@lru_cache(maxsize=256)
def of_another_time(claim: ParsedText, said: ParsedText) -> tuple[AnotherTime, ...]:
    """The figures of a claim that a sentence has of another time alone."""
    stated, times, claimed = _figures(said), _times(said), _times(claim)
    found: list[AnotherTime] = []
    for figure in _figures(claim):
        moment = claimed.get(figure.mark)
        met = [q for q in stated if q.sort is figure.sort and figure.holds(q)]
        if moment is None or not met or any(q.mark not in times for q in met):
            continue
        if any(times[q.mark].meets(moment) for q in met):
            continue
        others = (q for q in stated if q.sort is figure.sort and q.mark in times)
        instead = next((q for q in others if figure.bars(q) and times[q.mark].meets(moment)), None)
        found.append(AnotherTime(figure, moment, times[met[0].mark], instead))
    return tuple(found)


def _figures(text: ParsedText) -> list[Quantity]:
    """The figures of a text; none of a table's row, which has them by its headings, nor where there
    are too many to tell what belongs to which."""
    if table_row(text.text):
        return []
    figures = [q for q in quantities(text.text) if not (q.part or q.negated)]
    return figures if len(figures) <= MOST else []


# ---------------------------------------------------------------- figures and times


def _times(text: ParsedText) -> Mapping[TextSpan, DateMention]:
    """The time of each figure that has one, by the figure's place: as many times as figures of a
    sort go by order, else a figure has the one time between it and the next."""
    times, figures = moments(text.text), _figures(text)
    told: dict[TextSpan, DateMention] = {}
    for sort in Unit:
        own = [q for q in figures if q.sort is sort]
        if len(own) == len(times):
            told |= {q.mark: moment for q, moment in zip(own, times, strict=True)}
            continue
        edges = [*(q.mark.start for q in own), len(text.text)]
        if any(moment.mark.start < edges[0] for moment in times):
            continue
        for q, end in zip(own, edges[1:], strict=True):
            within = [moment for moment in times if q.mark.start <= moment.mark.start < end]
            if len(within) == 1:
                told[q.mark] = within[0]
    return told


# ---------------------------------------------------------------- two figures and their words


def _are_swapped(claim: ParsedText, own: Pair, said: ParsedText, found: Pair) -> bool:
    """Whether two figures of a claim are said of each other's things; `found` are the sentence's,
    in the order of the claim's."""
    is_ahead = found[0].mark.start < found[1].mark.start
    pair = found if is_ahead else (found[1], found[0])
    mine = _things(claim, own)
    if not all(mine):
        return False
    if _stand_together(said, pair):
        one, other = (_first_place(said, pair, things) for things in mine)
        return one is not None and other is not None and (one < other) is not is_ahead
    theirs = _things(said, pair)
    first, second = theirs if is_ahead else (theirs[1], theirs[0])
    straight = _alike(mine[0], first) + _alike(mine[1], second)
    return _alike(mine[0], second) + _alike(mine[1], first) > straight


def _alike(one: Things, other: Things) -> float:
    """How much what belongs to one figure is what belongs to another."""
    return sum(near * other.get(stem, 0.0) for stem, near in one.items())


def _things(text: ParsedText, pair: Pair) -> tuple[Things, Things]:
    """The words that belong to the first of two figures alone, and to the second."""
    if _stand_together(text, pair):
        first, second = _beside_and(text, pair)
    else:
        joint = _joint(text, pair)
        if joint is None:
            return {}, {}
        words = _words(text)
        first = _by_nearness([t for t in words if t.end <= joint], pair[0])
        second = _by_nearness([t for t in words if t.start >= joint], pair[1])
    return (
        {stem: near for stem, near in first.items() if stem not in second},
        {stem: near for stem, near in second.items() if stem not in first},
    )


def _by_nearness(words: Sequence[Token], figure: Quantity) -> Things:
    """The stems of words with how near the figure they are, the next to it 1, then a half."""
    ahead = [t for t in words if t.end <= figure.mark.start][::-1]
    behind = [t for t in words if t.start >= figure.mark.end]
    near: dict[str, float] = {}
    for side in (ahead, behind):
        for n, token in enumerate(side, 1):
            near[token.stem] = max(near.get(token.stem, 0.0), 1 / n)
    return near


def _stand_together(text: ParsedText, pair: Pair) -> bool:
    """Whether nothing but "and" stands between two figures."""
    between = text.text[pair[0].mark.end : pair[1].mark.start]
    return between.strip(" ,").casefold() in ("", "and", "or")


def _joint(text: ParsedText, pair: Pair) -> int | None:
    """Where what is said of the first of two figures ends; None where nothing is said between."""
    begins, ends = pair[0].mark.end, pair[1].mark.start
    if not any(begins <= token.start < ends for token in _words(text)):
        return None  # "by 19 to 15"
    for kind in _JOINTS:
        joints = [match.start() for match in kind.finditer(text.text, begins, ends)]
        if joints:
            return joints[-1]
    return None


def _beside_and(text: ParsedText, pair: Pair) -> tuple[Things, Things]:
    """The words on either side of every "and" but the figures' own."""
    words = _words(text)
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for match in _AND.finditer(text.text):
        if pair[0].mark.start <= match.start() < pair[1].mark.end:
            continue
        before |= {token.stem: 1.0 for token in words if token.end + 1 == match.start()}
        after |= {token.stem: 1.0 for token in [t for t in words if t.start > match.end()][:1]}
    return before, after


def _first_place(text: ParsedText, pair: Pair, things: Things) -> int | None:
    """Where one of some words first stands in the sentence of two figures; None where none does."""
    begins = max((m.end() for m in _ENDS.finditer(text.text, 0, pair[0].mark.start)), default=0)
    return next((t.start for t in _words(text) if t.start >= begins and t.stem in things), None)


def _words(text: ParsedText) -> list[Token]:
    """The words of a text that carry meaning, times among them, without its figures."""
    marks = [q.mark for q in quantities(text.text)]
    return [
        token
        for token in text.tokens
        if token.carries and not any(m.start <= token.start < m.end for m in marks)
    ]
