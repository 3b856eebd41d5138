"""Retriever: question -> passages, dense and lexical scores fused, documents in scope first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.library.corpus import Corpus
from rag.question.expansion import Concept
from rag.types import Hit, Passage

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
        forms = [" ".join(form) for concept in self.concepts for form in concept.forms]
        return tuple(dict.fromkeys(form for form in forms if form))


def fuse(
    lexical: Iterable[tuple[Key, float]],
    dense: Iterable[tuple[Key, float]],
    weight: float = LEXICAL_WEIGHT,
) -> dict[Key, float]:
    """Convex combination of BM25 (divided by its maximum) and cosine (scaled to 0..1 in the pool).

    A passage that one index did not return scores 0 there (Bruch and others, "An Analysis of
    Fusion Functions for Hybrid Retrieval", 2023).
    """
    bm25, cosine = dict(lexical), dict(dense)
    best = max(bm25.values(), default=1.0) or 1.0
    low, high = min(cosine.values(), default=0.0), max(cosine.values(), default=1.0)
    width = (high - low) or 1.0
    return {
        key: weight * bm25.get(key, 0.0) / best
        + (1 - weight) * ((cosine[key] - low) / width if key in cosine else 0.0)
        for key in {*bm25, *cosine}
    }


@dataclass(frozen=True, slots=True)
class CandidatePool:
    """Candidate passages: their raw cosines and their fused scores (0 to 1, before scope)."""

    cosines: Mapping[Key, float]
    fused: Mapping[Key, float]


def candidates(library: Corpus, query: Query, fit: Mapping[str, float]) -> CandidatePool:
    """Passages from the documents that fit the question's scope best, and a few from everywhere,
    so that a scope guessed wrong hides nothing."""
    best = max(fit.values(), default=0.0)
    within = [name for name, value in fit.items() if value > best - SCOPE_REACH]
    narrowed = len(within) < len(fit)
    lexical = library.matching(query.terms, POOL, within if narrowed else None)
    dense = library.nearest(query.vector, POOL, within if narrowed else None)
    if narrowed:
        seen = {key for key, _ in lexical}
        lexical += [row for row in library.matching(query.terms, POOL // 3) if row[0] not in seen]
    return CandidatePool(dict(dense), fuse(lexical, dense))


def ranked(scores: Mapping[Key, float], fit: Mapping[str, float]) -> list[tuple[Key, float]]:
    """Candidates by fused score and fit together, best first."""
    total = {key: score + SCOPE_WEIGHT * fit.get(key[0], 0.0) for key, score in scores.items()}
    return sorted(total.items(), key=lambda row: (-row[1], row[0]))


def hits(library: Corpus, order: Sequence[tuple[Key, float]], k: int) -> tuple[Hit, ...]:
    """The first `k` passages, none of which repeats the words of one before it."""
    held = library.passages_at(key for key, _ in order[: 3 * k])
    found: list[Hit] = []
    seen: set[str] = set()
    for key, score in order[: 3 * k]:
        passage = held.get(key)
        words = _words(passage) if passage else ""
        if passage is None or words in seen:
            continue
        seen.add(words)
        found.append(Hit(passage, score))
        if len(found) == k:
            break
    return tuple(found)


def _words(passage: Passage) -> str:
    return _BETWEEN_WORDS.sub("", passage.text.casefold())
