"""A table as CSV, in which no text of a document is ever live."""

from __future__ import annotations

import csv
import io
import re

from ui.export.paper import Table, text_of

# What a spreadsheet takes for the start of a formula, also in its wide forms.
_LIVE = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
# A program that parts cells at semicolons or tabs begins a cell after one.
_AFTER = re.compile(r"([;\t]\s*[\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def table(content: Table) -> bytes:
    """The bytes of a .csv file: UTF-8 with the mark that Excel knows it by, every cell quoted."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    writer.writerow(map(safe, content.header))
    for row in content.rows:
        writer.writerow([safe(text_of(cell)) for cell in row])
    return lines.getvalue().encode("utf-8-sig", "replace")


def safe(cell: str) -> str:
    """A cell that every spreadsheet takes for text: an apostrophe before what would be live."""
    inert = _AFTER.sub(r"\1'", cell)
    return f"'{inert}" if _LIVE.match(inert) else inert
