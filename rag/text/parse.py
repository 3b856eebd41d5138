"""A text read once for all comparators: its words with their places, stems and polarity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.text.tokens import STOP, WORD, stem
from rag.types import Comparison, Description, Finding, Mark


@dataclass(frozen=True, slots=True)
class Token:
    """One word: in lower case, its stem, and where it stands."""

    word: str
    stem: str
    start: int
    end: int

    @property
    def carries(self) -> bool:
        """Whether it carries meaning: no function word."""
        return self.word not in STOP and self.word.removesuffix("'s") not in STOP


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its words."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the words that carry meaning."""
        return frozenset(token.stem for token in self.tokens if token.carries)

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The words that lie between two places of the text."""
        return tuple(t for t in self.tokens if t.start >= start and t.end <= end)


@dataclass(frozen=True, slots=True)
class Source:
    """What a claim is compared with: the words said, the passage around them, their document."""

    said: Reading
    around: Reading
    about: Description | None = None


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read a text; curly apostrophes count as straight ones."""
    tokens = []
    for match in WORD.finditer(text):
        word = match.group().casefold().replace("\u2019", "'")
        tokens.append(Token(word, stem(word), match.start(), match.end()))
    return Reading(text, tuple(tokens))


def source(said: str, around: str = "", about: Description | None = None) -> Source:
    """A source from plain texts."""
    return Source(read(said), read(around or said), about)


def differs(aspect: str, claim: Mark, said: Mark | None, words: str) -> Comparison:
    """A comparison that finds a difference."""
    return Comparison(aspect, Finding.DIFFERS, (claim,), (said,) if said else (), words)


def agrees(aspect: str, claim: Mark, said: Mark | None, words: str = "") -> Comparison:
    """A comparison that finds agreement."""
    return Comparison(aspect, Finding.AGREES, (claim,), (said,) if said else (), words)


def adds(aspect: str, claim: Mark, words: str) -> Comparison:
    """A comparison that finds something in the claim alone."""
    return Comparison(aspect, Finding.ADDS, (claim,), (), words)
