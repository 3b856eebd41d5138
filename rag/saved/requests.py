"""Requests of the law: everything about one person exported or erased, and records searched for
words (freedom of information). All of it is for an administrator, and is itself noted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.errors import NotAllowed
from rag.library.database import Connection
from rag.records.answers import Record
from rag.saved.audit import Event, note
from rag.saved.conversations import search_words, sought_form
from rag.saved.desk_file import open_desk_file
from rag.saved.people import OWNED
from rag.settings import Home

MOST_FOUND = 1000


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that holds what was searched for: whose (a key, and the name, empty when erased), of
    which kind, when (ISO 8601, UTC), and how it begins."""

    owner: str
    name: str
    kind: str
    item: str
    at: str
    words: str


class Requests:
    """The requests that are answered from a library folder.

    Everything may raise LibraryError when the file cannot be used, and NotAllowed.
    """

    def __init__(self, home: Home) -> None:
        self._database = open_desk_file(home)

    def about(self, person: Person, key: str) -> Record:
        """Everything that is kept about one person, as a dictionary for JSON.

        What they deleted and is not gone yet is in it too. Raises NotAllowed for a key of nobody.
        """
        require(person, Permission.ANSWER_REQUESTS)
        with self._database.transaction() as connection:
            who = _known(connection, key)
            note(connection, person, Event.EXPORTED, "everything about a person", key)
            return {"person": who} | {
                name: _records(connection, query, key) for name, query in _ABOUT.items()
            }

    def erase(self, person: Person, key: str) -> dict[str, int]:
        """Erase everything about one person for good; how many records of each kind.

        That they did something stays in the audit trail, without their name and words. Raises
        NotAllowed for a key of nobody, and for one's own.
        """
        require(person, Permission.ANSWER_REQUESTS)
        if key in (person.key, LOCAL.key):
            raise NotAllowed("Nobody erases themselves: ask another administrator.")
        counts = {}
        # What is deleted is written over, so that it does not lie about in the file.
        self._database.write_over_deleted()
        with self._database.transaction() as connection:
            _known(connection, key)
            for table in (*OWNED, "shares", "visits"):
                gone = connection.execute(f"DELETE FROM {table} WHERE owner = ?", (key,))
                counts["links" if table == "shares" else table] = int(gone.rowcount)
            gone = connection.execute(
                "DELETE FROM audit_words "
                "WHERE number IN (SELECT number FROM audit WHERE actor = ?)",
                (key,),
            )
            counts["words in the audit trail"] = int(gone.rowcount)
            connection.execute("DELETE FROM people WHERE key = ?", (key,))
            note(connection, person, Event.ERASED, "everything about a person", key)
        return counts

    def search(self, person: Person, words: str) -> tuple[FoundRecord, ...]:
        """The records of everyone that hold every one of some words, newest first; never more than
        MOST_FOUND of a kind."""
        require(person, Permission.ANSWER_REQUESTS)
        sought = search_words(words)
        if not sought:
            return ()
        with self._database.transaction() as connection:
            note(connection, person, Event.SEARCHED, "words", words=words)
            found = list(_holding(connection, sought))
        return tuple(sorted(found, key=lambda record: record.at, reverse=True))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


_ABOUT = {
    "conversations": "SELECT id, name, begun, touched, deleted FROM conversations WHERE owner = ?",
    "questions": "SELECT conversation, at, question, answer, problem FROM turns WHERE conversation "
    "IN (SELECT id FROM conversations WHERE owner = ?) ORDER BY id",
    "checks": "SELECT id, at, text, parts, problem, deleted FROM checks WHERE owner = ?",
    "packs": "SELECT number, subject, council, made, pack, arrangement FROM packs WHERE owner = ?",
    "feedback": "SELECT id, at, judged, note, answer FROM feedback WHERE owner = ?",
    "tracker": "SELECT council, key, status, note, item, at FROM tracked WHERE owner = ?",
    "visits": "SELECT at, before FROM visits WHERE owner = ?",
    "links": "SELECT kind, item, at, withdrawn FROM shares WHERE owner = ?",
    "audit": "SELECT audit.number, at, event, kind, item, words FROM audit LEFT JOIN audit_words "
    "USING (number) WHERE actor = ? ORDER BY audit.number",
}
_JSON = ("answer", "parts", "pack", "arrangement")
"""The columns that hold JSON."""
_NAME = "(SELECT name FROM people WHERE key = owner)"
_QUESTIONS = (
    f"SELECT owner, coalesce({_NAME}, ''), 'question', conversation, "
    "CASE at WHEN '' THEN touched ELSE at END, question, turns.sought "
    "FROM turns JOIN conversations ON conversations.id = conversation"
)
_CHECKS = (
    f"SELECT owner, coalesce({_NAME}, ''), 'check', id, at, substr(text, 1, 400), sought "
    "FROM checks"
)
_PACKS = (
    f"SELECT owner, coalesce({_NAME}, ''), 'pack', CAST(number AS TEXT), made, subject, "
    "subject || ' ' || pack || ' ' || arrangement FROM packs"
)
_FEEDBACK = f"SELECT owner, coalesce({_NAME}, ''), 'feedback', id, at, note, note FROM feedback"
_TRACKED = (
    f"SELECT owner, coalesce({_NAME}, ''), 'tracker', key, at, substr(note, 1, 400), "
    "council || ' ' || note || ' ' || item FROM tracked"
)
_NUMBERED = re.compile(r"\\u([0-9a-f]{4})")
"""A letter that JSON writes as a number."""


def _holding(connection: Connection, words: list[str]) -> Iterator[FoundRecord]:
    for query in (_QUESTIONS, _CHECKS, _PACKS, _FEEDBACK, _TRACKED):
        found = 0
        for *record, text in connection.execute(query):
            if found < MOST_FOUND and _holds(text, words):
                found += 1
                yield FoundRecord(*record)


def _holds(text: str, words: list[str]) -> bool:
    sought = sought_form(_NUMBERED.sub(lambda letter: chr(int(letter[1], 16)), text))
    return all(word in sought for word in words)


def _known(connection: Connection, key: str) -> Record:
    """What is known of a person. Raises NotAllowed for a key of nobody."""
    if key == LOCAL.key:
        return {"key": LOCAL.key, "name": LOCAL.name}
    found = _records(
        connection,
        "SELECT key, subject, name, email, role, given, suspended, first_seen, last_seen "
        "FROM people WHERE key = ?",
        key,
    )
    if not found:
        raise NotAllowed("Nobody of that key is known: they may have been erased already.")
    return found[0]


def _records(connection: Connection, query: str, key: str) -> list[Record]:
    rows = connection.execute(query, (key,))
    names = [column[0] for column in rows.description]
    records = []
    for row in rows:
        named = zip(names, row, strict=True)
        records.append({name: _plain(name, value) for name, value in named})
    return records


def _plain(name: str, value: Any) -> Any:
    if name not in _JSON or value is None:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return str(value)
