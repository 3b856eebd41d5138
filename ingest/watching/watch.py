"""Looks at what is watched, again and again, and takes in what is new there.

A folder is looked at often, and read when it has changed and come to rest; a feed or a page every
`SCRUTINY_WATCH_MINUTES`. What was taken in once is not fetched again; what cannot be fetched is
tried a few times. Nothing that goes from a place is removed from the library.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.events import IngestEvent, IngestOutcome, Status
from ingest.pipeline import TAKEN_IN, ingest
from ingest.reading.sandbox import ReaderPool
from ingest.sources.fetch import fetch
from ingest.sources.gather import ADDRESS, Fetch
from ingest.watching.links import Listing, PlaceKind, read_listing
from ingest.watching.watchlist import Place, Watchlist
from rag.errors import IngestError, LibraryLocked, Unreadable, WatchError
from rag.library.library import Library
from rag.logs import Event, log
from rag.settings import Settings
from rag.types import Stop

FOLDER_SECONDS = 30
"""How often a folder is looked at."""
SETTLED_SECONDS = 3.0
"""How long nothing in a folder must have changed: a file that is being copied is not read."""
MOST_FILES = 100_000
"""Of a folder that is watched."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at a place; `problem` says why it failed."""

    place: Place
    outcomes: tuple[IngestOutcome, ...] = ()
    problem: str = ""

    @property
    def taken_in(self) -> tuple[str, ...]:
        """The documents that are new or changed."""
        return tuple(each.document for each in self.outcomes if each.status in TAKEN_IN)


class Watcher:
    """Looks at the places of one library. Use it in a `with` block."""

    def __init__(
        self,
        settings: Settings,
        watchlist: Watchlist,
        library: Library,
        *,
        fetch: Fetch = fetch,
        stop: Stop = lambda: False,
    ) -> None:
        self._settings = settings
        self._watchlist = watchlist
        self._library = library
        self._fetch = fetch
        self._stop = stop
        # A feed is read as any document is: in a process that it may crash or hang without harm.
        self._readers = ReaderPool(settings, doing="Reading it", remedy="Watch another page.")

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *error: object) -> None:
        self._readers.close()

    def add(self, address: str) -> Place:
        """Watch a folder, a feed or a page; which it is, is found out by looking at it.

        Raises WatchError for a folder that is not there, IngestError for an address that cannot be
        fetched or lists nothing.
        """
        if address.casefold().startswith(ADDRESS):
            address = address.strip()
            place = Place(address, self._listing(address).kind)
        elif Path(address).expanduser().is_dir():
            place = Place(str(Path(address).expanduser().resolve()), PlaceKind.FOLDER)
        else:
            raise WatchError(
                f"There is no folder {address}: give a folder, or the web address of a feed or a "
                "page."
            )
        self._watchlist.add(place.address, place.kind)
        return place

    def look_at_due(self, now: datetime | None = None) -> Iterator[Look]:
        """Look at every place whose time has come; with no `now`, at all of them."""
        for place in self._watchlist.places():
            if self._stop():
                return
            if now is None or self._is_due(place, now):
                yield self.look(place)

    def look(self, place: Place) -> Look:
        """Look at a place, and take in what is new there."""
        started = time.monotonic()
        try:
            look = self._folder(place) if place.kind is PlaceKind.FOLDER else self._listed(place)
        except (IngestError, LibraryLocked, WatchError) as error:
            look = Look(place, problem=str(error))
            # A library that is being written to is no fault of the place: soon again.
            if not isinstance(error, LibraryLocked):
                self._watchlist.looked(place, str(error))
        log(
            Event.WATCHED,
            id=hashlib.sha256(place.address.encode()).hexdigest()[:12],
            kind=place.kind,
            failed=bool(look.problem),
            documents=len(look.outcomes),
            taken_in=len(look.taken_in),
            seconds=round(time.monotonic() - started, 2),
            words={"place": place.address, "problem": look.problem},
        )
        return look

    def _is_due(self, place: Place, now: datetime) -> bool:
        if not place.looked:
            return True
        every = timedelta(minutes=self._settings.watch_minutes)
        if place.kind is PlaceKind.FOLDER:
            every = timedelta(seconds=FOLDER_SECONDS)
        return now - datetime.fromisoformat(place.looked).astimezone(UTC) >= every

    # ------------------------------------------------------------ feeds and pages

    def _listing(self, address: str) -> Listing:
        fetched = self._fetch(address, self._settings)
        return self._readers.call(read_listing, fetched.data, fetched.url)

    def _listed(self, place: Place) -> Look:
        links = self._watchlist.unseen(place, self._listing(place.address).links)
        outcomes = self._ingest(links) if links else ()
        refused = {each.document for each in outcomes if each.status is Status.REFUSED}
        stopped = {each.document for each in outcomes if each.status is Status.STOPPED}
        # What could not be fetched is known by its address; what was, by the name of its file.
        failed = [link for link in links if link in refused]
        done = [] if stopped else [link for link in links if link not in refused]
        self._watchlist.note(place, done, failed)
        self._watchlist.looked(place)
        return Look(place, outcomes)

    # ------------------------------------------------------------ folders

    def _folder(self, place: Place) -> Look:
        state, changed = _state_of(Path(place.address))
        if state == place.state:
            self._watchlist.looked(place)
            return Look(place)
        if time.time() - changed < SETTLED_SECONDS:
            return Look(place)  # looked at again soon, when it has come to rest
        outcomes = self._ingest((place.address,))
        stopped = any(each.status is Status.STOPPED for each in outcomes)
        self._watchlist.looked(place, state=None if stopped else state)
        return Look(place, outcomes)

    def _ingest(self, sources: Sequence[str]) -> tuple[IngestOutcome, ...]:
        outcomes: list[IngestOutcome] = []

        def on_event(event: IngestEvent) -> None:
            if isinstance(event, IngestOutcome):
                outcomes.append(event)

        ingest(
            sources,
            self._settings,
            library=self._library,
            on_event=on_event,
            stop=self._stop,
            fetch=self._fetch,
        )
        return tuple(replace(each) for each in outcomes)


def _state_of(folder: Path) -> tuple[str, float]:
    """What tells whether a folder has changed, and when it last did (seconds since 1970)."""
    if not folder.is_dir():
        raise WatchError(
            f"The folder {folder} is not there: put it back, or watch it no longer "
            "(`scrutiny watch remove`)."
        )
    digest, latest = hashlib.sha256(), 0.0
    for count, (path, size, changed) in enumerate(_files(folder)):
        if count >= MOST_FILES:
            raise Unreadable(f"{folder} holds more than {MOST_FILES:,} files.", "Split it.")
        digest.update(f"{path}\0{size}\0{changed}\0".encode("utf-8", "surrogateescape"))
        latest = max(latest, changed)
    return digest.hexdigest(), latest


def _files(folder: Path) -> Iterator[tuple[str, int, float]]:
    """Path, size in bytes and time of the last change of each file in a folder, in one order."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(root, name)
            try:
                told = os.stat(path)
            except OSError:
                continue
            yield path, told.st_size, told.st_mtime
