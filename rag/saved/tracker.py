"""What a person noted of what they follow, kept from one meeting to the next."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.library.codec import now, storable, stored_text
from rag.packs.tracker import TrackedStatus, TrackerNote
from rag.saved.audit import Event, note
from rag.saved.desk_file import open_desk_file
from rag.settings import Home

LONGEST = 1000
"""Of what is noted of one item, in characters."""


class TrackerNotes:
    """The notes of one person in a library folder; several threads and programs may use it.

    Everything may raise LibraryError when the file cannot be used, and every change NotAllowed.
    """

    def __init__(self, home: Home, *, person: Person = LOCAL) -> None:
        self._database = open_desk_file(home)
        self._person = person

    def of(self, person: Person) -> TrackerNotes:
        """The notes of another person."""
        other = copy(self)
        other._person = person
        return other

    def on(self, council: str) -> Mapping[str, TrackerNote]:
        """What was noted of a council's items, by their keys."""
        rows = self._database.rows(
            "SELECT key, status, CAST(note AS BLOB), CAST(item AS BLOB), at FROM tracked "
            "WHERE owner = ? AND council = ? ORDER BY at DESC",
            (self._person.key, storable(council)),
        )
        notes: dict[str, TrackerNote] = {}
        for key, status, words, item, at in rows:
            known = status if status in set(TrackedStatus) else TrackedStatus.OPEN
            notes[key] = TrackerNote(
                TrackedStatus(known), stored_text(words), stored_text(item), at
            )
        return notes

    def keep(self, council: str, key: str, kept: TrackerNote) -> None:
        """Keep what is noted of an item; one that is open and has no words is forgotten."""
        require(self._person, Permission.PREPARE)
        words = storable(" ".join(kept.words.split())[:LONGEST])
        place = (self._person.key, storable(council), key)
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM tracked WHERE owner = ? AND council = ? AND key = ?", place
            )
            if words or kept.status is not TrackedStatus.OPEN:
                connection.execute(
                    "INSERT INTO tracked (owner, council, key, status, note, item, at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*place, kept.status.value, words, storable(kept.item), now()),
                )
            note(connection, self._person, Event.CHANGED, "tracker", key)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
