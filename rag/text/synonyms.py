"""Words that say the same, or the opposite, as far as a comparison needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from rag.text.lexicon import groups, lists
from rag.text.parse import ParsedText, Token, agrees
from rag.text.tokens import stem
from rag.types import Comparison, TextSpan

PREFIX = 5
"""Words that begin with this many letters in common are taken for one word ("excluded",
"exclusions")."""


def same_word(one: Token, other: Token) -> bool:
    """Whether two words are forms of one word, or of words that say the same."""
    return same_stem(one.stem, other.stem)


@lru_cache(maxsize=100_000)
def same_stem(one: str, other: str) -> bool:
    """Whether two stems are of one word, of one family, or listed as saying the same."""
    if one == other:
        return True
    if not (one[:1].isalpha() and other[:1].isalpha()):
        return False
    if len(one) >= PREFIX and len(other) >= PREFIX and one[:PREFIX] == other[:PREFIX]:
        return abs(len(one) - len(other)) <= 4
    return _grouped(lists.Words.ALIKE, one, other)


def shared(one: ParsedText, other: ParsedText) -> tuple[Comparison, ...]:
    """The words that carry meaning and stand in both, in forms of their own."""
    return tuple(
        agrees("words", TextSpan(a.start, a.end), TextSpan(b.start, b.end))
        for a in one.tokens
        if a.carries and (b := next((t for t in other.tokens if same_word(a, t)), None))
    )


def _grouped(name: str, one: str, other: str) -> bool:
    known = _groups(name)
    return not known.get(one, frozenset()).isdisjoint(known.get(other, frozenset()))


@cache
def _groups(name: str) -> Mapping[str, frozenset[int]]:
    """The groups of words of a list, by the stem of each word."""
    found: dict[str, set[int]] = {}
    for n, group in enumerate(groups(name)):
        for word in group:
            found.setdefault(stem(word), set()).add(n)
    return {key: frozenset(value) for key, value in found.items()}
