"""When each person was here last, so that what is new since then can be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta

from rag.access.people import LOCAL, Person
from rag.saved.desk_file import open_desk_file
from rag.settings import Home
from rag.types import Document

APART = timedelta(minutes=30)
"""A visit that begins sooner after the last sign of the one before goes on with it: a page that is
loaded anew must not make what is new old."""


class Visits:
    """The visits of one person. Everything may raise LibraryError when the file cannot be used."""

    def __init__(
        self,
        home: Home,
        *,
        person: Person = LOCAL,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = open_desk_file(home)
        self._person = person
        self._now = now

    def of(self, person: Person) -> Visits:
        """The visits of another person."""
        other = copy(self)
        other._person = person
        return other

    def begin(self) -> str:
        """Note that the person is here; the moment of the visit before (ISO 8601, UTC), and "" at
        the first."""
        now = self._now().astimezone(UTC)
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT at, before FROM visits WHERE owner = ?", (self._person.key,)
            ).fetchone()
            at, before = row or ("", "")
            if at and now - datetime.fromisoformat(at) >= APART:
                before = at
            connection.execute(
                "INSERT INTO visits (owner, at, before) VALUES (?, ?, ?) ON CONFLICT (owner) "
                "DO UPDATE SET at = excluded.at, before = excluded.before",
                (self._person.key, now.isoformat(timespec="seconds"), before),
            )
        return str(before)


def new_since(documents: Sequence[Document], since: str) -> tuple[Document, ...]:
    """The documents that were taken in after a moment, the last first; none for no moment."""
    if not since:
        return ()
    new = [document for document in documents if document.added > since]
    return tuple(sorted(new, key=lambda document: (document.added, document.name), reverse=True))
