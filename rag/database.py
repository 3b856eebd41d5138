"""Adapter: the SQLite file that holds documents, pages, passages and the lexical index."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import LibraryError

VERSION = 1
"""Of the schema; kept in the file, so that a file made by a later program is not misread."""
SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, version TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL, pages INTEGER NOT NULL, passages INTEGER NOT NULL,
    added TEXT NOT NULL, related TEXT NOT NULL DEFAULT '[]', sketch BLOB NOT NULL,
    origin TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS documents_sha256 ON documents (sha256);
CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (document, number));
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (document, number));
-- The vectors of a document's passages, in order, as float32: Chroma is remade from these.
CREATE TABLE IF NOT EXISTS vectors (
    document TEXT PRIMARY KEY REFERENCES documents (name) ON DELETE CASCADE,
    content BLOB NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS lexical USING fts5 (
    text, heading, source, document, tokenize = "unicode61 remove_diacritics 2 tokenchars '%.£$€'");
CREATE VIRTUAL TABLE IF NOT EXISTS lexical_terms USING fts5vocab (lexical, row);
-- Versions whose vectors are being written or removed: what is left here after a crash is swept.
CREATE TABLE IF NOT EXISTS unsettled (version TEXT PRIMARY KEY);
PRAGMA user_version = {VERSION};
COMMIT;
"""


class _Connection(sqlite3.Connection):
    """Closes itself with the thread that it was made for."""

    def __del__(self) -> None:
        self.close()


class Database:
    """One SQLite file in write-ahead mode; a connection for each thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        with self._reading("opened"):
            (held,) = self.connection.execute("PRAGMA user_version").fetchone()
            if held == 0:
                self.connection.executescript(SCHEMA)
        if held > VERSION:
            raise LibraryError(
                f"The library file {path} was made by a later version of this program: update the "
                "program, or name a new folder with SCRUTINY_LIBRARY."
            )

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection. Raises LibraryError when the file cannot be opened."""
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None:
            held = self._local.connection = self._connect()
        return held

    def _connect(self) -> sqlite3.Connection:
        with self._reading("opened"):
            connection = sqlite3.connect(
                self._path,
                timeout=30,
                isolation_level=None,
                # Each thread has its own; only the last reference may be dropped elsewhere.
                check_same_thread=False,
                factory=_Connection,
            )
            connection.execute("PRAGMA journal_mode = WAL")
            # FULL: what is noted as unsettled is on disk before the vectors are touched.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            return connection

    @contextmanager
    def _reading(self, done: str = "read") -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"The library file {self._path} cannot be {done} ({error}). Check that the folder "
                "may be written to, or move it away and ingest the documents again."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, to read with; SQLite's errors come out as LibraryError."""
        connection = self.connection
        with self._reading():
            yield connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query finds. Raises LibraryError."""
        with self.reading() as connection:
            return connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a query finds, or None. Raises LibraryError."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end of the block, rolls back when it raises."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            _roll_back(connection)
            raise LibraryError(
                f"The library file {self._path} could not be written ({error}). Check that the "
                "disk has room and that the folder may be written to, then try again."
            ) from error
        except BaseException:
            _roll_back(connection)
            raise

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "connection", None) is not None:
            self._local.connection.close()
            self._local.connection = None


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
