"""The port to what finds passages by their words, whichever engine holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from rag.library.bm25 import PassageWords
from rag.library.database import Connection
from rag.library.tables import Catalogue
from rag.text.vocabulary import Vocabulary

Rows = list[tuple[int, float]]
"""Passages by their rows, each with its BM25, best first."""


class WordIndex(PassageWords, Protocol):
    """Searches the words of one library.

    An engine that keeps an index beside the truth brings it in step by the methods from `put` on;
    those of one whose index is part of it do nothing.
    """

    def search(
        self,
        connection: Connection,
        held: Catalogue,
        query: Sequence[str],
        k: int,
        within: Collection[str] | None = None,
    ) -> Rows:
        """The `k` best passages for the terms, BM25 above zero; a term with a space in it is
        matched as a phrase; `within` are the names of the documents that are looked at."""

    def vocabulary(self, connection: Connection, held: Catalogue) -> Vocabulary:
        """The terms that are held."""

    def put(self, connection: Connection, held: Catalogue, versions: Mapping[str, str]) -> None:
        """Index documents as they are held now: their names, by the versions to index."""

    def is_behind(self, held: Catalogue) -> bool:
        """Whether the index is not in step."""

    def make_sound(self, connection: Connection, held: Catalogue) -> None:
        """Make the index afresh where it is not in step."""

    def rest(self) -> None:
        """Let another program write."""

    def discard(self) -> None:
        """Delete the index, whatever state it is in."""

    def close(self) -> None:
        """Let go of the files."""
