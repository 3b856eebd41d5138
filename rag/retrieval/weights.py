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

GIVEN: Mapping[str, float] = {
    "constant": -1.9, "adds name": 0.07, "adds number": -0.14, "adds occasion": -0.09,
    "agrees date": 0.16, "agrees direction": -1.05, "agrees name": -0.08, "agrees negation": 1.09,
    "agrees number": 0.39, "agrees quantifier": 0.6, "agrees stance": 0.28, "cosine": -1.45,
    "covered": 0.22, "denies": 0.49, "differs attribution": 0.31, "differs date": -1.72,
    "differs direction": -3.47, "differs name": 0.11, "differs negation": -0.87,
    "differs number": -2.34, "differs quantifier": 0.2, "differs stance": -0.56,
    "figures lacking": -0.1, "figures said": 0.14, "lacking": -0.03, "lacking at the end": 0.01,
    "lacking names": -0.14, "near": -0.31, "near back": 1.7, "near end": 0.81,
    "near end three": 0.79, "near first": -1.33, "near last": 0.57, "near least": 3.01,
    "near least three": -0.82, "near least two": 0.29, "near middle": -0.4, "pieces": 0.04,
    "pieces of evidence": -0.01, "rare far": 0.12, "rare far two": -0.01, "rare lacking": -0.13,
    "rare near": 2.37, "rare said": -0.82, "says all": -0.89, "says always": 0.24,
    "says completely": -0.52, "says entirely": -2.08, "says exclusively": 0.92, "says first": -0.33,
    "says last": 0.97, "says never": -1.83, "says no one": 2.82, "says nobody": -3.99,
    "says only": -0.03, "says solely": 0.25, "says zero": -0.5, "words of evidence": 0.02,
}  # fmt: skip
"""How surely evidence that comes with a claim bears it out, in log odds: from
`scripts/train_given.py`."""


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of the features, in log odds; a feature without a weight does not count."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())
