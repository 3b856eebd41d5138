"""The documents that could not be taken in, remembered with the reason until they can be."""

from __future__ import annotations

from dataclasses import dataclass

from rag.library.codec import now, storable
from rag.library.database import Connection, Database


@dataclass(frozen=True, slots=True)
class RejectedDocument:
    """A document that was not taken in: why and what to do about it, and when (ISO 8601, UTC)."""

    name: str
    reason: str
    at: str


def note(connection: Connection, name: str, reason: str) -> None:
    """Remember a refusal, in place of an older one of that name."""
    forget(connection, name)
    connection.execute(
        "INSERT INTO refused (name, reason, at) VALUES (?, ?, ?)",
        (storable(name), storable(reason), now()),
    )


def forget(connection: Connection, name: str) -> None:
    """Forget a refusal; nothing happens when there is none."""
    connection.execute("DELETE FROM refused WHERE name = ?", (storable(name),))


def noted(database: Database) -> tuple[RejectedDocument, ...]:
    """Every refusal, newest first."""
    # The row's own number grows with every note, also within one second.
    rows = database.rows("SELECT name, reason, at FROM refused ORDER BY at DESC, rowid DESC")
    return tuple(RejectedDocument(*row) for row in rows)
