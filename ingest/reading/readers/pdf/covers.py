"""Pure: what is painted over the text of a page after it, such as the boxes of a redaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Order = tuple[int, ...]
"""When something is painted on its page: its number, and within a form its number there."""

LAST: Order = (1_000_000_000,)
"""Annotations are painted over everything else."""
SMALLEST = 3.0
"""Points: what is lower or narrower, such as a rule, covers no character."""
_MOST_PAIRS = 200_000
_MOST_IN_BAND = 200
"""Of a chart's thousands of shapes, this many of the largest are looked at."""
_BAND = 20.0
_MOST_BANDS = 2000
_MOST_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the bottom-left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Square points."""
        return (self.right - self.left) * (self.top - self.bottom)

    @property
    def is_thin(self) -> bool:
        """Whether it is too low or narrow to cover a character."""
        return self.right - self.left < SMALLEST or self.top - self.bottom < SMALLEST

    def common(self, other: Box) -> Box:
        """What is inside both; turned inside out where nothing is."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def covers(self, character: Box) -> bool:
        """Whether it lies over the middle and most of the height of a character."""
        middle = (character.left + character.right) / 2
        shared = min(self.top, character.top) - max(self.bottom, character.bottom)
        return self.left < middle < self.right and shared >= _MOST_COVERED * (
            character.top - character.bottom
        )


@dataclass(frozen=True, slots=True)
class Cover:
    """Something that fills an area of the page, and when it is painted."""

    box: Box
    order: Order


def over_text(fills: Sequence[Cover], texts: Sequence[Cover]) -> Sequence[Cover]:
    """Those of the fills that are painted over some text after it, and share more than an edge."""
    if len(fills) * len(texts) > _MOST_PAIRS:
        return fills
    return [fill for fill in fills if _is_over(fill, texts)]


def _is_over(fill: Cover, texts: Sequence[Cover]) -> bool:
    left, bottom = fill.box.left + 1, fill.box.bottom + 1
    right, top = fill.box.right - 1, fill.box.top - 1
    for text in texts:
        box = text.box
        # The cheapest test that most fail comes first: a page has very many of these pairs.
        if box.top <= bottom or box.bottom >= top or box.left >= right or box.right <= left:
            continue
        if text.order < fill.order:
            return True
    return False


class Covers:
    """The covers of a page, found by their place."""

    def __init__(self, covers: Iterable[Cover]) -> None:
        self._bands: dict[int, list[Cover]] = defaultdict(list)
        for cover in sorted(covers, key=lambda cover: -cover.box.area):
            box = cover.box
            first, last = (round(max(min(y, 1e6), -1e6) // _BAND) for y in (box.bottom, box.top))
            for band in range(first, min(last, first + _MOST_BANDS) + 1):
                if len(self._bands[band]) < _MOST_IN_BAND:
                    self._bands[band].append(cover)

    def __bool__(self) -> bool:
        return bool(self._bands)

    def over(self, character: Box) -> list[Cover]:
        """Those that lie over a character, whenever they are painted."""
        middle = (character.bottom + character.top) / 2
        band = self._bands.get(round(middle // _BAND), ())
        return [cover for cover in band if cover.box.covers(character)]
