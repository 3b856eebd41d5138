"""Taking documents in beside the pages: what readers add is taken in one after another, seen by
everyone."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestTotals,
    PageReadByOcr,
    ReadingStarted,
)
from ingest.pipeline import ingest
from ingest.sources.upload import IngestSource, Upload, source_name
from rag.errors import ScrutinyError
from rag.library.library import Library
from rag.saved.library_changes import LibraryChanges
from rag.settings import Settings
from rag.types import Stop
from ui.audit import note_ingested
from ui.web.jobs.background import BackgroundJob, Busy, Change, problem_of
from ui.wording.translation import N_, tr

MOST_FILES = 50
MOST_MB = 1000
"""Of all files added at once, in MiB: they are held in memory until they are read."""
_MIB = 1024 * 1024


class TooMuch(ScrutinyError):
    """More or larger files than may be added at once."""


class FileState(StrEnum):
    """How far a document has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FileLine:
    """A document of a job; `outcome` says what became of it once it is done."""

    name: str
    state: FileState
    outcome: IngestOutcome | None = None
    scanned: PageReadByOcr | None = None
    """How far the reading of its scanned pages has come."""


@dataclass(frozen=True, slots=True)
class IngestState:
    """How far an ingest has come: `done` of `total` documents have an outcome.

    `totals` are there at its end.
    """

    lines: tuple[FileLine, ...]
    done: int = 0
    total: int = 0
    totals: IngestTotals | None = None


def waiting(names: Sequence[str]) -> IngestState:
    """What an ingest of these documents begins with."""
    lines = tuple(FileLine(name, FileState.WAITING) for name in dict.fromkeys(names))
    return IngestState(lines, total=len(names))


def after(state: IngestState, event: IngestEvent, asked: Sequence[str] = ()) -> IngestState:
    """How far an ingest has come once it has told of an event; `asked` is what it was given, which
    waits under these names until it says what that is."""
    lines = {line.name: line for line in state.lines}
    match event:
        case IngestExpected(documents):
            for name in asked:
                lines.pop(name, None)
            lines |= {name: FileLine(name, FileState.WAITING) for name in documents}
        case ReadingStarted(document):
            lines[document] = FileLine(document, FileState.READING)
        case PageReadByOcr(document):
            lines[document] = FileLine(document, FileState.READING, scanned=event)
        case IngestOutcome(document):
            lines[document] = FileLine(document, FileState.DONE, event)
    done = sum(1 for line in lines.values() if line.state is FileState.DONE)
    return replace(state, lines=tuple(lines.values()), done=done, total=len(lines))


def joined(state: IngestState, names: Sequence[str]) -> IngestState:
    """How far an ingest has come once more was put behind it."""
    return after(state, IngestExpected(tuple(dict.fromkeys(names))))


def summed(state: IngestState, totals: IngestTotals) -> IngestState:
    """How far an ingest has come once a part of it has ended with these sums."""
    before = state.totals or IngestTotals()
    added = IngestTotals(
        dict(Counter(before.counts) + Counter(totals.counts)),
        before.passages + totals.passages,
        before.pages + totals.pages,
        before.seconds + totals.seconds,
    )
    return replace(state, totals=added)


def limits_problem(files: Sequence[tuple[str, int]], max_file_mb: int) -> str:
    """Why these files, by name and size in bytes, cannot be added at once; "" when they can."""
    if len(files) > MOST_FILES:
        return tr("These are {} files. Add at most {} at once.").format(len(files), MOST_FILES)
    for name, size in files:
        if size > max_file_mb * _MIB:
            return tr("{} is larger than {} MiB. Split it into parts and add those.").format(
                name, max_file_mb
            )
    if sum(size for _, size in files) > MOST_MB * _MIB:
        return tr("Together these are more than {:,} MiB. Add them in several goes.").format(
            MOST_MB
        )
    return ""


@dataclass(frozen=True, slots=True)
class _Request:
    """What somebody has asked to have taken in, and on whose behalf."""

    sources: tuple[IngestSource, ...]
    settings: Settings
    library: Library
    again: bool
    changes: LibraryChanges | None

    @property
    def names(self) -> list[str]:
        return [source_name(source) for source in self.sources]

    @property
    def uploads(self) -> list[tuple[str, int]]:
        """The files that are held in memory: names and sizes in bytes."""
        files = (source for source in self.sources if isinstance(source, Upload))
        return [(source_name(file), len(file.data)) for file in files]


