"""Sentences offered to a judge that is slow: it is asked while no library is held open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import AnswerDraft, ComposedAnswer
from rag.answering.extractive import candidates
from rag.answering.refusal import Refusal, answer_or_refusal
from rag.answering.selection import Candidate
from rag.judge.port import Span
from rag.library.corpus import Corpus
from rag.retrieval.search import Retrieved, spans_of


@dataclass(frozen=True, slots=True)
class OfferedSentences:
    """What a question may be answered with, of the council, time and kind of source that it asks
    for, the likeliest first, and how a judge reads each."""

    library: Corpus
    retrieved: Retrieved
    candidates: tuple[Candidate, ...]
    spans: tuple[Span, ...]


def offered(library: Corpus, retrieved: Retrieved, draft: AnswerDraft) -> OfferedSentences | None:
    """What a judge is asked about before a draft is made anew; None where that was not chosen by
    weight but by its form (a grade, a list)."""
    found = candidates(retrieved) if draft.by_weight else []
    if not found:
        return None
    spans = spans_of(retrieved, [each.quote for each in found])
    return OfferedSentences(library, retrieved, tuple(found), tuple(spans))


def answer_as_said(offer: OfferedSentences, said: Sequence[float]) -> ComposedAnswer | Refusal:
    """The answer made anew, or why there is none, with a judge's word on each sentence added to
    what is known of it, in log odds."""
    told = {each.place: worth for each, worth in zip(offer.candidates, said, strict=True)}
    return answer_or_refusal(offer.library, replace(offer.retrieved, said=told))


def quotes_any(answer: ComposedAnswer, offer: OfferedSentences, said: Sequence[float]) -> bool:
    """Whether an answer quotes a sentence that a judge spoke for."""
    named = [each.quote for each, worth in zip(offer.candidates, said, strict=True) if worth > 0]
    return any(quote.overlaps(other) for quote in answer.draft.quotes for other in named)
