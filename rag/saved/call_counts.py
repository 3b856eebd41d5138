"""How often each caller calls, counted beside the library: once for all processes that serve it."""

from __future__ import annotations

import time
from collections.abc import Callable

from rag.library.database import Connection, TableSet
from rag.library.databases.engines import open_database
from rag.settings import Home

SECONDS = 60.0
"""How long the window is in which calls are counted."""
SCHEMA = """
-- When each call of the last minute came, in milliseconds since 1970.
CREATE TABLE IF NOT EXISTS calls (caller TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS calls_of ON calls (caller, at);
CREATE INDEX IF NOT EXISTS calls_at ON calls (at);
"""
TABLES = TableSet("calls", SCHEMA, 1, remedy="delete it: calls are counted anew")
_FIRST_THAT_COUNTS = (
    "SELECT at FROM calls WHERE caller = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?"
)


class CallCounts:
    """The last minute's calls of a library's callers. Everything may raise LibraryError."""

    def __init__(self, home: Home, *, now: Callable[[], float] = time.time) -> None:
        self._database = open_database(home, TABLES)
        self._now = now

    def wait(self, caller: str, most: int) -> float:
        """Seconds until a caller may call once more, 0 where they may now; nothing is counted."""
        now = self._now()
        with self._database.reading() as connection:
            return _wait(connection, caller, most, now)

    def count(self, caller: str, most: int) -> float:
        """Count a call; 0 then. Where there would be more than `most` in a minute nothing is
        counted, and it is the seconds until there would not."""
        now = self._now()
        with self._database.transaction() as connection:
            wait = _wait(connection, caller, most, now)
            if not wait:
                connection.execute("DELETE FROM calls WHERE at <= ?", (_ms(now - SECONDS),))
                connection.execute(
                    "INSERT INTO calls (caller, at) VALUES (?, ?)", (caller, _ms(now))
                )
            return wait


def _wait(connection: Connection, caller: str, most: int, now: float) -> float:
    values = (caller, _ms(now - SECONDS), most - 1)
    row = connection.execute(_FIRST_THAT_COUNTS, values).fetchone()
    return max(0.001, row[0] / 1000 + SECONDS - now) if row else 0.0


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
