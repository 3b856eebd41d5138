"""A claim and the evidence for it, given together: does the evidence bear it out? Two answers only.

What the library's own claims need is in `rag.claims`; this is for texts of any kind. It sets the
words of the claim against those of the evidence by their embeddings in context, beside what the
comparators find, and weighs both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.claims.comparators.compare import compare
from rag.retrieval.weights import GIVEN, score
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedText, parse, source
from rag.text.synonyms import same_word

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of a text and their embeddings in context, one unit row each."""

    pieces: tuple[str, ...]
    rows: Matrix


class PieceEmbedder(Protocol):
    """Texts in, their word pieces with an embedding of each out."""

    def pieces(self, texts: Sequence[str]) -> Sequence[tuple[tuple[str, ...], Matrix]]:
        """The pieces of each text and their embeddings, one unit row each."""


def bears_out(features: Mapping[str, float]) -> bool:
    """Whether evidence with these features bears its claim out."""
    return log_odds(features) > 0


def log_odds(features: Mapping[str, float]) -> float:
    """How surely evidence bears its claim out."""
    return score(GIVEN, {"constant": 1.0, **features})


def check_given(embedder: PieceEmbedder, rows: Sequence[tuple[str, str]]) -> tuple[bool, ...]:
    """For each claim and its evidence, whether the evidence bears the claim out."""
    known = embedded(embedder, (text for row in rows for text in row))
    rare = rarities(known[evidence] for _, evidence in rows)
    return tuple(bears_out(features(c, e, known[c], known[e], rare)) for c, e in rows)


def embedded(embedder: PieceEmbedder, texts: Iterable[str]) -> dict[str, Tokens]:
    """Every text with its pieces, embedded in one batch."""
    every = list(dict.fromkeys(texts))
    return {t: Tokens(*each) for t, each in zip(every, embedder.pieces(every), strict=True)}


def rarities(held: Iterable[Tokens]) -> Mapping[str, float]:
    """How rare each piece is among texts: its inverse document frequency, in nats."""
    every = [frozenset(tokens.pieces) for tokens in held]
    counts = Counter(piece for pieces in every for piece in pieces)
    return {piece: math.log((len(every) + 1) / (1 + n)) for piece, n in counts.items()}


def features(
    claim: str, evidence: str, ours: Tokens, theirs: Tokens, rare: Mapping[str, float]
) -> dict[str, float]:
    """What tells of a claim and its evidence, by name; `rare` is how rare each piece is."""
    made = {f"{c.finding.value} {c.aspect}": 1.0 for c in compare(parse(claim), source(evidence))}
    aligned = _aligned(ours, theirs) | _weighed(ours, theirs, rare)
    return {**aligned, **_worded(parse(claim), parse(evidence)), **made}


def _aligned(ours: Tokens, theirs: Tokens) -> dict[str, float]:
    """How near each piece of the claim comes to any of the evidence, from its start to its end."""
    if not len(ours.rows) or not len(theirs.rows):
        return {}
    nearness = ours.rows @ theirs.rows.T
    telling = [n for n, piece in enumerate(ours.pieces) if piece.lstrip("#").isalnum()]
    best = nearness.max(axis=1)[telling or slice(None)]
    lowest, third = np.sort(best), max(1, len(best) // 3)
    centre = ours.rows.mean(axis=0), theirs.rows.mean(axis=0)
    return {
        "near": float(best.mean()),
        "near least": float(lowest[0]),
        "near least two": float(lowest[:2].mean()),
        "near least three": float(lowest[:3].mean()),
        "near first": float(best[:third].mean()),
        "near middle": float((best[third : 2 * third] if len(best) > third else best).mean()),
        "near last": float(best[-third:].mean()),
        "near end": float(best[-1]),
        "near end three": float(best[-3:].min()),
        "near back": float(nearness.max(axis=0).mean()),
        "cosine": float(
            centre[0] @ centre[1] / (np.linalg.norm(centre[0]) * np.linalg.norm(centre[1]))
        ),
        "pieces": float(len(ours.rows)),
        "pieces of evidence": float(len(theirs.rows)),
    }


def _weighed(ours: Tokens, theirs: Tokens, rare: Mapping[str, float]) -> dict[str, float]:
    """The same, each piece of the claim by how rare it is."""
    if not len(ours.rows) or not len(theirs.rows):
        return {}
    most = max(rare.values(), default=1.0)
    weights = np.array([rare.get(piece, most) for piece in ours.pieces])
    best = (ours.rows @ theirs.rows.T).max(axis=1)
    said = np.isin(ours.pieces, theirs.pieces)
    total = float(weights.sum()) or 1.0
    far = np.sort((1 - best) * weights)
    return {
        "rare near": float((best * weights).sum()) / total,
        "rare far": float(far[-1]),
        "rare far two": float(far[-2:].sum()),
        "rare said": float((said * weights).sum()) / total,
        "rare lacking": float((weights * ~said).max()),
    }


def _worded(claim: ParsedText, evidence: ParsedText) -> dict[str, float]:
    """The claim's words that the evidence lacks, and the words of extremes that it uses."""
    carrying = [token for token in claim.tokens if token.carries]
    lacking = [t for t in carrying if not any(same_word(t, other) for other in evidence.tokens)]
    names = [t for t in lacking if t.start and claim.text[t.start].isupper()]
    return {
        "lacking": float(len(lacking)),
        "covered": 1.0 - len(lacking) / len(carrying) if carrying else 0.0,
        "lacking at the end": float(bool(carrying) and carrying[-1] in lacking),
        "lacking names": float(len(names)),
        "figures lacking": float(len(_figures(claim) - _figures(evidence))),
        "figures said": float(len(_figures(claim) & _figures(evidence))),
        "words of evidence": float(len(evidence.tokens)),
        "denies": float(bool(cue(lists.Negation.DENIES).search(claim.text))),
        **{f"says {m.casefold()}": 1.0 for m in cue(lists.Given.EXTREMES).findall(claim.text)},
    }


def _figures(reading: ParsedText) -> frozenset[str]:
    return frozenset(token.word for token in reading.tokens if token.word[0].isdigit())
