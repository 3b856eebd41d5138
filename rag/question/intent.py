"""What a question asks for: a figure, a date, a person, a grade; and what else it wants."""

from __future__ import annotations

import re
from enum import StrEnum

from rag.question.kind import QuestionKind, Shape, Sides, Wants
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
FIGURES = frozenset({AnswerType.NUMBER, AnswerType.PERCENT})
SURE = 0.6
"""How likely a question compares that is taken to."""
SURE_OF_BROAD = 0.6
"""How likely a question is of the broad picture that is taken to be."""
_ANYWHERE = frozenset(AnswerType) - {AnswerType.GRADE, AnswerType.ANYTHING}


class Intent(StrEnum):
    """What a question wants besides the kind of its answer, by the list of the cues that tell."""

    REASONS = lists.Premises.WHY
    RECOMMENDATIONS = lists.Asks.IMPROVEMENT
    OVERVIEW = lists.Asks.OVERVIEW
    MOVEMENT = lists.Asks.MOVES
    LARGER = lists.Asks.LARGER
    COUNCILS = lists.Asks.COUNCILS
    EXTREME = lists.Asks.EXTREME
    GREETING = lists.Asks.GREETING
    HOLDINGS = lists.Asks.HOLDINGS
    WHAT_TO_ASK = lists.Asks.WHAT_TO_ASK
    PROMISES = lists.Asks.PROMISES
    INSPECTION_DATES = lists.Asks.INSPECTED
    PREVIOUS_INSPECTION = lists.Scope.BEFORE
    INSPECTORS_TOO = lists.Scope.INSPECTORS_TOO
    WHICH_AREAS = lists.Grades.WHICH
    BETTER = lists.Grades.BETTER
    WORSE = lists.Grades.WORSE
    OTHER_GRADES = lists.Grades.OTHERWISE
    OVER_TIME = lists.Comparisons.OVER_TIME
    LAST_TWO = lists.Comparisons.LAST_TWO
    # These have rules of their own.
    COMPARISON = "comparison"
    TWO_TIMES = "two times"
    ONLY_RECOMMENDATIONS = "recommendations in the clause that asks"
    LEAD_INSPECTOR = "lead inspector"
    BEFORE_A_YEAR = "before a year"
    PRESS_AND_REPORT = "press and report"
    BROAD = "broad picture"


_CUED = frozenset(Intent) - {
    Intent.COMPARISON, Intent.TWO_TIMES, Intent.ONLY_RECOMMENDATIONS, Intent.LEAD_INSPECTOR,
    Intent.BEFORE_A_YEAR, Intent.PRESS_AND_REPORT, Intent.BROAD,
}  # fmt: skip
_BEFORE_A_YEAR = re.compile(r"\bbefore (?:the )?(?:\w+ )?20\d\d", re.IGNORECASE)
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
    kinds = {kind for kind in _ANYWHERE if cue(lists.Asks(f"asks.{kind}")).search(question)}
    clause = main_clause(question)
    if cue(lists.Asks.GRADE).search(question if _IT.search(clause) else clause):
        kinds.add(AnswerType.GRADE)
    # A kind that another one of them explains is not asked for by itself.
    if AnswerType.MONEY in kinds:
        kinds.discard(AnswerType.NUMBER)
    if AnswerType.DURATION in kinds:
        kinds.discard(AnswerType.DATE)
    return tuple(sorted(kinds, key=list(AnswerType).index)) or (AnswerType.ANYTHING,)


def intents(
    question: str,
    kind: QuestionKind | None = None,
    *,
    of_several: bool = False,
    of_sides: bool = False,
) -> frozenset[Intent]:
    """What else a question wants: by its words, and by its kind whether it compares or is of the
    broad picture; `of_several` tells that it names more than one council, `of_sides` that
    it compares whatever its kind."""
    wanted = {intent for intent in _CUED if cue(intent).search(question)}
    if cue(lists.Asks.IMPROVEMENT).search(main_clause(question)):
        wanted.add(Intent.ONLY_RECOMMENDATIONS)
    led = cue(lists.Asks.LED).search(question)
    if led and not cue(lists.Asks.OTHER_INSPECTORATE).search(question):
        wanted.add(Intent.LEAD_INSPECTOR)
    if _BEFORE_A_YEAR.search(question):
        wanted.add(Intent.BEFORE_A_YEAR)
    if cue(lists.Scope.PRESS).search(question) and cue(lists.Scope.REPORT).search(question):
        wanted.add(Intent.PRESS_AND_REPORT)
    # "Why did it slip from good in 2016?" sets two times against each other, and asks for reasons.
    of_one_matter = not (of_several or wanted.isdisjoint({Intent.OVERVIEW, Intent.REASONS}))
    if kind and (of_sides or _compares(kind)) and not of_one_matter:
        wanted.add(Intent.COMPARISON)
        if kind.sides is Sides.TIMES:
            wanted.add(Intent.TWO_TIMES)
    if kind and _is_broad(kind):
        wanted.add(Intent.BROAD)
    return frozenset(wanted)


def _is_broad(kind: QuestionKind) -> bool:
    of_faults_to_mend = kind.wants is Wants.IMPROVE
    sure = kind.shape_probability > SURE_OF_BROAD
    return kind.shape is Shape.OVERVIEW and sure and not of_faults_to_mend


def _compares(kind: QuestionKind) -> bool:
    return kind.shape is Shape.COMPARISON and kind.shape_probability > SURE


def main_clause(question: str) -> str:
    """The part of a question that asks, without what it says first ("X was good, but what ...")."""
    last = asking = ""
    for clause in _CLAUSE.split(question):
        last = clause if clause.strip() else last
        asking = clause if clause.rstrip().endswith("?") else asking
    return asking or last or question


def question_parts(question: str) -> tuple[str, ...]:
    """The questions that one sentence asks: "how many ..., and how much ..."."""
    return tuple(part.strip() for part in _PART.split(question) if part.strip())
