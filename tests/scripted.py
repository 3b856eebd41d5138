"""Chat models that say what a test has them say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rag.chat_model import Turn
from rag.errors import ModelError

Says = Callable[[Sequence[Turn]], str]


@dataclass
class ScriptedModel:
    """Says `text`, or what it makes of the turns, `bit` letters at a time; `heard` is what it was
    told. With `fails` it raises that once everything is said."""

    text: str | Says
    bit: int = 7
    fails: ModelError | None = None
    name: str = "scripted:model"
    heard: list[Sequence[Turn]] = field(default_factory=list)

    def stream(self, turns: Sequence[Turn]) -> Iterator[str]:
        """The text in bits, and then the failure."""
        said = self._said(turns)
        yield from (said[at : at + self.bit] for at in range(0, len(said), self.bit))
        if self.fails:
            raise self.fails

    def say(self, turns: Sequence[Turn]) -> str:
        """The text, or the failure."""
        if self.fails:
            raise self.fails
        return self._said(turns)

    def _said(self, turns: Sequence[Turn]) -> str:
        self.heard.append(turns)
        return self.text if isinstance(self.text, str) else self.text(turns)


def passages_shown(turns: Sequence[Turn]) -> list[tuple[int, str]]:
    """The passages that a model was shown, with their numbers."""
    found = re.findall(r'<passage number="(\d+)">\n(.*?)\n</passage>', turns[-1].text, re.DOTALL)
    return [(int(number), text) for number, text in found]
