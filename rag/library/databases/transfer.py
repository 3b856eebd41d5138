"""Copies a library from PostgreSQL into SQLite files and back, so that a backup fits both engines.

The words of passages are indexed anew on the way, for each engine keeps them in a form of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rag.library import bm25
from rag.library.codec import load_description, load_passage, source_line
from rag.library.database import Connection, TableSet
from rag.library.databases.engines import open_database
from rag.library.databases.postgres_schema import tables_of
from rag.library.lexical.postgres_index import PostgresIndex
from rag.library.schema import BACKED_UP, LIBRARY_TABLES
from rag.library.source_files import put_in_parts
from rag.library.sqlite import Database
from rag.settings import LibraryHome

if TYPE_CHECKING:
    from rag.library.databases import postgres

BATCH = 50
"""Rows that are read and written at once: one may hold the vectors of a long document."""
PARTS = 2
"""Parts of files that are read at once."""
_COUNTERS = "sqlite_sequence"
"""The table of the highest numbers that were given, which both engines have."""
_ORIGINALS = (
    "SELECT sha256, suffix, content FROM originals WHERE sha256 IN "
    "(SELECT sha256 FROM documents UNION SELECT sha256 FROM aside) ORDER BY sha256, suffix, part"
)
AddFile = Callable[[str, Iterator[bytes]], None]


def sets_held(home: LibraryHome) -> tuple[TableSet, ...]:
    """The sets of tables that a database has of a library. Raises LibraryError."""
    database = open_database(home, LIBRARY_TABLES)
    rows = database.rows("SELECT nspname FROM pg_namespace")
    held = {str(name) for (name,) in rows}
    return tuple(tables for tables in BACKED_UP if f"scrutiny_{tables.name}" in held)


def size_of(home: LibraryHome) -> int:
    """How much a database holds, in bytes. Raises LibraryError."""
    database = open_database(home, LIBRARY_TABLES)
    row = database.row("SELECT pg_database_size(current_database())")
    return int(row[0]) if row else 0


def save(home: LibraryHome, tables: TableSet, target: Path, add: AddFile) -> None:
    """Make an SQLite file of a set of tables as it is at one moment; the files that documents were
    read from, as they are at that moment, are given to `add`. Raises LibraryError."""
    database = _on_server(home, tables)
    made = _file(tables, target)
    with database.snapshot():
        with made.transaction() as connection:
            for table in _tables(tables, connection):
                _write(connection, table, database.streamed(table.select, BATCH))
            if tables is LIBRARY_TABLES:
                for words in _words(connection):
                    bm25.add(connection, words)
        if tables is LIBRARY_TABLES:
            _add_originals(database, add)
    made.connection.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it
    made.close()


def put(
    home: LibraryHome,
    sources: Mapping[TableSet, Path],
    originals: Iterable[tuple[str, str, Path]] = (),
) -> None:
    """Put what SQLite files hold in the place of sets of tables, those of the library among them,
    with the files that documents were read from: (sha256, suffix, path). All of it is done in one
    transaction: who is cut off leaves what was there before. Raises LibraryError."""
    database = _on_server(home, LIBRARY_TABLES)
    with ExitStack() as opened:

        def filled_from(tables: TableSet) -> Callable[[Connection], None]:
            # What an earlier version has made is brought up first.
            _file(tables, sources[tables]).close()
            _on_server(home, tables)
            held = opened.enter_context(closing(sqlite3.connect(sources[tables])))

            def fill(connection: Connection) -> None:
                for table in _tables(tables, held):
                    _write(connection, table, held.execute(table.select))
                if tables is LIBRARY_TABLES:
                    _index_words(database, connection, held)
                    for sha256, suffix, path in originals:
                        with path.open("rb") as file:
                            put_in_parts(connection, sha256, suffix, file)

            return fill

        # The library's own first, which takes longest: others are written to until then.
        in_order = sorted(sources, key=lambda tables: tables is not LIBRARY_TABLES)
        database.replace([(tables, filled_from(tables)) for tables in in_order])


# ---------------------------------------------------------------- inside


def _on_server(home: LibraryHome, tables: TableSet) -> postgres.Database:
    return cast("postgres.Database", open_database(home, tables))


def _file(tables: TableSet, path: Path) -> Database:
    return Database(path, tables.schema, tables.version, columns=tables.columns, is_truth=False)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that both engines have: its columns, and the one that its rows are in order of."""

    name: str
    columns: tuple[str, ...]
    order: str

    @property
    def select(self) -> str:
        return f"SELECT {', '.join(self.columns)} FROM {self.name} ORDER BY {self.order}"

    @property
    def insert(self) -> str:
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({marks})"


def _tables(tables: TableSet, held: Connection) -> Iterator[_Table]:
    """The tables of a set, and their counters where it has any, by an SQLite file."""
    is_counted = held.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_COUNTERS,)).fetchone()
    counters = {_COUNTERS: "name"} if is_counted else {}
    for name, order in {**tables_of(tables), **counters}.items():
        rows = held.execute(f"PRAGMA table_info ({name})").fetchall()
        yield _Table(name, tuple(str(row[1]) for row in rows), order)


def _write(connection: Connection, table: _Table, rows: Iterable[tuple[Any, ...]]) -> None:
    if table.name == _COUNTERS:
        # SQLite has counted what was written before.
        connection.execute(f"DELETE FROM {_COUNTERS}")
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        connection.executemany(table.insert, batch)


def _words(held: Connection) -> Iterator[list[bm25.IndexedPassage]]:
    """The words of each document's passages, by its rows in an SQLite file."""
    documents = held.execute("SELECT name, version, description FROM documents").fetchall()
    for name, version, description in documents:
        source = source_line(load_description(description))
        rows = held.execute(
            "SELECT id, number, content FROM passages WHERE document = ? ORDER BY number", (name,)
        ).fetchall()
        passages = ((row, load_passage(name, number, content)) for row, number, content in rows)
        yield [
            bm25.IndexedPassage(row, passage.text, passage.heading or "", source, version)
            for row, passage in passages
        ]


def _index_words(
    database: postgres.Database, connection: Connection, held: sqlite3.Connection
) -> None:
    connection.execute("INSERT INTO lexical_size VALUES ('all', 0, 0)")
    index = PostgresIndex(database)
    for words in _words(held):
        index.add(connection, words)


def _add_originals(database: postgres.Database, add: AddFile) -> None:
    """Give each file, part by part, to `add`."""
    rows = database.streamed(_ORIGINALS, PARTS)
    for (sha256, suffix), parts in groupby(rows, key=lambda row: (str(row[0]), str(row[1]))):
        add(f"{sha256}{suffix}", (bytes(content) for *_, content in parts))
