"""Pure: how likely the sentences that bear on a claim bear it out, and say otherwise, by weights
that are fitted to labelled claims.

`weights.toml`, beside this, is made by `scripts/train_verdicts.py`. A sentence has a score for each
side; a claim has the best of its sentences' (multiple-instance learning by the maximum: Andrews and
others 2002), against zero for neither.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rag.claims.scored_evidence import ScoredEvidence
from rag.judge.thresholds import OPPOSED
from rag.types import Agreement

Floats = NDArray[np.float64]
_A = Agreement
UNABLE = -30.0
"""The score of what may not tell."""
ORDINARY = 0.1
"""What a judge holds a sentence to bear out that has little to do with a claim."""
_LEAST = 0.001
"""A probability that log odds are told of."""


@dataclass(frozen=True, slots=True)
class _Among:
    """A sentence among all that bear on a claim."""

    own: ScoredEvidence
    first: bool
    """Whether none bears on the claim more surely."""
    entailed: float
    contradicted: float
    """The most, in log odds, that the judge finds any other likely to bear it out, and to say the
    opposite."""


_FEATURES: Mapping[str, Callable[[_Among], float]] = {
    "bears": lambda e: e.own.bears,
    "parts": lambda e: e.own.parts,
    "entailed": lambda e: log_odds(e.own.entailed),
    "contradicted": lambda e: log_odds(e.own.contradicted),
    "surely contradicted": lambda e: e.own.contradicted >= OPPOSED,
    "entailed elsewhere": lambda e: log_odds(e.own.entailed) * (not e.own.is_inspected),
    "contradicted elsewhere": lambda e: log_odds(e.own.contradicted) * (not e.own.is_inspected),
    "elsewhere": lambda e: not e.own.is_inspected,
    "entailed by others": lambda e: e.entailed,
    "contradicted by others": lambda e: e.contradicted,
    "first": lambda e: e.first,
    "differs value": lambda e: e.own.has(_A.DIFFERS, "number", "date"),
    "differs name": lambda e: e.own.has(_A.DIFFERS, "name", "attribution", "council"),
    "differs status": lambda e: e.own.takes_back,
    "differs sense": lambda e: e.own.has(
        _A.DIFFERS, "negation", "stance", "direction", "quantifier"
    ),
    "differs grade": lambda e: e.own.has(_A.DIFFERS, "grade"),
    "agrees number": lambda e: e.own.has(_A.AGREES, "number"),
    "agrees grade": lambda e: e.own.has(_A.AGREES, "grade"),
    "adds status": lambda e: e.own.has(_A.ADDS, "status"),
    "outdated": lambda e: e.own.is_outdated,
    "covered": lambda e: e.own.bearing.features["covered"],
    "another time": lambda e: e.own.of_another_time,
    "unsaid": lambda e: e.own.says_less,
}
"""What a sentence is weighed by. "Elsewhere" is in no inspection report; the judge knows less of
other papers."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts for on either side, and what each side has without any."""

    of: Mapping[str, tuple[float, float]]
    bias: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a claim is borne out and contradicted, 0 to 1 in all with neither; and the scores
    of each sentence for the two, in log odds against neither, in the order of the sentences."""

    supported: float
    contradicted: float
    scores: Sequence[tuple[float, float]]


def likelihood(ranked: Sequence[ScoredEvidence]) -> Likelihood:
    """The likelihood of a claim by the sentences that bear on it, one at the least, the surest
    first."""
    weights = bundled_weights()
    table = features_of(ranked)
    counts = np.array([weights.of[name] for name in _FEATURES])
    scores = table @ counts + np.array(weights.bias) + barred(ranked)
    odds = np.exp(scores.max(axis=0))
    whole = 1 + odds.sum()
    supported, contradicted = (float(one / whole) for one in odds)
    return Likelihood(supported, contradicted, tuple(map(tuple, scores.tolist())))


def features_of(ranked: Sequence[ScoredEvidence]) -> Floats:
    """The features of each sentence, of shape (sentences, features)."""
    entailed = [log_odds(each.entailed) for each in ranked]
    contradicted = [log_odds(each.contradicted) for each in ranked]
    rows: list[list[float]] = []
    for at, each in enumerate(ranked):
        among = _Among(each, at == 0, _most(entailed, at), _most(contradicted, at))
        rows.append([float(feature(among)) for feature in _FEATURES.values()])
    return np.array(rows)


def barred(ranked: Sequence[ScoredEvidence]) -> Floats:
    """UNABLE where a sentence may not tell for or against a claim whatever it scores, else 0; of
    shape (sentences, 2).

    What is alleged, asked, denied or planned bears out nothing that is told as a fact, nor does the
    cell of a table that a claim names and that has another figure; what a newer report follows does
    not contradict what is claimed of now, nor what is of another time what is claimed of one.
    """
    may_not: list[tuple[bool, bool]] = []
    for e in ranked:
        unable = e.takes_back or e.has(_A.ADDS, "status") or e.has_another_cell_figure
        then = e.is_outdated or e.of_another_time or e.has_figure_of_another_time
        may_not.append((unable, then))
    return UNABLE * np.array(may_not, float)


def feature_names() -> tuple[str, ...]:
    """The names of the features in the order of `features_of`."""
    return tuple(_FEATURES)


def log_odds(probability: float) -> float:
    """The log odds of a probability, finite for 0 and 1."""
    return math.log((probability + _LEAST) / (1 - probability + _LEAST))


def _most(values: Sequence[float], aside: int) -> float:
    """The highest of the values but one; an ordinary one where there is no other."""
    return max((v for at, v in enumerate(values) if at != aside), default=log_odds(ORDINARY))


@cache
def bundled_weights() -> Weights:
    """The weights that come with the program."""
    held = tomllib.loads(files("rag.claims").joinpath("weights.toml").read_text("utf-8"))
    supports, opposes = held["bias"]
    of = {name: (float(one), float(other)) for name, (one, other) in held["weights"].items()}
    return Weights(of, (float(supports), float(opposes)))
