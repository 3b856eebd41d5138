"""Pieces of text with their places on a page -> lines in reading order, of one column or several.

Pure geometry, in points from the bottom-left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.types import ExtractedLine, LineRole

_COLUMN_LINES = 4
"""Lines that a column has at least."""
_COLUMN_WORDS = 4
"""Words that the lines of a column have, more often than not: the cells of a table have fewer."""
_MOST_ACROSS = 0.25
"""The share of a page's lines that may run over the gap between two columns: headings, notes."""
_CELL_GAP = 2.0
"""How far apart, in heights of a line, pieces on one line stand that are cells of a table."""
_BODY = 0.25
"""How far from the usual height of a line its type may be and count as the usual: letters with
tails and without them make that much difference."""
_TYPE = 0.8
"""The size of type, as a share of the height of its line's box."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Words that stand side by side, and their place; `doubtful` are figures not surely read."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    doubtful: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """From the foot of the line to its head, in points."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half way up the line, in points."""
        return (self.top + self.bottom) / 2


def lines_in_order(pieces: Sequence[PlacedText]) -> tuple[ExtractedLine, ...]:
    """The pieces as lines, in the order in which a reader reads them.

    Pieces that stand on one line become one: of role ROW where they stand apart as cells do.
    """
    if not pieces:
        return ()
    usual = median(piece.height for piece in pieces)
    rows = [row for column in _columns(list(pieces)) for row in _rows(column)]
    return tuple(_line(row, usual) for row in rows)


def _columns(pieces: list[PlacedText]) -> list[list[PlacedText]]:
    """The pieces, parted where the reader goes on at the head of another column."""
    gap = _gap(pieces)
    if gap is None:
        return [pieces]
    across = sorted((p for p in pieces if p.left < gap < p.right), key=lambda p: -p.middle)
    beside = [p for p in pieces if not p.left < gap < p.right]
    parts: list[list[PlacedText]] = []
    for over in [*across, None]:
        above = [p for p in beside if over is None or p.middle > over.middle]
        beside = [p for p in beside if p not in above]
        for side in ([p for p in above if p.right <= gap], [p for p in above if p.left >= gap]):
            parts.extend(_columns(side) if side else [])
        if over is not None:
            parts.append([over])
    return parts


def _gap(pieces: Sequence[PlacedText]) -> float | None:
    """Where on the page, from left to right, two columns of text part; None for one column."""
    best: tuple[int, float] | None = None
    for left_end in sorted({p.right for p in pieces}):
        starts = [p.left for p in pieces if p.left > left_end]
        if not starts:
            continue
        gap = (left_end + min(starts)) / 2
        left = [p for p in pieces if p.right <= gap]
        right = [p for p in pieces if p.left >= gap]
        crossing = len(pieces) - len(left) - len(right)
        if crossing > _MOST_ACROSS * len(pieces) or not (_is_column(left) and _is_column(right)):
            continue
        if best is None or crossing < best[0]:
            best = crossing, gap
    return None if best is None else best[1]


def _is_column(pieces: Sequence[PlacedText]) -> bool:
    if len(pieces) < _COLUMN_LINES:
        return False
    return median(len(piece.text.split()) for piece in pieces) >= _COLUMN_WORDS


def _rows(pieces: Sequence[PlacedText]) -> list[list[PlacedText]]:
    """Pieces that stand on one line, from left to right; the lines from the top down."""
    rows: list[list[PlacedText]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        last = rows[-1] if rows else []
        if last and all(_is_beside(piece, other) for other in last):
            last.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _is_beside(one: PlacedText, other: PlacedText) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    apart = one.left >= other.right - other.height or other.left >= one.right - one.height
    return apart and shared > 0.5 * min(one.height, other.height)


def _line(row: Sequence[PlacedText], usual: float) -> ExtractedLine:
    height = max(piece.height for piece in row)
    size = usual if abs(height - usual) <= _BODY * usual else height
    gaps = [right.left - left.right for left, right in pairwise(row)]
    is_row = any(gap > _CELL_GAP * usual for gap in gaps)
    return ExtractedLine(
        text=(" | " if is_row else " ").join(piece.text for piece in row),
        role=LineRole.ROW if is_row else LineRole.LINE,
        size=round(size * _TYPE, 1),
        left=round(row[0].left, 1),
        top=round(max(piece.top for piece in row), 1),
        bottom=round(min(piece.bottom for piece in row), 1),
        doubtful=tuple(figure for piece in row for figure in piece.doubtful),
    )
