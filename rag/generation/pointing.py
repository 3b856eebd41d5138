"""Adapter: a judge that is a language model. It points to sentences, and the documents speak."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import ModelRefused, ModelUnclear
from rag.generation.model import ChatModel
from rag.generation.prompts import pointing, spans_within
from rag.generation.replies import numbers_pointed_to
from rag.judge.port import Span

NAMED, STEP = 2.0, 0.1
"""What it counts for, in log odds, that a sentence is named first, and how much less that it is
named after another. No more than that: what the bundled judge is sure of outweighs one mistake of a
small model, and what it is not sure of is decided by a good one."""
NO_ROOM = (
    "No sentence fits into what may be sent to the language model: raise SCRUTINY_MODEL_TOKENS."
)


class PointingJudge:
    """Judges which sentences answer, as the port says, by asking a language model.

    The model sees numbered sentences with their sources, `tokens` in all, and replies with numbers:
    no word of it goes any further.
    """

    def __init__(self, model: ChatModel, *, tokens: int) -> None:
        self.model = model
        self._tokens = tokens

    def answers(self, question: str, spans: Sequence[Span]) -> tuple[float, ...]:
        """What it counts for, in log odds, that the model named a span; zero for one that it did
        not, or that there was no room for: the likeliest come first. Raises ModelError."""
        shown = spans_within(question, spans, self._tokens)
        if not shown:
            raise ModelRefused(NO_ROOM)
        numbers = numbers_pointed_to(self.model.say(pointing(question, shown)), len(shown))
        if numbers is None:
            raise ModelUnclear("The language model replied in no form that can be read.")
        worth = [0.0] * len(spans)
        for place, number in enumerate(numbers):
            worth[number - 1] = NAMED - STEP * place
        return tuple(worth)
