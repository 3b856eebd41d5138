"""The terms that a library holds, and which of them a misspelling is meant for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

FEWEST_PASSAGES = 300
"""A library of fewer passages says too little of how rare a word is: it counts as one of so many.
Else a word that stands in the only passage held would weigh nothing."""


def rarity(frequency: int, passages: int) -> float:
    """How much a term says that stands in so many of the passages: its inverse document frequency,
    in nats (Sparck Jones 1972)."""
    return math.log((max(passages, FEWEST_PASSAGES) + 1) / (1 + frequency))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """In how many passages each term stands, and by their first letter the terms that stand in
    more than one."""

    frequencies: Mapping[str, int]
    by_initial: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> Vocabulary:
        """The vocabulary of terms that stand in so many passages each."""
        groups: dict[str, list[str]] = {}
        for term, count in frequencies.items():
            if count > 1 and term[:1].isalpha():
                groups.setdefault(term[0], []).append(term)
        return cls(frequencies, {initial: tuple(terms) for initial, terms in groups.items()})

    def corrected(self, term: str) -> str | None:
        """The term that `term` is a slip of: itself when held, None when nothing is near."""
        if term in self.frequencies or len(term) < 5 or not term.isalpha():
            return term if term in self.frequencies else None
        like_long = [t for t in self.by_initial.get(term[0], ()) if abs(len(t) - len(term)) < 3]
        most_slips = 1 if len(term) < 8 else 2
        nearest = process.extractOne(term, like_long, scorer=OSA.distance, score_cutoff=most_slips)
        return str(nearest[0]) if nearest else None


EMPTY = Vocabulary.of({})
"""That of no library: nothing is corrected."""
