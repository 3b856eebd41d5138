"""Which engine holds a library: files in its folder, or servers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.library import sqlite
from rag.library.database import Database, TableSet
from rag.library.databases.putting_back import LibraryLock, finish
from rag.library.lexical.port import WordIndex
from rag.library.lexical.postgres_index import PostgresIndex
from rag.library.lexical.search import LexicalSearch
from rag.library.schema import LIBRARY_TABLES
from rag.library.source_files import ORIGINALS, SharedSourceFiles, SourceFiles
from rag.library.write_lock import WritingRight
from rag.settings import Home, LibraryHome, home_of

if TYPE_CHECKING:
    from rag.library.databases import postgres


@dataclass(frozen=True, slots=True)
class Engines:
    """What holds a library: its rows, the words of its passages, the files that its documents were
    read from, and the right to write to all of them."""

    database: Database
    words: WordIndex
    originals: SourceFiles
    lock: WritingRight


def open_database(home: Home, tables: TableSet) -> Database:
    """A library's tables of one kind, made where there are none. Raises LibraryError."""
    place = home_of(home)
    if place.database:
        return _postgres(place.database, tables)
    return sqlite.Database(
        place.folder / tables.file,
        tables.schema,
        tables.version,
        columns=tables.columns,
        remedy=tables.remedy,
        first=partial(finish, place.folder),
    )


def open_engines(home: LibraryHome) -> Engines:
    """What holds a library, made where there is none. Raises LibraryError."""
    folder = home.folder
    if home.database:
        from rag.library.databases import postgres

        sqlite.make_folder(folder)
        database = _postgres(home.database, LIBRARY_TABLES)
        originals = SharedSourceFiles(folder / ORIGINALS, database)
        return Engines(database, PostgresIndex(database), originals, postgres.WriteLock(database))
    return Engines(
        open_database(home, LIBRARY_TABLES),
        LexicalSearch(folder / "terms"),
        SourceFiles(folder / ORIGINALS),
        LibraryLock(folder),
    )


def _postgres(address: str, tables: TableSet) -> postgres.Database:
    if find_spec("psycopg") is None:
        raise SettingsError(
            'SCRUTINY_DATABASE needs a package that is not installed: pip install ".[server]".'
        )
    # Imported here: who keeps a library in files does without it.
    from rag.library.databases import postgres

    return postgres.Database(address, tables)
