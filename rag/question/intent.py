"""What a question asks for: a figure, a date, a person, a grade, a place, or in general."""

from __future__ import annotations

import re
from enum import StrEnum

from rag.text.lexicon import cue, lists


class AnswerType(StrEnum):
    """The kind of thing that would answer; each but ANYTHING has its cues, under its name."""

    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    COMING = "coming"
    PLACE = "place"
    GRADE = "grade"
    ANYTHING = "anything"


SPECIFIC = frozenset(AnswerType) - {AnswerType.PLACE, AnswerType.GRADE, AnswerType.ANYTHING}
"""The kinds that a sentence can be seen to hold, or not to."""
_ANYWHERE = tuple(
    kind for kind in AnswerType if kind not in (AnswerType.GRADE, AnswerType.ANYTHING)
)

_CLAUSE = re.compile(
    r"""
      (?<=[.!?])\s+
    | ,?\ but\ (?=what|which|who|how|when|where|why|is|are|did|does|has|have|can)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PART = re.compile(r",?\s+and (?=(?:what|how|who|when|where|which|why)\b)|;\s+", re.IGNORECASE)
_IT = re.compile(r"\bit\b")


def answer_types(question: str) -> tuple[AnswerType, ...]:
    """Everything that a question asks for, in the order of the kinds; else ANYTHING alone."""
    found: set[AnswerType] = {
        kind for kind in _ANYWHERE if cue(lists.Asks(f"asks.{kind}")).search(question)
    }
    clause = main_clause(question)
    if cue(lists.Asks.GRADE).search(question if _IT.search(clause) else clause):
        found.add(AnswerType.GRADE)
    return _ordered(found) or (AnswerType.ANYTHING,)


def _ordered(found: set[AnswerType]) -> tuple[AnswerType, ...]:
    """The kinds without those that another one of them explains."""
    if AnswerType.MONEY in found:
        found = found - {AnswerType.NUMBER}
    if AnswerType.DURATION in found:
        found = found - {AnswerType.DATE}
    return tuple(kind for kind in AnswerType if kind in found)


def main_clause(question: str) -> str:
    """The part of a question that asks, without what it says first ("X was good, but what ...")."""
    clauses = [clause for clause in _CLAUSE.split(question) if clause and clause.strip()]
    asking = [clause for clause in clauses if clause.rstrip().endswith("?")]
    return (asking or clauses or [question])[-1]


def question_parts(question: str) -> tuple[str, ...]:
    """The questions that one sentence asks: "how many ..., and how much ..."."""
    return tuple(part.strip() for part in _PART.split(question) if part.strip())
