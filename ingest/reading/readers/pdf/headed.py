"""Pure: tables without rules under a line of bold headings, from the places of a page's words.

The headings tell the columns, so that words make a table as figures do, one column of figures does
too, and a cell may run over several lines. Precision comes first: running text in two columns under
bold headings, lists and contents are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.reading.readers.pdf.columns import GAP, Cell, cells_of
from ingest.reading.readers.pdf.covers import Box
from ingest.reading.readers.pdf.marks import LaidOutLine
from ingest.reading.readers.pdf.tables import LONGEST_CELL, PageTable, Word, cell_text, is_grade
from ingest.reading.tables import is_figure

_MOST_HEADS = 3
_LONGEST_HEAD = 8
"""Words that a heading has at most."""
_FEWEST_ROWS = 2
_MOST_LINES = 500
_MOST_COLUMNS = 20
_TIGHT = 1.3
"""Heights of type from line to line up to which two lines may be of one cell."""
_FURTHEST = 3.5
"""Heights of type from line to line over which a table goes on."""
_MIXED = 1.25
"""How much further apart rows stand than the lines of one cell, where that tells them apart."""
_LETTER = 0.68
"""How wide a bold letter is at most on average, in sizes of type."""
_ALIGNED = 8.0
"""Points up to which a cell and a heading are flush left, flush right or centred."""
_SHORTEST_SENTENCE = 6
_LEADS_ON = re.compile(r"(?:[,&/(-]|\b(?:a|an|and|by|for|from|in|of|on|or|the|to|with))$")
_BULLET = re.compile(r"^[\u2022\u25a0\u25aa\u25cf\u25e6\u2013\u2014\uf0a7\uf0b7-]\s")
_PAGE = re.compile(r"^page(?:s| no\.?| number)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands at one height of a page: its cells, from the left."""

    cells: tuple[Cell, ...]
    middle: float
    height: float
    bold: bool


@dataclass(slots=True)
class _Row:
    """A row in the making: the pieces of its cells by column, each a cell of one line."""

    pieces: dict[int, list[Cell]] = field(default_factory=dict)

    def add(self, cells: dict[int, Cell]) -> None:
        for column, cell in cells.items():
            self.pieces.setdefault(column, []).append(cell)


def may_be_headed(lines: Sequence[LaidOutLine]) -> bool:
    """Whether a page has bold words that stand apart at one height, and lines below them."""
    places = sorted(line.line.top for line in lines if line.line.top is not None)
    if len(places) <= _FEWEST_ROWS:
        return False
    foot = places[_FEWEST_ROWS - 1]
    for before, after in pairwise((None, *lines)):
        if after is None or not after.line.bold or (after.line.top or 0) <= foot:
            continue
        line = after.line
        letters = len(line.text) * (line.size or 0) * _LETTER
        if line.left is not None and after.right - line.left > letters + GAP:
            return True
        if before is not None and before.line.bold and before.line.top == line.top:
            return True
    return False


def find_headed(words: Sequence[Word], taken: frozenset[int]) -> tuple[PageTable, ...]:
    """The tables under bold headings, from the top, without the words whose numbers are `taken`."""
    lines = list(_lines(words, taken))
    tables: list[PageTable] = []
    at = 0
    while at < len(lines):
        heads = _heads(lines, at)
        body = _body(lines, at + len(heads), heads[0]) if heads else []
        table = _table(words, heads, body) if len(body) >= _FEWEST_ROWS else None
        if table is not None:
            tables.append(table)
        at += len(heads) + len(body) if table is not None else 1
    return tuple(tables)


# ---------------------------------------------------------------- lines


def _lines(words: Sequence[Word], taken: frozenset[int]) -> Iterator[_Line]:
    """The words of a page by their height, whatever the order that the file has them in."""
    free = [number for number in range(len(words)) if number not in taken]
    line: list[int] = []
    for number in sorted(free, key=lambda n: -words[n].middle[1]):
        if line and not _level(words[line[0]], words[number]):
            yield _line(words, line)
            line = []
        line.append(number)
    if line:
        yield _line(words, line)


def _level(one: Word, other: Word) -> bool:
    height = min(one.box.top - one.box.bottom, other.box.top - other.box.bottom)
    return abs(one.middle[1] - other.middle[1]) <= 0.3 * height


def _line(words: Sequence[Word], numbers: Sequence[int]) -> _Line:
    numbers = sorted(numbers, key=lambda n: words[n].box.left)
    return _Line(
        tuple(cells_of(words, numbers)),
        words[numbers[0]].middle[1],
        max(words[n].box.top - words[n].box.bottom for n in numbers),
        all(words[n].bold for n in numbers),
    )


# ---------------------------------------------------------------- headings and rows


def _heads(lines: Sequence[_Line], start: int) -> list[_Line]:
    """The lines of bold headings that begin at a place: as many cells in each, column by column."""
    first = lines[start]
    if not first.bold or not 2 <= len(first.cells) <= _MOST_COLUMNS:
        return []
    if not all(map(_may_head, first.cells)):
        return []
    if _PAGE.match(first.cells[-1].text):
        return []
    heads = [first]
    for line in lines[start + 1 : start + _MOST_HEADS]:
        near = heads[-1].middle - line.middle <= _TIGHT * line.height
        if not line.bold or not near or not _in_columns(line, first):
            break
        heads.append(line)
    return heads


def _may_head(cell: Cell) -> bool:
    return len(cell.text.split()) <= _LONGEST_HEAD and cell.text[-1:] not in (".", ":", ";")


