"""Links by which a person lets others read what is theirs; each can be withdrawn.

A link gives reading and nothing else, of one thing, as it stands when it is read, only to who is
logged in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum

from rag.access.people import Person, require
from rag.access.roles import Permission
from rag.errors import UnknownShare
from rag.library.codec import now
from rag.saved.audit import Event, note
from rag.saved.desk_file import open_desk_file
from rag.settings import Home


class ShareKind(StrEnum):
    """What can be shared."""

    CONVERSATION = "conversation"
    CHECK = "check"
    PACK = "pack"


_HELD = {
    ShareKind.CONVERSATION: "SELECT 1 FROM conversations "
    "WHERE id = ? AND owner = ? AND deleted = ''",
    ShareKind.CHECK: "SELECT 1 FROM checks WHERE id = ? AND owner = ? AND deleted = ''",
    ShareKind.PACK: "SELECT 1 FROM packs WHERE CAST(number AS TEXT) = ? AND owner = ?",
}
"""Whether something is there and belongs to somebody."""


@dataclass(frozen=True, slots=True)
class Share:
    """A link to an item of a kind; `owner` is the key of whose it is, `at` when it was shared."""

    token: str
    kind: ShareKind
    item: str
    owner: str
    at: str


class Shares:
    """The links in a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used.
    """

    def __init__(self, home: Home) -> None:
        self._database = open_desk_file(home)

    def share(self, person: Person, kind: ShareKind, item: str) -> Share:
        """The link to something of this person's, made where there is none.

        Raises NotAllowed, and UnknownShare for what is not there or not theirs.
        """
        require(person, Permission.SHARE)
        with self._database.transaction() as connection:
            if not connection.execute(_HELD[kind], (item, person.key)).fetchone():
                raise _unknown()
            held = connection.execute(
                f"SELECT {_FIELDS} FROM shares WHERE kind = ? AND item = ? AND owner = ? "
                "AND withdrawn = ''",
                (kind.value, item, person.key),
            ).fetchone()
            if held:
                return _share(*held)
            made = Share(secrets.token_urlsafe(32), kind, item, person.key, now())
            connection.execute(
                "INSERT INTO shares (token, kind, item, owner, at) VALUES (?, ?, ?, ?, ?)",
                (made.token, kind.value, item, person.key, made.at),
            )
            note(connection, person, Event.SHARED, kind.value, item)
        return made

    def shared(self, person: Person, kind: ShareKind, item: str) -> Share | None:
        """The link to something of this person's, where there is one."""
        row = self._database.row(
            f"SELECT {_FIELDS} FROM shares WHERE kind = ? AND item = ? AND owner = ? "
            "AND withdrawn = ''",
            (kind.value, item, person.key),
        )
        return _share(*row) if row else None

    def withdraw(self, person: Person, kind: ShareKind, item: str) -> None:
        """Take the link to something of this person's back: it opens nothing from now on.

        Raises NotAllowed, and UnknownShare where there is none of theirs.
        """
        require(person, Permission.SHARE)
        with self._database.transaction() as connection:
            found = connection.execute(
                "UPDATE shares SET withdrawn = ? WHERE kind = ? AND item = ? AND owner = ? "
                "AND withdrawn = ''",
                (now(), kind.value, item, person.key),
            )
            if not found.rowcount:
                raise _unknown()
            note(connection, person, Event.WITHDREW, kind.value, item)

    def open(self, person: Person, token: str) -> Share:
        """What a link leads to, for whoever has it and is logged in.

        Raises NotAllowed, and UnknownShare for a link that is none or withdrawn, or whose end is
        gone.
        """
        require(person, Permission.READ)
        row = self._database.row(
            f"SELECT {_FIELDS} FROM shares WHERE token = ? AND withdrawn = ''", (token,)
        )
        if row is None:
            raise _unknown()
        share = _share(*row)
        if not self._database.row(_HELD[share.kind], (share.item, share.owner)):
            raise _unknown()
        return share

    def note_opened(self, person: Person, share: Share) -> None:
        """Note that somebody has opened a link, once a visit."""
        with self._database.transaction() as connection:
            note(connection, person, Event.OPENED, share.kind.value, share.item)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


_FIELDS = "token, kind, item, owner, at"


def _share(token: str, kind: str, item: str, owner: str, at: str) -> Share:
    return Share(token, ShareKind(kind), item, owner, at)


def _unknown() -> UnknownShare:
    return UnknownShare(
        "This link opens nothing: it was withdrawn, or what it led to was deleted. Ask whoever "
        "gave it to you."
    )
