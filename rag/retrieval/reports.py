"""The inspection reports that a question is about, and the grades that each of them gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from rag.answering.selection import Quote
from rag.inspection.grades import GRADE, Area, Judgement, best_per_area, full_grade, judgements
from rag.library.corpus import View
from rag.question.scope import when
from rag.retrieval.search import Look
from rag.text.lexicon import any_of
from rag.types import Document, Kind, Passage


def reports(documents: Iterable[Document], names: Collection[str] | None = None) -> list[Document]:
    """The inspection reports among the documents, those of `names` alone where given."""
    return [
        d
        for d in documents
        if d.description.kind is Kind.INSPECTION_REPORT and (names is None or d.name in names)
    ]


def fitting_reports(found: Look) -> list[Document]:
    """The inspection reports that fit the question best."""
    return found.best_fitting(reports(found.documents))


def recognised(library: View, found: Look, documents: Sequence[Document]) -> list[Document]:
    """Where the question knows an inspection by its finding ("when it was found inadequate"), the
    reports whose overall grade that is; else, or when there is none, all of the documents."""
    named = _found_to_be().search(found.question)
    if not named or found.scope.years or found.scope.latest:
        return list(documents)
    grade = full_grade(named.group("grade"))
    overall = ((d, grades_of(library, d).get(Area.OVERALL)) for d in documents)
    return [d for d, row in overall if row and row.grade == grade] or list(documents)


@cache
def _found_to_be() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('asks.found_to_be')}(?P<grade>{GRADE})\b", re.IGNORECASE)


def newest_first(documents: Iterable[Document]) -> list[Document]:
    """The documents by the time they speak for, the newest first."""
    return sorted(documents, key=when, reverse=True)


def grades_of(library: View, document: Document) -> Mapping[Area, Judgement]:
    """A report's grades, one for each area that it judges."""
    return library.derived(document, "grades", _read_grades)


def judging(library: View, documents: Iterable[Document], areas: Iterable[Area]) -> list[Document]:
    """Those of the documents that judge any of the areas, the newest first."""
    asked = set(areas)
    return newest_first(d for d in documents if not asked.isdisjoint(grades_of(library, d)))


def quote_of(row: Judgement) -> Quote:
    """The sentence or table row that gives a grade."""
    at = row.passage.sentences.index(row.sentence)
    return Quote(row.passage, at, at)


def _read_grades(passages: Sequence[Passage]) -> Mapping[Area, Judgement]:
    return best_per_area(judgements(passages))
