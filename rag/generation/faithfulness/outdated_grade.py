"""Pure: whether a grade is told without its date where a later document gives another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rag.generation.context import NumberedSource
from rag.inspection.grades import NAMED_GRADE, grades_named
from rag.text.dates import moments
from rag.text.parse import parse
from rag.types import Description

MOST = 0.8
"""The share of a statement's other words that a later sentence must have to grade the same."""


def superseded(statement: str, about: Description, given: Iterable[NumberedSource]) -> bool:
    """Whether a statement gives a grade and no date, and a later document of those given grades the
    same otherwise: "care leavers: good" was so once."""
    graded, matter = set(grades_named(statement)), _matter(statement)
    if not graded or moments(statement):
        return False
    return any(
        grades_named(sentence.text)
        and not graded <= set(grades_named(sentence.text))
        and len(matter & _matter(sentence.text)) >= MOST * len(matter)
        for each in given
        if _is_later(each.document.description, about)
        for sentence in each.passage.sentences
    )


def _is_later(one: Description, other: Description) -> bool:
    first, second = (d.appeared_on or date.min for d in (other, one))
    return second > first and not set(one.councils).isdisjoint(other.councils)


def _matter(text: str) -> frozenset[str]:
    """The stems of what is graded."""
    return parse(NAMED_GRADE.sub(" ", text)).stems
