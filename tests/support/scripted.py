"""A chat model that says what a test has it say, bit by bit, and a page that it writes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import fakes
from invented import shelved

from rag.desk import Desk
from rag.errors import ModelError
from rag.generation.model import ChatMessage
from rag.generation.writer import Writer
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations
from rag.saved.feedback import FeedbackBook
from rag.saved.library_changes import LibraryChanges
from rag.saved.packs import SavedPacks
from rag.saved.shares import Shares
from rag.saved.tokens import Tokens
from rag.saved.tracker import TrackerNotes
from rag.saved.visits import Visits
from rag.settings import ModelMode, Settings
from ui.web.jobs.ingest_job import IngestJobs
from ui.web.jobs.pack_job import PackJobs
from ui.web.session.services import WebServices, open_administration

NAME = "scripted:small"
SECONDS = 20
"""How long anything waits before a test has failed."""

Line = str | ModelError | threading.Event
Says = Callable[[Sequence[ChatMessage]], str]


@dataclass
class ScriptedModel:
    """Writes its lines, or what it makes of the turns, `bit` letters at a time.

    It raises a line that is an error, and waits at one that is an event until the test sets that.
    `heard` is what it was told.
    """

    lines: Sequence[Line] | Says = ()
    rewritten: str | ModelError = ""
    bit: int = 3
    name: str = NAME
    heard: list[tuple[ChatMessage, ...]] = field(default_factory=list)

    def stream(self, turns: Sequence[ChatMessage]) -> Iterator[str]:
        """The lines in bits."""
        self.heard.append(tuple(turns))
        for line in [self.lines(turns)] if callable(self.lines) else self.lines:
            if isinstance(line, ModelError):
                raise line
            if isinstance(line, threading.Event):
                assert line.wait(SECONDS)
            else:
                told = f"{line}\n"
                yield from (told[at : at + self.bit] for at in range(0, len(told), self.bit))

    def say(self, turns: Sequence[ChatMessage]) -> str:
        """The question as rewritten, or the failure."""
        self.heard.append(tuple(turns))
        if isinstance(self.rewritten, ModelError):
            raise self.rewritten
        return self.rewritten


def passages_shown(turns: Sequence[ChatMessage]) -> list[tuple[int, str]]:
    """The passages that a model was shown, with their numbers."""
    found = re.findall(r'<passage number="(\d+)">\n(.*?)\n</passage>', turns[-1].text, re.DOTALL)
    return [(int(number), text) for number, text in found]


def written_bench(folder: Path, model: ScriptedModel) -> WebServices:
    """A bench over the invented documents, whose answers the model writes."""
    library, packs, administration = (
        shelved(folder),
        SavedPacks(folder),
        open_administration(folder),
    )
    return WebServices(
        Settings(folder, model=model.name, model_mode=ModelMode.WRITE),
        Desk(library, Writer(model, tokens=3000)),
        library,
        LibraryChanges(library, administration.audit),
        Conversations(folder),
        SavedChecks(folder),
        FeedbackBook(folder),
        fakes.FakePictures(),  # type: ignore[arg-type]
        IngestJobs(),
        packs,
        PackJobs(library, packs),
        TrackerNotes(folder),
        Shares(folder),
        administration,
        Visits(folder),
        Tokens(folder),
        engine=model.name,
    )
