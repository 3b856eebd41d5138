"""Making a pack beside the pages: one at a time for a server, seen by everyone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from rag.errors import PackStopped
from rag.library.library import Library
from rag.packs.build import PackProgress, build_pack
from rag.packs.request import PackSubject
from rag.packs.types import Pack
from rag.saved.packs import SavedPacks
from ui.web.jobs.background import BackgroundJob, Change, Stop
from ui.web.jobs.chart_pictures import draw_ahead


@dataclass(frozen=True, slots=True)
class PackState:
    """How far a pack has come: at which step it is, its number once it is kept, or that it was
    stopped."""

    subject: PackSubject
    step: PackProgress | None = None
    number: int | None = None
    stopped: bool = False


class PackJobs(BackgroundJob[PackState]):
    """The pack that a server makes, if it makes one; `make` is `rag.packs.build.build_pack`."""

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

    def start(self, subject: PackSubject) -> int:
        """Begin to make a pack, and return at once with the number of the job. Raises Busy."""

        def note(step: PackProgress) -> None:
            self.note(lambda state: replace(state, step=step))

        def work(stop: Stop) -> Change[PackState]:
            try:
                pack = self._make(self._library, subject, date.today(), progress=note, stop=stop)
            except PackStopped:
                return lambda state: replace(state, stopped=True)
            saved = self._packs.keep(pack)
            self._ahead(saved.pack)
            return lambda state: replace(state, number=saved.number)

        return self.begin(PackState(subject), work, self._library.folder)
