"""Reads and prepares documents in other processes, some way ahead of what they are needed for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from ingest.prepare import Prepared, prepare, read_and_prepare
from ingest.reading.sandbox import ReaderPool, SourceBytes
from ingest.reading.scans import (
    CLEARER_SCAN,
    Lines,
    read_scan,
    scan_reading,
    with_scans_read,
)
from ingest.sources.gather import POLL_SECONDS
from ingest.types import ExtractedPages
from rag.errors import IngestError, Unreadable
from rag.settings import Settings
from rag.types import Stop

if TYPE_CHECKING:
    from pebble import ProcessFuture

READERS = 2
SCAN_READERS = 2
"""Processes that read scanned pages, one thread each: each takes 0.6 GB while it is at work."""
AHEAD = 4
"""Documents that are read or wait, ready, for the one who asked: what bounds the memory."""
_Task: TypeAlias = "ProcessFuture[Any]"


@dataclass(slots=True)
class _ScannedDocument:
    """A document whose scanned pages are being read, one task a page."""

    reading: ExtractedPages
    waiting: deque[int]
    total: int
    read: dict[int, Lines] = field(default_factory=dict)
    done: int = 0
    remedy: str = CLEARER_SCAN
    """What to do about pages that are left unread."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What a task is for: a whole document, or (with `scanned`) page `page` of it."""

    number: int
    source: SourceBytes
    begin: Callable[[], _Task]
    pool: ReaderPool
    scanned: _ScannedDocument | None = None
    page: int = 0


class ReadAhead(ReaderPool):
    """Prepares documents in the order in which they get ready; use it in a `with` block.

    `begun` is told the name of each as it is handed to a reader; `scanned` the name of one whose
    scanned pages are read by OCR, how many of them are, and how many there are. Once `stop` says
    so, nothing more is read, and the iteration ends.
    """

    def __init__(
        self,
        sources: Iterable[SourceBytes],
        settings: Settings,
        *,
        begun: Callable[[str], None] = lambda name: None,
        scanned: Callable[[str, int, int], None] = lambda name, done, total: None,
        stop: Stop = lambda: False,
    ) -> None:
        super().__init__(settings, workers=READERS)
        self._waiting = deque(enumerate(sources))
        self._started: dict[_Task, _Step] = {}
        self._begun = begun
        self._scanned = scanned
        self._stop = stop
        self._scan_reading = scan_reading(settings)
        self._scan_pool = ReaderPool(
            replace(
                settings,
                read_seconds=settings.ocr_seconds,
                read_memory_mb=settings.ocr_memory_mb,
            ),
            workers=SCAN_READERS,
            doing="Reading one of its scanned pages",
            remedy=CLEARER_SCAN,
        )

    def fill(self) -> None:
        """Hand sources to the readers, as many as may be ahead, and return at once."""
        while self._waiting and self._documents_ahead() < AHEAD and not self._stop():
            number, source = self._waiting.popleft()
            self._begun(source.name)
            begin = self._beginning(source)
            self._started[begin()] = _Step(number, source, begin, self)

    def __iter__(self) -> Iterator[tuple[int, Prepared | IngestError] | None]:
        """The number of a source, counted from 0, and what became of it.

        None comes whenever nothing else has come for a moment.
        """
        self.fill()
        while self._started and not self._stop():
            wait(self._started, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            done = [task for task in self._started if task.done()]
            for task in done:
                step = self._started.pop(task)
                outcome = self._next(step, self._outcome(task, step))
                self.fill()
                if outcome is not None:
                    yield step.number, outcome
            if not done:
                yield None

    def close(self) -> None:
        """End the readers at once, whatever they are at."""
        for task in self._started:
            task.cancel()  # type: ignore[no-untyped-call]
        super().close()
        self._scan_pool.close()

    def _documents_ahead(self) -> int:
        return len({step.number for step in self._started.values()})

    def _beginning(self, source: SourceBytes) -> Callable[[], _Task]:
        return lambda: self._start_preparing(source)

    def _start_preparing(self, source: SourceBytes) -> _Task:
        return self.start(read_and_prepare, source, self._settings.max_file_mb, self._scan_reading)

    def _outcome(self, task: _Task, step: _Step) -> Any:
        """What a task has come to, or the refusal that it ended in."""
        try:
            try:
                return step.pool.result(task)
            except BrokenProcessPool:
                # A reader died between two files, and the pool gave up all that were waiting.
                return step.pool.result(step.begin())
        except BrokenProcessPool:
            return Unreadable("Its reader was stopped.", "Ingest it again.")
        except IngestError as refusal:
            return refusal

    def _next(self, step: _Step, outcome: Any) -> Prepared | IngestError | None:
        """What became of a document; None while scanned pages of it are still to be read."""
        if step.scanned is not None:
            self._note_page(step, step.scanned, outcome)
            return None
        if isinstance(outcome, ExtractedPages):
            self._begin_scans(step, outcome)
            return None
        became: Prepared | IngestError = outcome
        return became

    # ------------------------------------------------------------ scanned pages

    def _begin_scans(self, step: _Step, reading: ExtractedPages) -> None:
        most = self._settings.ocr_pages
        scanned = _ScannedDocument(reading, deque(reading.scans[:most]), len(reading.scans[:most]))
        if len(reading.scans) > most:
            scanned.remedy = (
                f"It has {len(reading.scans):,} scanned pages, and {most:,} of a file are read: "
                "split it into parts, or raise SCRUTINY_OCR_PAGES."
            )
        self._scanned(step.source.name, 0, scanned.total)
        for _ in range(SCAN_READERS):
            self._begin_page(step, scanned)

    def _begin_page(self, step: _Step, scanned: _ScannedDocument) -> None:
        if not scanned.waiting:
            return
        page = scanned.waiting.popleft()
        form = scanned.reading.format

        def begin() -> _Task:
            return self._scan_pool.start(
                read_scan, step.source, form, page, self._settings.max_file_mb
            )

        task = begin()
        self._started[task] = _Step(step.number, step.source, begin, self._scan_pool, scanned, page)

    def _note_page(self, step: _Step, scanned: _ScannedDocument, outcome: Any) -> None:
        """Keep the lines of a page, and go on to the next, or to prepare what was read."""
        scanned.done += 1
        if isinstance(outcome, IngestError):
            scanned.remedy = str(outcome)
        else:
            scanned.read[step.page] = outcome
        self._scanned(step.source.name, scanned.done, scanned.total)
        self._begin_page(step, scanned)
        if scanned.done < scanned.total:
            return
        reading = with_scans_read(scanned.reading, scanned.read)

        def begin() -> _Task:
            return self.start(prepare, step.source, reading, scanned.remedy)

        self._started[begin()] = _Step(step.number, step.source, begin, self)
