"""Slips of the hand in words of asking ("overveiw") and in names of what is judged, which no
document's words would mend."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.inspection.frameworks import CATALOGUE
from rag.text.lexicon import lists, words

_FEWEST_LETTERS = 6
_LONG_WORD = re.compile(rf"\b[a-z]{{{_FEWEST_LETTERS},}}\b", re.IGNORECASE)
_SIGN = re.compile(r"(?<=\w) ?[+&] ?(?=[^\W\d])")


def without_slips(question: str) -> str:
    """A question with each word that is one letter away from a word of asking, or of the name of an
    area that is judged, read as that, and a sign between words as "and"; not a word with a capital
    within it, which may be a name."""
    return _LONG_WORD.sub(_corrected, _SIGN.sub(" and ", question))


def _corrected(match: re.Match[str]) -> str:
    word, plain = match.group(), match.group().casefold()
    if plain in _by_initial(plain[0]) or (match.start() and word[0].isupper()):
        return word
    nearest = process.extractOne(plain, _by_initial(plain[0]), scorer=OSA.distance, score_cutoff=1)
    return str(nearest[0]) if nearest else word


@cache
def _by_initial(letter: str) -> tuple[str, ...]:
    areas = {word for area in CATALOGUE.areas for word in area.split()}
    return tuple(sorted(w for w in areas | words(lists.Words.ASKING) if w[0] == letter))
