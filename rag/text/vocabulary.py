"""The terms that a library holds, and which of them a misspelling is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA


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