@dataclass(eq=False, slots=True)
class _Line:
    """What waits, and whether somebody is at work on it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    requests: deque[_Request] = field(default_factory=deque)
    is_worked_on: bool = False


class IngestJobs(BackgroundJob[IngestState]):
    """The ingest of a server, if there has been one: seen by everyone, begun and ended by who may
    add documents. What is added while one runs is taken in after it. `take_in` is
    `ingest.pipeline.ingest`."""

    def __init__(self, take_in: Callable[..., IngestTotals] = ingest) -> None:
        super().__init__(
            N_("Documents are being added already: wait for them, or stop that first.")
        )
        self._ingest = take_in
        self._line = _Line()
        self._changes: LibraryChanges | None = None

    def of(self, changes: LibraryChanges) -> IngestJobs:
        """The same jobs, on behalf of the person whose changes these are."""
        other = copy(self)
        other._changes = changes
        return other

    def stop(self) -> None:
        """Have the running job end soon. Raises NotAllowed."""
        self._allowed()
        super().stop()

    def dismiss(self) -> None:
        """Forget a job that has finished. Raises NotAllowed."""
        self._allowed()
        super().dismiss()

    def _allowed(self) -> None:
        if self._changes:
            self._changes.may_add()

    def start(
        self,
        sources: Sequence[IngestSource],
        settings: Settings,
        library: Library,
        *,
        again: bool = False,
    ) -> None:
        """Begin to take `sources` into `library`, or put them behind those that are being taken
        in, and return at once.

        With `again`, what is held unchanged is read once more. Raises TooMuch for more or larger
        files than may be, and NotAllowed.
        """
        self._allowed()
        request = _Request(tuple(sources), settings, library, again, self._changes)
        if problem := limits_problem(request.uploads, settings.max_file_mb):
            raise TooMuch(problem)
        line = self._line
        with line.lock:
            if line.requests and _size([*line.requests, request]) > MOST_MB * _MIB:
                raise TooMuch(tr("Much is waiting to be added: add these when that has ended."))
            line.requests.append(request)
            if line.is_worked_on:
                self.note(lambda state: joined(state, request.names))
                return
            line.is_worked_on = True
            self._begin(request)

    def _begin(self, request: _Request) -> None:
        while True:
            try:
                self.begin(waiting(request.names), self._work, request.settings.library)
            except Busy:
                time.sleep(_ENDING_SECONDS)  # the one before has nothing left but to end
            else:
                return

    def _work(self, stop: Stop) -> Change[IngestState]:
        """Take in what waits, one request after another, until nothing does."""
        problems: list[str] = []
        while requests := self._next():
            take_in = partial(self._take_in, requests, stop)
            problems += filter(None, [problem_of(take_in, requests[0].settings.library)])
        if problems:
            raise ScrutinyError(" ".join(dict.fromkeys(problems)))
        return lambda state: state

    def _next(self) -> list[_Request]:
        """The request whose turn it is, and those behind it that can be taken in with it."""
        with self._line.lock:
            taken: list[_Request] = []
            while self._line.requests and _goes_with(self._line.requests[0], taken):
                taken.append(self._line.requests.popleft())
            self._line.is_worked_on = bool(taken)
            return taken

    def _take_in(self, requests: Sequence[_Request], stop: Stop) -> None:
        first, names = requests[0], [name for request in requests for name in request.names]
        added_by = {name: request.changes for request in requests for name in request.names}

        def note(event: IngestEvent) -> None:
            self.note(lambda state: after(state, event, names))
            document = event.document if isinstance(event, IngestOutcome) else ""
            if changes := added_by.get(document, first.changes):
                note_ingested(changes.trail, changes.person, event)

        totals = self._ingest(
            tuple(source for request in requests for source in request.sources),
            first.settings,
            again=first.again,
            on_event=note,
            stop=stop,
            library=first.library,
        )
        self.note(lambda state: summed(state, totals))


def _goes_with(request: _Request, others: Sequence[_Request]) -> bool:
    """Whether a request can be taken in at once with others: files that were uploaded, under names
    of their own."""
    if not others:
        return True
    names = {name for other in others for name in other.names}
    return all(
        (
            all(isinstance(source, Upload) for one in (request, *others) for source in one.sources),
            names.isdisjoint(request.names),
            request.again == others[0].again,
            len(names) + len(request.names) <= MOST_FILES,
        )
    )


def _size(requests: Sequence[_Request]) -> int:
    return sum(size for request in requests for _, size in request.uploads)


_ENDING_SECONDS = 0.01
