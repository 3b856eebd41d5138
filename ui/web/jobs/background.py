"""Work beside the pages, in threads of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from rag.errors import ScrutinyError
from rag.types import Stop
from ui.error_log import unforeseen
from ui.wording.translation import tr

Progress = TypeVar("Progress")
Change = Callable[[Progress], Progress]


class Busy(ScrutinyError):
    """What is asked for is being done already, for this reader or another."""


@dataclass(frozen=True, slots=True)
class JobView(Generic[Progress]):
    """A job at one moment: how far it has come, and `problem`, which says why it failed."""

    progress: Progress
    id: int = 0
    running: bool = True
    stopping: bool = False
    problem: str = ""
    seconds: float = 0.0


@dataclass(eq=False, slots=True)
class _Job(Generic[Progress]):
    """What every copy shares: the job as it stands, and what ends it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = 0.0
    view: JobView[Progress] | None = None


class BackgroundJob(Generic[Progress]):
    """The job of a server, if there has been one: one at a time.

    All methods may be called from any thread. `busy` says what to do while one runs. A copy stands
    for the same job.
    """

    def __init__(self, busy: str) -> None:
        self._busy = busy
        self._job: _Job[Progress] = _Job()

    def begin(
        self, progress: Progress, work: Callable[[Stop], Change[Progress]], library: Path
    ) -> int:
        """Have `work` done, which asks whether to stop; the number of the job, at once.

        What `work` returns changes the progress at its end. What nobody foresaw is logged in the
        folder `library`. Raises Busy while a job runs.
        """
        job = self._job
        with job.lock:
            if job.view and job.view.running:
                raise Busy(tr(self._busy))
            job.stop = stop = threading.Event()
            job.began = time.monotonic()
            job.view = JobView(progress, time.time_ns())
            threading.Thread(target=self._run, args=(work, stop, library), daemon=True).start()
            return job.view.id

    def note(self, change: Change[Progress]) -> None:
        """Change how far the job has come."""
        self._change(lambda view: replace(view, progress=change(view.progress)))

    def stop(self) -> None:
        """Have the running job end soon; nothing happens when none runs."""
        self._job.stop.set()
        self._change(lambda view: replace(view, stopping=view.running))

    def view(self) -> JobView[Progress] | None:
        """The job as it stands, running or finished; None before the first."""
        view = self._job.view
        if view and view.running:
            return replace(view, seconds=time.monotonic() - self._job.began)
        return view

    def dismiss(self) -> None:
        """Forget a job that has finished; one that runs goes on."""
        with self._job.lock:
            if self._job.view and not self._job.view.running:
                self._job.view = None

    def _run(
        self, work: Callable[[Stop], Change[Progress]], stop: threading.Event, library: Path
    ) -> None:
        changes: list[Change[Progress]] = []
        problem = problem_of(lambda: changes.append(work(stop.is_set)), library)
        seconds = time.monotonic() - self._job.began

        def ended(view: JobView[Progress]) -> JobView[Progress]:
            progress = changes[0](view.progress) if changes else view.progress
            return JobView(progress, view.id, running=False, problem=problem, seconds=seconds)

        self._change(ended)

    def _change(self, change: Change[JobView[Progress]]) -> None:
        with self._job.lock:
            if self._job.view:
                self._job.view = change(self._job.view)


def problem_of(task: Callable[[], object], library: Path | None = None) -> str:
    """Run a task; why it failed, in a sentence, and "" where it did not."""
    try:
        task()
    except ScrutinyError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, someone waits for the end
        return unforeseen(error, library)
    return ""


def in_background(task: Callable[[], object]) -> threading.Thread:
    """Run `task` ahead of need; what goes wrong in it is told when it is needed."""

    def quietly() -> None:
        with suppress(ScrutinyError):
            task()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    return thread
