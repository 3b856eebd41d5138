"""Cells that span rows and columns, of whatever format: laid on a grid, or read as running text.

A table that only lays a page out (a box, an agenda with the minutes in its cells) is no table:
its blocks come one after another as they do outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.reading.raised import begins_note, without_cell_marks
from ingest.reading.tables import table_lines
from ingest.types import ExtractedLine, LineRole

MOST_COLUMNS = 256
MOST_ROWS = 20_000
MOST_CELLS = 200_000
_LONG_CELL = 80
"""Words from which on one block of a cell is running text, not a value."""
_LONG_BLOCK = 25
"""The same where the cell has other blocks beside it."""
NUMBER = re.compile(r"^(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:\.\d{1,3})*[.)]?$", re.IGNORECASE)
"""A cell that numbers the item in the next."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """The blocks of a cell, and how many columns and rows of the grid it spans."""

    blocks: tuple[ExtractedLine, ...] = ()
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Its blocks in one line."""
        return " ".join(block.text for block in self.blocks)


Rows = Sequence[Sequence[TableCell]]


def cell_lines(rows: Rows, heads: int | None = None) -> Iterator[ExtractedLine]:
    """The lines of a table: rows that tell their headings, its notes last; or its blocks in order
    where it only lays the page out. `heads` is how many rows at the top are headings, where told.
    """
    rows = rows[:MOST_ROWS]
    if is_layout(rows):
        # What heads the columns of running text names nothing.
        skipped = heads if heads and max(map(len, rows[:heads])) > 1 else 0
        yield from _running(rows[skipped:])
        return
    grid = spread(rows)
    notes = [row for row in grid if _is_note(row)]
    yield from table_lines([row for row in grid if not _is_note(row)], heads)
    yield from (ExtractedLine(row[0], LineRole.NOTE) for row in notes)


def is_layout(rows: Rows) -> bool:
    """Whether a table holds running text: one column, or cells of long paragraphs."""
    filled = [sum(bool(cell.blocks) for cell in row) for row in rows]
    if max(filled, default=0) <= 1 and (len(rows) == 1 or max(map(len, rows), default=0) <= 1):
        return True
    return any(_is_running(cell) for row in rows for cell in row)


def spread(rows: Rows) -> list[tuple[str, ...]]:
    """The grid of a table: the text of a cell that spans several stands in each."""
    grid: list[tuple[str, ...]] = []
    over: dict[int, tuple[str, int]] = {}
    room = MOST_CELLS
    for row in rows:
        if room <= 0:
            break
        laid: list[str] = []
        for cell in row:
            _lay_from_above(laid, over)
            text = without_cell_marks(cell.text)
            for _ in range(min(max(cell.columns, 1), MOST_COLUMNS - len(laid))):
                if cell.rows > 1:
                    over[len(laid)] = (text, cell.rows - 1)
                laid.append(text)
        _lay_from_above(laid, over)
        grid.append(tuple(laid))
        room -= len(laid)
    return grid


def _lay_from_above(laid: list[str], over: dict[int, tuple[str, int]]) -> None:
    """Lay the cells of rows above that reach down to where a row has got to."""
    while len(laid) in over:
        text, left = over.pop(len(laid))
        if left > 1:
            over[len(laid)] = (text, left - 1)
        laid.append(text)


def _is_running(cell: TableCell) -> bool:
    if any(block.role is LineRole.ROW for block in cell.blocks):
        # A table stands in the cell.
        return True
    if len(cell.blocks) > 1 and cell.blocks[0].role is LineRole.HEADING:
        return True
    words = [len(block.text.split()) for block in cell.blocks]
    longest = max(words, default=0)
    return longest >= _LONG_CELL or (len(words) > 1 and longest >= _LONG_BLOCK)


def _is_note(row: Sequence[str]) -> bool:
    texts = set(filter(None, row))
    return len(texts) == 1 and row[0] in texts and begins_note(row[0], starred=True)


def _running(rows: Rows) -> Iterator[ExtractedLine]:
    """The blocks of all cells, the number of an item before its first words."""
    for row in rows:
        number = ""
        for cell in row:
            if NUMBER.match(cell.text):
                number = f"{number} {cell.text}".strip()
                continue
            for block in cell.blocks:
                text = f"{number} {block.text}" if number else block.text
                number = ""
                yield replace(block, text=text)
        if number:
            yield ExtractedLine(number, LineRole.PARAGRAPH)
