"""Making a pack beside the pages: one at a time for a server, seen by everyone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from rag.errors import PackStopped, ScrutinyError
from rag.library.library import Library
from rag.packs.build import OnProgress, PackProgress, Stop, build_pack
from rag.packs.request import PackSubject
from rag.packs.types import Pack
from rag.saved.packs import SavedPacks
from ui.error_log import unforeseen
from ui.web.jobs.chart_pictures import draw_ahead
from ui.web.jobs.ingest_job import Busy


@dataclass(frozen=True, slots=True)
class PackJobView:
    """A pack in the making at one moment.

    `number` is that of the pack once it is kept; `problem` says why there is none, `stopped` that
    it was stopped.
    """

    id: int
    subject: PackSubject
    running: bool = True
    stopping: bool = False
    progress: PackProgress | None = None
    number: int | None = None
    problem: str = ""
    stopped: bool = False
    seconds: float = 0.0


class BuildPack(Protocol):
    """`rag.packs.build.make_pack`."""

    def __call__(
        self,
        library: Library,
        subject: PackSubject,
        today: date,
        *,
        progress: OnProgress,
        stop: Stop,
    ) -> Pack:
        """Make a pack."""


class PackJobs:
    """The pack that a server makes, if it makes one. All methods may be called from any thread."""

    def __init__(
        self,
        library: Library,
        packs: SavedPacks,
        make: BuildPack = build_pack,
        *,
        ahead: Callable[[Pack], None] = draw_ahead,
    ) -> None:
        self._library, self._packs, self._make, self._ahead = library, packs, make, ahead
        self._lock = threading.Lock()
        self._view: PackJobView | None = None
        self._began = 0.0
        self._stop = threading.Event()

    def start(self, subject: PackSubject) -> int:
        """Begin to make a pack, and return at once with the number of the job. Raises Busy."""
        with self._lock:
            if self._view and self._view.running:
                raise Busy("Another pack is being made: wait for it, or stop it first.")
            self._stop = threading.Event()
            self._began = time.monotonic()
            self._view = PackJobView(time.time_ns(), subject)
            threading.Thread(target=self._run, args=(subject, self._stop), daemon=True).start()
            return self._view.id

    def stop(self) -> None:
        """Have the pack given up soon; nothing happens when none is being made."""
        self._stop.set()
        self._change(lambda view: replace(view, stopping=view.running))

    def view(self) -> PackJobView | None:
        """The job as it stands, running or finished; None before the first."""
        view = self._view
        if view and view.running:
            return replace(view, seconds=time.monotonic() - self._began)
        return view

    def dismiss(self) -> None:
        """Forget a job that has finished; one that runs goes on."""
        with self._lock:
            if self._view and not self._view.running:
                self._view = None

    def _run(self, subject: PackSubject, stop: threading.Event) -> None:
        try:
            made = self._make(
                self._library, subject, date.today(), progress=self._note, stop=stop.is_set
            )
            kept = self._packs.keep(made)
            self._ahead(kept.pack)
        except PackStopped:
            self._end(stopped=True)
        except ScrutinyError as error:
            self._end(problem=str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, someone waits for the end
            self._end(problem=unforeseen(error, self._library.folder))
        else:
            self._end(number=kept.number)

    def _note(self, progress: PackProgress) -> None:
        self._change(lambda view: replace(view, progress=progress))

    def _end(self, *, number: int | None = None, problem: str = "", stopped: bool = False) -> None:
        seconds = time.monotonic() - self._began
        self._change(
            lambda view: replace(
                view, running=False, stopping=False, number=number, problem=problem,
                stopped=stopped, seconds=seconds,
            )
        )  # fmt: skip

    def _change(self, change: Callable[[PackJobView], PackJobView]) -> None:
        with self._lock:
            if self._view:
                self._view = change(self._view)
