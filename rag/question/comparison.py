"""The sides of a comparison: which documents stand for each year, council or kind compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.question.held import NOWHERE, documents_at, held_documents, service_of
from rag.question.intent import Intent
from rag.question.question import Question
from rag.question.scope import Scope, places_in_scope, scope_fit
from rag.types import Document, Kind

MOST_SIDES = 4
NEARLY_BEST = 0.05
"""Documents whose fit is within this of the best stand for a side together."""
OF_COUNCIL = 0.075
"""... and for a council those within this, which are the newest of each service."""
_SEND = "special educational needs"
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
    return ComparisonSide(name, _names(_best(alone, documents, OF_COUNCIL)), alone)


def _year_side(year: int, scope: Scope, documents: Sequence[Document]) -> ComparisonSide:
    months = tuple(month for month in scope.months if month[0] == year)
    councils = _councils(scope, documents)
    alone = replace(
        scope, councils=councils, years=(year,), months=months, latest=False, since=None
    )
    of_year = _of_years(_best(alone, documents), (year,))
    service = _service(scope, councils, documents)
    of_year = [d for d in of_year if service_of(d.description) == service] or of_year
    return ComparisonSide(str(year), _names(of_year), alone, year)


def _kind_side(kind: Kind, scope: Scope, documents: Sequence[Document]) -> ComparisonSide:
    alone = replace(scope, kinds=frozenset({kind}))
    held = held_documents(documents)
    about = places_in_scope(scope, held)
    of_kind = documents_at(documents, about[held.kinds[kind][about]])
    of_years = _of_years(of_kind, scope.years)
    return ComparisonSide(_LABELS[kind], _names(of_years or of_kind), alone)


def _best(
    scope: Scope, documents: Sequence[Document], within: float = NEARLY_BEST
) -> list[Document]:
    return documents_at(documents, scope_fit(scope, documents).best(within))


def _of_years(documents: Iterable[Document], years: Collection[int]) -> list[Document]:
    return [d for d in documents if not d.description.years.isdisjoint(years)]


def _names(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.name for document in documents)


def _years(question: Question, documents: Sequence[Document]) -> list[int]:
    """The years compared: those named; with "since 2019" or one year, also the newest held."""
    scope = question.scope
    councils = _councils(scope, documents)
    inspected = inspected_years(councils, documents, _service(scope, councils, documents))
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
    held = held_documents(documents)
    of_years = [held.of_year.get(year, NOWHERE) for year in scope.years]
    places = np.intersect1d(np.concatenate(of_years), held.reports())
    councils = {one.description.councils for one in documents_at(documents, places)}
    return councils.pop() if len(councils) == 1 else ()


def inspected_years(
    councils: Sequence[str], documents: Sequence[Document], service: str | None = None
) -> list[int]:
    """The years of the inspection reports about any of the councils, of one service or of all,
    oldest first."""
    held = held_documents(documents)
    places = held.reports(councils)
    if service is not None:
        of_service = [service_of(documents[at].description) == service for at in places.tolist()]
        places = places[np.array(of_service, bool)]
    return held.years_of(places)


def _service(scope: Scope, councils: Sequence[str], documents: Sequence[Document]) -> str | None:
    """The service whose inspections are compared: that on special educational needs where the
    question is, else the one inspected most often; None where no report is held."""
    held = held_documents(documents)
    services = Counter(
        service_of(document.description)
        for document in documents_at(documents, held.reports(councils))
    )
    if scope.send and _SEND in services:
        return _SEND
    most = services.most_common(1)
    return most[0][0] if most else None
