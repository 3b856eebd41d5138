"""Adapter: a set of tables as a schema of a PostgreSQL database, the only importer of psycopg.

As an SQLite file does, a set of tables lets one write at a time: each transaction waits for the one
before. A block borrows a connection of this process for as long as it reads or writes.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, cast
from weakref import WeakValueDictionary

import psycopg

from rag.errors import LibraryError, LibraryLocked
from rag.library.database import Connection, Result, TableSet
from rag.library.databases.postgres_schema import statements, tables_of
from rag.library.write_lock import WritingRight

MOST_CONNECTIONS = 30
"""Of one process to one set of tables: as many answers can be read for at once."""
WAIT_SECONDS = 60
"""How long a block waits for a connection, or for another that writes."""
MOST_IDLE = 8
"""Connections that are kept open while nobody uses them."""
TRUSTED_SECONDS = 30
"""How long an idle connection is believed to be alive."""
REMEDY = "Check that PostgreSQL is running and can be reached at SCRUTINY_DATABASE, then try again."
_WRITING, _TRANSACTION = 1, 2
"""What an advisory lock of a set of tables stands for."""
Fill = Callable[[Connection], None]
_AS_BYTES = re.compile(r"CAST\(([\w.]+) AS BLOB\)")


class _Session:
    """A connection as the port has it."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw

    @property
    def is_in_transaction(self) -> bool:
        return self.raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Result:
        # In PostgreSQL's own form, for vectors and files come twice as fast so.
        return self.raw.execute(translated(sql).encode(), _held(values), binary=True)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(translated(sql).encode(), [_held(values) for values in rows])

    def do(self, statements: str) -> None:
        """Do statements without values, however many."""
        self.raw.execute(statements.encode())


