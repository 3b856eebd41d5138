"""What the commands on packs run on: the library opened, the subject read, the parts made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rag.library.encoder.word_encoder import WordEncoder
from rag.library.library import Library, open_library
from rag.packs.build import OnProgress, build_pack, sources_of, within_subject
from rag.packs.numbering import with_numbered_citations
from rag.packs.progress.changes import changes
from rag.packs.record.judgement_history import history
from rag.packs.report_pairs import report_pairs
from rag.packs.request import PackSubject, read_subject
from rag.packs.timeline.timeline import timeline
from rag.packs.types import Changes, History, Pack, SourceFile, Timeline
from rag.question.scope import share_council
from rag.saved.packs import SavedPacks
from rag.settings import Settings
from ui.turns import Turns
from ui.wording.translation import N_

Sources = tuple[SourceFile, ...]
OnPair = Callable[[int, int], None]
"""Hears how many pairs of reports of how many are compared."""


def pack_turns() -> Turns:
    """The line in which those wait for whom packs are made in one process."""
    return Turns(N_("Many packs are waiting to be made: ask for this one later."))


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What is asked for: in words, and what is chosen beside them."""

    words: str = ""
    council: str = ""
    topic: str = ""
    year: int | None = None
    inspection: str = ""


@dataclass(frozen=True, slots=True)
class CouncilRecord:
    """A council's judgements over time and dated events about it, and the files they stand in.

    The citations of each part are numbered from 1.
    """

    history: History
    timeline: Timeline
    sources: Sources


def council_record(library: Library, council: str) -> CouncilRecord:
    """The record of a council, from everything in the library that is about it."""
    documents = [d for d in library.documents() if share_council((council,), d)]
    judgements, events = history(library, council), timeline(library, documents, council)
    return CouncilRecord(
        with_numbered_citations(judgements),
        with_numbered_citations(events),
        sources_of(documents),
    )


def changes_between(library: Library, earlier: str, later: str) -> Changes:
    """What became of what one report asked for by another, both by their names."""
    one, other = library.entry(earlier).document, library.entry(later).document
    return with_numbered_citations(
        changes(library, WordEncoder(library.embedder, library), one, other)
    )


class PackService:
    """Makes packs, and parts of them, from the library of the settings.

    Everything may raise UnclearSubject, which says what to type instead.
    """

    def __init__(self, settings: Settings) -> None:
        self._library = open_library(settings)
        self._home = settings.home
        self._seconds = settings.pack_seconds

    def saved(self) -> SavedPacks:
        """The packs kept."""
        return SavedPacks(self._home)

    def pack(self, request: PackRequest, progress: OnProgress) -> Pack:
        """A whole pack."""
        subject = self._subject(request)
        return build_pack(
            self._library, subject, date.today(), progress=progress, seconds=self._seconds
        )

    def history(self, request: PackRequest) -> tuple[History, Sources]:
        """A council's judgements over time, and the files that they stand in."""
        record = history(self._library, self._subject(request).council)
        return record, self._sources([inspection.document for inspection in record.inspections])

    def timeline(self, request: PackRequest) -> tuple[Timeline, Sources]:
        """Dated events about a council or a topic, and the files that were read for them."""
        subject = self._subject(request)
        council = (subject.council,)
        documents = [d for d in self._library.documents() if share_council(council, d)]
        events = timeline(self._library, documents, subject.words)
        return within_subject(events, subject), sources_of(documents)

    def changes(
        self, request: PackRequest, first: int | None, last: int | None, on_pair: OnPair
    ) -> tuple[tuple[Changes, ...], Sources]:
        """What became of what reports asked for, for each pair of them, and their files."""
        record = history(self._library, self._subject(request).council)
        compared: list[Changes] = []
        names: list[str] = []
        chosen = report_pairs(record, first, last)
        encoder = WordEncoder(self._library.embedder, self._library)
        for pair in chosen:
            on_pair(len(compared), len(chosen))
            earlier, later = (self._library.entry(name).document for name in pair)
            compared.append(changes(self._library, encoder, earlier, later))
            names += pair
        return tuple(compared), self._sources(names)

    def _subject(self, request: PackRequest) -> PackSubject:
        fields = asdict(request)
        return read_subject(self._library.documents(), fields.pop("words"), **fields)

    def _sources(self, names: Sequence[str]) -> Sources:
        return sources_of(d for d in self._library.documents() if d.name in names)
