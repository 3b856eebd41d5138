"""Tokens by which a program acts for a person: kept by their digests alone, in a file of their own
that no backup holds.

A program may read, ask, check and prepare, whatever its person may do beside that.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from rag.access.people import LOCAL, Person
from rag.access.roles import Role
from rag.errors import UnknownToken
from rag.library.codec import storable
from rag.library.database import TableSet
from rag.library.databases.engines import open_database
from rag.saved.desk_file import open_desk_file
from rag.settings import Home, home_of

PREFIX = "scrutiny_"
LONGEST_DAYS = 365
SCHEMA = """
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, name TEXT NOT NULL,
    made TEXT NOT NULL, expires TEXT NOT NULL, withdrawn TEXT NOT NULL DEFAULT '');
"""
TABLES = TableSet("tokens", SCHEMA, 1, remedy="move it away and make the tokens anew")


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a list: whose it is (a key), what it is for, and when it was made, runs out and
    was withdrawn (ISO 8601, UTC; the last empty where it was not)."""

    id: str
    owner: str
    name: str
    made: str
    expires: str
    withdrawn: str


class Tokens:
    """The tokens of a library folder. Everything may raise LibraryError."""

    def __init__(
        self, home: Home, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = open_database(home, TABLES)
        self._people = open_desk_file(home)
        self._now = now
        file = home_of(home).folder / TABLES.file
        if file.exists():
            file.chmod(0o600)

    def make(self, name: str, *, email: str = "", days: int = 90) -> tuple[Token, str]:
        """A token for the person of an e-mail address, or for the one person of this computer; and
        its secret, which is not kept. Raises UnknownToken for an address of nobody."""
        owner, now = self._owner(email), self._now()
        secret = PREFIX + secrets.token_urlsafe(32)
        ends = now + timedelta(days=min(max(days, 1), LONGEST_DAYS))
        row = (secrets.token_hex(4), _digest(secret), owner, storable(name), _iso(now), _iso(ends))
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO tokens (id, digest, owner, name, made, expires) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        return Token(row[0], *row[2:], ""), secret

    def person(self, secret: str) -> Person | None:
        """Whom a secret stands for, as a reader; None for one that is unknown, has run out or was
        withdrawn, and where its person is shut out or erased."""
        row = self._database.row(
            "SELECT owner FROM tokens WHERE digest = ? AND withdrawn = '' AND expires > ?",
            (_digest(secret), _iso(self._now())),
        )
        if row is None:
            return None
        if row[0] == LOCAL.key:
            return Person(LOCAL.key, LOCAL.name, Role.READER)
        held = self._people.row(
            "SELECT key, name, email FROM people WHERE key = ? AND suspended = ''", (row[0],)
        )
        return Person(held[0], held[1], Role.READER, held[2]) if held else None

    def listed(self) -> tuple[Token, ...]:
        """Every token, the last made first."""
        rows = self._database.rows(
            "SELECT id, owner, name, made, expires, withdrawn FROM tokens "
            "ORDER BY made DESC, rowid DESC"
        )
        return tuple(_token(row) for row in rows)

    def withdraw(self, id: str) -> None:
        """Have a token open nothing any more. Raises UnknownToken."""
        with self._database.transaction() as connection:
            if not connection.execute(
                "UPDATE tokens SET withdrawn = ? WHERE id = ? AND withdrawn = ''",
                (_iso(self._now()), id),
            ).rowcount:
                raise UnknownToken(f"No token {id} is in force: `scrutiny token list` shows them.")

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
        self._people.close()

    def _owner(self, email: str) -> str:
        if not email:
            return LOCAL.key
        rows = self._people.rows(
            "SELECT key FROM people WHERE lower(email) = ? AND suspended = ''",
            (email.casefold(),),
        )
        if len(rows) != 1:
            raise UnknownToken(
                f"Nobody with the address {email} has logged in: they must once, on the web page."
            )
        return str(rows[0][0])


def _digest(secret: str) -> str:
    # As random as it is, it needs no slow hash.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _token(row: Sequence[Any]) -> Token:
    return Token(*map(str, row))
