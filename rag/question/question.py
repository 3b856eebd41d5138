"""A question, read once: retrieval and answering decide by its fields, and not by its words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rag.inspection.frameworks import OVERALL
from rag.inspection.grades import GRADE, areas_asked, areas_meant, grades_named, plain_grade
from rag.question.answer_type import counted_stems
from rag.question.expansion import asked_meaning, expanded
from rag.question.filters import FilteredDocuments, scope_of
from rag.question.intent import (
    AnswerType,
    Intent,
    answer_types,
    intents,
    main_clause,
    question_parts,
)
from rag.question.kind import QuestionKind
from rag.question.presuppositions import Presuppositions, presuppositions
from rag.question.scope import Scope, held_councils
from rag.question.sentiment import Sentiment, sentiment_sought
from rag.question.spelling import without_slips
from rag.text.lexicon import any_of, cue, lists
from rag.text.tokens import terms

_FOUND_TO_BE = re.compile(
    rf"\b{any_of(lists.Asks.FOUND_TO_BE)}\b(?P<grade>{GRADE})\b", re.IGNORECASE
)

_ASKING = (
    lists.Asks.OVERVIEW,
    lists.Asks.PROMISES,
    lists.Asks.SEEKS_FAULT,
    lists.Asks.SEEKS_PRAISE,
    lists.Premises.WHY,
    lists.Scope.SEND,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks, of which sources, and what it takes for granted.

    `text` is what is searched for and shown; nothing is decided by it. `areas` and `grades` are
    those that it names, `areas_meant` those that a question of grades is to be answered for, and
    `inspected_as` the grade by which it knows an inspection ("when it was found inadequate").
    `matter` are the terms of what it asks about, without those of asking for praise, fault, reasons
    or an overview, `service` those by which it names a service that is inspected apart. `counted`
    is how the words begin that stand for what it counts; `parts` are the questions that it asks,
    where there are several. `meaning` says what the short form stands for that is all it asks.
    """

    text: str
    scope: Scope
    answer_types: tuple[AnswerType, ...]
    intents: frozenset[Intent]
    areas: frozenset[str]
    areas_meant: tuple[str, ...]
    grades: tuple[str, ...]
    inspected_as: str | None
    sentiment: Sentiment | None
    matter: frozenset[str]
    service: frozenset[str]
    counted: tuple[str, ...]
    parts: tuple[str, ...]
    meaning: str
    presuppositions: Presuppositions

    @property
    def parts_judged(self) -> frozenset[str]:
        """The areas that it names, without the whole."""
        return self.areas - {OVERALL}

    @property
    def main_clause(self) -> str:
        """The part of it that asks, without what it says first."""
        return main_clause(self.text)

    def asks_for(self, *kinds: AnswerType) -> bool:
        """Whether any of these kinds of thing would answer."""
        return not set(kinds).isdisjoint(self.answer_types)

    def wants(self, *intents: Intent) -> bool:
        """Whether it has any of these intents."""
        return not self.intents.isdisjoint(intents)


def read_question(
    text: str, within: FilteredDocuments, kind: QuestionKind | None = None
) -> Question:
    """Read a question in view of the documents that a filter leaves, and of the kind of question
    that it is."""
    return _read(text, scope_of(text, within), held_councils(within.documents), kind)


def read_part(text: str, whole: Question) -> Question:
    """Read one part of a question that asks several things, in the scope of the whole."""
    return _read(text, whole.scope, ())


def _read(
    text: str, scope: Scope, councils: Collection[str], kind: QuestionKind | None = None
) -> Question:
    written, text = text, without_slips(text)
    inspected = _FOUND_TO_BE.search(text)
    types, of_several = answer_types(text), len(scope.councils) > 1
    # Where grades are asked for, every council and year named is a side of its own.
    of_sides = AnswerType.GRADE in types and (of_several or len(scope.years) > 1)
    return Question(
        text=written,
        scope=scope,
        answer_types=types,
        intents=intents(text, kind, of_several=of_several, of_sides=of_sides),
        areas=areas_asked(expanded(text)),
        areas_meant=areas_meant(expanded(text)),
        grades=grades_named(text),
        inspected_as=plain_grade(inspected["grade"]) if inspected else None,
        sentiment=sentiment_sought(text, kind),
        matter=frozenset(terms(cue(*_ASKING).sub(" ", text))),
        service=frozenset(terms(" ".join(m.group() for m in cue(lists.Scope.SEND).finditer(text)))),
        counted=counted_stems(text),
        parts=question_parts(text),
        meaning=asked_meaning(text),
        presuppositions=presuppositions(text, (*councils, *scope.aside_names)),
    )
