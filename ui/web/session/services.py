"""Composition root of the web application: what one server opens, once, for everyone it serves."""

from __future__ import annotations

import gc
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ingest.pages.page_images import Pictures
from ingest.pipeline import ingest
from rag.access.people import LOCAL, Person
from rag.errors import ScrutinyError, SettingsError
from rag.library.library import Library
from rag.packs.build import build_pack
from rag.saved.audit import AuditTrail
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations
from rag.saved.feedback import FeedbackBook
from rag.saved.library_changes import LibraryChanges
from rag.saved.packs import SavedPacks
from rag.saved.people import People
from rag.saved.requests import Requests
from rag.saved.retention import Retention
from rag.saved.shares import Shares
from rag.saved.tokens import Tokens
from rag.saved.tracker import TrackerNotes
from rag.saved.visits import Visits
from rag.settings import Home, Settings
from ui.web.jobs.answer_job import AnswerJobs
from ui.web.jobs.background import in_background
from ui.web.jobs.ingest_job import IngestJobs
from ui.web.jobs.pack_job import PackJobs
from ui.wording.attribution_note import EXTRACTIVE

if TYPE_CHECKING:
    from rag.desk import Desk

WARMING = "Are children well looked after?"
"""What is asked, and checked, before anybody asks."""
CHANGE_SECONDS = 30.0
"""How long who changes a document waits for another program that writes to the library."""
INGEST_SECONDS = 600.0
"""The same of what is added, which nobody stands waiting for."""
_PROGRAM = replace(LOCAL, key="program", name="The program")
"""Who lets go of what is older than the rules say."""
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Administration:
    """What administrators work with; each asks for their role by itself."""

    people: People
    audit: AuditTrail
    retention: Retention
    requests: Requests


def open_administration(home: Home) -> Administration:
    """What administrators work with, beside a library."""
    return Administration(People(home), AuditTrail(home), Retention(home), Requests(home))


@dataclass(frozen=True, slots=True)
class WebServices:
    """Everything that the pages work with, on behalf of one person: what is kept is theirs, and
    what they may not do is refused."""

    settings: Settings
    desk: Desk
    library: Library
    """To read; `changes` is for writing."""
    changes: LibraryChanges
    conversations: Conversations
    checks: SavedChecks
    feedback: FeedbackBook
    pictures: Pictures
    jobs: IngestJobs
    packs: SavedPacks
    making: PackJobs
    tracker: TrackerNotes
    shares: Shares
    administration: Administration
    visits: Visits
    tokens: Tokens
    person: Person = LOCAL
    engine: str = EXTRACTIVE
    """What can answer: quotations only, or "provider:model" as well."""
    model_problem: str = ""
    """Why the language model that is set cannot be used; empty where it can, or none is set."""
    answering: AnswerJobs = field(default_factory=AnswerJobs)

    def of(self, person: Person) -> WebServices:
        """The services on behalf of another person."""
        packs, changes = self.packs.of(person), self.changes.of(person)
        return replace(
            self,
            person=person,
            changes=changes,
            conversations=self.conversations.of(person),
            checks=self.checks.of(person),
            feedback=self.feedback.of(person),
            packs=packs,
            tracker=self.tracker.of(person),
            visits=self.visits.of(person),
            jobs=self.jobs.of(changes),
            making=self.making.of(person.key, packs),
        )


def open_services(settings: Settings, model_problem: str = "") -> WebServices:
    """Open the library of the settings and everything beside it, and warm it in the background.

    `model_problem` says what is wrong with what was set for a language model, where that is known.
    """
    desk, problem = _opened(settings)
    desk.library.patience = CHANGE_SECONDS
    pictures = Pictures(settings)

    def warm() -> None:
        # The first answer and the first verdict load the encoder, the vectors and the word lists:
        # a second that passes while the reader reads the page.
        desk.ask(WARMING, quotes_only=True)
        desk.check(WARMING)
        # Going through what the encoder has loaded, which never becomes garbage, would stop
        # everybody for 0.4 s whenever garbage is collected.
        gc.freeze()

    in_background(warm)
    in_background(pictures.warm)
    home = settings.home
    packs, administration = SavedPacks(home), open_administration(home)
    in_background(lambda: _keep_to_the_rules(administration.retention))
    return WebServices(
        settings,
        desk,
        desk.library,
        LibraryChanges(desk.library, administration.audit),
        Conversations(home),
        SavedChecks(home),
        FeedbackBook(home),
        pictures,
        IngestJobs(partial(ingest, patience=INGEST_SECONDS)),
        packs,
        PackJobs(desk.library, packs, partial(build_pack, seconds=settings.pack_seconds)),
        TrackerNotes(home),
        Shares(home),
        administration,
        Visits(home),
        Tokens(home),
        engine=desk.model.name if desk.model else EXTRACTIVE,
        model_problem=model_problem or problem,
    )


def _keep_to_the_rules(retention: Retention) -> None:
    """Let go of what is older than the rules say, now and once a day."""
    while True:
        # A file that is busy or damaged now is told of where somebody needs it.
        with suppress(ScrutinyError):
            retention.apply(_PROGRAM)
        time.sleep(_DAY)


def _opened(settings: Settings) -> tuple[Desk, str]:
    """The desk, and why it has no language model although one is set."""
    # Late, because it brings in what the command line need not wait for.
    from rag.desk import open_desk

    try:
        return open_desk(settings), ""
    except SettingsError as error:
        # Quotes need no model. What is wrong with another setting is raised again.
        return open_desk(replace(settings, model=None)), str(error)
