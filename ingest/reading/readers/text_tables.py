"""Tables in plain text: columns set apart by bars, tabs or wide spaces, where they are plain.

Precision before all: text in two columns, a numbered list or a dotted line is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from ingest.reading.raised import without_cell_marks
from ingest.reading.readers.visible_text import visible_line
from ingest.reading.tables import table_lines
from ingest.types import ExtractedLine

_LEAST_ROWS = 3
_MOST_ROUND = 3
_MOST_ROWS = 10_000
_LONGEST_VALUE = 5
"""Words of a value in spaced columns; what is longer is running text."""
_LONGEST_CELL = 25
_RULE = re.compile(r"^[\s|:+=_–—-]*[|+=_–—-]{2,}[\s|:+=_–—-]*$")
_WORD = re.compile(r"\S+")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
_VALUE = re.compile(r"\d|^(?:n/?[ak]|-+|–|—|\.\.|\*|yes|no|nil|none|tbc|red|amber|green)\b", re.I)
_NOTE = re.compile(r"^\s*[*†‡]{1,3}\s*\w")
_TAB = 8

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table in lines of text: lines `start` to before `end` of the page, read as rows."""

    start: int
    end: int
    lines: tuple[ExtractedLine, ...]


def find_tables(lines: Sequence[str]) -> Iterator[TextTable]:
    """The tables among the lines of a page, in order, the starred notes under each among them."""
    at = 0
    for blank, run in groupby(lines, lambda line: not line.strip()):
        block = list(run)
        start, at = at, at + len(block)
        if blank or len(block) > _MOST_ROWS:
            continue
        above, below = _text_round(block)
        block = block[above : len(block) - below]
        rows = _delimited(block, "|") or _delimited(block, "\t") or _spaced(block)
        if rows:
            cells = (tuple(without_cell_marks(visible_line(cell)) for cell in row) for row in rows)
            yield TextTable(start + above, at - below, table_lines(list(cells)))


def _text_round(block: Sequence[str]) -> tuple[int, int]:
    """How many lines of text stand right above a table and below it: its title, its source."""
    ends = []
    for lines in (block, block[::-1]):
        text = takewhile(_is_text, lines[:_MOST_ROUND])
        ends.append(sum(1 for _ in text))
    above, below = ends
    return (above, below) if above + below < len(block) else (0, 0)


def _is_text(line: str) -> bool:
    parted = "|" in line or "\t" in line or len(_SEGMENT.findall(line)) > 1
    return not parted and line[:1].strip() != "" and not _RULE.match(line)


def is_note(line: str) -> bool:
    """Whether a line after a table is a note to it ("* average of all councils")."""
    return _NOTE.match(line) is not None


def _delimited(block: Sequence[str], mark: str) -> list[Row]:
    """The rows of a block of which each line has as many cells; nothing where it is no table."""
    rows = []
    for line in block:
        if not _RULE.match(line):
            outer = line.strip() if mark == "\t" else line.strip().strip(mark)
            rows.append(tuple(cell.strip() for cell in outer.split(mark)))
    widths = set(map(len, rows))
    if len(rows) < _LEAST_ROWS or len(widths) != 1 or widths == {1}:
        return []
    longest = max(len(cell.split()) for row in rows for cell in row)
    plain = longest <= _LONGEST_CELL if mark == "|" else _are_values(rows[1:])
    return rows if plain else []


def _spaced(block: Sequence[str]) -> list[Row]:
    """The rows of a block whose values stand in columns; nothing where it is no table."""
    lines = [line.expandtabs(_TAB).rstrip() for line in block if not _RULE.match(line)]
    columns = _columns(lines)
    if len(columns) < 2:
        return []
    rows = [_cells(line, columns) for line in lines]
    if any(re.search(r"\S {2,}\S", row[0]) for row in rows):
        return []
    rows = _joined(rows, lines)
    valued = [row for row in rows if sum(map(bool, row)) > 1]
    bare = len(rows) - len(valued)
    if len(valued) < _LEAST_ROWS or bare > len(valued) or not _are_values(valued[1:]):
        return []
    return rows


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where each column reaches, read off the lines with the most cells."""
    found = [[match.span() for match in _SEGMENT.finditer(line)] for line in lines]
    # The label in a heading row may be left out; a row of values has one.
    labelled = [spans for spans, line in zip(found, lines, strict=True) if line[:1].strip()]
    width = max(map(len, labelled), default=0)
    full = [spans for spans in labelled if len(spans) == width]
    if width < 2 or len(full) < _LEAST_ROWS - 1:
        return []
    columns = [
        (min(start for start, _ in column), max(end for _, end in column))
        for column in zip(*full, strict=True)
    ]
    apart = all(left[1] < right[0] for left, right in pairwise(columns))
    return columns if apart else []


def _cells(line: str, columns: Sequence[tuple[int, int]]) -> Row:
    """The words of a line, each in the column that it stands in, nearest to, or goes on from."""
    cells = ["" for _ in columns]
    column, last = 0, -_TAB
    for match in _WORD.finditer(line):
        under = [at for at in range(len(columns)) if _overlaps(match.span(), columns[at])]
        gap = match.start() - last
        if under:
            column = under[0]
        elif gap > 1:
            middle = (match.start() + match.end()) / 2
            column = min(range(len(columns)), key=lambda at: _distance(middle, columns[at]))
        # The gap stands, so that a cell of two columns is found out.
        cells[column] += " " * min(gap, 2) * bool(cells[column]) + match[0]
        last = match.end()
    return tuple(cells)


def _overlaps(span: tuple[int, int], column: tuple[int, int]) -> bool:
    return span[0] < column[1] and span[1] > column[0]


def _distance(place: float, column: tuple[int, int]) -> float:
    return max(column[0] - place, place - column[1], 0.0)


def _joined(rows: Sequence[Row], lines: Sequence[str]) -> list[Row]:
    """The rows, a label that runs over an indented line in one."""
    joined: list[Row] = []
    for at, row in enumerate(rows):
        indented = at > 0 and _indent(lines[at]) > _indent(lines[at - 1])
        above = joined[-1] if joined else ()
        if indented and row[0] and above and above[0] and not (any(above[1:]) and any(row[1:])):
            values = row[1:] if any(row[1:]) else above[1:]
            joined[-1] = (f"{above[0]} {row[0]}", *values)
        else:
            joined.append(row)
    return joined


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _are_values(rows: Sequence[Row]) -> bool:
    """Whether what stands after the first column is short, and most of it figures."""
    values = [cell for row in rows for cell in row[1:] if cell]
    if not values or any(len(value.split()) > _LONGEST_VALUE for value in values):
        return False
    return sum(bool(_VALUE.search(value)) for value in values) >= 0.6 * len(values)
