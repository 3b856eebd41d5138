"""What the pages remember: the desk, once a server, and the conversation, once a visitor."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from rag.errors import ScrutinyError
from rag.settings import load_settings
from rag.types import Answer, Document


class Shelf(Protocol):
    """What a page needs of the library."""

    def documents(self) -> tuple[Document, ...]:
        """Everything held."""


class AnsweringDesk(Protocol):
    """What a page needs of `rag.desk.Desk`."""

    @property
    def library(self) -> Shelf:
        """What is held."""

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """A cited answer, or a refusal."""


def _open_desk() -> AnsweringDesk:
    # Late, because it brings in what the command line need not wait for.
    from rag.desk import open_desk

    opened = open_desk(load_settings())

    def warm() -> None:
        # The first search loads the encoder: seconds that pass while the reader reads the page.
        opened.search("children", k=1)
        # Streamlit collects garbage after every run; going through what the encoder has loaded,
        # which never becomes garbage, would add 0.4 s to each answer.
        gc.freeze()

    in_background(warm)
    return opened


opener: Callable[[], AnsweringDesk] = _open_desk
"""How the desk is opened; a test puts its own here."""


@st.cache_resource(show_spinner=False)
def desk() -> AnsweringDesk:
    """The desk, opened once and shared by everyone whom this server serves."""
    return opener()


def in_background(task: Callable[[], object]) -> threading.Thread:
    """Run `task` ahead of need; what goes wrong in it is told when it is needed."""

    def quietly() -> None:
        with suppress(ScrutinyError):
            task()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as typed, with its answer, or with the sentence that says what went wrong."""

    question: str
    answer: Answer | None = None
    problem: str = ""


class Conversation:
    """One visitor's questions and answers so far, kept in Streamlit's session."""

    _KEY = "conversation"

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, oldest first."""
        turns: tuple[Turn, ...] = st.session_state.get(self._KEY, ())
        return turns

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers, oldest first: what a follow-up question is understood from."""
        return tuple(turn.answer for turn in self.turns if turn.answer is not None)

    def ask(self, question: str, desk: AnsweringDesk) -> Turn:
        """Put `question` to `desk` and remember what came of it."""
        try:
            turn = Turn(question, answer=desk.ask(question, self.answers))
        except ScrutinyError as error:
            turn = Turn(question, problem=str(error))
        st.session_state[self._KEY] = (*self.turns, turn)
        return turn

    def clear(self) -> None:
        """Forget everything."""
        st.session_state[self._KEY] = ()
