"""Reads and prepares documents in other processes, some way ahead of what they are needed for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeAlias

from ingest.prepare import Prepared, read_and_prepare
from ingest.reading.sandbox import ReaderPool, SourceBytes
from ingest.sources.gather import POLL_SECONDS, Stop
from rag.errors import IngestError, Unreadable
from rag.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessFuture

READERS = 2
AHEAD = 4
"""Documents that are read or wait, ready, for the one who asked: what bounds the memory."""
_Task: TypeAlias = "ProcessFuture[Prepared]"


class ReadAhead(ReaderPool):
    """Prepares documents in the order in which they get ready; use it in a `with` block.

    `begun` is told the name of each as it is handed to a reader. Once `stop` says so, nothing more
    is read, and the iteration ends.
    """

    def __init__(
        self,
        sources: Iterable[SourceBytes],
        settings: Settings,
        *,
        begun: Callable[[str], None] = lambda name: None,
        stop: Stop = lambda: False,
    ) -> None:
        super().__init__(settings, workers=READERS)
        self._waiting = deque(enumerate(sources))
        self._started: dict[_Task, tuple[int, SourceBytes]] = {}
        self._begun = begun
        self._stop = stop

    def fill(self) -> None:
        """Hand sources to the readers, as many as may be ahead, and return at once."""
        while self._waiting and len(self._started) < AHEAD and not self._stop():
            number, source = self._waiting.popleft()
            self._begun(source.name)
            self._started[self._start_preparing(source)] = number, source

    def __iter__(self) -> Iterator[tuple[int, Prepared | IngestError] | None]:
        """The number of a source, counted from 0, and what became of it.

        None comes whenever nothing else has come for a moment.
        """
        self.fill()
        while self._started and not self._stop():
            wait(self._started, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            done = [task for task in self._started if task.done()]
            for task in done:
                number, source = self._started.pop(task)
                self.fill()
                yield number, self._outcome(task, source)
            if not done:
                yield None

    def close(self) -> None:
        """End the readers at once, whatever they are at."""
        for task in self._started:
            task.cancel()  # type: ignore[no-untyped-call]
        super().close()

    def _start_preparing(self, source: SourceBytes) -> _Task:
        return self.start(read_and_prepare, source, self._settings.max_file_mb)

    def _outcome(self, task: _Task, source: SourceBytes) -> Prepared | IngestError:
        try:
            try:
                return self.result(task)
            except BrokenProcessPool:
                # A reader died between two files, and the pool gave up all that were waiting.
                return self.result(self._start_preparing(source))
        except BrokenProcessPool:
            return Unreadable("Its reader was stopped.", "Ingest it again.")
        except IngestError as refusal:
            return refusal
