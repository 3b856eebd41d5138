"""What a language model is given to write from: the extractive answer and numbered passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag.answering.compose import AnswerDraft
from rag.citation.verify import source_of
from rag.judge.port import Judge
from rag.library.corpus import Corpus
from rag.question.intent import AnswerType
from rag.retrieval.search import Retrieved
from rag.types import Document, Passage

MOST_PASSAGES = 8
"""More distract a small model, and a large one has the best among the first."""


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A passage under the number by which the model cites it, with the pages that it stands on."""

    n: int
    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """A question, what kinds of thing would answer it, the passages to answer from, and who judges
    whether they bear out what is written."""

    question: str
    asked: tuple[AnswerType, ...]
    given: tuple[NumberedSource, ...]
    judge: Judge | None = None


def answer_context(library: Corpus, found: Retrieved, made: AnswerDraft) -> AnswerContext:
    """The passages that the extractive answer quotes, and after them the nearest others."""
    passages = _unlike([quote.passage for quote in made.quotes], found)
    given = (NumberedSource(n, passage, source_of(library, passage)) for n, passage in passages)
    question = found.question
    return AnswerContext(question.text, question.answer_types, tuple(given), library.judge)


def _unlike(first: Iterable[Passage], found: Retrieved) -> Iterable[tuple[int, Passage]]:
    """Each passage once, numbered from 1, the quoted ones always."""
    quoted = {(p.document, p.number): p for p in first}
    others = {(h.passage.document, h.passage.number): h.passage for h in found.hits}
    chosen = {**quoted, **{key: p for key, p in others.items() if key not in quoted}}
    most = max(MOST_PASSAGES, len(quoted))
    return enumerate(list(chosen.values())[:most], 1)
