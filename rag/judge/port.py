"""Port: what is asked of a judge, whoever it is; adapters answer it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rag.types import Status


class Polarity(StrEnum):
    """How a sentence of a report is meant."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    ASK = "ask"
    """Tells somebody to do something: a recommendation, an area for improvement."""


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence as a judge reads it; without its source, heading and neighbour it would not know
    of whom and when the sentence speaks."""

    text: str
    before: str = ""
    """The sentence before it in its passage."""
    heading: str = ""
    label: str = ""
    """Its source: "Ofsted, Croydon, October 2024"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence is meant."""

    polarity: Polarity
    status: Status
    theme: str
    alone: float
    """How likely it is that the sentence can be understood by itself."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """How likely it is that a source bears a statement out, says otherwise, or neither."""

    entailed: float
    contradicted: float
    neutral: float


def mean_of(*each: Entailment) -> Entailment:
    """The mean of what a judge makes of one thing put in several ways."""
    count = len(each)
    return Entailment(
        sum(e.entailed for e in each) / count,
        sum(e.contradicted for e in each) / count,
        sum(e.neutral for e in each) / count,
    )


def agreed(one: Entailment, other: Entailment) -> Entailment:
    """What two judges make of one thing together: the geometric means, which are low where either
    is sure that it is not so, as parts of one."""
    entailed, contradicted, neutral = (
        math.sqrt(mine * theirs)
        for mine, theirs in (
            (one.entailed, other.entailed),
            (one.contradicted, other.contradicted),
            (one.neutral, other.neutral),
        )
    )
    whole = entailed + contradicted + neutral
    return Entailment(entailed / whole, contradicted / whole, neutral / whole)


class Judge(Protocol):
    """Answers by meaning alone: values (figures, dates, names, grades) are for the guards."""

    def load(self) -> None:
        """Load what `answers` needs, so that it need not wait for it; any thread may."""

    def answers(self, question: str, spans: Sequence[Span]) -> tuple[float, ...]:
        """How directly each span answers, in log odds; zero is as good as no answer at all."""

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """What each (source, statement) comes to."""

    def entails_in_place(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """The same where each source is a sentence with what stands around it."""

    def reads(self, spans: Sequence[Span]) -> tuple[Reading, ...]:
        """How each span is meant."""
