"""Pure: tables of figures without rules, from the places of a page's words.

Precision comes first: a table is told by rows that stand one under the other, each a label and two
or more figures in the same columns. Two columns of running text have no such rows. One column of
figures needs more rows, and figures that fall somewhere: those of a list of contents never do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.readers.pdf.covers import Box
from ingest.reading.readers.pdf.tables import PageTable, Word, cell_text
from ingest.reading.tables import is_figure

GAP = 9.0
"""Points of white space that part two cells; words of justified text stand nearer."""
_ALIGNED = 16.0
"""Points up to which two figures, or a figure and its heading, stand in one column."""
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
_FEWEST_ROWS_OF_ONE = 3
_DIGITS = re.compile(r"[^\d.]")
_MOST_HEADS = 3
_ABSENT = frozenset(("-", "\u2013", "\u2014", "n/a", "N/A", "*", "..", "x", "c"))
"""What stands in a column of figures where there is none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together in a line, and where they begin and end."""

    text: str
    left: float
    right: float
    words: tuple[int, ...]

    def is_under(self, other: Cell) -> bool:
        """Whether two cells stand in one column: flush left, flush right or centred."""
        middles = (self.left + self.right - other.left - other.right) / 2
        near = min(abs(self.left - other.left), abs(self.right - other.right), abs(middles))
        return near <= _ALIGNED


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    box: Box

    @property
    def has_figures(self) -> bool:
        """Whether it is a label and figures."""
        figures = [cell.text in _ABSENT or is_figure(cell.text) for cell in self.cells[1:]]
        return bool(figures) and all(figures) and not is_figure(self.cells[0].text)

    def is_like(self, other: _Row) -> bool:
        """Whether two rows have their figures in the same columns."""
        if len(self.cells) != len(other.cells):
            return False
        pairs = zip(self.cells[1:], other.cells[1:], strict=True)
        return all(mine.is_under(theirs) for mine, theirs in pairs)


def may_have_columns(lines: Iterable[str]) -> bool:
    """Whether some lines end in figures, as rows of a table do."""
    several = running = 0
    for line in lines:
        last = line.split()[-_FEWEST_FIGURES:]
        figures = [word in _ABSENT or is_figure(word) for word in last]
        several += len(figures) == _FEWEST_FIGURES and all(figures)
        running = running + 1 if figures and figures[-1] else 0
        if several >= _FEWEST_ROWS or running >= _FEWEST_ROWS_OF_ONE:
            return True
    return False


def find_columns(
    words: Sequence[Word], taken: frozenset[int] = frozenset()
) -> tuple[PageTable, ...]:
    """The tables of figures of a page that have no rules, from the top; words whose numbers are
    `taken` stand in other tables."""
    rows = list(_rows(words, taken))
    tables: list[PageTable] = []
    at = 0
    while at < len(rows):
        end = _run_end(rows, at)
        if _is_table(rows[at:end]):
            tables.append(_table(rows, at, end))
        at = max(end, at + 1)
    return tuple(tables)


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether rows of figures are enough of them, and no list of contents."""
    if len(rows) < _FEWEST_ROWS or len(rows[0].cells) > _FEWEST_FIGURES:
        return len(rows) >= _FEWEST_ROWS
    if len(rows) < _FEWEST_ROWS_OF_ONE:
        return False
    texts = [row.cells[1].text for row in rows]
    if any("%" in text or "£" in text for text in texts):
        return True
    numbers = [float(_DIGITS.sub("", text).strip(".") or 0) for text in texts]
    return any(after < before for before, after in pairwise(numbers))


def _rows(words: Sequence[Word], taken: frozenset[int]) -> Iterator[_Row]:
    by_line: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        if number not in taken:
            by_line[word.line].append(number)
    for numbers in by_line.values():
        numbers = sorted(numbers, key=lambda n: words[n].box.left)
        cells = tuple(cells_of(words, numbers))
        boxes = [words[n].box for n in numbers]
        yield _Row(
            cells,
            Box(
                cells[0].left,
                min(box.bottom for box in boxes),
                cells[-1].right,
                max(box.top for box in boxes),
            ),
        )


def cells_of(words: Sequence[Word], numbers: Sequence[int]) -> Iterator[Cell]:
    """The words of a line, parted where wide white space stands."""
    group = [numbers[0]]
    for before, number in pairwise(numbers):
        if words[number].box.left - words[before].box.right >= GAP:
            yield _cell(words, group)
            group = []
        group.append(number)
    yield _cell(words, group)


def _cell(words: Sequence[Word], numbers: Sequence[int]) -> Cell:
    text = cell_text([words[n] for n in numbers])
    return Cell(text, words[numbers[0]].box.left, words[numbers[-1]].box.right, tuple(numbers))


def _run_end(rows: Sequence[_Row], start: int) -> int:
    """Where the rows of figures end that begin at a place; the place itself where none do."""
    end = start
    while end < len(rows) and rows[end].has_figures and rows[end].is_like(rows[start]):
        end += 1
    return end


def _heads(rows: Sequence[_Row], start: int) -> list[_Row]:
    """The rows above the figures that stand over their columns."""
    heads: list[_Row] = []
    for row in rows[max(start - _MOST_HEADS, 0) : start][::-1]:
        columns = rows[start].cells
        over = [any(cell.is_under(column) for column in columns) for cell in row.cells]
        if len(row.cells) < _FEWEST_FIGURES or not all(over):
            break
        heads.insert(0, row)
    return heads


def _table(rows: Sequence[_Row], start: int, end: int) -> PageTable:
    heads = _heads(rows, start)
    columns = rows[start].cells
    grid: list[tuple[str, ...]] = []
    for head in heads:
        titles = [" ".join(c.text for c in head.cells if _column(c, columns) == at)
                  for at in range(len(columns))]  # fmt: skip
        grid.append(tuple(titles))
    body = rows[start:end]
    grid += [tuple(cell.text for cell in row.cells) for row in body]
    told = [*heads, *body]
    return PageTable(
        grid=tuple(grid),
        box=Box(
            min(row.box.left for row in told),
            min(row.box.bottom for row in told),
            max(row.box.right for row in told),
            max(row.box.top for row in told),
        ),
        columns=(min(row.cells[0].left for row in body), *(cell.right for cell in columns[1:])),
        words=frozenset(n for row in told for cell in row.cells for n in cell.words),
    )


def _column(cell: Cell, columns: Sequence[Cell]) -> int:
    """The number of the column that a heading stands over."""
    middle = (cell.left + cell.right) / 2
    distances = [abs(middle - (column.left + column.right) / 2) for column in columns[1:]]
    if cell.is_under(columns[0]) and cell.right < columns[1].left:
        return 0
    return 1 + distances.index(min(distances))
