"""Tables as text: comma, semicolon, tab or bar between the cells of a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from ingest.reading.encoding import decode
from ingest.reading.readers.visible_text import visible_line
from ingest.reading.sheets import SheetLimits, first_title, sheet_lines
from ingest.reading.table_cells import MOST_COLUMNS
from ingest.types import ExtractedPages, Hints
from rag.errors import NoText, Unreadable

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 60
_STATED = "sep="


def read_csv(data: bytes) -> ExtractedPages:
    """Read comma-separated values, or those parted by semicolons, tabs or bars: one page of rows.

    Raises Unreadable when it is not text, is broken or too long, NoText when it has no words.
    """
    text = decode(data).lstrip("\ufeff")
    delimiter = _delimiter(text)
    if text.lower().startswith(_STATED):
        text = text.partition("\n")[2]
    limits = SheetLimits()
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([visible_line(cell) for cell in row[:MOST_COLUMNS]])
            limits.take(rows[-1])
    except csv.Error as error:
        raise Unreadable(
            f"It is no table that can be read: {error}.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        ) from error
    lines = tuple(sheet_lines("", rows))
    if not any(char.isalnum() for line in lines for char in line.text):
        raise NoText("It has no words in it.", "Check that it is the file you meant.")
    return ExtractedPages((lines,), hints=Hints(title=first_title(lines, "")), format="csv")


def _delimiter(text: str) -> str:
    """What parts the cells: as stated ("sep=;"), else what gives most rows as many cells."""
    if text.lower().startswith(_STATED) and text[len(_STATED) : len(_STATED) + 1] in _DELIMITERS:
        return text[len(_STATED)]
    return max(_DELIMITERS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, delimiter: str) -> float:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        widths.update(len(row) for row in islice(rows, _SAMPLE_ROWS) if row)
    except csv.Error:
        return 0.0
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return count + min(width, 20) / 100 if width > 1 else 0.0
