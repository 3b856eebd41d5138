"""Retriever: question -> passages, dense and lexical scores fused, documents in scope first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.library.corpus import Corpus
from rag.question.expansion import Concept
from rag.question.scope import DocumentFit
from rag.types import Hit

Key = tuple[str, int]
POOL = 60
"""How many passages each index is asked for."""
LEXICAL_WEIGHT = 0.5
"""BM25's share of the fused score; the rest is the cosine's."""
SCOPE_WEIGHT = 1.0
"""What a full fit to the question's scope adds to a fused score."""
SCOPE_REACH = 0.35
"""Documents that fit less than the best by more than this are only looked into lexically."""
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for both indexes; `vector` is its embedding, of length 1."""

    text: str
    vector: Sequence[float]
    concepts: tuple[Concept, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """What the lexical index looks for: every form of every concept, phrases whole."""
        phrases: dict[str, None] = {}
        for concept in self.concepts:
            phrases.update(dict.fromkeys(map(" ".join, concept.forms)))
        return tuple(filter(None, phrases))


def fuse(
    lexical: Mapping[Key, float],
    dense: Mapping[Key, float],
    weight: float = LEXICAL_WEIGHT,
) -> dict[Key, float]:
    """Convex combination of BM25 (divided by its maximum) and cosine (scaled to 0..1 in the pool).

    A passage that one index did not return scores 0 there (Bruch and others, "An Analysis of
    Fusion Functions for Hybrid Retrieval", 2023).
    """
    best = max(lexical.values(), default=1.0) or 1.0
    low, high = min(dense.values(), default=0.0), max(dense.values(), default=1.0)
    width = (high - low) or 1.0
    fused: dict[Key, float] = {}
    for key in {*lexical, *dense}:
        near = (dense[key] - low) / width if key in dense else 0.0
        fused[key] = weight * lexical.get(key, 0.0) / best + (1 - weight) * near
    return fused


@dataclass(frozen=True, slots=True)
class CandidatePool:
    """Candidate passages: their raw cosines and their fused scores (0 to 1, before scope)."""

    cosines: Mapping[Key, float]
    fused: Mapping[Key, float]


def from_everywhere(library: Corpus, query: Query) -> dict[Key, float]:
    """A few passages by their words, from all documents alike."""
    return dict(library.matching(query.terms, POOL // 3))


def candidates(
    library: Corpus,
    query: Query,
    fit: DocumentFit,
    everywhere: Callable[[], Mapping[Key, float]] | None = None,
) -> CandidatePool:
    """Passages from the documents that fit the question's scope best, and a few from everywhere,
    so that a scope guessed wrong hides nothing; `everywhere` gives those where they are known."""
    places = fit.best(SCOPE_REACH)
    narrowed = len(places) < len(fit)
    within = [fit.held.names[place] for place in places.tolist()] if narrowed else None
    lexical: dict[Key, float] = {}
    if narrowed:
        lexical |= everywhere() if everywhere else from_everywhere(library, query)
    lexical |= library.matching(query.terms, POOL, within)
    dense = dict(library.nearest(query.vector, POOL, within))
    return CandidatePool(dense, fuse(lexical, dense))


def ranked(scores: Mapping[Key, float], fit: Mapping[str, float]) -> list[tuple[Key, float]]:
    """Candidates by fused score and fit together, best first."""
    total = [(key, score + SCOPE_WEIGHT * fit.get(key[0], 0.0)) for key, score in scores.items()]
    return sorted(total, key=lambda row: (-row[1], row[0]))


def hits(library: Corpus, order: Sequence[tuple[Key, float]], k: int) -> tuple[Hit, ...]:
    """The first `k` passages, none of which repeats the words of one before it."""
    nearest = dict(order[: 3 * k])
    passages = library.passages_at(nearest)
    unlike: dict[str, Hit] = {}
    for key, score in nearest.items():
        passage = passages.get(key)
        if passage and len(unlike) < k:
            words = _BETWEEN_WORDS.sub("", passage.text.casefold())
            unlike.setdefault(words, Hit(passage, score))
    return tuple(unlike.values())
