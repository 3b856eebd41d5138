"""Taking documents in beside the pages: one job at a time for a server, seen by everyone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    ReadingStarted,
)
from ingest.pipeline import ingest
from ingest.sources.upload import Given, Upload, called
from rag.errors import ScrutinyError
from rag.library.library import Library
from rag.settings import Settings
from ui.error_log import unforeseen

MOST_FILES = 50
MOST_MB = 1000
"""Of all files added at once, in MiB: they are held in memory until they are read."""
_MIB = 1024 * 1024


class Busy(ScrutinyError):
    """What is asked for is being done already, for this reader or another."""


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


@dataclass(frozen=True, slots=True)
class JobView:
    """A job at one moment; `done` of `total` documents have an outcome.

    `problem` is the sentence that says why the whole job failed; `totals` are there at its end.
    """

    running: bool
    stopping: bool
    lines: tuple[FileLine, ...]
    done: int
    total: int
    problem: str
    totals: IngestTotals | None
    seconds: float


class Ingest(Protocol):
    """`ingest.pipeline.ingest`."""

    def __call__(
        self,
        sources: Sequence[Given],
        settings: Settings,
        *,
        again: bool,
        on_event: Callable[[IngestEvent], None],
        stop: Callable[[], bool],
        library: Library,
    ) -> IngestTotals:
        """Take the sources in."""


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


class IngestJobs:
    """The job of a server, if there has been one. All methods may be called from any thread."""

    def __init__(self, take_in: Ingest = ingest) -> None:
        self._ingest = take_in
        self._lock = threading.Lock()
        self._job: _Job | None = None

    def start(
        self, sources: Sequence[Given], settings: Settings, library: Library, *, again: bool = False
    ) -> None:
        """Begin to take `sources` into `library`, and return at once.

        With `again`, what is held unchanged is read once more. Raises Busy while a job runs, and
        TooMuch for more or larger files than may be.
        """
        uploads = [(called(one), len(one.data)) for one in sources if isinstance(one, Upload)]
        if problem := limits_problem(uploads, settings.max_file_mb):
            raise TooMuch(problem)
        with self._lock:
            if self._job is not None and self._job.running:
                raise Busy("Documents are being added already: wait for them, or stop that first.")
            job = self._job = _Job(sources)
        target, arguments = self._run, (job, tuple(sources), settings, library, again)
        threading.Thread(target=target, args=arguments, daemon=True).start()

    def stop(self) -> None:
        """Have the running job end soon; nothing happens when none runs."""
        if self._job is not None:
            self._job.stop.set()

    def view(self) -> JobView | None:
        """The job as it stands, running or finished; None before the first."""
        job = self._job
        return None if job is None else job.view()

    def dismiss(self) -> None:
        """Forget a job that has finished; one that runs goes on."""
        with self._lock:
            if self._job is not None and not self._job.running:
                self._job = None

    def _run(
        self,
        job: _Job,
        sources: Sequence[Given],
        settings: Settings,
        library: Library,
        again: bool,
    ) -> None:
        try:
            totals = self._ingest(
                sources,
                settings,
                again=again,
                on_event=job.note,
                stop=job.stop.is_set,
                library=library,
            )
        except ScrutinyError as error:
            job.end(problem=str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, someone waits for the end
            job.end(problem=unforeseen(error, settings.library))
        else:
            job.end(totals=totals)


class _Job:
    """What has been heard of one job so far."""

    def __init__(self, sources: Sequence[Given]) -> None:
        self.stop = threading.Event()
        self._lock = threading.Lock()
        self._lines = {name: FileLine(name, FileState.WAITING) for name in map(called, sources)}
        self._done, self._total = 0, len(sources)
        self._problem = ""
        self._totals: IngestTotals | None = None
        self._began = time.monotonic()
        self._ended: float | None = None

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._ended is None

    def note(self, event: IngestEvent) -> None:
        """Take note of what the ingest tells."""
        with self._lock:
            match event:
                case IngestExpected(documents):
                    self._lines = {name: FileLine(name, FileState.WAITING) for name in documents}
                    self._total = len(documents)
                case ReadingStarted(document):
                    self._lines[document] = FileLine(document, FileState.READING)
                case IngestOutcome(document):
                    self._lines[document] = FileLine(document, FileState.DONE, event)
                case IngestProgress(done, total):
                    self._done, self._total = done, total

    def end(self, problem: str = "", totals: IngestTotals | None = None) -> None:
        """It has come to its end, well or badly."""
        with self._lock:
            self._problem, self._totals = problem, totals
            self._ended = time.monotonic()

    def view(self) -> JobView:
        """A snapshot of it."""
        with self._lock:
            return JobView(
                running=self.running,
                stopping=self.running and self.stop.is_set(),
                lines=tuple(self._lines.values()),
                done=self._done,
                total=self._total,
                problem=self._problem,
                totals=self._totals,
                seconds=(self._ended or time.monotonic()) - self._began,
            )
