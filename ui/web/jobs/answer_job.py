"""Answers that are written beside the pages, so that nothing that a reader does ends one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rag.errors import ScrutinyError, UnknownConversation
from rag.saved.conversations import ConversationTurn
from rag.types import Answer
from ui.error_log import unforeseen


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
            try:
                line[0].keep(_turn(line[0]))
            except UnknownConversation:
                pass  # deleted meanwhile: nobody waits for it
            except ScrutinyError as error:
                self._problems[conversation] = str(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, others wait in the line
                self._problems[conversation] = unforeseen(error, None)
            line = self._next(conversation)

    def _next(self, conversation: str) -> tuple[GrowingAnswer, ...]:
        """The line without its first; where none is left, the next to come is worked on anew."""
        with self._lock:
            rest = self._lines.pop(conversation)[1:]
            if rest:
                self._lines[conversation] = rest
            return rest


def _turn(growing: GrowingAnswer) -> ConversationTurn:
    """The whole answer, or why there is none."""
    try:
        for grown in growing.make():
            growing.answer = grown
    except ScrutinyError as error:
        return _broken_off(growing, str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, someone waits for the end
        return _broken_off(growing, unforeseen(error, None))
    return ConversationTurn(growing.question, growing.answer)


def _broken_off(growing: GrowingAnswer, problem: str) -> ConversationTurn:
    told = growing.answer
    if told and told.statements:
        # What was told stands, for someone has read it.
        return ConversationTurn(growing.question, replace(told, notice=problem))
    return ConversationTurn(growing.question, None, problem)
