"""Answers that are written beside the pages, so that nothing that a reader does ends one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from rag.errors import UnknownConversation
from rag.saved.conversations import ConversationTurn
from rag.types import Answer
from ui.web.jobs.background import problem_of


@dataclass(eq=False, slots=True)
class GrowingAnswer:
    """A question in hand; `answer` is what is told of it so far, None before anything is."""

    question: str
    make: Callable[[], Iterator[Answer]] = field(repr=False)
    keep: Callable[[ConversationTurn], object] = field(repr=False)
    answer: Answer | None = None


class AnswerJobs:
    """The questions in hand of a server, those of one conversation one after another.

    All methods may be called from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, tuple[GrowingAnswer, ...]] = {}
        self._problems: dict[str, str] = {}

    def ask(
        self,
        conversation: str,
        question: str,
        make: Callable[[], Iterator[Answer]],
        keep: Callable[[ConversationTurn], object],
    ) -> int:
        """Have `make` called when its turn comes, and the whole answer given to `keep`; its place
        in the line, at once. What `make` gives grows: nothing told may be missing later."""
        growing = GrowingAnswer(question, make, keep)
        with self._lock:
            line = self._lines.get(conversation, ())
            self._lines[conversation] = (*line, growing)
        if not line:
            threading.Thread(target=self._work, args=(conversation,), daemon=True).start()
        return len(line) + 1

    def line(self, conversation: str) -> tuple[GrowingAnswer, ...]:
        """The questions of a conversation that are not answered yet, the one in hand first."""
        return self._lines.get(conversation, ())

    def problem(self, conversation: str) -> str:
        """Why an answer could not be kept; told once, and empty where every one was."""
        return self._problems.pop(conversation, "")

    def _work(self, conversation: str) -> None:
        line = self.line(conversation)
        while line:
            if problem := problem_of(partial(_write, line[0])):
                self._problems[conversation] = problem
            line = self._next(conversation)

    def _next(self, conversation: str) -> tuple[GrowingAnswer, ...]:
        """The line without its first; where none is left, the next to come is worked on anew."""
        with self._lock:
            rest = self._lines.pop(conversation)[1:]
            if rest:
                self._lines[conversation] = rest
            return rest


def _write(growing: GrowingAnswer) -> None:
    """Have an answer written, and keep it: whole, or as far as it came and why no further."""

    def grow() -> None:
        for answer in growing.make():
            growing.answer = answer

    problem, answer = problem_of(grow), growing.answer
    if problem and answer and answer.statements:
        # What it states already stands, for someone has read it.
        answer, problem = replace(answer, notice=problem), ""
    with suppress(UnknownConversation):  # deleted meanwhile: nobody waits for it
        growing.keep(ConversationTurn(growing.question, None if problem else answer, problem))
