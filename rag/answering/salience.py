"""Pure: how likely a sentence of a report is one that a broad question wants to hear, by weights
that are fitted to broad questions and the sentences that people would answer them with.

`salience.toml`, beside this, is made by `scripts/train_salience.py`: weights of what is known of a
sentence before a judge reads it, by which the judge's sentences are chosen, and of all that is
known after.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rag.citation.quote import Quote
from rag.inspection.sections import SUMMING_UP
from rag.judge.port import Polarity
from rag.question.sentiment import Sentiment

Floats = NDArray[np.float64]
SURE = 3.5
"""Log odds from which on one answer is as sure as another."""
SOUGHT = {
    Sentiment.PRAISE: frozenset({Polarity.STRENGTH}),
    # What inspectors ask for is what they found amiss.
    Sentiment.FAULT: frozenset({Polarity.WEAKNESS, Polarity.ASK}),
}
_TELLING = (Polarity.STRENGTH, Polarity.WEAKNESS, Polarity.MIXED)
OPPOSITE = {Sentiment.PRAISE: Polarity.WEAKNESS, Sentiment.FAULT: Polarity.STRENGTH}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that an overview may quote, where it stands and what a judge says of it."""

    quote: Quote
    opens: bool
    """Whether its paragraph opens with it."""
    early: float
    """1 for the first paragraph of the part of the report that is asked about, less for later ones,
    0 outside of it."""
    on_area: bool
    """Whether it stands where the report tells of an area that is asked about."""
    sums_up: bool
    near: float
    """The cosine of its passage and the question."""
    covered: float
    """The share of the question's weight that it says, 0 to 1."""
    answers: float = 0.0
    """How directly it answers by the judge, in log odds."""
    polarity: Polarity = Polarity.NEUTRAL


@dataclass(frozen=True, slots=True)
class _Among:
    """A candidate among all, and whether praise or fault is sought."""

    own: Candidate
    of_passage: float
    under_heading: float
    """How directly the sentences of its passage answer, and those under its heading, in log odds in
    the mean."""
    sought: Sentiment | None


BEFORE: Mapping[str, Callable[[Candidate], float]] = {
    "opens": lambda c: c.opens,
    "early": lambda c: c.early,
    "on area": lambda c: c.on_area,
    "sums up": lambda c: c.sums_up,
    "first pages": lambda c: c.quote.passage.page < SUMMING_UP,
    "near": lambda c: c.near,
    "covered": lambda c: c.covered,
}
"""What is known of a candidate before a judge has read it."""
_JUDGED: Mapping[str, Callable[[_Among], float]] = {
    "answers": lambda e: min(e.own.answers, SURE),
    "answers in its passage": lambda e: e.of_passage,
    "answers under its heading": lambda e: e.under_heading,
    "as sought": lambda e: e.sought is not None and e.own.polarity in SOUGHT[e.sought],
    "opposite": lambda e: e.sought is not None and e.own.polarity is OPPOSITE[e.sought],
    "telling": lambda e: (
        e.sought is None and e.own.polarity not in (Polarity.NEUTRAL, Polarity.ASK)
    ),
    "neutral": lambda e: e.own.polarity is Polarity.NEUTRAL,
}
AFTER = (*BEFORE, *_JUDGED)
"""The names of all features, in the order of `features_of`."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts for, and what a sentence like the mean of a question's has."""

    of: Mapping[str, float]
    bias: float


def likeliest(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The `most` candidates that are likeliest before any is judged, the likeliest first."""
    if not candidates:
        return []
    weights = bundled_weights()["before"]
    scores = features_before(candidates) @ np.array([weights.of[name] for name in BEFORE])
    return [candidates[at] for at in np.argsort(-scores, kind="stable")[:most]]


def likelihoods(candidates: Sequence[Candidate], sought: Sentiment | None) -> list[float]:
    """How likely each of a question's candidates, one at the least, is one to quote, 0 to 1: by how
    it differs from the mean of them."""
    weights = bundled_weights()["after"]
    table = features_of(candidates, sought)
    counts = np.array([weights.of[name] for name in AFTER])
    scores = (table - table.mean(axis=0)) @ counts + weights.bias
    return [float(likely) for likely in 1 / (1 + np.exp(-scores))]


def features_before(candidates: Sequence[Candidate]) -> Floats:
    """What is known of each before any is judged, of shape (candidates, features)."""
    rows = [[float(known(each)) for known in BEFORE.values()] for each in candidates]
    return np.array(rows)


def features_of(candidates: Sequence[Candidate], sought: Sentiment | None) -> Floats:
    """All features of each, of shape (candidates, features)."""
    in_passage: dict[tuple[str, int], list[float]] = defaultdict(list)
    under: dict[str | None, list[float]] = defaultdict(list)
    for each in candidates:
        in_passage[each.quote.place].append(each.answers)
        under[each.quote.passage.heading].append(each.answers)
    rows: list[list[float]] = []
    for each in candidates:
        of_passage = np.mean(in_passage[each.quote.place])
        under_heading = np.mean(under[each.quote.passage.heading])
        among = _Among(each, float(of_passage), float(under_heading), sought)
        rows.append([float(known(among)) for known in _JUDGED.values()])
    return np.hstack([features_before(candidates), np.array(rows)])


@cache
def bundled_weights() -> Mapping[str, Weights]:
    """The weights that come with the program, those before the judge and those after."""
    held = tomllib.loads(files("rag.answering").joinpath("salience.toml").read_text("utf-8"))
    return {
        name: Weights({n: float(w) for n, w in part["weights"].items()}, float(part["bias"]))
        for name, part in held.items()
    }
