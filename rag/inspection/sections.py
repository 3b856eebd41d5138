"""The parts of a report: the passages on an area that it judges, and those that sum up."""

from __future__ import annotations

from collections.abc import Sequence

from rag.inspection.grades import areas_in
from rag.text.lexicon import cue, lists
from rag.types import Passage

SUMMING_UP = 3
"""The pages on which a report sums up, from the first."""
_FEWEST = 6
"""Passages that make a report's part on an area: fewer are a box of figures."""


def on_areas(passages: Sequence[Passage], areas: frozenset[str]) -> tuple[Passage, ...]:
    """The passages on any of the areas: under a heading of their own, or under one that they share
    with other areas where the passage names them, or that begin by naming them."""
    under: list[Passage] = []
    naming: list[Passage] = []
    for passage in passages:
        heads, opens = areas_in(passage.heading or ""), areas_in(_opening(passage))
        shared = heads & areas_in(passage.text)
        if heads and heads <= areas and (not opens or not areas.isdisjoint(opens)):
            under.append(passage)
        elif not areas.isdisjoint(opens | shared):
            naming.append(passage)
    if len(under) < _FEWEST:
        under = sorted([*under, *naming], key=_number)
    return tuple(under)


def summing_up(passages: Sequence[Passage], headed: lists.Printed | None) -> tuple[Passage, ...]:
    """The passages under the headings of a kind ("What needs to be better?"), and after them those
    of a report's first pages."""
    under: list[Passage] = []
    opening: list[Passage] = []
    for passage in passages:
        if headed and passage.heading and cue(headed).search(passage.heading):
            under.append(passage)
        elif passage.page <= SUMMING_UP:
            opening.append(passage)
    return (*under, *opening)


def _opening(passage: Passage) -> str:
    """The first sentence of a passage that is not its heading."""
    for sentence in passage.sentences:
        if sentence.text != passage.heading:
            return sentence.text
    return ""


def _number(passage: Passage) -> int:
    return passage.number
