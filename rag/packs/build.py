"""A whole pack, made step by step from what is held about one council."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rag.citation.line import unverified_lines
from rag.errors import PackError, PackStopped, UnclearSubject
from rag.library.codec import now
from rag.library.encoder import CachedEncoder, Embedder, Vectors
from rag.library.library import Library
from rag.packs.briefing.briefing import briefing
from rag.packs.enquiry.selection import lines_of_enquiry
from rag.packs.numbering import with_numbered_citations
from rag.packs.progress.changes import changes, succeeding
from rag.packs.record.judgement_history import history
from rag.packs.request import PackSubject, on_subject, until_the_next
from rag.packs.timeline.timeline import timeline
from rag.packs.types import (
    Changes,
    EventKind,
    History,
    LineOfEnquiry,
    Pack,
    SourceFile,
    Timeline,
)
from rag.question.scope import share_council, time_order
from rag.types import Document


class Step(StrEnum):
    """What is at hand while a pack is made, in this order."""

    JUDGEMENTS = "Reading the judgements"
    TIMELINE = "Looking for dated events"
    BRIEFING = "Writing the briefing"
    CHANGES = "Comparing inspections"
    ENQUIRIES = "Finding questions to ask"
    CHECKING = "Checking every quote on its page"


@dataclass(frozen=True, slots=True)
class PackProgress:
    """`done` of `total` parts of the work are done; `step` is at hand."""

    step: Step
    done: int
    total: int


OnProgress = Callable[[PackProgress], None]
Stop = Callable[[], bool]


def build_pack(
    library: Library,
    subject: PackSubject,
    today: date,
    *,
    progress: OnProgress = lambda progress: None,
    stop: Stop = lambda: False,
) -> Pack:
    """Everything on one subject, every line cited and the citations numbered through.

    `today` tells which promised dates have passed. `progress` hears of each step; where `stop` says
    so, PackStopped is raised soon after. Raises UnclearSubject where nothing tells of the topic.
    """
    with library.snapshot():
        making = _Making(library, subject, today, progress, stop)
        pack = with_numbered_citations(making.whole())
        making.begin(Step.CHECKING)
        if unverified := unverified_lines(library, pack):
            raise PackError(
                f"The pack was not made: {len(unverified)} of its lines could not be found on the "
                "pages that they name. Make it again; if that does not help, add the documents "
                "again."
            )
        making.heed()
        return pack


class _Making:
    """One pack in the making."""

    def __init__(
        self, library: Library, subject: PackSubject, today: date, progress: OnProgress, stop: Stop
    ) -> None:
        self._library, self._subject, self._today = library, subject, today
        self._progress, self._stop = progress, stop
        self._embedder = CachedEncoder(_Stoppable(library.embedder, self.heed))
        self._held = [d for d in library.documents() if share_council((subject.council,), d)]
        self._done, self._total = 0, len(Step)

    def begin(self, step: Step) -> None:
        """Tell of a step, unless it is to stop."""
        self.heed()
        self._progress(PackProgress(step, self._done, self._total))
        self._done += 1

    def heed(self) -> None:
        """Raise PackStopped where it is to stop."""
        if self._stop():
            raise PackStopped("It was stopped: no pack was made.")

    def whole(self) -> Pack:
        """The pack; what takes longest comes last."""
        subject, library = self._subject, self._library
        council, read = subject.council, self._read()
        self.begin(Step.JUDGEMENTS)
        if not any(self._tells(document) for document in read):
            raise _nothing_on(subject)
        record = history(library, council)
        pairs = self._pairs(record)
        self._total += max(len(pairs) - 1, 0)
        self.begin(Step.TIMELINE)
        dated = within_subject(timeline(library, read, subject.words), subject)
        self.begin(Step.BRIEFING)
        brief = briefing(library, council, read, subject.tells)
        changed = [self._changes(one, other) for one, other in pairs]
        asked = self._enquiries(changed)
        return Pack(
            subject.words, council, now(), record, on_topic(changed, subject), asked, dated, brief,
            sources_of(self._held), subject.topic, subject.inspection,
        )  # fmt: skip

    def _read(self) -> list[Document]:
        """The documents that findings and events are taken from."""
        report = self._subject.inspection
        return until_the_next(self._held, report) if report else self._held

    def _tells(self, document: Document) -> bool:
        """Whether a document has a sentence on the topic."""
        subject = self._subject
        return not subject.topic or self._library.analysed(document, on_subject, subject)

    def _pairs(self, record: History) -> list[tuple[str, str]]:
        """The reports to compare: of the one report asked about, with those before and after."""
        report = self._subject.inspection
        return [pair for pair in succeeding(record) if not report or report in pair]

    def _changes(self, earlier: str, later: str) -> Changes:
        self.begin(Step.CHANGES)
        one, other = (self._library.entry(name).document for name in (earlier, later))
        return changes(self._library, self._embedder, one, other)

    def _enquiries(self, changed: Sequence[Changes]) -> tuple[LineOfEnquiry, ...]:
        self.begin(Step.ENQUIRIES)
        subject = self._subject
        return lines_of_enquiry(
            self._library,
            self._embedder,
            subject.council,
            topic=subject.topic,
            inspection=subject.inspection,
            changed=changed,
            today=self._today,
        )


class _Stoppable:
    """An embedder that heeds a wish to stop, for its work takes the longest of all."""

    def __init__(self, embedder: Embedder, heed: Callable[[], None]) -> None:
        self._embedder, self._heed = embedder, heed

    @property
    def fingerprint(self) -> str:
        """Tells one model from another."""
        return self._embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts. Raises PackStopped."""
        self._heed()
        return self._embedder.encode(texts)


# ---------------------------------------------------------------- parts


def within_subject(dated: Timeline, subject: PackSubject) -> Timeline:
    """The events on the topic, and every inspection."""
    kept = (
        event
        for event in dated.events
        if event.kind is EventKind.INSPECTION or subject.tells(event.line.text)
    )
    return replace(dated, events=tuple(kept))


def on_topic(changed: Iterable[Changes], subject: PackSubject) -> tuple[Changes, ...]:
    """The changes with the items on the topic; those without one are left out."""
    kept = (
        replace(each, items=tuple(c for c in each.items if subject.tells(c.item.text)))
        for each in changed
    )
    return tuple(each for each in kept if each.items or not subject.topic)


def sources_of(documents: Iterable[Document]) -> tuple[SourceFile, ...]:
    """The files of documents, the oldest first."""
    return tuple(
        SourceFile(
            d.name, d.description.title, d.description.publisher, d.description.kind,
            d.description.appeared_on, d.sha256, d.added,
        )
        for d in sorted(documents, key=time_order)
    )  # fmt: skip


def _nothing_on(subject: PackSubject) -> UnclearSubject:
    return UnclearSubject(
        f"No sentence about “{subject.topic}” was found in the documents about {subject.council}. "
        "Name another topic, or the council alone."
    )
