"""What the command line runs on; each part is brought in when a command first needs it.

A command that embeds nothing must not wait for the encoder, so nothing is imported up here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.events import IngestTotals
    from rag.desk import Desk
    from rag.library.library import Library
    from rag.saved.feedback import FeedbackBook
    from rag.settings import Settings
    from ui.pack_service import PackService


def _open_desk(settings: Settings) -> Desk:
    from rag.desk import open_desk

    return open_desk(settings)


def _open_library(settings: Settings) -> Library:
    from rag.library.library import open_library

    return open_library(settings)


def _open_feedback(settings: Settings) -> FeedbackBook:
    from rag.saved.feedback import FeedbackBook

    return FeedbackBook(settings.home)


def _open_packing(settings: Settings) -> PackService:
    from ui.pack_service import PackService

    return PackService(settings)


def _ingest(sources: Sequence[str], settings: Settings, **options: Any) -> IngestTotals:
    from ingest.pipeline import ingest

    return ingest(sources, settings, **options)


def _serve(library: Path, **options: Any) -> None:
    from ui.web.server.launch import serve

    serve(library, **options)


@dataclass(frozen=True, slots=True)
class Services:
    """The collaborators of the commands; a test puts its own in their place.

    `ingest` and `serve` take what `ingest.pipeline.ingest` and `ui.web.server.launch.serve` take.
    """

    open_desk: Callable[[Settings], Desk] = _open_desk
    open_library: Callable[[Settings], Library] = _open_library
    open_feedback: Callable[[Settings], FeedbackBook] = _open_feedback
    open_packing: Callable[[Settings], PackService] = _open_packing
    ingest: Callable[..., IngestTotals] = _ingest
    serve: Callable[..., None] = _serve
