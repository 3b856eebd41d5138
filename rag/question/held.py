"""What is asked of all documents held at every question, worked out once for each list of them.

A library gives the same tuple of documents until what it holds changes, so that a question costs a
few looks at arrays however many documents there are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.inspection.frameworks import CATALOGUE
from rag.text.lexicon import cue, lists
from rag.types import Description, Document, Kind

T = TypeVar("T")
NOWHERE = np.zeros(0, np.intp)
MOST_KEPT = 8
"""Things worked out of lists of documents that are kept, those last asked for."""
CYCLE = timedelta(days=5 * 366)
"""Within so long an inspection of a service is followed by the next."""
MOST_TITLES = 8_192
_keeping = threading.Lock()
_kept: OrderedDict[tuple[int, Hashable], tuple[Sequence[Document], object]] = OrderedDict()


def kept(documents: Sequence[Document], what: Hashable, make: Callable[[], T]) -> T:
    """What `make` makes of a tuple of documents, kept while it is among the last asked for.

    `what` says which of the things made of them it is.
    """
    key = id(documents), what
    # The tuple is kept with it, so that no other can have its identity.
    known = _kept.get(key)
    if known is not None and known[0] is documents:
        with _keeping:
            if key in _kept:
                _kept.move_to_end(key)
        return known[1]  # type: ignore[return-value]  # it was made by the same `make`
    made = make()
    if isinstance(documents, tuple):
        with _keeping:
            _kept[key] = documents, made
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return made


@dataclass(frozen=True, slots=True)
class HeldDocuments:
    """A list of documents by what scopes ask of them; the arrays have a place for each document.

    `days` are ordinals of the day that a document speaks for (0001-01-01 without one), `newest` the
    day of the newest of its series; `inspected` holds the first and last month of its inspection,
    counted from the year 0, an empty span where it is not known.
    """

    names: tuple[str, ...]
    place_of: Mapping[str, int]
    """Where each document stands, by its name."""
    by_name: Mapping[str, Document]
    councils: tuple[str, ...]
    """Every council that a document is about."""
    papers: tuple[str, ...]
    """The publishers of the press reports."""
    of_council: Mapping[str, NDArray[np.intp]]
    """Where the documents about a council stand."""
    of_year: Mapping[int, NDArray[np.intp]]
    """Where the documents that are called by a year stand."""
    kinds: Mapping[Kind, NDArray[np.bool_]]
    days: NDArray[np.int64]
    years: NDArray[np.int64]
    newest: NDArray[np.int64]
    inspected: NDArray[np.int64]
    is_send: NDArray[np.bool_]
    earliest: date | None
    latest: date | None

    def about(self, councils: Iterable[str]) -> NDArray[np.intp]:
        """Where the documents about any of the councils stand, in their order."""
        found = [self.of_council.get(council, NOWHERE) for council in councils]
        return np.unique(np.concatenate([NOWHERE, *found]))

    def reports(self, councils: Iterable[str] | None = None) -> NDArray[np.intp]:
        """Where the inspection reports stand, all or those about any of the councils."""
        is_report = self.kinds[Kind.INSPECTION_REPORT]
        if councils is None:
            return np.flatnonzero(is_report)
        about = self.about(councils)
        return about[is_report[about]]

    def years_of(self, places: NDArray[np.intp]) -> list[int]:
        """The years for which the documents at some places speak, the earliest first."""
        dated = places[self.days[places] > date.min.toordinal()]
        years: list[int] = np.unique(self.years[dated]).tolist()
        return years


def documents_at(documents: Sequence[Document], places: NDArray[np.intp]) -> list[Document]:
    """The documents that stand at some places."""
    return [documents[place] for place in places.tolist()]


def held_documents(documents: Sequence[Document]) -> HeldDocuments:
    """The documents by what scopes ask of them."""
    return kept(documents, "held", lambda: _worked_out(documents))


def _worked_out(documents: Sequence[Document]) -> HeldDocuments:
    about = [document.description for document in documents]
    speaking = [each.speaks_for for each in about]
    dated = [day for day in speaking if day]
    days = [(day or date.min).toordinal() for day in speaking]
    of_kind = np.array([each.kind.value for each in about])
    return HeldDocuments(
        names=tuple(document.name for document in documents),
        place_of={document.name: at for at, document in enumerate(documents)},
        by_name={document.name: document for document in documents},
        councils=tuple(dict.fromkeys(name for each in about for name in each.councils)),
        papers=tuple(
            dict.fromkeys(e.publisher for e in about if e.kind is Kind.NEWS and e.publisher)
        ),
        of_council=_places(each.councils for each in about),
        of_year=_places(each.years for each in about),
        kinds={kind: of_kind == kind.value for kind in Kind},
        days=np.array(days, np.int64),
        years=np.array([(day or date.min).year for day in speaking], np.int64),
        newest=np.array(_newest(about, days), np.int64),
        inspected=np.array([_months(document) for document in documents], np.int64).reshape(-1, 2),
        is_send=np.array([bool(cue(lists.Scope.SEND).search(each.title)) for each in about], bool),
        earliest=min(dated, default=None),
        latest=max(dated, default=None),
    )


def _newest(about: Sequence[Description], days: Sequence[int]) -> list[int]:
    """For each document the day of the newest of its series: of one kind and one service, about the
    same councils. A series that has ended is taken up by what is newest of the kind."""
    kinds = [(*each.councils, each.kind) for each in about]
    series = [(*kind, service_of(each)) for kind, each in zip(kinds, about, strict=True)]
    newest: dict[tuple[str, ...], int] = {}
    for one, day in zip((*kinds, *series), (*days, *days), strict=True):
        newest[one] = max(newest.get(one, 0), day)
    days_of: list[int] = []
    for kind, one in zip(kinds, series, strict=True):
        ended = newest[kind] - newest[one] > CYCLE.days
        days_of.append(newest[kind] if ended else newest[one])
    return days_of


@lru_cache(maxsize=MOST_TITLES)
def _service_titled(title: str) -> str:
    """The service that a report of this title inspects; "" where the title does not tell."""
    for framework in CATALOGUE.frameworks.values():
        if framework.marks and framework.marks.search(title):
            return framework.service
    return ""


def service_of(about: Description) -> str:
    """The service that an inspection report is of; "" for what is none, or does not tell."""
    return _service_titled(about.title) if about.kind is Kind.INSPECTION_REPORT else ""


def _places(labels: Iterable[Iterable[T]]) -> dict[T, NDArray[np.intp]]:
    """Where each label stands among the documents that are labelled so."""
    places: dict[T, list[int]] = {}
    for at, each in enumerate(labels):
        for label in set(each):
            places.setdefault(label, []).append(at)
    return {label: np.array(found, np.intp) for label, found in places.items()}


def _months(document: Document) -> tuple[int, int]:
    first, last = document.description.inspected_from, document.description.inspected_to
    if not (first and last):
        return 1, 0
    return month_count(first.year, first.month), month_count(last.year, last.month)


def month_count(year: int, month: int) -> int:
    """A month, counted from the year 0."""
    return 12 * year + month
