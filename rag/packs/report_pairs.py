"""Which two inspections of a record are compared."""

from __future__ import annotations

from rag.errors import UnclearSubject
from rag.inspection.frameworks import of_one_service
from rag.packs.progress.changes import succeeding
from rag.packs.types import History, Inspection

Pair = tuple[str, str]
"""The names of the earlier and the later report."""


def pairs(record: History, first: int | None = None, last: int | None = None) -> tuple[Pair, ...]:
    """The inspections that follow one another; of the year `first` to the next, to that of `last`
    from the one before, or from the one to the other where both are given.

    Raises UnclearSubject where there are none of these years.
    """
    following = succeeding(record)
    if first is None and last is None:
        return following
    if first is not None and last is not None:
        return (_pair(record, first, last),)
    wanted = {each.document for each in _of_year(record, first or last or 0)}
    place = 0 if last is None else 1
    found = tuple(pair for pair in following if pair[place] in wanted)
    if not found:
        nothing = "after" if last is None else "before"
        raise UnclearSubject(f"No inspection {nothing} that of {first or last} is held.")
    return found


def _pair(record: History, first: int, last: int) -> Pair:
    for one in _of_year(record, first):
        for other in _of_year(record, last):
            in_order = record.inspections.index(one) < record.inspections.index(other)
            if in_order and of_one_service(one.framework, other.framework):
                return one.document, other.document
    raise UnclearSubject(
        f"The reports of {first} and {last} are not of one service, or not in this order: give the "
        "earlier year first."
    )


def _of_year(record: History, year: int) -> list[Inspection]:
    found = [each for each in record.inspections if year in _years(each)]
    if not found:
        years = sorted({max(_years(each)) for each in record.inspections if _years(each)})
        held = ", ".join(map(str, years)) or "no known year"
        raise UnclearSubject(
            f"No inspection report about {record.council} of {year} is held. Those held are of "
            f"{held}."
        )
    return found


def _years(inspection: Inspection) -> set[int]:
    days = (inspection.inspected_from, inspection.inspected_to, inspection.published)
    return {day.year for day in days if day}
