"""Making packs beside the pages: one at a time for a server, those asked for meanwhile after it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from rag.access.people import LOCAL
from rag.errors import PackStopped
from rag.library.library import Library
from rag.packs.build import PackProgress, build_pack
from rag.packs.request import PackSubject
from rag.packs.types import Pack
from rag.saved.packs import SavedPacks
from rag.types import Stop
from ui.pack_service import pack_turns
from ui.turns import Turns
from ui.web.jobs.background import BackgroundJob, Change, JobView
from ui.web.jobs.chart_pictures import draw_ahead


@dataclass(frozen=True, slots=True)
class PackState:
    """How far a pack has come: at which step it is, its number once it is kept, or that it was
    stopped. So many packs of anyone are made before it, and so many of its maker's after it."""

    subject: PackSubject
    step: PackProgress | None = None
    number: int | None = None
    stopped: bool = False
    ahead: int = 0
    behind: int = 0


_Job = BackgroundJob[PackState]


class PackJobs:
    """The packs that a server makes, each seen and stopped by its maker alone. `make` is
    `rag.packs.build.build_pack`; `turns` are those of all who make packs in this process."""

    def __init__(
        self,
        library: Library,
        packs: SavedPacks,
        make: Callable[..., Pack] = build_pack,
        *,
        ahead: Callable[[Pack], None] = draw_ahead,
        turns: Turns | None = None,
    ) -> None:
        self._library, self._packs, self._make, self._ahead = library, packs, make, ahead
        self.turns = turns or pack_turns()
        self._owner = LOCAL.key
        self._jobs: dict[str, tuple[_Job, ...]] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, packs: SavedPacks) -> PackJobs:
        """The same jobs, on behalf of the person of a key, whose packs these are."""
        other = copy(self)
        other._owner, other._packs = owner, packs
        return other

    def view(self) -> JobView[PackState] | None:
        """This person's job as it stands: the first of those that are not done, else one that
        failed, else the last."""
        job, behind = self._shown()
        view = job.view() if job else None
        return view and replace(view, progress=replace(view.progress, behind=behind))

    def stop(self) -> None:
        """Have the job that is seen end soon."""
        if job := self._shown()[0]:
            job.stop()

    def dismiss(self) -> None:
        """Forget the job that is seen, where it has finished."""
        job, _ = self._shown()
        if job and not _is_running(job):
            with self._lock:
                self._jobs[self._owner] = tuple(one for one in self._own if one is not job)

    def start(self, subject: PackSubject) -> int:
        """Have a pack made when its turn comes, and return at once with the number of the job.

        Raises TooManyWaiting, and NotAllowed.
        """
        packs, turn = self._packs.may_keep(), self.turns.take()
        job: _Job = BackgroundJob("")

        def note(step: PackProgress) -> None:
            job.note(lambda state: replace(state, step=step))

        def note_ahead(count: int) -> None:
            job.note(lambda state: replace(state, ahead=count))

        def work(stop: Stop) -> Change[PackState]:
            with turn:
                if not turn.has_come(note_ahead, stop):
                    return lambda state: replace(state, stopped=True)
                try:
                    pack = self._make(
                        self._library, subject, date.today(), progress=note, stop=stop
                    )
                except PackStopped:
                    return lambda state: replace(state, stopped=True)
                saved = packs.keep(pack)
                self._ahead(saved.pack)
                return lambda state: replace(state, number=saved.number)

        try:
            number = job.begin(PackState(subject), work, self._library.folder)
        except BaseException:
            turn.leave()
            raise
        with self._lock:
            told = tuple(one for one in self._own if _is_running(one) or _problem(one))
            self._jobs[self._owner] = (*told, job)
        return number

    @property
    def _own(self) -> tuple[_Job, ...]:
        return self._jobs.get(self._owner, ())

    def _shown(self) -> tuple[_Job | None, int]:
        """The job that is seen, and how many that are not done are behind it."""
        own = self._own
        undone = [job for job in own if _is_running(job)]
        if undone:
            return undone[0], len(undone) - 1
        failed = [job for job in own if _problem(job)]
        return next(iter((*failed, *reversed(own))), None), 0


def _is_running(job: _Job) -> bool:
    view = job.view()
    return view is not None and view.running


def _problem(job: _Job) -> str:
    view = job.view()
    return view.problem if view else ""
