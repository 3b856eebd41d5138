"""What is watched and what was found there, kept in a file beside the library."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ingest.watching.links import PlaceKind
from rag.errors import WatchError
from rag.library.codec import now, storable
from rag.library.databases.engines import open_database
from rag.library.schema import WATCH_TABLES
from rag.settings import Home

MOST_TRIES = 3
"""How often a document that cannot be fetched is tried before it is given up."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, a feed or a page that is watched; `looked` is when it was last looked at (ISO 8601,
    UTC; empty for never), `problem` why that failed."""

    address: str
    kind: PlaceKind
    looked: str = ""
    problem: str = ""
    state: str = ""
    """What tells whether a folder has changed."""


class Watchlist:
    """The places of one library; several programs may use it at once. May raise LibraryError."""

    def __init__(self, home: Home) -> None:
        self._database = open_database(home, WATCH_TABLES)

    def add(self, address: str, kind: PlaceKind) -> bool:
        """Watch a place; whether it was not watched before."""
        with self._database.transaction() as connection:
            return bool(
                connection.execute(
                    "INSERT INTO places (address, kind, added) VALUES (?, ?, ?) "
                    "ON CONFLICT (address) DO NOTHING",
                    (storable(address), kind.value, now()),
                ).rowcount
            )

    def remove(self, address: str) -> None:
        """Watch a place no longer; what came from it stays. Raises WatchError for one that is not
        watched."""
        with self._database.transaction() as connection:
            if not connection.execute(
                "DELETE FROM places WHERE address = ?", (storable(address),)
            ).rowcount:
                raise WatchError(f"{address} is not watched: `scrutiny watch list` shows what is.")

    def places(self) -> tuple[Place, ...]:
        """What is watched, in the order in which it was added."""
        rows = self._database.rows(
            "SELECT address, kind, looked, problem, state FROM places ORDER BY added, address"
        )
        return tuple(Place(address, PlaceKind(kind), *rest) for address, kind, *rest in rows)

    def unseen(self, place: Place, links: Collection[str]) -> tuple[str, ...]:
        """Those of the links that are neither done nor given up, in their order."""
        rows = self._database.rows(
            "SELECT link FROM found WHERE address = ? AND (is_done = 1 OR tries >= ?)",
            (place.address, MOST_TRIES),
        )
        seen = {str(link) for (link,) in rows}
        return tuple(link for link in links if link not in seen)

    def note(self, place: Place, done: Collection[str], failed: Collection[str]) -> None:
        """Note what became of links."""
        rows = [(place.address, link, now(), int(link in done)) for link in (*done, *failed)]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO found (address, link, at, is_done, tries) VALUES (?, ?, ?, ?, 1) "
                "ON CONFLICT (address, link) DO UPDATE SET "
                "is_done = excluded.is_done, tries = found.tries + 1",
                rows,
            )

    def looked(self, place: Place, problem: str = "", state: str | None = None) -> None:
        """Note that a place was looked at, and why that failed."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE places SET looked = ?, problem = ?, state = coalesce(?, state) "
                "WHERE address = ?",
                (now(), storable(problem), state, place.address),
            )

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