def _body(lines: Sequence[_Line], start: int, head: _Line) -> list[_Line]:
    """The lines below the headings that stand in their columns."""
    body: list[_Line] = []
    above = lines[start - 1]
    for line in lines[start : start + _MOST_LINES]:
        if above.middle - line.middle > _FURTHEST * line.height:
            break
        if (line.bold and len(line.cells) == 1) or not _in_columns(line, head):
            break
        body.append(line)
        above = line
    while body and _is_afterword(body[-1], body[:-1], lines[start - 1]):
        body.pop()
    return body


def _is_afterword(line: _Line, above: Sequence[_Line], head: _Line) -> bool:
    """Whether the last line is no row: alone in its line, and further down than the others."""
    if len(line.cells) > 1 or not above:
        return False
    if line.cells[0].text.endswith(".") and len(line.cells[0].text.split()) >= _SHORTEST_SENTENCE:
        return True
    steps = [before.middle - after.middle for before, after in pairwise((head, *above))]
    return above[-1].middle - line.middle > _MIXED * max(steps[1:] or steps)


def _in_columns(line: _Line, head: _Line) -> dict[int, Cell]:
    """The cells of a line by the headings that they stand under; none where one stands under none,
    or two under one."""
    placed: dict[int, Cell] = {}
    for cell in line.cells:
        column = _column(cell, head.cells)
        if column is None or column in placed:
            return {}
        placed[column] = cell
    return placed


def _column(cell: Cell, heads: Sequence[Cell]) -> int | None:
    nearest = min(range(len(heads)), key=lambda at: _apart(cell, heads[at]))
    after = heads[nearest + 1].left if nearest + 1 < len(heads) else None
    if _apart(cell, heads[nearest]) > _ALIGNED or (after is not None and cell.right > after):
        return None
    before = heads[nearest - 1].left if nearest else None
    return nearest if before is None or cell.left > before else None


def _apart(cell: Cell, head: Cell) -> float:
    middles = (cell.left + cell.right - head.left - head.right) / 2
    return min(abs(cell.left - head.left), abs(cell.right - head.right), abs(middles))


def _rows(head: _Line, body: Sequence[_Line]) -> list[_Row]:
    placed = [_in_columns(line, head) for line in body]
    rights = [cell.right for cell in head.cells]
    for cells in placed:
        for column, cell in cells.items():
            rights[column] = max(rights[column], cell.right)
    steps = [above.middle - below.middle for above, below in pairwise(body)]
    mixed = max(steps) > _MIXED * min(steps)
    closest = min(steps)
    rows: list[_Row] = []
    above = body[0]
    for line, cells in zip(body, placed, strict=True):
        step = above.middle - line.middle
        tight = step <= _TIGHT * line.height and (not mixed or step < _MIXED * closest)
        if rows and tight and _continues(cells, rows[-1], rights, mixed):
            rows[-1].add(cells)
        else:
            rows.append(_Row())
            rows[-1].add(cells)
        above = line
    return rows


def _continues(cells: dict[int, Cell], row: _Row, rights: Sequence[float], apart: bool) -> bool:
    """Whether the cells of a line go on those of the row above: the label runs over, or there is
    none. `apart` says that rows stand further apart than the lines of one cell."""
    for column, cell in cells.items():
        if column and column in row.pieces and is_figure(cell.text):
            return False
    if 0 not in cells:
        return True
    if 0 not in row.pieces:
        return not apart
    before, cell = row.pieces[0][-1], cells[0]
    # A word that had room above begins a row.
    first = cell.text.split(" ", 1)[0]
    width = (cell.right - cell.left) * len(first) / max(len(cell.text), 1)
    if before.right + width <= rights[0]:
        return False
    return apart or cell.text[:1].islower() or _LEADS_ON.search(before.text) is not None


def _table(
    words: Sequence[Word], heads: Sequence[_Line], body: Sequence[_Line]
) -> PageTable | None:
    width = len(heads[0].cells)
    titles = _Row()
    for line in heads:
        titles.add(_in_columns(line, heads[0]))
    rows = [titles, *_rows(heads[0], body)]
    grid = [[_text(words, row.pieces.get(at, ())) for at in range(width)] for row in rows]
    if not _is_table(grid[1:]):
        return None
    pieces = [cell for row in rows for some in row.pieces.values() for cell in some]
    numbers = frozenset(number for cell in pieces for number in cell.words)
    boxes = [words[number].box for number in numbers]
    return PageTable(
        grid=tuple(map(tuple, grid)),
        box=Box(
            min(box.left for box in boxes),
            min(box.bottom for box in boxes),
            max(box.right for box in boxes),
            max(box.top for box in boxes),
        ),
        columns=_edges(rows[1:], width),
        words=numbers,
        bold=(True, *(False for _ in rows[1:])),
    )


def _edges(rows: Sequence[_Row], width: int) -> tuple[float, ...]:
    """Where the labels begin, and where the cells of the other columns end."""
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for row in rows:
        for column, pieces in row.pieces.items():
            columns[column] += pieces
    left = min((cell.left for cell in columns[0]), default=0.0)
    return (left, *(max((cell.right for cell in some), default=0.0) for some in columns[1:]))


def _text(words: Sequence[Word], pieces: Iterable[Cell]) -> str:
    return cell_text([words[number] for cell in pieces for number in cell.words])


def _is_table(grid: Sequence[Sequence[str]]) -> bool:
    """Whether rows have cells side by side, that are no running text, items of a list or grades."""
    side_by_side = sum(sum(map(bool, row)) >= 2 for row in grid)
    if side_by_side < _FEWEST_ROWS or 2 * side_by_side <= len(grid):
        return False
    cells = [cell for row in grid for cell in row if cell]
    for cell in cells:
        if len(cell.split()) > LONGEST_CELL or is_grade(cell) or _BULLET.match(cell):
            return False
    sentences = [c for c in cells if c[-1] == "." and len(c.split()) >= _SHORTEST_SENTENCE]
    return 3 * len(sentences) <= len(cells)
