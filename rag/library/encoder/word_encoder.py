"""An encoder that knows the words of documents again, from one program to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from rag.library.analysis_store import Row, digest_of
from rag.library.encoder import CachedEncoder, Embedder


class KeepsVectors(Protocol):
    """What keeps the vectors of documents' words."""

    def word_vectors(self, name: str) -> Mapping[bytes, Row]:
        """The vectors that are kept of words of a document, by the digests of these."""

    def keep_word_vectors(self, name: str, vectors: Mapping[bytes, Row]) -> None:
        """Keep vectors of words of a document while it stays."""


class WordEncoder(CachedEncoder):
    """An embedder that looks up what was encoded before, now or for an earlier pack."""

    def __init__(self, embedder: Embedder, keeper: KeepsVectors | None = None) -> None:
        super().__init__(embedder)
        self._keeper = keeper
        self._kept: dict[str, Mapping[bytes, Row]] = {}

    def prepare_words(self, words: Iterable[tuple[str, str]]) -> None:
        """Encode words of documents in one batch, those not yet known; each with the name of its
        document, with which its vector is kept."""
        new: dict[str, str] = {}
        for document, text in words:
            if text in self._known or text in new:
                continue
            row = self._of_document(document).get(_key(text))
            if row is None:
                new[text] = document
            else:
                self._known[text] = row
        self.prepare(new)
        self._keep(new)

    def _of_document(self, document: str) -> Mapping[bytes, Row]:
        if self._keeper is None:
            return {}
        if document not in self._kept:
            self._kept[document] = self._keeper.word_vectors(document)
        return self._kept[document]

    def _keep(self, new: Mapping[str, str]) -> None:
        by_document: defaultdict[str, dict[bytes, Row]] = defaultdict(dict)
        for text, document in new.items():
            by_document[document][_key(text)] = self._known[text]
        for document, vectors in by_document.items():
            if self._keeper is not None:
                self._keeper.keep_word_vectors(document, vectors)


def _key(text: str) -> bytes:
    return digest_of(text.encode("utf-8", "replace"))
