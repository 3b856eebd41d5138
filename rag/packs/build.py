"""A whole pack, made step by step from what is held about one council."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

import numpy as np

from rag.citation.line import Line, lines_of, unverified_lines
from rag.errors import OutOfTime, PackError, PackStopped, UnclearSubject
from rag.library.codec import now
from rag.library.encoder import Embedder, Vectors
from rag.library.encoder.word_encoder import WordEncoder
from rag.library.library import Library
from rag.logs import Event, log
from rag.packs.briefing.briefing import briefing
from rag.packs.enquiry.selection import lines_of_enquiry
from rag.packs.numbering import with_numbered_citations
from rag.packs.progress.changes import changes, successive_reports, unanswered_reports
from rag.packs.progress.requests import requests_of
from rag.packs.record.judgement_history import history
from rag.packs.request import PackSubject, about_council, has_sentence_on, until_the_next
from rag.packs.timeline.timeline import timeline
from rag.packs.types import (
    Briefing,
    Changes,
    EventKind,
    History,
    LineOfEnquiry,
    Pack,
    SourceFile,
    Timeline,
    TimelineEvent,
)
from rag.question.scope import time_order
from rag.time_budget import PACK_SECONDS, look_at_the_clock, time_budget
from rag.types import Document, Stop

ENCODED_BETWEEN_LOOKS = 128
"""Texts that are encoded before the next look whether to stop."""


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
T = TypeVar("T")


def build_pack(
    library: Library,
    subject: PackSubject,
    today: date,
    *,
    progress: OnProgress = lambda progress: None,
    stop: Stop = lambda: False,
    seconds: float = PACK_SECONDS,
) -> Pack:
    """Everything on one subject, every line cited and the citations numbered through.

    `today` tells which promised dates have passed. `progress` hears of each step; where `stop` says
    so, PackStopped is raised soon after. Past `seconds` no part is begun any more, and the pack
    says which those are. Raises UnclearSubject where nothing tells of the topic, and OutOfTime
    where there was no time for the first part.
    """
    with library.snapshot():
        builder = _PackBuilder(library, subject, today, progress, stop)
        with time_budget(seconds):
            whole = builder.whole()
        pack = with_numbered_citations(whole)
        builder.begin(Step.CHECKING)
        if unverified := unverified_lines(library, pack):
            raise PackError(
                f"The pack was not made: {len(unverified)} of its lines could not be found on the "
                "pages that they name. Make it again; if that does not help, add the documents "
                "again."
            )
        builder.stop_if_asked()
    log(Event.PACKED, words={"subject": subject.words})
    return pack


class _PackBuilder:
    """One pack while it is made, step by step."""

    def __init__(
        self, library: Library, subject: PackSubject, today: date, progress: OnProgress, stop: Stop
    ) -> None:
        self._library, self._subject, self._today = library, subject, today
        self._progress, self._stop = progress, stop
        self._embedder = WordEncoder(
            _StoppableEmbedder(library.embedder, self.stop_if_asked), library
        )
        self._done, self._total = 0, len(Step)
        self._unmade: list[str] = []

    def begin(self, step: Step) -> None:
        """Tell of a step, unless it is to stop."""
        self.stop_if_asked()
        self._progress(PackProgress(step, self._done, self._total))
        self._done += 1

    def stop_if_asked(self) -> None:
        """Raise PackStopped where it is to stop."""
        if self._stop():
            raise PackStopped("It was stopped: no pack was made.")

    def whole(self) -> Pack:
        """The pack; what takes longest comes last."""
        subject, library = self._subject, self._library
        about = about_council(library.documents(), subject.council)
        report = subject.inspection
        read = until_the_next(about, report) if report else about
        self.begin(Step.JUDGEMENTS)
        if not any(
            not subject.topic or library.analysed(d, has_sentence_on, subject) for d in read
        ):
            raise UnclearSubject(
                f"No sentence about “{subject.topic}” was found in the documents about "
                f"{subject.council}. Name another topic, or the council alone."
            )
        record = history(library, subject.council)
        pairs = [pair for pair in successive_reports(record) if not report or report in pair]
        self._total += max(len(pairs) - 1, 0)
        self.begin(Step.TIMELINE)
        events = self._in_time(
            "the timeline",
            lambda: within_subject(timeline(library, read, subject.words), subject),
            Timeline(subject.words, ()),
        )
        self.begin(Step.BRIEFING)
        pages = self._in_time(
            "the briefing",
            lambda: briefing(library, subject.council, read, subject.covers),
            Briefing((), (), (), (), (), (), ()),
        )
        changed: list[Changes] = []
        for pair in reversed(pairs):
            self.begin(Step.CHANGES)
            changed += self._in_time(
                "what changed between inspections", partial(self._changes, *pair), ()
            )
        self.begin(Step.ENQUIRIES)
        enquiries: tuple[LineOfEnquiry, ...] = self._in_time(
            "the questions to ask",
            lambda: lines_of_enquiry(
                library, self._embedder, subject, record, changed, self._today
            ),
            (),
        )
        return Pack(
            subject.words, subject.council, now(), record, on_topic(changed, subject), enquiries,
            events, pages, sources_of(about), subject.topic, report, tuple(self._unmade),
            self._asked(record, changed),
        )  # fmt: skip

    def _asked(self, record: History, changed: Sequence[Changes]) -> tuple[Line, ...]:
        """What reports ask for on the subject, of those that no later one is held against."""
        compared = {one.earlier.document for one in changed}
        asked: list[Line] = []
        for each in unanswered_reports(record, compared):
            if self._subject.inspection in ("", each.document):
                document = self._library.entry(each.document).document
                asked += lines_of(self._library, requests_of(self._library, document))
        return tuple(line for line in asked if self._subject.covers(line.text))

    def _changes(self, earlier: str, later: str) -> tuple[Changes, ...]:
        """What became of what one report asked for by another, both by their names."""
        one, other = (self._library.entry(name).document for name in (earlier, later))
        return (changes(self._library, self._embedder, one, other),)

    def _in_time(self, part: str, made: Callable[[], T], otherwise: T) -> T:
        """A part of the pack; `otherwise`, and noted as unmade, where the time was over."""
        try:
            look_at_the_clock()
            return made()
        except OutOfTime:
            self._unmade += [] if part in self._unmade else [part]
            return otherwise


class _StoppableEmbedder:
    """An embedder that heeds a wish to stop, for its work takes the longest of all."""

    def __init__(self, embedder: Embedder, stop_if_asked: Callable[[], None]) -> None:
        self._embedder, self._stop_if_asked = embedder, stop_if_asked

    @property
    def fingerprint(self) -> str:
        """Tells one model from another."""
        return self._embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts. Raises PackStopped."""
        parts: list[Vectors] = []
        for at in range(0, max(len(texts), 1), ENCODED_BETWEEN_LOOKS):
            self._stop_if_asked()
            look_at_the_clock()
            parts.append(self._embedder.encode(texts[at : at + ENCODED_BETWEEN_LOOKS]))
        return np.concatenate(parts)


# ---------------------------------------------------------------- parts


def within_subject(whole: Timeline, subject: PackSubject) -> Timeline:
    """The events on the topic, and every inspection."""
    events: list[TimelineEvent] = []
    for event in whole.events:
        if event.kind is EventKind.INSPECTION or subject.covers(event.line.text):
            events.append(event)
    return replace(whole, events=tuple(events))


def on_topic(changed: Iterable[Changes], subject: PackSubject) -> tuple[Changes, ...]:
    """The changes with the items on the topic; those without one are left out."""
    narrowed: list[Changes] = []
    for comparison in changed:
        items = tuple(item for item in comparison.items if subject.covers(item.item.text))
        if items or not subject.topic:
            narrowed.append(replace(comparison, items=items))
    return tuple(narrowed)


def sources_of(documents: Iterable[Document]) -> tuple[SourceFile, ...]:
    """The files of documents, the newest first."""
    sources: list[SourceFile] = []
    for document in sorted(documents, key=time_order, reverse=True):
        described = document.description
        source = SourceFile(
            document.name, described.title, described.publisher, described.kind,
            described.appeared_on, document.sha256, document.added, described.inspected,
        )  # fmt: skip
        sources.append(source)
    return tuple(sources)
