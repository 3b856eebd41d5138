"""Pure: the table of everything held: what a reader looks for in it, in which order, which part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from rag.library.tables import LibraryEntry
from rag.types import Kind
from ui.web.session.library_checks import reasons_to_check

ROWS = 50
"""How many documents are shown at once."""


class Column(StrEnum):
    """The columns of the table, by which it can be sorted."""

    TITLE = "title"
    PUBLISHER = "publisher"
    KIND = "kind"
    COUNCILS = "councils"
    DATE = "date"
    PAGES = "pages"
    ADDED = "added"


FALLING = frozenset((Column.DATE, Column.PAGES, Column.ADDED))
"""The columns whose newest or largest comes first when they are first chosen."""


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A document as the table shows it; `sought` is what a search looks through, in one case."""

    name: str
    title: str
    publisher: str
    kind: Kind
    councils: tuple[str, ...]
    day: date | None
    pages: int
    added: str
    sought: str
    doubts: tuple[str, ...] = ()
    """Why a person should look at its description."""
    age: str = ""
    """That it is older than the newest of its series."""


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What a reader will see of the table; an empty field lets everything through."""

    words: str = ""
    kind: Kind | None = None
    council: str | None = None
    doubtful: bool = False
    """Whether only what needs checking is shown."""
    column: Column = Column.TITLE
    falling: bool = False
    part: int = 1

    @property
    def narrows(self) -> bool:
        """Whether some document may be left out."""
        return bool(self.words.strip() or self.kind or self.council or self.doubtful)


NEWEST_FIRST = TableQuery(column=Column.DATE, falling=True)
"""How the table is shown at first."""


@dataclass(frozen=True, slots=True)
class TablePage:
    """The rows that are shown, the first of them number `first` of the `matching` that were found
    among `all`."""

    rows: tuple[LibraryRow, ...]
    number: int
    parts: int
    first: int
    matching: int
    all: int


def row_of(entry: LibraryEntry, age: str = "") -> LibraryRow:
    """The row of a document held; `age` tells that there is a newer one."""
    document, about = entry.document, entry.document.description
    publisher = about.publisher or ""
    sought = "\n".join((about.title, document.name, publisher, *about.councils)).casefold()
    return LibraryRow(
        document.name,
        about.title,
        publisher,
        about.kind,
        about.councils,
        about.appeared_on,
        entry.pages,
        document.added,
        sought,
        reasons_to_check(about),
        age,
    )


def councils_of(rows: Iterable[LibraryRow]) -> tuple[str, ...]:
    """Every council that a document is about, by name."""
    return tuple(sorted({council for row in rows for council in row.councils}))


def chosen_column(query: TableQuery, column: Column) -> TableQuery:
    """Sorted by this column; the other way round where it was sorted by it already."""
    falling = not query.falling if column is query.column else column in FALLING
    return replace(query, column=column, falling=falling, part=1)


def table_page(rows: Sequence[LibraryRow], query: TableQuery) -> TablePage:
    """The part of the rows that is looked for: the nearest there is when it is past the end."""
    matching = [row for row in rows if _matches(row, query)]
    parts = max(1, -(-len(matching) // ROWS))
    number = min(max(query.part, 1), parts)
    start = (number - 1) * ROWS
    shown = tuple(_sorted(matching, query)[start : start + ROWS])
    return TablePage(shown, number, parts, start + bool(shown), len(matching), len(rows))


def _matches(row: LibraryRow, query: TableQuery) -> bool:
    return (
        (query.kind is None or row.kind is query.kind)
        and (query.council is None or query.council in row.councils)
        and (not query.doubtful or bool(row.doubts))
        and all(word in row.sought for word in query.words.casefold().split())
    )


def _sorted(rows: Iterable[LibraryRow], query: TableQuery) -> list[LibraryRow]:
    """What is not known comes last either way; equals are in the order of their titles."""
    key = _KEYS[query.column]
    known: list[LibraryRow] = []
    unknown: list[LibraryRow] = []
    for row in sorted(rows, key=lambda row: (row.title.casefold(), row.name)):
        (unknown if key(row) in (None, "", ()) else known).append(row)
    return sorted(known, key=key, reverse=query.falling) + unknown


_KEYS: dict[Column, Callable[[LibraryRow], Any]] = {
    Column.TITLE: lambda row: row.title.casefold(),
    Column.PUBLISHER: lambda row: row.publisher.casefold(),
    Column.KIND: lambda row: row.kind.words.capitalize(),
    Column.COUNCILS: lambda row: tuple(name.casefold() for name in row.councils),
    Column.DATE: lambda row: row.day,
    Column.PAGES: lambda row: row.pages,
    Column.ADDED: lambda row: row.added,
}
