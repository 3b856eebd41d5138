"""Composition root of the web application: what one server opens, once, for everyone it serves."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.pages.page_images import Pictures
from rag.errors import SettingsError
from rag.library.library import Library
from rag.saved.conversations import Conversations
from rag.saved.feedback import FeedbackBook
from rag.saved.packs import SavedPacks
from rag.settings import Settings
from ui.web.jobs.answer_job import AnswerJobs
from ui.web.jobs.background import in_background
from ui.web.jobs.ingest_job import IngestJobs
from ui.web.jobs.pack_job import PackJobs
from ui.wording.attribution_note import EXTRACTIVE

if TYPE_CHECKING:
    from rag.desk import Desk

WARMING = "Are children well looked after?"
"""What is asked, and checked, before anybody asks."""


@dataclass(frozen=True, slots=True)
class WebServices:
    """Everything that the pages work with."""

    settings: Settings
    desk: Desk
    library: Library
    conversations: Conversations
    feedback: FeedbackBook
    pictures: Pictures
    jobs: IngestJobs
    packs: SavedPacks
    making: PackJobs
    engine: str = EXTRACTIVE
    """What can answer: quotations only, or "provider:model" as well."""
    model_problem: str = ""
    """Why the language model that is set cannot be used; empty where it can, or none is set."""
    answering: AnswerJobs = field(default_factory=AnswerJobs)


def open_services(settings: Settings, model_problem: str = "") -> WebServices:
    """Open the library of the settings and everything beside it, and warm it in the background.

    `model_problem` says what is wrong with what was set for a language model, where that is known.
    """
    desk, problem = _opened(settings)
    pictures = Pictures(settings)

    def warm() -> None:
        # The first answer and the first verdict load the encoder, the vectors and the word lists:
        # a second that passes while the reader reads the page.
        desk.ask(WARMING, quotes_only=True)
        desk.check(WARMING)
        # Streamlit collects garbage after every run; going through what the encoder has loaded,
        # which never becomes garbage, would add 0.4 s to each answer.
        gc.freeze()

    in_background(warm)
    in_background(pictures.warm)
    folder = settings.library
    packs = SavedPacks(folder)
    return WebServices(
        settings,
        desk,
        desk.library,
        Conversations(folder),
        FeedbackBook(folder),
        pictures,
        IngestJobs(),
        packs,
        PackJobs(desk.library, packs),
        engine=desk.writer.model.name if desk.writer else EXTRACTIVE,
        model_problem=model_problem or problem,
    )


def _opened(settings: Settings) -> tuple[Desk, str]:
    """The desk, and why it has no language model although one is set."""
    # Late, because it brings in what the command line need not wait for.
    from rag.desk import open_desk

    try:
        return open_desk(settings), ""
    except SettingsError as error:
        # Quotes need no model. What is wrong with another setting is raised again.
        return open_desk(replace(settings, model=None)), str(error)
