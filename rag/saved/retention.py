"""How long records are kept, by kind, and letting go of those that are older."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from rag.access.people import Person, require
from rag.access.roles import Permission
from rag.errors import SettingsError
from rag.library.database import Connection
from rag.saved.audit import Event, note
from rag.saved.desk_file import open_desk_file
from rag.settings import Home

LEAST_DAYS, MOST_DAYS = 1, 36500


class RecordKind(StrEnum):
    """What is kept for a time."""

    CONVERSATIONS = "conversations"
    CHECKS = "checks"
    PACKS = "packs"
    FEEDBACK = "feedback"
    TRACKER = "tracker notes"
    LINKS = "links"
    AUDIT = "audit trail"


_OLD = {
    RecordKind.CONVERSATIONS: ("conversations", "touched"),
    RecordKind.CHECKS: ("checks", "at"),
    RecordKind.PACKS: ("packs", "made"),
    RecordKind.FEEDBACK: ("feedback", "at"),
    RecordKind.TRACKER: ("tracked", "at"),
    RecordKind.LINKS: ("shares", "at"),
    RecordKind.AUDIT: ("audit", "at"),
}
"""The table of a kind, and the column by which its age is told: of a conversation, when it was last
gone on with."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long records of a kind are kept, in days; None where they are kept until deleted.

    `held` is how many there are, `due` how many of them are older than that.
    """

    kind: RecordKind
    days: int | None
    held: int
    due: int


class Retention:
    """The retention of a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used, and NotAllowed.
    """

    def __init__(
        self, home: Home, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._now = now
        self._database = open_desk_file(home)

    def preview(
        self, person: Person, trial: dict[RecordKind, int | None] | None = None
    ) -> tuple[RetentionRule, ...]:
        """The rule of each kind, and what it would let go now; with `trial`, as if it were set."""
        require(person, Permission.SET_RETENTION)
        days = self._days() | (trial or {})
        return tuple(self._rule(kind, days.get(kind)) for kind in RecordKind)

    def set(self, person: Person, kind: RecordKind, days: int | None) -> None:
        """Keep records of a kind for so many days, or, with None, until they are deleted.

        Nothing is let go by this. Raises SettingsError for a number that is none.
        """
        require(person, Permission.SET_RETENTION)
        if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
            raise SettingsError(f"Give a whole number of days, {LEAST_DAYS} to {MOST_DAYS:,}.")
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM retention WHERE kind = ?", (kind.value,))
            if days is not None:
                connection.execute("INSERT INTO retention VALUES (?, ?)", (kind.value, days))
            note(connection, person, Event.RETENTION, kind.value, str(days or ""))

    def apply(self, person: Person) -> dict[RecordKind, int]:
        """Let go for good of what is older than the rules say; how many of each kind."""
        require(person, Permission.SET_RETENTION)
        gone = {}
        with self._database.transaction() as connection:
            for kind, days in self._days().items():
                if days is not None and (count := _let_go(connection, kind, self._before(days))):
                    gone[kind] = count
                    note(connection, person, Event.EXPIRED, kind.value, str(count))
        return gone

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _days(self) -> dict[RecordKind, int | None]:
        rows = self._database.rows("SELECT kind, days FROM retention")
        return {RecordKind(kind): days for kind, days in rows}

    def _before(self, days: int) -> str:
        return (self._now().astimezone(UTC) - timedelta(days=days)).isoformat(timespec="seconds")

    def _rule(self, kind: RecordKind, days: int | None) -> RetentionRule:
        table, column = _OLD[kind]
        (held,) = self._database.row(f"SELECT count(*) FROM {table}") or (0,)
        due = 0
        if days is not None:
            before = (self._before(days),)
            (due,) = self._database.row(
                f"SELECT count(*) FROM {table} WHERE {column} < ?", before
            ) or (0,)
        return RetentionRule(kind, days, held, due)


def _let_go(connection: Connection, kind: RecordKind, before: str) -> int:
    table, column = _OLD[kind]
    if kind is not RecordKind.AUDIT:
        gone = connection.execute(f"DELETE FROM {table} WHERE {column} < ?", (before,))
        return int(gone.rowcount)
    # The trail stays in one piece: what is let go is its beginning, and the last seal is kept.
    last = connection.execute(
        "SELECT number, seal FROM audit WHERE number < coalesce("
        "(SELECT min(number) FROM audit WHERE at >= ?), (SELECT max(number) + 1 FROM audit)) "
        "ORDER BY number DESC LIMIT 1",
        (before,),
    ).fetchone()
    if last is None:
        return 0
    connection.execute("DELETE FROM audit_floor")
    connection.execute("INSERT INTO audit_floor VALUES (?, ?)", last)
    connection.execute("DELETE FROM audit_words WHERE number <= ?", last[:1])
    gone = connection.execute("DELETE FROM audit WHERE number <= ?", last[:1])
    return int(gone.rowcount)
