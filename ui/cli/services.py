"""What the command line runs on; each part is brought in when a command first needs it.

A command that embeds nothing must not wait for the encoder, so nothing is imported up here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.events import IngestEvent, IngestTotals
from rag.generation.context import AnswerContext
from rag.settings import Settings
from rag.types import Answer, CheckedPart, Document, Hit, Passage, Verdict

if TYPE_CHECKING:
    from rag.library.rejected import RejectedDocument
    from rag.library.trash import TrashedDocument
    from rag.packs.build import OnProgress
    from rag.packs.types import Changes, History, Pack, Timeline
    from rag.question.filters import Filters
    from rag.saved.feedback import Feedback
    from rag.saved.packs import SavedPacks
    from ui.pack_service import OnPair, PackRequest, Sources

OnEvent = Callable[[IngestEvent], None]


class LibraryLike(Protocol):
    """What the commands need of `rag.library.Library`."""

    def documents(self) -> tuple[Document, ...]:
        """Everything held, without pages."""

    def document(self, name: str) -> Document:
        """One document with its pages."""

    def passages(self, name: str) -> tuple[Passage, ...]:
        """The passages of a document."""

    def remove(self, name: str) -> None:
        """Forget a document for good."""

    def set_aside(self, name: str) -> None:
        """Remove a document so that it can be put back."""

    def put_back(self, name: str) -> None:
        """Hold a removed document again."""

    def discard(self, name: str) -> None:
        """Forget a removed document for good."""

    def aside(self) -> tuple[TrashedDocument, ...]:
        """The documents removed."""

    def refused(self) -> tuple[RejectedDocument, ...]:
        """The documents that could not be taken in."""


class FeedbackLike(Protocol):
    """What the commands need of `rag.feedback.FeedbackBook`."""

    def all(self) -> tuple[Feedback, ...]:
        """All feedback, oldest first."""


class CommandDesk(Protocol):
    """What the commands need of `rag.desk.Desk`."""

    @property
    def library(self) -> LibraryLike:
        """What is held."""

    def ask(
        self, question: str, history: Sequence[Answer] = (), *, filters: Filters = ...
    ) -> Answer:
        """A cited answer, or a refusal."""

    def search(self, question: str, k: int = 10, *, filters: Filters = ...) -> tuple[Hit, ...]:
        """The nearest passages."""

    def check(self, *claims: str, filters: Filters = ...) -> tuple[Verdict, ...]:
        """What the documents say to each claim."""

    def check_speech(self, text: str, *, filters: Filters = ...) -> tuple[CheckedPart, ...]:
        """The pieces of a speech, those that are claims checked."""

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page."""

    def prepared(self, question: str) -> tuple[Answer, AnswerContext | None]:
        """The answer in quotes, and what a language model would be given."""


class PackingLike(Protocol):
    """What the commands need of `ui.packing.Packing`."""

    def kept(self) -> SavedPacks:
        """The packs kept."""

    def pack(self, asked: PackRequest, progress: OnProgress) -> Pack:
        """A whole pack."""

    def history(self, asked: PackRequest) -> tuple[History, Sources]:
        """Judgements over time."""

    def timeline(self, asked: PackRequest) -> tuple[Timeline, Sources]:
        """Dated events."""

    def changes(
        self, asked: PackRequest, first: int | None, last: int | None, on_pair: OnPair
    ) -> tuple[tuple[Changes, ...], Sources]:
        """What changed between inspections."""


class IngestService(Protocol):
    """`ingest.pipeline.ingest`."""

    def __call__(
        self, sources: Sequence[str], settings: Settings, *, prune: bool, on_event: OnEvent
    ) -> IngestTotals:
        """Take the sources in."""


class Serve(Protocol):
    """`ui.web.server.launch.serve`."""

    def __call__(self, library: Path, *, address: str, port: int, open_browser: bool) -> None:
        """Serve the web pages until interrupted."""


def _open_desk(settings: Settings) -> CommandDesk:
    from rag.desk import open_desk

    return open_desk(settings)


def _open_library(settings: Settings) -> LibraryLike:
    from rag.library.library import open_library

    return open_library(settings)


def _open_feedback(settings: Settings) -> FeedbackLike:
    from rag.saved.feedback import FeedbackBook

    return FeedbackBook(settings.library)


def _open_packing(settings: Settings) -> PackingLike:
    from ui.pack_service import PackService

    return PackService(settings)


def _ingest(
    sources: Sequence[str], settings: Settings, *, prune: bool, on_event: OnEvent
) -> IngestTotals:
    from ingest.pipeline import ingest

    return ingest(sources, settings, prune=prune, on_event=on_event)


def _serve(library: Path, *, address: str, port: int, open_browser: bool) -> None:
    from ui.web.server.launch import serve

    serve(library, address=address, port=port, open_browser=open_browser)


@dataclass(frozen=True, slots=True)
class Services:
    """The collaborators of the commands; a test puts its own in their place."""

    open_desk: Callable[[Settings], CommandDesk] = _open_desk
    open_library: Callable[[Settings], LibraryLike] = _open_library
    open_feedback: Callable[[Settings], FeedbackLike] = _open_feedback
    open_packing: Callable[[Settings], PackingLike] = _open_packing
    ingest: IngestService = _ingest
    serve: Serve = _serve
