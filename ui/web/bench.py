"""Composition root of the web application: what one server opens, once, for everyone it serves."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.pictures import PagePicture, Pictures
from rag.conversations import Conversations
from rag.feedback import FeedbackBook
from rag.filters import Filters
from rag.library import Library
from rag.settings import Settings
from rag.types import Answer, Checked
from ui.web.background import in_background
from ui.web.jobs import Jobs


class AnsweringDesk(Protocol):
    """What the pages need of `rag.desk.Desk`."""

    def ask(
        self, question: str, history: Sequence[Answer] = (), *, filters: Filters = ...
    ) -> Answer:
        """A cited answer, or a refusal."""

    def check_speech(self, text: str, *, filters: Filters = ...) -> tuple[Checked, ...]:
        """The pieces of a text, those that are claims checked."""


class Drawing(Protocol):
    """What the pages need of `ingest.pictures.Pictures`."""

    def draw(self, file: Path, page: int, marked: str = "", around: str = "") -> PagePicture:
        """A page as a picture, with the place of the marked words. Raises IngestError."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that the pages work with."""

    settings: Settings
    desk: AnsweringDesk
    library: Library
    conversations: Conversations
    feedback: FeedbackBook
    pictures: Drawing
    jobs: Jobs
    engine: str = "extractive"
    """What answers: quotations only, or "provider:model"."""


def open_bench(settings: Settings) -> Bench:
    """Open the library of the settings and everything beside it, and warm it in the background."""
    # Late, because it brings in what the command line need not wait for.
    from rag.desk import open_desk

    desk = open_desk(settings)
    pictures = Pictures(settings)

    def warm() -> None:
        # The first search loads the encoder: seconds that pass while the reader reads the page.
        desk.search("children", k=1)
        # Streamlit collects garbage after every run; going through what the encoder has loaded,
        # which never becomes garbage, would add 0.4 s to each answer.
        gc.freeze()

    in_background(warm)
    in_background(pictures.warm)
    folder = settings.library
    return Bench(
        settings,
        desk,
        desk.library,
        Conversations(folder),
        FeedbackBook(folder),
        pictures,
        Jobs(),
    )
