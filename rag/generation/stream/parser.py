"""Pure: what a model writes, bit by bit -> the statements that it proposes, each when complete.

Nothing here is believed: a statement is proposed with the numbers of the passages that the model
says back it. How the text was cut into bits makes no difference: it is read letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.generation.stream.json_objects import Objects
from rag.generation.stream.sentences import ProposedSentence, first_stop, is_whole, proposed_in
from rag.text.tokens import squash

__all__ = ["ProposedSentence", "ReplyParser"]

_LONGEST = 1500
"""Letters after which a line without a sentence in it is given up: a model that runs on."""
_THOUGHT = re.compile(
    r"<(/?)(?:think|thinking|thought|reasoning|reflection|scratchpad)>$", re.IGNORECASE
)
_LONGEST_TAG = 15


class ReplyParser:
    """Reads one answer about `count` passages, numbered from 1; no sentence is given twice."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._line = ""
        self._runs_on = False
        self._thought: str | None = None
        self._objects: Objects | None = None
        self._given: set[str] = set()

    def feed(self, delta: str) -> tuple[ProposedSentence, ...]:
        """Read on; gives the statements that are complete with it."""
        return tuple(one for letter in delta for one in self._fresh(self._read(letter)))

    def end(self) -> tuple[ProposedSentence, ...]:
        """Nothing more comes: gives what remains; a sentence that was cut off is dropped."""
        line, self._line = self._line, ""
        if self._thought is not None or self._objects or not is_whole(line, self._count):
            return ()
        return tuple(self._fresh(proposed_in(line, self._count)))

    def _fresh(self, proposed: Iterable[ProposedSentence]) -> Iterator[ProposedSentence]:
        for one in proposed:
            words = squash(one.text).casefold()
            if words not in self._given:
                self._given.add(words)
                yield one

    def _read(self, letter: str) -> Iterable[ProposedSentence]:
        if self._thought is not None:
            return self._think(letter)
        if self._objects:
            return self._read_object(self._objects, letter)
        if self._runs_on:
            self._runs_on = letter not in "\n\r"
            return ()
        self._line += letter
        if letter in "\n\r":
            return self._cut(len(self._line))
        if letter == "{" and not self._line.strip("{[, \t"):
            self._objects = Objects()
            return self._read_object(self._objects, letter)
        if letter == ">":
            self._think(letter)
        elif letter.isspace():
            return self._cut(first_stop(self._line))
        return ()

    def _think(self, letter: str) -> Iterable[ProposedSentence]:
        """A model's thoughts are no part of its answer."""
        if self._thought is None:
            thought = _THOUGHT.search(self._line)
            if thought:
                self._line = "" if thought[1] else self._line[: thought.start()]
                self._thought = None if thought[1] else ""
            return ()
        self._thought = f"{self._thought}{letter}"[-_LONGEST_TAG:]
        ended = _THOUGHT.search(self._thought)
        if ended and ended[1]:
            self._thought = None
        return ()

    def _read_object(self, objects: Objects, letter: str) -> Iterable[ProposedSentence]:
        items = objects.feed(letter)
        if objects.over:
            self._objects, self._line = None, objects.left
        said = ((" ".join(item.text.split()), item.passages) for item in items)
        return [one for text, given in said for one in proposed_in(text, self._count, given)]

    def _cut(self, at: int) -> Iterable[ProposedSentence]:
        done, self._line = self._line[:at], self._line[at:]
        if len(self._line) > _LONGEST:
            self._line, self._runs_on = "", True
        return proposed_in(done, self._count) if done else ()
