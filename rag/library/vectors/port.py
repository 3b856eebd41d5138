"""The port to what finds the nearest vectors, beside the truth, which has them too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rag.library.encoder import Vectors


class VectorIndex(Protocol):
    """The passages' vectors; each document is known by its version. May raise LibraryError."""

    def follow(self, stamp: str) -> None:
        """Look again when `stamp` tells that another process has written."""

    def add(self, versions: Iterable[tuple[str, Vectors]]) -> None:
        """Hold versions of documents: each with the vectors of its passages, in order."""

    def remove(self, version: str) -> None:
        """Forget one version of a document; nothing happens when it is not held."""

    def start_afresh(self) -> None:
        """Forget everything, whatever state it is in."""

    def count(self) -> int:
        """How many passages have a vector."""

    def nearest(
        self, vector: Sequence[float], k: int, versions: Iterable[str] | None = None
    ) -> list[tuple[str, int, float]]:
        """The `k` nearest passages: (version, passage number, cosine), nearest first."""


class NoVectorIndex:
    """Holds nothing: every vector of the truth is compared."""

    def follow(self, stamp: str) -> None:
        """Nothing is held."""

    def add(self, versions: Iterable[tuple[str, Vectors]]) -> None:
        """Nothing is held."""

    def remove(self, version: str) -> None:
        """Nothing is held."""

    def start_afresh(self) -> None:
        """Nothing is held."""

    def count(self) -> int:
        """None."""
        return 0

    def nearest(
        self, vector: Sequence[float], k: int, versions: Iterable[str] | None = None
    ) -> list[tuple[str, int, float]]:
        """None."""
        return []
