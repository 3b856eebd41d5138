"""What the commands on packs run on: the library opened, the subject read, the parts made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rag.library.library import open_library
from rag.packs.build import OnProgress, build_pack, sources_of, within_subject
from rag.packs.progress.changes import changes
from rag.packs.record.judgement_history import history
from rag.packs.report_pairs import pairs
from rag.packs.request import PackSubject, read_subject
from rag.packs.timeline.timeline import timeline
from rag.packs.types import Changes, History, Pack, SourceFile, Timeline
from rag.question.scope import share_council
from rag.saved.packs import SavedPacks
from rag.settings import Settings
from rag.types import Document

Sources = tuple[SourceFile, ...]
OnPair = Callable[[int, int], None]
"""Hears how many pairs of reports of how many are compared."""


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What is asked for: in words, and what is chosen beside them."""

    words: str = ""
    council: str = ""
    topic: str = ""
    year: int | None = None
    inspection: str = ""


class PackService:
    """Makes packs, and parts of them, from the library of the settings.

    Everything may raise UnclearSubject, which says what to type instead.
    """

    def __init__(self, settings: Settings) -> None:
        self._library = open_library(settings)
        self._folder = settings.library

    def kept(self) -> SavedPacks:
        """The packs kept."""
        return SavedPacks(self._folder)

    def pack(self, asked: PackRequest, progress: OnProgress) -> Pack:
        """A whole pack."""
        return build_pack(self._library, self._subject(asked), date.today(), progress=progress)

    def history(self, asked: PackRequest) -> tuple[History, Sources]:
        """A council's judgements over time, and the files that they stand in."""
        made = history(self._library, self._subject(asked).council)
        return made, self._named([each.document for each in made.inspections])

    def timeline(self, asked: PackRequest) -> tuple[Timeline, Sources]:
        """Dated events about a council or a topic, and the files that were read for them."""
        subject = self._subject(asked)
        held = self._about(subject)
        made = timeline(self._library, held, subject.words)
        return within_subject(made, subject), sources_of(held)

    def changes(
        self, asked: PackRequest, first: int | None, last: int | None, on_pair: OnPair
    ) -> tuple[tuple[Changes, ...], Sources]:
        """What became of what reports asked for, for each pair of them, and their files."""
        record = history(self._library, self._subject(asked).council)
        chosen = pairs(record, first, last)
        made = []
        for done, pair in enumerate(chosen):
            on_pair(done, len(chosen))
            one, other = (self._library.entry(name).document for name in pair)
            made.append(changes(self._library, self._library.embedder, one, other))
        return tuple(made), self._named([name for pair in chosen for name in pair])

    def _subject(self, asked: PackRequest) -> PackSubject:
        return read_subject(
            self._library.documents(),
            asked.words,
            council=asked.council,
            topic=asked.topic,
            year=asked.year,
            inspection=asked.inspection,
        )

    def _about(self, subject: PackSubject) -> list[Document]:
        return [d for d in self._library.documents() if share_council((subject.council,), d)]

    def _named(self, names: list[str]) -> Sources:
        return sources_of(d for d in self._library.documents() if d.name in names)
