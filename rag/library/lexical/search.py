"""The passages that match terms best, and the terms that are held, however many passages there are.

SQLite's own index holds the truth and is exact, but it looks at every passage that has one of the
words. In a library of more than a few thousand an index beside it (`tantivy_index`) proposes the
passages that are likely best, and only those are weighed by what SQLite holds. It follows SQLite as
the vectors do: it holds at least what SQLite holds, what is left over is passed over, and where it
is missing or damaged SQLite's own index answers until it has been made afresh.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import LibraryError
from rag.library import bm25
from rag.library.database import Connection
from rag.library.lexical.looked_up import looked_up
from rag.library.lexical.port import Rows
from rag.library.tables import Catalogue
from rag.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rag.library.lexical.tantivy_index import TantivyIndex

FEW_PASSAGES = 10_000
"""Up to so many, SQLite's index looks at every passage."""
MOST_NAMED = 250
"""Documents that a search is narrowed to by naming each."""
DEPTHS = (1_000, 10_000)
"""How many matching passages are sifted where more documents are let through than can be named."""
PROPOSED = 4
"""Passages that are weighed for each that is wanted."""


class LexicalSearch:
    """Searches the terms of one library, and keeps the index of a large one in step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: TantivyIndex | None = None
        self._vocabulary: tuple[int, Vocabulary] | None = None

    # ------------------------------------------------------------ searching

    def search(
        self,
        connection: Connection,
        held: Catalogue,
        query: Sequence[str],
        k: int,
        within: Collection[str] | None = None,
    ) -> Rows:
        """The `k` best passages for the terms: (row, BM25), best first, BM25 above zero.

        A term with a space in it is matched as a phrase; `within` are the names of the documents
        that are looked at.
        """
        index = self.index(held)
        if index:
            try:
                return self._weighed(connection, index, held, query, k, within)
            except LibraryError:
                self.discard()
        return _exactly(connection, held, query, k, within)

    def _weighed(
        self,
        connection: Connection,
        index: TantivyIndex,
        held: Catalogue,
        query: Sequence[str],
        k: int,
        within: Collection[str] | None,
    ) -> Rows:
        """The best of the passages that the index proposes."""
        phrases = bm25.phrases_of(query)
        rows = _proposed(index, held, phrases, PROPOSED * k, within)
        if not rows:
            return []
        passages = bm25.index_size(connection).passages
        weights = {
            phrase: bm25.inverse_frequency(passages, index.frequency(phrase)) for phrase in phrases
        }
        return bm25.scores(connection, weights, rows)[:k]

    def vocabulary(self, connection: Connection, held: Catalogue) -> Vocabulary:
        """The terms that are held: read once for a state of a small library, looked up in the index
        of a large one."""
        latest = self._vocabulary
        if latest is None or latest[0] != held.state:
            index = self.index(held)
            made = (
                looked_up(index) if index else Vocabulary.of(bm25.document_frequencies(connection))
            )
            latest = self._vocabulary = held.state, made
        return latest[1]

    # ------------------------------------------------------------ the words of passages

    def add(self, connection: Connection, passages: Iterable[bm25.IndexedPassage]) -> None:
        """Index passages under their rows of the passages table."""
        bm25.add(connection, passages)

    def describe(self, connection: Connection, rows: Iterable[int], source: str) -> None:
        """Give passages another description of their source."""
        bm25.describe(connection, rows, source)

    def remove(self, connection: Connection, rows: Iterable[int]) -> None:
        """Take passages out of the index."""
        bm25.remove(connection, rows)

    # ------------------------------------------------------------ the index of a large library

    def index(self, held: Catalogue) -> TantivyIndex | None:
        """The index of a large library; None for a small one, and where it is not in step."""
        if held.passages <= FEW_PASSAGES:
            return None
        try:
            if self._opened is None:
                # Imported here: a small library does without it.
                from rag.library.lexical.tantivy_index import TantivyIndex

                self._opened = TantivyIndex(self._folder)
            self._opened.follow(held.state)
            return self._opened if self._opened.count() >= held.passages else None
        except LibraryError:
            return None

    def put(self, connection: Connection, held: Catalogue, versions: Mapping[str, str]) -> None:
        """Index documents as SQLite holds them now: their names, by the versions to index.

        A version without a name is forgotten. What cannot be indexed is left to `make_sound`.
        """
        index = self.index(held)
        if index is None:
            return
        try:
            index.put(versions, _terms_of(connection, versions.values()))
        except LibraryError:
            self.discard()

    def is_behind(self, held: Catalogue) -> bool:
        """Whether a large library has no index that is in step."""
        return held.passages > FEW_PASSAGES and self.index(held) is None

    def make_sound(self, connection: Connection, held: Catalogue) -> None:
        """Make the index of a large library afresh where it is not in step.

        Only who may write to the library may call it.
        """
        if not self.is_behind(held):
            return
        self.discard()
        self.index(held)
        if self._opened is None:
            return
        try:
            names = held.entry_named.keys()
            self._opened.put((), _terms_of(connection, names))
            self._opened.rest()
        except LibraryError:
            self.discard()

    def rest(self) -> None:
        """Let another program write."""
        if self._opened is not None:
            try:
                self._opened.rest()
            except LibraryError:
                self.discard()

    def discard(self) -> None:
        """Delete the index, whatever state it is in."""
        from rag.library.lexical.tantivy_index import discard

        self._opened = None
        discard(self._folder)

    def close(self) -> None:
        """Let go of the files."""
        self._opened = None


def _terms_of(connection: Connection, documents: Collection[str]) -> Iterator[bm25.PassageTerms]:
    for name in documents:
        if name:
            yield from bm25.passage_terms(connection, name)


# ---------------------------------------------------------------- documents let through


def _exactly(
    connection: Connection,
    held: Catalogue,
    query: Sequence[str],
    k: int,
    within: Collection[str] | None,
) -> Rows:
    """The best passages by SQLite's own index."""
    if within is None:
        return bm25.search(connection, query, k)
    versions = [held.entry_named[name].version for name in within]
    # To name 2,900 documents in a query takes 0.4 s, to sift the best of all of them 0.01 s.
    for depth in DEPTHS if len(within) > MOST_NAMED else ():
        found = bm25.search(connection, query, depth)
        sifted = bm25.of_versions(connection, found, frozenset(versions))
        if len(sifted) >= k or len(found) < depth:
            return sifted[:k]
    return bm25.search(connection, query, k, versions)


def _proposed(
    index: TantivyIndex,
    held: Catalogue,
    phrases: Sequence[str],
    wanted: int,
    within: Collection[str] | None,
) -> list[int]:
    """The rows of the passages that are likely best."""
    if within is None:
        return [each.row for each in index.candidates(phrases, wanted)]
    versions = [held.entry_named[name].version for name in within]
    if len(within) > MOST_NAMED:
        keys = index.keys(versions)
        share = held.passages / max(held.passages_of(within), 1)
        depth = min(math.ceil(2 * wanted * share), DEPTHS[-1])
        found = index.candidates(phrases, depth)
        sifted = [each.row for each in found if each.document in keys]
        if 2 * len(sifted) >= wanted or len(found) < depth:
            return sifted[:wanted]
    return [each.row for each in index.candidates(phrases, wanted, versions)]
