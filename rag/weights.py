"""Weights of named features, rounded from those that `scripts/train_sentences.py` fits."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCE: Mapping[str, float] = {
    "around": 0.3, "counted": 1.7, "covered": 4.0, "covered_before": 1.6, "fit": 1.7, "length": 0.5,
    "opening": 0.8, "pairs": 0.4, "passage": 0.2, "rank": 1.7, "short": -0.9, "tone": 0.4,
    "typed": 2.1, "unended": -0.7,
}  # fmt: skip
"""How directly a sentence answers, in log odds."""


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of the features, in log odds; a feature without a weight does not count."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())