class Database:
    """One schema of a PostgreSQL database, made and brought up where it is not as it should be.

    A schema of a later version is refused. Raises LibraryError.
    """

    def __init__(self, address: str, tables: TableSet) -> None:
        self.schema = _schema_of(tables)
        self.pool = _pool_of(address, self.schema)
        self._local = threading.local()
        self.right: psycopg.Connection[Any] | None = None
        """The connection that holds the right to write, while this process has it."""
        self._bring_up(tables)

    # ------------------------------------------------------------ the port

    @property
    def is_in_transaction(self) -> bool:
        """Whether this thread is inside `transaction` or `snapshot`."""
        return self._session is not None and self._session.is_in_transaction

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; PostgreSQL's errors come out as LibraryError."""
        with self.told("read"), self.session() as session:
            yield session

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query finds. Raises LibraryError."""
        is_own = self._session is None
        try:
            with self.reading() as connection:
                return connection.execute(sql, values).fetchall()
        except LibraryError as error:
            # The server may have been started afresh since the connection was made.
            if not (is_own and isinstance(error.__cause__, psycopg.OperationalError)):
                raise
        with self.reading() as connection:
            return connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a query finds, or None. Raises LibraryError."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads in the block is as it was at its start, whoever writes."""
        if self.is_in_transaction:
            yield
            return
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        # What the block raises of its own goes out as it is.
        with self.told("read"), self.session(begin) as session:
            try:
                yield
            finally:
                _roll_back(session)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: commits at the end of the block, rolls back when it raises."""
        if self.is_in_transaction:
            raise LibraryError("A transaction cannot be begun inside another.")
        with self.told("written"), self.session(f"BEGIN; {_turn_of(self.schema)}") as session:
            try:
                self._check_right()
                yield session
                session.do("COMMIT")
            except BaseException:
                _roll_back(session)
                raise

    def write_over_deleted(self) -> None:
        """PostgreSQL's own vacuum sees to that."""

    def close(self) -> None:
        """Close the connections that nobody uses; they are made anew for who goes on."""
        self.pool.close_idle()

    # ------------------------------------------------------------ beyond the port

    @contextmanager
    def session(self, begin: str = "") -> Iterator[_Session]:
        """A connection that all of this thread's blocks within this one use; `begin` is done first,
        on another connection where the one at hand turns out to be dead."""
        held = self._session
        if held is not None:
            if begin:
                held.do(begin)
            yield held
            return
        raw = self._borrowed(begin)
        self._local.session = session = _Session(raw)
        try:
            yield session
        finally:
            self._local.session = None
            self.pool.give_back(raw)

    @contextmanager
    def told(self, done: str) -> Iterator[None]:
        """A block of which PostgreSQL's errors come out as LibraryError."""
        try:
            yield
        except psycopg.OperationalError as error:
            self.pool.suspect()
            raise LibraryError(
                f"The database of the library could not be {done} ({_said(error)}). {REMEDY}"
            ) from error
        except psycopg.Error as error:
            raise LibraryError(
                f"The database of the library could not be {done} ({_said(error)}). Check its disk "
                "and the rights of its user, or restore a backup."
            ) from error

    def streamed(self, sql: str, at_once: int) -> Iterator[tuple[Any, ...]]:
        """The rows that a query finds, some at a time, inside `snapshot`. Raises LibraryError."""
        held = self._session
        if held is None:
            raise LibraryError("Rows are streamed within a snapshot alone.")
        with self.told("read"), held.raw.cursor(name="streamed", binary=True) as cursor:
            cursor.itersize = at_once
            cursor.execute(translated(sql).encode())
            yield from cursor

    def replace(self, sets: Sequence[tuple[TableSet, Fill]]) -> None:
        """Put other rows in the place of all that sets of tables of this database hold, this one's
        first: in one transaction, and whoever reads meanwhile reads what was there before. What is
        given with a set writes its rows, with their numbers. Raises LibraryError."""
        with self.transaction() as connection:
            for tables, fill in sets:
                _replace(cast(_Session, connection), tables, fill)

    # ------------------------------------------------------------ inside

    def _check_right(self) -> None:
        """Who had the right to write and has lost it, with its connection, writes no more."""
        right = self.right
        if right is not None:
            right.execute("SELECT 1")

    @property
    def _session(self) -> _Session | None:
        return getattr(self._local, "session", None)

    def _borrowed(self, begin: str) -> psycopg.Connection[Any]:
        for attempt in (1, 2):
            raw = self.pool.borrow()
            try:
                if begin:
                    raw.execute(begin.encode())
                return raw
            except psycopg.Error:
                was_dead = raw.closed
                self.pool.give_back(raw)
                if attempt == 2 or not was_dead:
                    raise
        raise AssertionError("unreachable")

    def _bring_up(self, tables: TableSet) -> None:
        if self.pool.is_brought_up:
            return
        held = self._version()
        if held > tables.version:
            raise LibraryError(
                f"The schema {self.schema} of the database was made by a later version of this "
                "program: update the program, or name another database with SCRUTINY_DATABASE."
            )
        if held < tables.version:
            with self.transaction() as connection:
                # Another program may have done it while this one waited.
                if self._version() < tables.version:
                    self._make(cast(_Session, connection), tables)
        self.pool.is_brought_up = True

    def _version(self) -> int:
        place = f"'{self.schema}.made_by_version'"
        if self.rows("SELECT 1 WHERE current_setting('server_encoding') <> 'UTF8'"):
            raise LibraryError(
                "The database of the library is not in UTF-8: make one that is "
                "(createdb --encoding=UTF8 --template=template0) and name it."
            )
        if self.rows(f"SELECT to_regclass({place}) IS NULL") == [(True,)]:
            return 0
        row = self.row("SELECT version FROM made_by_version")
        return int(row[0]) if row else 0

    def _make(self, session: _Session, tables: TableSet) -> None:
        session.do(f"CREATE SCHEMA IF NOT EXISTS {self.schema}")
        for statement in statements(tables).make:
            session.do(statement)
        session.do("DELETE FROM made_by_version")
        session.execute("INSERT INTO made_by_version (version) VALUES (?)", (tables.version,))


