"""The audit trail: who did what to what, when. Entries are added and read, never changed.

An entry names its actor by key alone, and the words that were typed lie apart from it: a person and
their words can be erased while the trail stays whole.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rag.access.people import Person, require
from rag.access.roles import Permission
from rag.library.codec import now, storable
from rag.library.database import Connection
from rag.saved.desk_file import open_desk_file
from rag.settings import Home

MOST_SHOWN = 500
_LONGEST = 4000
"""Of the words of an entry, in characters."""


class Event(StrEnum):
    """What can happen, in the words in which it is shown."""

    SIGNED_IN = "logged in"
    ASKED = "asked"
    CHECKED = "checked"
    PREPARED = "prepared"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "brought back"
    ADDED = "added"
    DESCRIBED = "described"
    REMOVED = "removed"
    SHARED = "shared"
    WITHDREW = "withdrew a link to"
    OPENED = "opened by a link"
    MADE = "made"
    TOOK_BACK = "took back"
    EXPORTED = "exported"
    JUDGED = "gave feedback on"
    SEARCHED = "searched records for"
    ERASED = "erased"
    ADOPTED = "took over"
    ROLE = "gave a role to"
    SUSPENDED = "shut out"
    READMITTED = "let back in"
    RETENTION = "set retention of"
    EXPIRED = "let go by age"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened: at a moment (ISO 8601, UTC), by whom, to an item of a kind.

    `actor` is a person's key, `name` what they are called, empty once they are erased; `words` are
    what was typed, empty where nothing was or where it is erased.
    """

    number: int
    at: str
    actor: str
    name: str
    event: Event
    kind: str
    item: str
    words: str


def note(
    connection: Connection,
    person: Person,
    event: Event,
    kind: str,
    item: str = "",
    words: str = "",
) -> None:
    """Add an entry, within a transaction: with what it tells of, or not at all."""
    words, item = storable(words)[:_LONGEST], storable(item)
    salt = secrets.token_hex(8) if words else ""
    digest = _digest(salt, words)
    last = connection.execute("SELECT seal FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    last = last or connection.execute("SELECT seal FROM audit_floor").fetchone() or ("",)
    at = now()
    seal = _seal(last[0], at, person.key, event.value, kind, item, digest)
    (number,) = connection.execute(
        "INSERT INTO audit (at, actor, event, kind, item, digest, seal) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (at, person.key, event.value, kind, item, digest, seal),
    ).fetchone()
    if words:
        connection.execute("INSERT INTO audit_words VALUES (?, ?, ?)", (number, salt, words))


class AuditTrail:
    """The audit trail in a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used.
    """

    def __init__(self, home: Home) -> None:
        self._database = open_desk_file(home)

    def note(
        self, person: Person, event: Event, kind: str, item: str = "", words: str = ""
    ) -> None:
        """Add an entry for what was done elsewhere."""
        with self._database.transaction() as connection:
            note(connection, person, event, kind, item, words)

    def entries(
        self,
        person: Person,
        *,
        actor: str = "",
        event: Event | None = None,
        since: str = "",
        until: str = "",
        words: str = "",
        limit: int = MOST_SHOWN,
    ) -> tuple[AuditEntry, ...]:
        """What happened, the last first: by an actor's key, from and to a day (ISO 8601, both
        within), with words in what was typed, its item or its actor's name. Raises NotAllowed."""
        require(person, Permission.READ_AUDIT)
        where, values = _conditions(actor, event, since, until, words)
        rows = self._database.rows(
            f"{_ENTRIES} WHERE {where} ORDER BY audit.number DESC LIMIT ?", [*values, limit]
        )
        return tuple(_entry(*row) for row in rows)

    def whole(self, person: Person) -> Iterator[AuditEntry]:
        """Every entry, the first first, for an export, which is itself noted. Raises NotAllowed."""
        require(person, Permission.READ_AUDIT)
        self.note(person, Event.EXPORTED, "audit trail")
        rows = self._database.rows(f"{_ENTRIES} ORDER BY audit.number")
        return (_entry(*row) for row in rows)

    def fault(self) -> str:
        """What shows that somebody has changed the trail behind the program's back, or ""."""
        floor = self._database.row("SELECT number, seal FROM audit_floor") or (0, "")
        before, seal = int(floor[0]), str(floor[1])
        rows = self._database.rows(
            "SELECT audit.number, at, actor, event, kind, item, digest, seal, salt, words "
            "FROM audit LEFT JOIN audit_words USING (number) ORDER BY audit.number"
        )
        for number, *fields, digest, sealed, salt, words in rows:
            if number != before + 1:
                return f"Entries of the audit trail between {before} and {number} are gone."
            if sealed != _seal(seal, *fields, digest):
                return f"Entry {number} of the audit trail was changed."
            if words is not None and digest != _digest(salt, words):
                return f"The words of entry {number} of the audit trail were changed."
            before, seal = number, sealed
        last = self._database.row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
        if last and last[0] > before:
            return f"Entries of the audit trail after {before} are gone."
        return ""

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


_ENTRIES = (
    "SELECT audit.number, at, actor, coalesce(people.name, ''), event, kind, item, "
    "coalesce(words, '') FROM audit LEFT JOIN people ON people.key = actor "
    "LEFT JOIN audit_words ON audit_words.number = audit.number"
)


def _entry(
    number: int, at: str, actor: str, name: str, event: str, kind: str, item: str, words: str
) -> AuditEntry:
    return AuditEntry(number, at, actor, name, Event(event), kind, item, words)


def _conditions(
    actor: str, event: Event | None, since: str, until: str, words: str
) -> tuple[str, list[str]]:
    where: list[str] = ["TRUE"]
    values: list[str] = []
    if actor:
        where, values = [*where, "actor = ?"], [*values, actor]
    if event:
        where, values = [*where, "event = ?"], [*values, event.value]
    if since:
        where, values = [*where, "at >= ?"], [*values, since]
    if until:
        # A day is shorter than each moment of it, and sorts before them.
        where, values = [*where, "substr(at, 1, 10) <= ?"], [*values, until]
    for word in words.split()[:20]:
        where.append(
            "(instr(lower(coalesce(words, '')), ?) > 0 OR instr(lower(item), ?) > 0 "
            "OR instr(lower(coalesce(people.name, '')), ?) > 0)"
        )
        values += [word.lower()] * 3
    return " AND ".join(where), values


def _digest(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest() if words else ""


def _seal(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
