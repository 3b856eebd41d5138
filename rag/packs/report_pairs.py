"""Which two inspections of a record are compared."""

from __future__ import annotations

from itertools import product

from rag.errors import UnclearSubject
from rag.inspection.frameworks import of_one_service
from rag.packs.progress.changes import successive_reports
from rag.packs.types import History, Inspection

Pair = tuple[str, str]
"""The names of the earlier and the later report."""


def report_pairs(
    record: History, first: int | None = None, last: int | None = None
) -> tuple[Pair, ...]:
    """The inspections that follow one another; of the year `first` to the next, to that of `last`
    from the one before, or from the one to the other where both are given.

    Raises UnclearSubject where there are none of these years.
    """
    pairs = successive_reports(record)
    if first is None and last is None:
        return pairs
    if first is not None and last is not None:
        return (_pair(record, first, last),)
    of_year = {inspection.document for inspection in _of_year(record, first or last or 0)}
    place = 0 if last is None else 1
    pairs = tuple(pair for pair in pairs if pair[place] in of_year)
    if not pairs:
        side = "after" if last is None else "before"
        raise UnclearSubject(f"No inspection {side} that of {first or last} is held.")
    return pairs


def _pair(record: History, first: int, last: int) -> Pair:
    for earlier, later in product(_of_year(record, first), _of_year(record, last)):
        in_order = record.inspections.index(earlier) < record.inspections.index(later)
        if in_order and of_one_service(earlier.framework, later.framework):
            return earlier.document, later.document
    raise UnclearSubject(
        f"The reports of {first} and {last} are not of one service, or not in this order: give the "
        "earlier year first."
    )


def _of_year(record: History, year: int) -> list[Inspection]:
    inspections = [i for i in record.inspections if year in i.years]
    if not inspections:
        years = sorted({max(i.years) for i in record.inspections if i.years})
        held = ", ".join(map(str, years)) or "no known year"
        raise UnclearSubject(
            f"No inspection report about {record.council} of {year} is held. Those held are of "
            f"{held}."
        )
    return inspections
