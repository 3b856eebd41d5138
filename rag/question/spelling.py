"""Slips of the hand in the words of asking ("overveiw"), which no document's words would mend."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.text.lexicon import lists, words

_FEWEST_LETTERS = 6
_LONG_WORD = re.compile(rf"\b[a-z]{{{_FEWEST_LETTERS},}}\b", re.IGNORECASE)


def without_slips(question: str) -> str:
    """A question with each word that is one letter away from a word of asking read as that; not a
    word with a capital within it, which may be a name."""
    return _LONG_WORD.sub(_corrected, question)


def _corrected(match: re.Match[str]) -> str:
    word, plain = match.group(), match.group().casefold()
    if plain in words(lists.Words.ASKING) or (match.start() and word[0].isupper()):
        return word
    nearest = process.extractOne(plain, _by_initial(plain[0]), scorer=OSA.distance, score_cutoff=1)
    return str(nearest[0]) if nearest else word


@cache
def _by_initial(letter: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in words(lists.Words.ASKING) if word[0] == letter))
