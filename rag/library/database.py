"""The port to the engine that holds the truth: sets of tables, of which SQL is asked.

Every statement is in the words that SQLite and PostgreSQL share, with `?` for a value; what they
say differently (`CAST(x AS BLOB)`, `instr`) is said SQLite's way; the other adapter translates it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

MOST_VALUES = 5_000
"""Values that one statement is given: each engine takes only so many."""


@dataclass(frozen=True, slots=True)
class TableSet:
    """Tables that are kept together: an SQLite file `<name>.sqlite3`, a schema of PostgreSQL.

    `schema` makes whatever is lacking and leaves the rest as it stands; `columns` (table, name,
    type) are those that tables of an older `version` lack. `remedy` ends the sentence that says
    what to do about a damaged file.
    """

    name: str
    schema: str
    version: int
    columns: tuple[tuple[str, str, str], ...] = ()
    remedy: str = "move it away and ingest the documents again"

    @property
    def file(self) -> str:
        """The name of the SQLite file."""
        return f"{self.name}.sqlite3"


class Result(Protocol):
    """What came of a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    @property
    def description(self) -> Any:
        """The columns of its rows, each with its name first."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows one by one."""


class Connection(Protocol):
    """What a block reads or writes through."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Result:
        """Do a statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Do a statement for each row of values."""


class Database(Protocol):
    """One set of tables, which several threads and programs use at once.

    Everything raises LibraryError where the engine cannot do it.
    """

    @property
    def is_in_transaction(self) -> bool:
        """Whether this thread is inside `transaction` or `snapshot`."""

    def reading(self) -> AbstractContextManager[Connection]:
        """This thread's connection, to read with."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query finds."""

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a query finds, or None."""

    def snapshot(self) -> AbstractContextManager[None]:
        """All that this thread reads in the block is as it was at its start, whoever writes."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """All or nothing: commits at the end of the block, rolls back when it raises. One writes
        at a time; the others wait."""

    def write_over_deleted(self) -> None:
        """From now on nothing that this thread deletes is left lying about, where the engine can
        see to that."""

    def close(self) -> None:
        """Let go of what this thread holds."""
