"""Taking documents in beside the pages: one job at a time for a server, seen by everyone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
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
from ui.audit import note_ingested
from ui.web.jobs.background import BackgroundJob, Change, Stop

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


def after(state: IngestState, event: IngestEvent) -> IngestState:
    """How far an ingest has come once it has told of an event."""
    match event:
        case IngestExpected(documents):
            return replace(waiting(documents), done=state.done)
        case IngestProgress(done, total):
            return replace(state, done=done, total=total)
        case ReadingStarted(document):
            line = FileLine(document, FileState.READING)
        case PageReadByOcr(document):
            line = FileLine(document, FileState.READING, scanned=event)
        case IngestOutcome(document):
            line = FileLine(document, FileState.DONE, event)
    lines = {known.name: known for known in state.lines} | {line.name: line}
    return replace(state, lines=tuple(lines.values()))


def limits_problem(files: Sequence[tuple[str, int]], max_file_mb: int) -> str:
    """Why these files, by name and size in bytes, cannot be added at once; "" when they can."""
    if len(files) > MOST_FILES:
        return f"These are {len(files)} files. Add at most {MOST_FILES} at once."
    for name, size in files:
        if size > max_file_mb * _MIB:
            return f"{name} is larger than {max_file_mb} MiB. Split it into parts and add those."
    if sum(size for _, size in files) > MOST_MB * _MIB:
        return f"Together these are more than {MOST_MB:,} MiB. Add them in several goes."
    return ""


class IngestJobs(BackgroundJob[IngestState]):
    """The ingest of a server, if there has been one: seen by everyone, begun and ended by who may
    add documents. `take_in` is `ingest.pipeline.ingest`."""

    def __init__(self, take_in: Callable[..., IngestTotals] = ingest) -> None:
        super().__init__("Documents are being added already: wait for them, or stop that first.")
        self._ingest = take_in
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
        """Begin to take `sources` into `library`, and return at once.

        With `again`, what is held unchanged is read once more. Raises Busy while a job runs,
        TooMuch for more or larger files than may be, and NotAllowed.
        """
        self._allowed()
        changes = self._changes
        uploads = [
            (source_name(source), len(source.data))
            for source in sources
            if isinstance(source, Upload)
        ]
        if problem := limits_problem(uploads, settings.max_file_mb):
            raise TooMuch(problem)

        def note(event: IngestEvent) -> None:
            self.note(lambda state: after(state, event))
            if changes:
                note_ingested(changes.trail, changes.person, event)

        def work(stop: Stop) -> Change[IngestState]:
            totals = self._ingest(
                tuple(sources), settings, again=again, on_event=note, stop=stop, library=library
            )
            return lambda state: replace(state, totals=totals)

        self.begin(waiting([source_name(source) for source in sources]), work, settings.library)
