"""The sides of a comparison: which documents stand for each year, council or kind compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.question.held import (
    NOWHERE,
    HeldDocuments,
    documents_at,
    held_documents,
    service_of,
)
from rag.question.intent import Intent
from rag.question.question import Question
from rag.question.scope import Scope, places_in_scope, scope_fit
from rag.types import Document, Kind

Places = NDArray[np.intp]
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
    own = dict(scope.years_beside).get(name)
    if own in scope.years:
        months = tuple(month for month in scope.months if month[0] == own)
        alone = replace(alone, years=(own,), months=months)
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
    """The years compared: those named; with one alone, the newest held where it is "since" then or
    nothing is older, else the inspection before; with none, the last two or all."""
    scope = question.scope
    councils = _councils(scope, documents)
    held = held_documents(documents)
    inspections = _inspections(councils, documents, _service(scope, councils, documents))
    inspected = held.years_of(inspections)
    if not inspected:
        return []
    if len(scope.years) == 1 and scope.latest:
        return sorted({*scope.years, inspected[-1]})
    if len(scope.years) > 1:
        return sorted(scope.years)
    over_time = question.wants(Intent.OVER_TIME)
    if not (scope.since or over_time or question.wants(Intent.TWO_TIMES)):
        return []
    if scope.years:
        (named,) = scope.years
        before = None if scope.since else _year_before(named, held, inspections)
        return sorted({named, before or inspected[-1]})
    return inspected if over_time and not question.wants(Intent.LAST_TWO) else inspected[-2:]


def _year_before(year: int, held: HeldDocuments, inspections: Places) -> int | None:
    """The year of the inspection before that of a year; None where none is older, or of it."""
    of_year = np.intersect1d(inspections, held.of_year.get(year, NOWHERE))
    first = held.days[of_year].min() if len(of_year) else 0
    earlier = held.years_of(inspections[held.days[inspections] < first])
    return earlier[-1] if earlier else None


def _councils(scope: Scope, documents: Sequence[Document]) -> tuple[str, ...]:
    """The councils named; where none is, the only one with reports of the years named."""
    if scope.councils or not scope.years:
        return scope.councils
    held = held_documents(documents)
    of_years = [held.of_year.get(year, NOWHERE) for year in scope.years]
    places = np.intersect1d(np.concatenate(of_years), held.reports())
    councils = {one.description.councils for one in documents_at(documents, places)}
    return councils.pop() if len(councils) == 1 else ()


def inspected_years(councils: Sequence[str], documents: Sequence[Document]) -> list[int]:
    """The years of the inspection reports about any of the councils, oldest first."""
    held = held_documents(documents)
    return held.years_of(held.reports(councils))


def _inspections(
    councils: Sequence[str], documents: Sequence[Document], service: str | None
) -> Places:
    """Where the inspection reports about any of the councils stand, of one service or of all."""
    places = held_documents(documents).reports(councils)
    if service is None:
        return places
    of_service = [service_of(documents[at].description) == service for at in places.tolist()]
    chosen: Places = places[np.array(of_service, bool)]
    return chosen


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
