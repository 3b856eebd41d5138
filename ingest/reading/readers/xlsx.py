"""Excel adapter, the only importer of openpyxl: a page a sheet, figures as the sheet shows them.

Formulas are read as the values that Excel last stored for them; none is worked out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.reading.number_formats import shown_date, shown_number
from ingest.reading.packages import damaged, refuse_bomb, stream_part
from ingest.reading.readers.visible_text import stated_title, visible_line
from ingest.reading.sheets import SheetLimits, first_title, refuse_many_sheets, sheet_lines
from ingest.reading.table_cells import MOST_COLUMNS
from ingest.types import ExtractedLine, ExtractedPages, Hints
from rag.errors import NoText

_WHAT = "Excel workbook"
_LAST_ROW = 1_048_576
_MOST_MERGED = 5_000
_RANGE = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")
_WHITE = ("FFFFFFFF", "00FFFFFF")
_MINUTE_POINTS = 2
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError),
    *(zipfile.BadZipFile, EOFError, InvalidFileException),
)

Cell = Any


def read_xlsx(data: bytes) -> ExtractedPages:
    """Read a workbook: a page a sheet, tables as rows that tell the headings of their cells.

    Hidden sheets, rows, columns and cells are left out. Raises Unreadable for a damaged file, a
    bomb or more rows and cells than are read, NoText when it has no words or figures.
    """
    refuse_bomb(data, _WHAT)
    try:
        with warnings.catch_warnings():
            # openpyxl tells of what it passes over: pictures, rules for what may be typed.
            warnings.simplefilter("ignore")
            return _read(data)
    except _BROKEN as error:
        raise damaged(_WHAT) from error


def _read(data: bytes) -> ExtractedPages:
    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    refuse_many_sheets(len(sheets))
    limits = SheetLimits()
    pages: list[tuple[ExtractedLine, ...]] = []
    title = stated_title(book.properties.title or "")
    for sheet in sheets:
        layout = _layout(data, sheet._worksheet_path)
        rows = _merged(list(_rows(sheet, layout, limits)), layout)
        shown = [_without_hidden(row, layout) for number, row in rows if number not in layout.rows]
        name = visible_line(sheet.title)
        pages.append(tuple(sheet_lines(name, shown)))
        title = title or first_title(pages[-1], name)
    if not any(char.isalnum() for page in pages for line in page for char in line.text):
        raise NoText("It is a workbook with nothing in its sheets.", "Check that it is the one.")
    return ExtractedPages(pages=tuple(pages), hints=Hints(title=title), format="xlsx")


@dataclass(slots=True)
class _Layout:
    """What of a sheet does not show, and which cells are one; rows and columns count from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def _layout(data: bytes, path: str) -> _Layout:
    layout = _Layout()
    last = 0
    for element in stream_part(data, path, ("row", "col", "mergeCell"), _WHAT):
        kind = element.tag.rpartition("}")[2]
        if kind == "row":
            last = int(element.get("r") or last + 1)
            if _is_on(element.get("hidden")) or element.get("ht") == "0":
                layout.rows.add(last)
        elif kind == "col":
            if _is_on(element.get("hidden")) or element.get("width") == "0":
                end = min(int(element.get("max") or 0), MOST_COLUMNS)
                layout.columns.update(range(int(element.get("min") or 1), end + 1))
        elif found := _RANGE.match(element.get("ref") or ""):
            first, top, last_column, bottom = found.groups()
            place = (int(top), _column(first), int(bottom), _column(last_column))
            layout.merged.append(place)
    return layout


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _rows(sheet: Any, layout: _Layout, limits: SheetLimits) -> Iterator[tuple[int, list[str]]]:
    # What a sheet says of its size may be false.
    sheet.reset_dimensions()
    lost: dict[Any, bool] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _LAST_ROW:
            break
        if number in layout.rows:
            continue
        texts = [_shown(cell, lost) for cell in row[:MOST_COLUMNS]]
        limits.take(texts)
        yield number, texts


def _merged(rows: list[tuple[int, list[str]]], layout: _Layout) -> list[tuple[int, list[str]]]:
    """The rows with the text of cells that are one in each of their places."""
    by_number = dict(rows)
    for top, left, bottom, right in layout.merged[:_MOST_MERGED]:
        first = by_number.get(top, [])
        text = first[left - 1] if left <= len(first) else ""
        for number in range(top, min(bottom, top + len(rows)) + 1):
            row = by_number.get(number)
            if text and row is not None:
                last = min(right, MOST_COLUMNS)
                row += [""] * (last - len(row))
                row[left - 1 : last] = [text] * (last - left + 1)
    return rows


def _without_hidden(row: list[str], layout: _Layout) -> list[str]:
    return [text for at, text in enumerate(row, 1) if at not in layout.columns]


def _shown(cell: Cell, lost: dict[Any, bool]) -> str:
    """A cell's text as the sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    style = cell._style_id
    if style not in lost:
        lost[style] = _is_lost(cell)
    if lost[style]:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return visible_line(shown_number(value, cell.number_format or ""))
    if isinstance(value, date | time | timedelta):
        return visible_line(shown_date(value, cell.number_format or ""))
    return visible_line(str(value))


def _is_lost(cell: Cell) -> bool:
    """Whether nobody sees what stands in a cell: white on white, minute, or shown as nothing."""
    font, fill = cell.font, cell.fill
    if (cell.number_format or "").strip() == ";;;" or (font.sz and font.sz < _MINUTE_POINTS):
        return True
    colour = font.color
    white = colour is not None and (
        (colour.type == "rgb" and colour.rgb in _WHITE)
        or (colour.type == "theme" and colour.theme == 0 and not colour.tint)
    )
    return bool(white) and (fill is None or fill.patternType in (None, "none"))
