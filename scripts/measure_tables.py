"""Measure how tables are read: the cells of tables that were read by eye, held against the pages.

    python scripts/measure_tables.py GOLD FOLDER [--misses] [--part studied|check]

A line of GOLD (JSON lines) is one table: `table` (its name), `file` (in FOLDER), `pages`, `sort`,
`check` (whether it is kept aside from those studied), and `cells`, each with its `value`, the `row`
heading and the `column` heading, null where there is none. "..." in a value stands for words left
out. A cell is right where a row of one of the pages tells its value as one cell, under its column's
heading and beside its row's. A row of a table of grades reads "judgement grade" and is right so.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.cleaning.clean import clean
from ingest.reading.readers.pdf.reader import read_pdf
from ingest.reading.tables import BETWEEN_CELLS
from ingest.types import LineRole

_PLAIN = str.maketrans("\u2019\u2018\u201c\u201d\u2013\u2011", "''\"\"--")


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A cell as it was read by eye: its value, and the headings of its row and column."""

    value: str
    row: str | None
    column: str | None


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A table of a file, as it was read by eye."""

    name: str
    sort: str
    file: str
    pages: tuple[int, ...]
    check: bool
    cells: tuple[GoldCell, ...]


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table that was read: the cells that are wrong, and the fault of each."""

    gold: GoldTable
    faults: tuple[tuple[GoldCell, str], ...]

    @property
    def right(self) -> int:
        """How many of its cells are right."""
        return len(self.gold.cells) - len(self.faults)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is right of each sort of table, and of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="list the cells that are wrong")
    parser.add_argument("--part", choices=("studied", "check"))
    options = parser.parse_args(arguments)
    tables = list(gold_tables(options.gold))
    if options.part:
        tables = [table for table in tables if table.check is (options.part == "check")]
    measured = [measure(table, options.folder) for table in tables]
    by_sort: dict[str, list[MeasuredTable]] = defaultdict(list)
    for one in measured:
        by_sort[one.gold.sort].append(one)
    for sort, some in sorted(by_sort.items()):
        print(_told(sort, some))
    print(_told("all", measured))
    if options.misses:
        for one in measured:
            for cell, fault in one.faults:
                print(f"{one.gold.name} | {fault} | {cell.row} | {cell.column}: {cell.value}")
    return 0


def gold_tables(path: Path) -> Iterator[GoldTable]:
    """The tables of a gold file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cells = tuple(GoldCell(cell["value"], cell["row"], cell["column"]) for cell in row["cells"])
        yield GoldTable(
            str(row["table"]), row["sort"], row["file"], tuple(row["pages"]), row["check"], cells
        )


def measure(table: GoldTable, folder: Path) -> MeasuredTable:
    """Read the pages of a table and hold its cells against them."""
    pages = clean(read_pdf((folder / table.file).read_bytes()))
    rows: list[str] = []
    texts: list[str] = []
    for page in pages:
        if page.page.number not in table.pages:
            continue
        for block in page.blocks:
            text = _plain(page.text_of(block))
            texts.append(text)
            if block.role is LineRole.ROW:
                rows.append(text)
    faults = []
    for cell in table.cells:
        fault = _fault(cell, rows, texts)
        if fault:
            faults.append((cell, fault))
    return MeasuredTable(table, tuple(faults))


def _fault(cell: GoldCell, rows: Iterable[str], texts: Iterable[str]) -> str | None:
    """What is wrong with a cell, or None."""
    value, row, column = (_plain(text or "") for text in (cell.value, cell.row, cell.column))
    fault = "in no row"
    for told in rows:
        if told == f"{row} {value}":
            return None
        first, *others = told.split(BETWEEN_CELLS)
        beside = not row or row in (first, first.split(": ", 1)[-1])
        for part in others if row else (first, *others):
            if beside and _is_told(part, f"{column}: {value}" if column else value):
                return None
            if _is_told(part, value) or _is_told(part.split(": ", 1)[-1], value):
                fault = "not under its heading" if beside else "not beside its row heading"
    if fault == "in no row" and any(_is_told(text, value) for text in texts):
        return "a text of its own"
    return fault


def _is_told(text: str, value: str) -> bool:
    pattern = ".*".join(re.escape(part.strip()) for part in value.split("..."))
    return re.fullmatch(pattern, text) is not None


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split())


def _told(name: str, tables: Sequence[MeasuredTable]) -> str:
    cells = sum(len(table.gold.cells) for table in tables)
    right = sum(table.right for table in tables)
    whole = sum(not table.faults for table in tables)
    return f"{name}: {right} of {cells} cells right, {whole} of {len(tables)} tables wholly right"


if __name__ == "__main__":
    sys.exit(main())
