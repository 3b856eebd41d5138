"""What several tests are made of: embedders, small documents, and where public test data lies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from places import SHARED as SHARED

from ingest.chunking import split
from ingest.cleaning.clean import CleanPage, clean
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.library.encoder import Embedder, Vectors, open_embedder
from rag.library.library import Library
from rag.types import Description, Document, Passage


@cache
def real_embedder() -> Embedder:
    """The bundled model, loaded once for all tests."""
    return open_embedder()


class WordEmbedder:
    """Puts texts with words in common near each other, without a model."""

    def __init__(self, fingerprint: str = "words") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in text.casefold().split():
                row[hashlib.sha256(word.encode()).digest()[0] % 64] += 1
            row[0] += 0.01
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class BrokenEmbedder(WordEmbedder):
    """Fails whenever it is asked."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("the model broke")


def cleaned(
    *pages: Sequence[str | ExtractedLine], form: str = "pdf", role: LineRole = LineRole.LINE
) -> tuple[CleanPage, ...]:
    """Pages of lines, cleaned; a plain string is a line of the role given."""
    made = tuple(
        tuple(one if isinstance(one, ExtractedLine) else ExtractedLine(one, role) for one in page)
        for page in pages
    )
    return clean(ExtractedPages(made, format=form))


def made(
    name: str, *paragraphs: str | ExtractedLine, description: Description | None = None
) -> tuple[Document, tuple[Passage, ...]]:
    """A one-page document of some paragraphs, and its passages."""
    pages = cleaned(paragraphs, form="docx", role=LineRole.PARAGRAPH)
    sha256 = hashlib.sha256("\n".join(map(str, paragraphs)).encode()).hexdigest()
    stored = tuple(page.page for page in pages)
    document = Document(name, sha256, description or Description(name), stored)
    return document, split(name, pages)


def put(library: Library, name: str, *paragraphs: str, origin: str = "") -> Document:
    """Hold a small document."""
    document, passages = made(name, *paragraphs)
    vectors = library.embedder.encode([passage.text for passage in passages])
    with library.writing():
        library.put(document, passages, vectors, origin)
    return document


def vectors_held(library: Library) -> tuple[int, int]:
    """How many vectors and how many passages a library holds: they must be as many."""
    return library._vectors.count(), sum(entry.passages for entry in library.entries())
