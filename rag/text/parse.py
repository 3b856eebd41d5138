"""A text read once for all comparators: its words with their places, stems and polarity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.text.tokens import STOP, WORD, stem
from rag.types import OWN_WORDS, Agreement, Comparison, Description, TextSpan, Utterance


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
class ParsedText:
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
class ParsedSource:
    """What a claim is compared with: the words said, the passage around them, their document."""

    said: ParsedText
    around: ParsedText
    about: Description | None = None
    utterance: Utterance = OWN_WORDS
    """How it is said there."""


@lru_cache(maxsize=4096)
def parse(text: str) -> ParsedText:
    """Read a text; curly apostrophes count as straight ones."""
    tokens = []
    for match in WORD.finditer(text):
        word = match.group().casefold().replace("\u2019", "'")
        tokens.append(Token(word, stem(word), match.start(), match.end()))
    return ParsedText(text, tuple(tokens))


def source(said: str, around: str = "", about: Description | None = None) -> ParsedSource:
    """A source from plain texts."""
    return ParsedSource(parse(said), parse(around or said), about)


def differs(aspect: str, claim: TextSpan, said: TextSpan | None, words: str) -> Comparison:
    """A comparison that finds a difference."""
    return Comparison(aspect, Agreement.DIFFERS, (claim,), (said,) if said else (), words)


def agrees(aspect: str, claim: TextSpan, said: TextSpan | None, words: str = "") -> Comparison:
    """A comparison that finds agreement."""
    return Comparison(aspect, Agreement.AGREES, (claim,), (said,) if said else (), words)


def adds(aspect: str, claim: TextSpan, words: str) -> Comparison:
    """A comparison that finds something in the claim alone."""
    return Comparison(aspect, Agreement.ADDS, (claim,), (), words)
