"""Making a pack beside the pages: one at a time for a server, seen by everyone."""

from __future__ import annotations

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
from ui.web.jobs.background import BackgroundJob, Change, JobView, Stop
from ui.web.jobs.chart_pictures import draw_ahead


@dataclass(frozen=True, slots=True)
class PackState:
    """How far a pack has come: at which step it is, its number once it is kept, or that it was
    stopped. `owner` is the key of whose it is."""

    subject: PackSubject
    step: PackProgress | None = None
    number: int | None = None
    stopped: bool = False
    owner: str = LOCAL.key


class PackJobs(BackgroundJob[PackState]):
    """The pack that a server makes, if it makes one; nobody else sees it or stops it. `make` is
    `rag.packs.build.build_pack`."""

    def __init__(
        self,
        library: Library,
        packs: SavedPacks,
        make: Callable[..., Pack] = build_pack,
        *,
        ahead: Callable[[Pack], None] = draw_ahead,
    ) -> None:
        super().__init__("Another pack is being made: wait for it, or stop it first.")
        self._library, self._packs, self._make, self._ahead = library, packs, make, ahead
        self._owner = LOCAL.key

    def of(self, owner: str, packs: SavedPacks) -> PackJobs:
        """The same jobs, on behalf of the person of a key, whose packs these are."""
        other = copy(self)
        other._owner, other._packs = owner, packs
        return other

    def view(self) -> JobView[PackState] | None:
        """This person's job as it stands; None where it is another's."""
        view = super().view()
        return view if view and view.progress.owner == self._owner else None

    def stop(self) -> None:
        """Have this person's job end soon."""
        if self.view():
            super().stop()

    def dismiss(self) -> None:
        """Forget this person's job where it has finished."""
        if self.view():
            super().dismiss()

    def start(self, subject: PackSubject) -> int:
        """Begin to make a pack, and return at once with the number of the job.

        Raises Busy, and NotAllowed.
        """
        packs = self._packs.may_keep()

        def note(step: PackProgress) -> None:
            self.note(lambda state: replace(state, step=step))

        def work(stop: Stop) -> Change[PackState]:
            try:
                pack = self._make(self._library, subject, date.today(), progress=note, stop=stop)
            except PackStopped:
                return lambda state: replace(state, stopped=True)
            saved = packs.keep(pack)
            self._ahead(saved.pack)
            return lambda state: replace(state, number=saved.number)

        return self.begin(PackState(subject, owner=self._owner), work, self._library.folder)
