"""Who has logged in: their roles, and what was everybody's given to the first administrator."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.access.login import Claims, Login, is_listed_administrator, role_of
from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission, Role
from rag.errors import NotAllowed
from rag.library.codec import now, storable
from rag.library.database import Connection
from rag.saved.audit import Event, note
from rag.saved.desk_file import open_desk_file
from rag.settings import Home

_FIELDS = "key, name, email, role, given, suspended, first_seen, last_seen"
OWNED = ("conversations", "checks", "packs", "feedback", "tracked")
"""The tables whose rows belong to somebody."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a list: `role` as it was when they were last seen (days, ISO 8601), `given` what
    an administrator gave them, `suspended` when they were shut out, or empty."""

    key: str
    name: str
    email: str
    role: Role
    given: Role | None
    suspended: str
    first_seen: str
    last_seen: str


class People:
    """The people in a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used.
    """

    def __init__(self, home: Home) -> None:
        self._database = open_desk_file(home)

    def arrive(self, claims: Claims, login: Login, *, window: str = "") -> Person:
        """The person of whom these things are said, with the role that they have now.

        Who comes for the first time is noted; the first administrator is given what was kept before
        anyone logged in. Raises NotAllowed for who may not come in.
        """
        row = self._database.row(
            f"SELECT {_FIELDS} FROM people WHERE subject = ?", (claims.subject,)
        )
        held = _member(row) if row else None
        role = role_of(claims, login, held.given if held else None)
        if held and held.suspended and not is_listed_administrator(claims, login):
            raise NotAllowed("You were shut out of this desk: ask one of its administrators.")
        if role is None:
            raise NotAllowed(
                "You are logged in, but have no role at this desk: ask one of its administrators."
            )
        name, email = storable(claims.name), storable(claims.email)
        today = now()[:10]
        if held and (held.name, held.email, held.role, held.last_seen) == (
            name, email, role, today,
        ):  # fmt: skip
            return Person(held.key, name, role, email, window)
        with self._database.transaction() as connection:
            (key,) = connection.execute(
                "INSERT INTO people (key, subject, name, email, role, first_seen, last_seen) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET "
                "name = excluded.name, email = excluded.email, role = excluded.role, "
                "last_seen = excluded.last_seen RETURNING key",
                (uuid.uuid4().hex, claims.subject, name, email, role.value, today, today),
            ).fetchone()
            person = Person(key, name, role, email, window)
            if role is Role.ADMINISTRATOR:
                _adopt(connection, person)
        return person

    def sign_in(self, person: Person) -> None:
        """Note that a person has logged in, once a visit."""
        with self._database.transaction() as connection:
            note(connection, person, Event.SIGNED_IN, "desk")

    def adopted(self, person: Person) -> int:
        """How many things that were everybody's were given to this person, because they were the
        first administrator; 0 for everyone else."""
        row = self._database.row(
            "SELECT item FROM audit WHERE actor = ? AND event = ? LIMIT 1",
            (person.key, Event.ADOPTED.value),
        )
        return int(row[0]) if row else 0

    def name_of(self, key: str) -> str:
        """What the person of a key is called; empty where nobody of that key is known."""
        if key == LOCAL.key:
            return LOCAL.name
        row = self._database.row("SELECT name FROM people WHERE key = ?", (key,))
        return str(row[0]) if row else ""

    def listed(self, person: Person) -> tuple[Member, ...]:
        """Everyone who has logged in, by name. Raises NotAllowed."""
        require(person, Permission.MANAGE_PEOPLE)
        rows = self._database.rows(f"SELECT {_FIELDS} FROM people ORDER BY lower(name), key")
        return tuple(map(_member, rows))

    def give_role(self, person: Person, key: str, role: Role | None) -> None:
        """Give another a role, or take the given one away. Raises NotAllowed."""
        self._change(
            person, key, "given = ?", role.value if role else "", Event.ROLE, role or "none"
        )

    def suspend(self, person: Person, key: str) -> None:
        """Shut another out, at once. Raises NotAllowed."""
        self._change(person, key, "suspended = ?", now(), Event.SUSPENDED)

    def readmit(self, person: Person, key: str) -> None:
        """Let another in again. Raises NotAllowed."""
        self._change(person, key, "suspended = ?", "", Event.READMITTED)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _change(
        self, person: Person, key: str, what: str, value: str, event: Event, words: str = ""
    ) -> None:
        require(person, Permission.MANAGE_PEOPLE)
        if key == person.key:
            raise NotAllowed("Nobody changes their own role: ask another administrator.")
        with self._database.transaction() as connection:
            found = connection.execute(f"UPDATE people SET {what} WHERE key = ?", (value, key))
            if not found.rowcount:
                raise NotAllowed("Nobody of that key is known: they may have been erased.")
            note(connection, person, event, "person", key, words)


def _adopt(connection: Connection, person: Person) -> None:
    """Give the first administrator what was kept before anyone logged in; once for all time."""
    done = connection.execute("SELECT 1 FROM audit WHERE event = ?", (Event.ADOPTED.value,))
    if done.fetchone():
        return
    count = 0
    for table in OWNED:
        given = connection.execute(
            f"UPDATE {table} SET owner = ? WHERE owner = ?", (person.key, LOCAL.key)
        )
        count += int(given.rowcount)
    # Noted even where there was nothing: what the command line keeps later stays where it is.
    note(connection, person, Event.ADOPTED, "what was kept before anyone logged in", str(count))


def _member(row: Sequence[Any]) -> Member:
    key, name, email, role, given, *rest = row
    return Member(key, name, email, Role(role), Role(given) if given else None, *rest)
