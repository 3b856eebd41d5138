"""Adapter: an SQLite file that several threads and programs use at once."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from rag.errors import LibraryError

EARLIER = "earlier"
"""The folder beside a file for the copies of it from before it was brought up."""

# SQLite does not wait for its turn to switch a new file to write-ahead mode: threads wait here.
_SWITCHING = threading.Lock()


class _Connection(sqlite3.Connection):
    """Closes itself with the thread that it was made for."""

    def __del__(self) -> None:
        # One that could not be opened cannot be closed.
        with suppress(sqlite3.ProgrammingError):
            self.close()


class Database:
    """One SQLite file in write-ahead mode; a connection for each thread.

    `schema` makes whatever the file lacks and leaves the rest as it stands; a file of an older
    `version` is brought up by it, its tables first given those of the `columns` (table, name, type)
    that they lack, and a copy of it kept beside it where it `is_truth`; one of a later version is
    refused. `remedy` ends the sentence that says what to do about a damaged file. `first` is called
    before whatever is not inside a transaction. Raises LibraryError.
    """

    def __init__(
        self,
        path: Path,
        schema: str,
        version: int,
        *,
        columns: Sequence[tuple[str, str, str]] = (),
        remedy: str = "move it away and ingest the documents again",
        is_truth: bool = True,
        first: Callable[[], None] = lambda: None,
    ) -> None:
        self._path = path
        self._first = first
        self._remedy = remedy
        self._local = threading.local()
        make_folder(path.parent)
        with self._reading("opened"):
            (held,) = self.connection.execute("PRAGMA user_version").fetchone()
        if held > version:
            raise LibraryError(
                f"The file {path} was made by a later version of this program: update the "
                "program, or name a new folder with SCRUTINY_LIBRARY."
            )
        if held < version:
            if held and is_truth:
                keep_earlier(path, held)
            with self.transaction() as connection:
                _add_columns(connection, columns)
                for statement in split_statements(schema):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection. Raises LibraryError when the file cannot be opened."""
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None or not held.in_transaction:
            self._first()
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
            with _SWITCHING:
                (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
                if mode != "wal":
                    connection.execute("PRAGMA journal_mode = WAL")
            # FULL: what is noted as unsettled is on disk before the vectors are touched.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            return connection

    @property
    def is_in_transaction(self) -> bool:
        """Whether this thread is inside `transaction` or `snapshot`."""
        return self.connection.in_transaction

    def write_over_deleted(self) -> None:
        """From now on what this thread deletes is written over in the file."""
        self.connection.execute("PRAGMA secure_delete = ON")

    @contextmanager
    def _reading(self, done: str = "read") -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"The file {self._path} cannot be {done} ({error}). Check that the folder may be "
                f"written to, or {self._remedy}."
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
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads in the block is as it was at its start, whoever writes."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with self._reading():
            connection.execute("BEGIN")
        try:
            yield
        finally:
            _roll_back(connection)

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
                f"The file {self._path} could not be written ({error}). Check that the disk has "
                "room and that the folder may be written to, then try again."
            ) from error
        except BaseException:
            _roll_back(connection)
            raise

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "connection", None) is not None:
            self._local.connection.close()
            self._local.connection = None


def version_of(path: Path) -> int:
    """The version of the schema that a file was made with; 0 for one without tables.

    Raises LibraryError when it cannot be read.
    """
    with _opened(path) as connection:
        (held,) = connection.execute("PRAGMA user_version").fetchone()
    return int(held)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file as it is at one moment, whoever reads it or writes to it; `target` is replaced.

    Raises LibraryError.
    """
    with _opened(source) as held:
        _copy(held, target)


def put_in_place(source: Path, target: Path) -> None:
    """Put what one file holds in the place of what another does, in one transaction: programs that
    have it open see the new content from then on. Raises LibraryError.
    """
    try:
        with closing(sqlite3.connect(target, timeout=30)) as connection:
            # What is to be replaced must be in write-ahead mode before, or readers would wait.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            with _opened(source) as held:
                held.backup(connection)
    except sqlite3.Error as error:
        raise LibraryError(
            f"The file {target} could not be written ({error}). Check that the disk has room and "
            "that the folder may be written to, then try again."
        ) from error


def is_sound(path: Path) -> bool:
    """Whether SQLite finds no fault in a file; it is read from end to end."""
    try:
        with _opened(path) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return str(found) == "ok"
    except LibraryError:
        return False


def keep_earlier(path: Path, version: int) -> Path:
    """Keep a copy of a file as it is before it is brought up; the copy. Raises LibraryError."""
    folder = path.parent / EARLIER
    kept = folder / f"{path.stem}.version-{version}{path.suffix}"
    make_folder(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as making:
        copy = Path(making) / path.name
        copy_file(path, copy)
        # Another program may have brought it up meanwhile, and kept its copy before.
        if version_of(copy) == version:
            copy.replace(kept)
    return kept


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that is there, to read from."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as held:
            held.execute("PRAGMA busy_timeout = 30000")
            yield held
    except sqlite3.Error as error:
        raise LibraryError(
            f"The file {path} cannot be read ({error}). Check that it is there and may be read."
        ) from error


def _copy(held: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(target)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it
    except sqlite3.Error as error:
        raise LibraryError(
            f"The copy {target} could not be written ({error}). Check that the disk has room."
        ) from error


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _add_columns(connection: sqlite3.Connection, columns: Sequence[tuple[str, str, str]]) -> None:
    """Give the tables that are there the columns that they lack."""
    for table, name, type_ in columns:
        held = {row[1] for row in connection.execute(f"PRAGMA table_info ({table})")}
        if held and name not in held:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {type_}")


def make_folder(folder: Path) -> None:
    """Make a library's folder where there is none. Raises LibraryError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} cannot be used for the library ({error.strerror}). Name another "
            "with SCRUTINY_LIBRARY."
        ) from error


def split_statements(schema: str) -> Iterator[str]:
    """The statements one by one: a script run as a whole would end the transaction around it."""
    statement = ""
    for line in schema.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
