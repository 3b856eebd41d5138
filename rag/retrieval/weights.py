"""Weights of named features: rounded from those that a script fits, or set by hand."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCE: Mapping[str, float] = {
    "around": 0.3, "counted": 1.7, "covered": 4.0, "covered_before": 1.6, "fit": 1.7, "length": 0.5,
    "opening": 0.8, "pairs": 0.4, "passage": 0.2, "rank": 1.7, "short": -0.9, "tone": 0.4,
    "typed": 2.1, "unended": -0.7,
}  # fmt: skip
"""How directly a sentence answers, in log odds."""

BEARS: Mapping[str, float] = {
    "constant": -4.0, "covered": 2.2, "around": 1.2, "cosine": 2.4, "fit": 0.3,
    "missing_around": -0.6, "elsewhen": -3.0, "printed": 1.2,
    "adds number": -1.2, "adds occasion": -1.5, "adds name": -0.5, "adds date": -0.4,
    "agrees number": 0.9, "agrees date": 0.5, "agrees quantifier": 0.4, "agrees attribution": 0.3,
    "agrees negation": 0.4, "agrees direction": 0.8, "agrees grade": 3.5, "agrees stance": 0.2,
    "agrees cell": 3.5,
    "differs number": 0.3, "differs date": -0.4, "differs grade": 3.5, "differs name": 1.5,
    "differs attribution": 0.8, "differs direction": 0.8, "differs quantifier": 0.3,
    "differs negation": 0.3, "differs stance": 0.2,
}  # fmt: skip
"""How surely a sentence is about what a claim says, in log odds; set by hand near a fit."""
PARTS: Mapping[str, float] = {
    "constant": -1.0,
    "differs number": 4.0, "differs date": 3.0, "differs grade": 4.0, "differs name": 3.0,
    "differs attribution": 4.0, "differs direction": 2.5, "differs quantifier": 2.5,
    "differs negation": 2.0, "differs stance": 1.3, "differs council": 3.0,
    "agrees number": -0.3, "agrees negation": -0.5, "agrees quantifier": -0.3,
    "agrees direction": -1.0, "agrees grade": -3.0, "agrees stance": -0.3,
    "agrees attribution": -0.5, "agrees date": -0.2, "agrees name": -0.2,
}  # fmt: skip
"""How surely a sentence that bears on a claim says otherwise, in log odds; set by hand."""


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of the features, in log odds; a feature without a weight does not count."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())
