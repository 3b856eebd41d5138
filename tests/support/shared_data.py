"""What several tests are made of: embedders, small documents, and where public test data lies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from places import SHARED as SHARED

from ingest.chunking import split
from ingest.cleaning.clean import CleanPage, clean
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.inspection.grades import grades_named
from rag.judge.port import Entailment, Polarity, Reading, Span
from rag.library.encoder import Embedder, Vectors, open_embedder
from rag.library.library import Library
from rag.packs.briefing.findings import praise_or_fault
from rag.text.tokens import content_terms
from rag.types import Description, Document, Passage, Status


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


def put(
    library: Library,
    name: str,
    *paragraphs: str,
    origin: str = "",
    description: Description | None = None,
) -> Document:
    """Hold a small document."""
    document, passages = made(name, *paragraphs, description=description)
    vectors = library.embedder.encode([passage.text for passage in passages])
    with library.writing():
        library.put(document, passages, vectors, origin)
    return document


def found(library: Library, text: str) -> list[str]:
    """The documents that both indexes find for a text."""
    vector = library.embedder.encode([text])[0].tolist()
    dense = {document for (document, _), _ in library.nearest(vector, 5)}
    lexical = {document for (document, _), _ in library.matching(text.casefold().split(), 5)}
    return sorted(dense & lexical)


def vectors_held(library: Library) -> tuple[int, int]:
    """How many vectors and how many passages a library holds: they must be as many."""
    return library._vectors.count(), sum(entry.passages for entry in library.entries())


class WordJudge:
    """Holds that a span answers, or a source bears out, what it shares most words with."""

    def load(self) -> None:
        """Nothing is needed."""

    def answers(self, question: str, spans: Sequence[Span]) -> tuple[float, ...]:
        """From -1, no word of the question but its source's name, to 8, all of them."""
        asked = set(content_terms(question))
        return tuple(
            9
            * _share(
                asked - set(content_terms(span.label)), f"{span.heading} {span.before} {span.text}"
            )
            - 1
            for span in spans
        )

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """So, or the opposite where one of the two denies or tells another figure or grade, by as
        much as the source has of the statement's words."""
        return tuple(_entailment(source.text, statement) for source, statement in pairs)

    def entails_in_place(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """The same; but other figures than the statement's may be of what stands around."""
        undecided = Entailment(0.1, 0.6, 0.3)
        return tuple(undecided if e.contradicted > 0.5 else e for e in self.entails(pairs))

    def reads(self, spans: Sequence[Span]) -> tuple[Reading, ...]:
        """Strengths and weaknesses by their words, all asserted."""
        return tuple(Reading(_polarity(span.text), Status.ASSERTED, "other", 1.0) for span in spans)


_DENIES = re.compile(r"\b(?:no|not|never|none|nobody)\b|n[\u2019']t\b", re.IGNORECASE)


_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")


def _entailment(source: str, statement: str) -> Entailment:
    share = min(_share(set(content_terms(statement)), source), 0.98)
    opposed, aside = Entailment(0.01, 0.95, 0.04), Entailment(0.01, 0.01, 0.98)
    for told, said in zip(_values(statement), _values(source), strict=True):
        if told and said and told.isdisjoint(said) and share > 0.2:
            return opposed
        if told and not said and share < 0.9:
            return aside
    if share < 0.5:
        return aside
    denied = bool(_DENIES.search(source)) is not bool(_DENIES.search(statement))
    return opposed if denied else Entailment(share, 0.01, 0.99 - share)


def _values(text: str) -> tuple[set[str], set[str], set[str]]:
    """The grades of a text, its figures without years, and the names in it."""
    figures = {*re.findall(r"\d[\d,.]*\d|\d", re.sub(r"\b(?:19|20)\d\d\b", "", text))}
    return {grade.casefold() for grade in grades_named(text)}, figures, {*_NAME.findall(text)}


def _polarity(text: str) -> Polarity:
    side = praise_or_fault(text)
    if side:
        return Polarity.STRENGTH if side > 0 else Polarity.WEAKNESS
    return Polarity.NEUTRAL


def _share(asked: set[str], text: str) -> float:
    return len(asked & set(content_terms(text))) / len(asked) if asked else 0.0
