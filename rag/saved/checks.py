"""Checks kept from one visit to the next: a text, and what the documents said of its claims."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.errors import UnknownCheck
from rag.library.codec import from_plain, plain, storable, stored_text
from rag.saved.audit import Event, note
from rag.saved.conversations import KEPT_DELETED, search_words, sought_form
from rag.saved.desk_file import open_desk_file
from rag.settings import Home
from rag.text.tokens import shortened
from rag.types import CheckedPart

DAMAGED = "This check was damaged on the disk and cannot be shown: check the text again."
_LONGEST_NAME = 90
"""Of a check in a list, which is named by how its text begins, in characters."""


@dataclass(frozen=True, slots=True)
class SavedCheck:
    """A text that was checked and what came of it: its parts, or why it could not be done.

    `at` is ISO 8601, UTC.
    """

    id: str
    at: str
    text: str
    parts: tuple[CheckedPart, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check in a list, named by how its text begins."""

    id: str
    name: str
    at: str


class SavedChecks:
    """The checks of one person in a library folder; several threads and programs may use them.

    Everything may raise LibraryError when the file cannot be used, and every change NotAllowed.
    """

    def __init__(self, home: Home, *, person: Person = LOCAL) -> None:
        self._database = open_desk_file(home)
        self._person = person
        self._forget_deleted()

    def of(self, person: Person) -> SavedChecks:
        """The checks of another person."""
        other = copy(self)
        other._person = person
        return other

    def keep(self, text: str, parts: Sequence[CheckedPart] = (), problem: str = "") -> SavedCheck:
        """Keep a check."""
        require(self._person, Permission.CHECK)
        check = SavedCheck(uuid.uuid4().hex, _moment(), storable(text), tuple(parts), problem)
        record = json.dumps([plain(part) for part in parts])
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO checks (id, owner, at, text, parts, problem, sought) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    check.id, self._person.key, check.at, check.text, record, storable(problem),
                    _words_of(check),
                ),
            )  # fmt: skip
            note(connection, self._person, Event.CHECKED, "text", check.id, check.text)
        return check

    def listed(self, search: str = "") -> tuple[CheckLine, ...]:
        """The checks that hold every word of `search` somewhere, newest first."""
        words = search_words(search)
        within = " AND instr(sought, ?) > 0" * len(words)
        rows = self._database.rows(
            "SELECT id, substr(text, 1, 400), at FROM checks "
            f"WHERE owner = ? AND deleted = ''{within} ORDER BY at DESC, rowid DESC",
            [self._person.key, *words],
        )
        return tuple(CheckLine(id, shortened(text, _LONGEST_NAME), at) for id, text, at in rows)

    def get(self, id: str) -> SavedCheck:
        """One check. Raises UnknownCheck."""
        row = self._database.row(
            "SELECT at, CAST(text AS BLOB), CAST(parts AS BLOB), problem FROM checks "
            "WHERE id = ? AND owner = ? AND deleted = ''",
            (id, self._person.key),
        )
        if row is None:
            raise _unknown()
        at, text, content, problem = row
        words = stored_text(text)
        try:
            parts = tuple(from_plain(CheckedPart, part) for part in json.loads(content))
        except (ValueError, TypeError):
            return SavedCheck(id, at, words, problem=DAMAGED)
        return SavedCheck(id, at, words, parts, problem)

    def delete(self, id: str) -> None:
        """Take a check away; `restore` undoes it. Raises UnknownCheck."""
        self._mark(id, _moment(), Event.DELETED, "deleted = ''")

    def restore(self, id: str) -> SavedCheck:
        """Undo a deletion. Raises UnknownCheck."""
        self._mark(id, "", Event.RESTORED, "deleted != ''")
        return self.get(id)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _mark(self, id: str, deleted: str, event: Event, only: str) -> None:
        require(self._person, Permission.CHECK)
        with self._database.transaction() as connection:
            found = connection.execute(
                f"UPDATE checks SET deleted = ? WHERE id = ? AND owner = ? AND {only}",
                (deleted, id, self._person.key),
            )
            if not found.rowcount:
                raise _unknown()
            note(connection, self._person, event, "check", id)

    def _forget_deleted(self) -> None:
        before = (datetime.now(UTC) - KEPT_DELETED).isoformat(timespec="microseconds")
        old = "deleted != '' AND deleted < ?"
        if self._database.row(f"SELECT 1 FROM checks WHERE {old}", (before,)):
            with self._database.transaction() as connection:
                connection.execute(f"DELETE FROM checks WHERE {old}", (before,))


def _moment() -> str:
    # Of one length, so that they sort as text.
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _words_of(check: SavedCheck) -> str:
    words = [check.text]
    for part in check.parts:
        if part.verdict:
            words += [part.verdict.explanation, *(c.quote for c in part.verdict.citations)]
    return sought_form(" ".join(words))


def _unknown() -> UnknownCheck:
    return UnknownCheck(
        "That check is not kept any more: it may have been deleted in another window. Check the "
        "text again."
    )
