"""The sides of a comparison: which documents stand for each year, council or kind compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rag.question.intent import Intent
from rag.question.question import Question
from rag.question.scope import Scope, is_about, scope_fit, share_council
from rag.types import Document, Kind

MOST_SIDES = 4
NEARLY_BEST = 0.05
"""Documents whose fit is within this of the best stand for a side together."""
_LABELS = {Kind.INSPECTION_REPORT: "inspection report", Kind.NEWS: "press"}


@dataclass(frozen=True, slots=True)
class ComparisonSide:
    """One side of a question: what to call it and the documents that stand for it."""

    label: str
    documents: tuple[str, ...]
    scope: Scope
    year: int | None = None


def comparison_sides(
    question: Question, documents: Sequence[Document]
) -> tuple[ComparisonSide, ...]:
    """The sides that a question compares, oldest first for years; () when it compares nothing."""
    scope = question.scope
    newest_too = bool(scope.years and scope.latest)
    if not (newest_too or question.wants(Intent.COMPARISON)):
        return ()
    if len(scope.councils) > 1:
        return tuple(_council_side(name, scope, documents) for name in scope.councils[:MOST_SIDES])
    years = _years(question, documents)
    by_year = tuple(_year_side(year, scope, documents) for year in years)
    # Years that no document is of are years that a document tells of: no sides of a comparison.
    if len(by_year) > 1 and all(side.documents for side in by_year):
        return by_year[:MOST_SIDES]
    if question.wants(Intent.PRESS_AND_REPORT) and len(scope.kinds) > 1:
        return tuple(_kind_side(kind, scope, documents) for kind in _LABELS)
    return ()


def by_year(sides: Sequence[ComparisonSide]) -> bool:
    """Whether the sides are years."""
    return all(side.year for side in sides)


def _council_side(name: str, scope: Scope, documents: Sequence[Document]) -> ComparisonSide:
    alone = replace(scope, councils=(name,))
    if not alone.years and not alone.latest:
        alone = replace(alone, present=True)
    return ComparisonSide(name, _names(_best(alone, documents)), alone)


def _year_side(year: int, scope: Scope, documents: Sequence[Document]) -> ComparisonSide:
    months = tuple(month for month in scope.months if month[0] == year)
    councils = _councils(scope, documents)
    alone = replace(
        scope, councils=councils, years=(year,), months=months, latest=False, since=None
    )
    of_year = _of_years(_best(alone, documents), (year,))
    return ComparisonSide(str(year), _names(of_year), alone, year)


def _kind_side(kind: Kind, scope: Scope, documents: Sequence[Document]) -> ComparisonSide:
    alone = replace(scope, kinds=frozenset({kind}))
    of_kind = [d for d in documents if is_about(scope, d) and d.description.kind is kind]
    of_years = _of_years(of_kind, scope.years)
    return ComparisonSide(_LABELS[kind], _names(of_years or of_kind), alone)


def _best(scope: Scope, documents: Sequence[Document]) -> list[Document]:
    fit = scope_fit(scope, documents)
    least = max(fit.values(), default=0.0) - NEARLY_BEST
    return [document for document in documents if fit[document.name] > least]


def _of_years(documents: Iterable[Document], years: Collection[int]) -> list[Document]:
    return [d for d in documents if not d.description.years.isdisjoint(years)]


def _names(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.name for document in documents)


def _years(question: Question, documents: Sequence[Document]) -> list[int]:
    """The years compared: those named; with "since 2019" or one year, also the newest held."""
    scope = question.scope
    inspected = inspected_years(_councils(scope, documents), documents)
    if not inspected:
        return []
    if len(scope.years) == 1 and scope.latest:
        return sorted({*scope.years, inspected[-1]})
    if len(scope.years) > 1:
        return sorted(scope.years)
    if not (scope.since or question.wants(Intent.OVER_TIME)):
        return []
    if scope.years:
        return sorted({scope.years[0], inspected[-1]})
    return inspected[-2:] if question.wants(Intent.LAST_TWO) else inspected


def _councils(scope: Scope, documents: Sequence[Document]) -> tuple[str, ...]:
    """The councils named; where none is, the only one with reports of the years named."""
    if scope.councils or not scope.years:
        return scope.councils
    councils = set()
    for document in _of_years(documents, scope.years):
        if document.description.kind is Kind.INSPECTION_REPORT:
            councils.add(document.description.councils)
    return councils.pop() if len(councils) == 1 else ()


def inspected_years(councils: Sequence[str], documents: Sequence[Document]) -> list[int]:
    """The years of the inspection reports about any of the councils, oldest first."""
    years: set[int] = set()
    for document in documents:
        is_report = document.description.kind is Kind.INSPECTION_REPORT
        day = document.description.speaks_for
        if day and is_report and share_council(councils, document):
            years.add(day.year)
    return sorted(years)
