"""The terms of a large library as mappings that look each up when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from rag.text.vocabulary import Vocabulary


class TermLookup(Protocol):
    """An index that tells of one term at a time."""

    def frequency(self, phrase: str) -> int:
        """In how many passages a term stands."""

    def beginning(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The terms that begin so, and in how many passages each stands."""


def looked_up(index: TermLookup) -> Vocabulary:
    """The vocabulary of an index."""
    return Vocabulary(_Frequencies(index), _ByInitial(index))


class _Frequencies(Mapping[str, int]):
    """In how many passages each term stands, as the index tells when it is asked."""

    def __init__(self, index: TermLookup) -> None:
        self._index = index

    def __getitem__(self, term: str) -> int:
        frequency = self._index.frequency(term)
        if not frequency:
            raise KeyError(term)
        return frequency

    def __iter__(self) -> Iterator[str]:
        return (term for term, _ in self._index.beginning(""))

    def __len__(self) -> int:
        return len(self._index.beginning(""))


class _ByInitial(Mapping[str, tuple[str, ...]]):
    """By their first letter, the terms that stand in more than one passage."""

    def __init__(self, index: TermLookup) -> None:
        self._index = index

    def __getitem__(self, initial: str) -> tuple[str, ...]:
        return tuple(term for term, count in self._index.beginning(initial) if count > 1)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(term[0] for term, _ in self._index.beginning("")))

    def __len__(self) -> int:
        return len(list(iter(self)))
