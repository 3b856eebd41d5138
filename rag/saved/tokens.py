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

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission, Role
from rag.errors import TooManyTokens, UnknownToken
from rag.library.codec import storable
from rag.library.database import TableSet
from rag.library.databases.engines import open_database
from rag.saved.audit import AuditTrail, Event
from rag.saved.desk_file import open_desk_file
from rag.settings import Home, home_of

PREFIX = "scrutiny_"
LONGEST_DAYS = 365
USUAL_DAYS = 90
MOST_OWN = 20
"""Tokens in force that a person makes for themselves."""
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
        self._trail = AuditTrail(home)
        self._now = now
        file = home_of(home).folder / TABLES.file
        if file.exists():
            file.chmod(0o600)

    def make(self, name: str, *, email: str = "", days: int = USUAL_DAYS) -> tuple[Token, str]:
        """A token for the person of an e-mail address, or for the one person of this computer; and
        its secret, which is not kept. Raises UnknownToken for an address of nobody."""
        return self._made(LOCAL, self._owner(email), name, days)

    def make_own(self, person: Person, name: str, days: int = USUAL_DAYS) -> tuple[Token, str]:
        """A token by which programs act for this person, and its secret, which is not kept.

        Raises NotAllowed, and TooManyTokens.
        """
        require(person, Permission.USE_PROGRAMS)
        if sum(not each.withdrawn for each in self.own(person)) >= MOST_OWN:
            raise TooManyTokens(
                f"You have {MOST_OWN} tokens in force: take back those that you do not need."
            )
        return self._made(person, person.key, name, days)

    def _made(self, by: Person, owner: str, name: str, days: int) -> tuple[Token, str]:
        now = self._now()
        secret = PREFIX + secrets.token_urlsafe(32)
        ends = now + timedelta(days=min(max(days, 1), LONGEST_DAYS))
        row = (secrets.token_hex(4), _digest(secret), owner, storable(name), _iso(now), _iso(ends))
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO tokens (id, digest, owner, name, made, expires) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
            self._trail.note(by, Event.MADE, "token", row[0], name)
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
        return tuple(map(_token, self._database.rows(f"{_TOKENS} {_LAST_FIRST}")))

    def own(self, person: Person) -> tuple[Token, ...]:
        """This person's tokens that have not run out, the last made first."""
        rows = self._database.rows(
            f"{_TOKENS} WHERE owner = ? AND expires > ? {_LAST_FIRST}",
            (person.key, _iso(self._now())),
        )
        return tuple(map(_token, rows))

    def withdraw(self, id: str) -> None:
        """Have a token open nothing any more. Raises UnknownToken."""
        if not self._withdrawn(LOCAL, id, "TRUE"):
            raise UnknownToken(f"No token {id} is in force: `scrutiny token list` shows them.")

    def withdraw_own(self, person: Person, id: str) -> None:
        """Have a token of this person's open nothing any more. Raises NotAllowed, and UnknownToken
        for one that is not theirs."""
        require(person, Permission.USE_PROGRAMS)
        if not self._withdrawn(person, id, "owner = ?", person.key):
            raise UnknownToken("No token of yours like that is in force.")

    def _withdrawn(self, by: Person, id: str, where: str, *values: str) -> bool:
        """Take a token back where it is in force; whether it was."""
        with self._database.transaction() as connection:
            done = connection.execute(
                f"UPDATE tokens SET withdrawn = ? WHERE id = ? AND withdrawn = '' AND {where}",
                (_iso(self._now()), id, *values),
            ).rowcount
            if done:
                self._trail.note(by, Event.TOOK_BACK, "token", id)
        return bool(done)

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
        self._people.close()
        self._trail.close()

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


_TOKENS = "SELECT id, owner, name, made, expires, withdrawn FROM tokens"
_LAST_FIRST = "ORDER BY made DESC, rowid DESC"


def _digest(secret: str) -> str:
    # As random as it is, it needs no slow hash.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _token(row: Sequence[Any]) -> Token:
    return Token(*map(str, row))