class WriteLock(WritingRight):
    """The right to write to a set of tables, which goes with a connection of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    def _acquire(self) -> None:
        pool = self._database.pool
        with self._database.told("written"):
            connection = pool.borrow()
            try:
                row = connection.execute(
                    f"SELECT pg_try_advisory_lock{self._key}".encode()
                ).fetchone()
            except BaseException:
                pool.give_back(connection)
                raise
        if row != (True,):
            pool.give_back(connection)
            raise LibraryLocked(
                "Another program is writing to the library: wait until it has finished, then try "
                "again."
            )
        self._database.right = connection

    def _release(self) -> None:
        connection, self._database.right = self._database.right, None
        if connection is None:
            return
        try:
            # Before it is closed: the server would let the lock go a moment later.
            connection.execute(f"SELECT pg_advisory_unlock{self._key}".encode())
        except psycopg.Error:
            connection.close()
        self._database.pool.give_back(connection)

    @property
    def _key(self) -> str:
        return f"(hashtext('{self._database.schema}'), {_WRITING})"


# ---------------------------------------------------------------- connections


class _Pool:
    """The connections of this process to one schema: made when they are needed, kept while idle."""

    def __init__(self, address: str, schema: str) -> None:
        self.is_brought_up = False
        self._address, self._schema = address, schema
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._idle: deque[tuple[psycopg.Connection[Any], float]] = deque()
        self._doubted = 0.0

    def borrow(self) -> psycopg.Connection[Any]:
        """A connection for one thread. Raises LibraryError where none comes free in time."""
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise LibraryError("Too much is asked of the library just now: try again in a minute.")
        try:
            return self._alive() or self._connected()
        except BaseException:
            self._free.release()
            raise

    def give_back(self, connection: psycopg.Connection[Any]) -> None:
        """Have another thread use it, where it still can be used."""
        is_idle = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        if is_idle and len(self._idle) < MOST_IDLE:
            self._idle.append((connection, time.monotonic()))
        else:
            connection.close()
        self._free.release()

    def suspect(self) -> None:
        """The server may have gone away: connections from before are tried before they are used."""
        self._doubted = time.monotonic()

    def _alive(self) -> psycopg.Connection[Any] | None:
        while self._idle:
            with suppress(IndexError, psycopg.Error):
                connection, at = self._idle.pop()
                if at <= max(self._doubted, time.monotonic() - TRUSTED_SECONDS):
                    connection.execute("SELECT 1")
                return connection
        return None

    def _connected(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            self._address,
            autocommit=True,
            client_encoding="UTF8",
            application_name="scrutiny-desk",
            options=f"-c search_path={self._schema} -c lock_timeout={WAIT_SECONDS}s",
            connect_timeout=10,
            # A network that went away without a word is noticed.
            tcp_user_timeout=WAIT_SECONDS * 1000,
            # Nor does a firewall forget one that holds a lock through a long ingest.
            keepalives_idle=WAIT_SECONDS,
        )

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        with suppress(IndexError):
            while True:
                self._idle.pop()[0].close()

    def __del__(self) -> None:
        # At the end of the program the vendor's modules may be gone before this.
        with suppress(Exception):
            self.close_idle()


_pools: WeakValueDictionary[tuple[str, str], _Pool] = WeakValueDictionary()
_making = threading.Lock()


def _pool_of(address: str, schema: str) -> _Pool:
    with _making:
        held = _pools.get((address, schema))
        if held is None:
            held = _pools[address, schema] = _Pool(address, schema)
        return held


# ---------------------------------------------------------------- inside


def _schema_of(tables: TableSet) -> str:
    return f"scrutiny_{tables.name}"


def _turn_of(schema: str) -> str:
    """What waits until no other transaction writes to a schema, and lets none begin before the end
    of this one."""
    return f"SELECT pg_advisory_xact_lock(hashtext('{schema}'), {_TRANSACTION})"


def _replace(session: _Session, tables: TableSet, fill: Fill) -> None:
    schema = _schema_of(tables)
    # Every schema of a library lies in one database, so that all of them change at once.
    session.do(f"{_turn_of(schema)}; SET LOCAL search_path = {schema}")
    held = _tables_held(session, schema)
    for table in held:
        # The audit trail keeps its entries from everything else.
        session.do(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    ours = list(tables_of(tables))
    for table in (*reversed(ours), *(name for name in held if name not in ours)):
        session.do(f"DELETE FROM {table}")
    fill(session)
    for statement in statements(tables).after:
        session.do(statement)
    for table in held:
        session.do(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _tables_held(session: _Session, schema: str) -> list[str]:
    rows = session.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = ? AND tablename <> 'made_by_version'",
        (schema,),
    )
    return [str(name) for (name,) in rows]


@lru_cache(maxsize=2_000)
def translated(sql: str) -> str:
    """A statement of the port in PostgreSQL's words, with psycopg's mark for a value."""
    sql = _AS_BYTES.sub(r"convert_to(\1, 'UTF8')", sql).replace("instr(", "strpos(")
    return sql.replace("%", "%%").replace("?", "%s")


def _held(values: Sequence[Any]) -> tuple[Any, ...]:
    """Values as PostgreSQL can hold them: its texts hold no character of the code 0."""
    return tuple(
        value.replace("\x00", "\ufffd") if isinstance(value, str) and "\x00" in value else value
        for value in values
    )


def _said(error: psycopg.Error) -> str:
    """What PostgreSQL said, in one line, without the values that it may tell after that."""
    return str(error.diag.message_primary or error).strip().split("\n")[0]


def _roll_back(session: _Session) -> None:
    with suppress(psycopg.Error):
        if session.is_in_transaction:
            session.do("ROLLBACK")
