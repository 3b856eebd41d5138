"""Tables, of whatever format: a grid of cells in, lines that tell each cell's headings out.

A row reads "row heading | column heading: value | ...": so no figure stands on a page without
what it is a figure of, however the row is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ingest.types import ExtractedLine, LineRole

Grid = Sequence[Sequence[str]]
"""Rows of cells, top to bottom and left to right; a cell that spans several stands in each."""

BETWEEN_CELLS = " | "
_FIGURE = re.compile(
    r"^(?!£0+$)[£$€(+\-−–]?\s*\d[\d,.]*\s*"
    r"(?:%|p|k|m|bn|pp|million|billion)?\)?$", re.IGNORECASE
)  # fmt: skip
_PERIOD = re.compile(r"^(?:19|20)\d\d(?:\s*[/–-]\s*(?:\d\d|(?:19|20)\d\d))?$")
_GRADE_HEAD = re.compile(r"^(?:grade|judge?ment|rating)s?$", re.IGNORECASE)
_MOST_HEADS = 3
_LONGEST_HEAD = 12
"""Words from which on a cell of the first row is no heading but text."""


def table_lines(
    grid: Grid, heads: int | None = None, above: Grid = (), *, first_is_value: bool = False
) -> tuple[ExtractedLine, ...]:
    """The rows of a table as lines of role ROW, each value with the heading of its column.

    `heads` is how many rows at the top are headings; None where the format does not tell, and it
    is read off the cells. The heading rows come first, as they stand. Empty cells are left out.
    `above` are the heading rows of a table that goes on from the page before, which it may repeat.
    `first_is_value` says that the first cell of a row has a heading too: it is a value like others.
    """
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in grid]
    rows = [row for row in rows if any(row)]
    if above:
        above = [tuple(" ".join(cell.split()) for cell in row) for row in above]
        count = len(above) if rows[: len(above)] == above else 0
    else:
        count = heading_rows(rows) if heads is None else min(heads, len(rows))
    titles = column_titles(above or rows[:count])
    texts = [_plain(row) for row in rows[:count]]
    texts += [_told(row, titles, first_is_value) for row in rows[count:]]
    return tuple(ExtractedLine(text, LineRole.ROW) for text in texts)


def heading_rows(rows: Grid) -> int:
    """How many rows at the top of a grid hold no figures, where figures stand below them."""
    heads = list(takewhile(_may_be_heading, rows[:_MOST_HEADS]))
    below = rows[len(heads) :]
    if not below:
        heads, below = heads[:1], rows[1:]
    values = [cell for row in below for cell in row[1:] if cell]
    figures = [bool(_FIGURE.match(cell)) for cell in values]
    if max(map(len, rows), default=0) <= 2:
        # Of two columns, the first row is one more pair of label and value unless figures follow.
        return len(heads) if figures and all(figures) else 0
    return len(heads) if any(figures) else min(1, len(heads))


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and nothing else: "71%", "£1.2m", "(3)"."""
    return _FIGURE.match(text) is not None


def has_headings(rows: Grid) -> bool:
    """Whether a grid surely begins with headings: rows without figures above some with figures."""
    below = rows[heading_rows(rows) :]
    figures = any(_FIGURE.match(cell) for row in below for cell in row[1:])
    return figures and len(below) < len(rows)


def column_titles(heads: Grid) -> tuple[str, ...]:
    """The heading of each column, of several heading rows joined: "2023/24, number"."""
    width = max(map(len, heads), default=0)
    columns = ([row[at] for row in heads if at < len(row)] for at in range(width))
    return tuple(", ".join(dict.fromkeys(filter(None, column))) for column in columns)


def _may_be_heading(row: Sequence[str]) -> bool:
    named = [cell for cell in row if cell]
    if len(named) < 2 and len(row) > 1 and not row[-1]:
        return False
    for cell in named:
        if _FIGURE.match(cell) and not _PERIOD.match(cell):
            return False
        if len(cell.split()) > _LONGEST_HEAD:
            return False
    return bool(named)


def _plain(row: Sequence[str]) -> str:
    return BETWEEN_CELLS.join(_unspanned(row))


def _told(row: Sequence[str], titles: Sequence[str], first_is_value: bool) -> str:
    return BETWEEN_CELLS.join(_cells(row, titles, first_is_value))


def _cells(row: Sequence[str], titles: Sequence[str], first_is_value: bool) -> Iterator[str]:
    before = None
    for at, cell in enumerate(row):
        title = titles[at] if at < len(titles) else ""
        if not cell or (cell == before and at and titles[at - 1 : at] == (title,)):
            continue
        before = cell
        # The first cell is the row's own heading, and a grade says itself what it is.
        bare = (
            (at == 0 and not first_is_value)
            or not title
            or title == cell
            or _GRADE_HEAD.match(title)
        )
        yield cell if bare else f"{title}: {cell}"


def _unspanned(row: Sequence[str]) -> list[str]:
    """The cells of a row; one that spans several columns once."""
    cells = []
    for at, cell in enumerate(row):
        if cell and (at == 0 or cell != row[at - 1]):
            cells.append(cell)
    return cells
