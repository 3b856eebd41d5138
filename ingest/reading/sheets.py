"""Sheets of cells, of whatever format: titles and notes apart, tables with their headings."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import groupby

from ingest.reading.raised import begins_note, without_cell_marks, without_marks
from ingest.reading.tables import heading_rows, table_lines
from ingest.types import ExtractedLine, LineRole
from rag.errors import Unreadable

MAX_SHEETS = 60
MAX_ROWS = 10_000
MAX_CELLS = 200_000
_SPLIT = "Save the part that matters as a file of its own."
_UNNAMED = re.compile(r"^(?:sheet|table|blatt|feuille?)\s?\d*$", re.IGNORECASE)
_LONGEST_HEADING = 14
"""Words from which on a single cell above a table is text, not its title."""

Cells = tuple[str, ...]


class SheetLimits:
    """How much of a file has been read; `take` raises Unreadable beyond the limits."""

    def __init__(self) -> None:
        self._rows = 0
        self._cells = 0

    def take(self, row: Sequence[str]) -> None:
        """Count a row and its filled cells."""
        filled = sum(map(bool, row))
        self._rows += filled > 0
        self._cells += filled
        if self._rows > MAX_ROWS:
            raise Unreadable(f"It has more than {MAX_ROWS:,} rows.", _SPLIT)
        if self._cells > MAX_CELLS:
            raise Unreadable(f"It has more than {MAX_CELLS:,} cells.", _SPLIT)


def refuse_many_sheets(count: int) -> None:
    """Raise Unreadable for a file of more sheets than are read."""
    if count > MAX_SHEETS:
        raise Unreadable(f"It has more than {MAX_SHEETS} sheets.", _SPLIT)


def sheet_lines(name: str, rows: Sequence[Sequence[str]]) -> Iterator[ExtractedLine]:
    """The lines of a sheet: its name as a heading, then its blocks between empty rows.

    A block without headings of its own goes on under those of the block above.
    """
    if name and not _UNNAMED.match(name) and any(map(any, rows)):
        yield ExtractedLine(name, LineRole.HEADING)
    heads: list[Cells] = []
    for filled, run in groupby(rows, any):
        if filled:
            block = [tuple(row) for row in run]
            first, last = _text_round(block)
            yield from map(_text_above, block[:first])
            body = block[first : len(block) - last]
            if body:
                heads = yield from _table(body, heads)
            yield from map(_text_below, block[len(block) - last :])


def first_title(lines: Sequence[ExtractedLine], name: str) -> str | None:
    """The title that stands over the first table of a sheet, None where none does."""
    for line in lines:
        if line.role is LineRole.ROW:
            return None
        if line.role is LineRole.HEADING and line.text != name:
            return line.text
    return None


def _table(body: list[Cells], above: list[Cells]) -> Generator[ExtractedLine, None, list[Cells]]:
    """The rows of a block; it returns the headings under which a block below may go on."""
    width = max(map(len, body))
    padded = [(*row, *[""] * (width - len(row))) for row in body]
    own = _used(padded, padded)
    count = heading_rows(own)
    if count or not above or width > len(above[0]):
        heads = [tuple(row) for row in padded[:count]]
        yield from table_lines([list(map(without_cell_marks, row)) for row in own], count or None)
        return heads or above if width <= len((above or [()])[0]) else heads
    wide = [(*row, *[""] * (len(above[0]) - width)) for row in padded]
    grid = _used([*above, *wide], wide)
    lines = table_lines([list(map(without_cell_marks, row)) for row in grid], len(above))
    yield from lines[len(above) :]
    return above


def _used(rows: Sequence[Cells], body: Sequence[Cells]) -> list[Cells]:
    """The rows without the columns that are empty all the way down the body."""
    used = [at for at in range(len(rows[0])) if any(row[at] for row in body)]
    return [tuple(row[at] for at in used) for row in rows]


def _text_round(block: Sequence[Cells]) -> tuple[int, int]:
    """How many rows of one cell stand over a table and under it; all, where there is no table."""
    single = [len(set(filter(None, row))) == 1 for row in block]
    if all(single):
        return len(block), 0
    return single.index(False), single[::-1].index(False)


def _text_above(row: Cells) -> ExtractedLine:
    text = next(filter(None, row))
    line = _text_below(row)
    short = line.role is LineRole.PARAGRAPH and len(text.split()) <= _LONGEST_HEADING
    titled = short and any(map(str.isalpha, text)) and not text.endswith((".", ":", ";"))
    return ExtractedLine(line.text, LineRole.HEADING) if titled else line


def _text_below(row: Cells) -> ExtractedLine:
    text = without_marks(next(filter(None, row)))
    noted = begins_note(text, starred=True)
    return ExtractedLine(text, LineRole.NOTE if noted else LineRole.PARAGRAPH)
