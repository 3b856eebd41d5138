"""A report that a newer one of its council and service follows is told to be older than that."""

from __future__ import annotations

from datetime import date

from rag.question.older import older_reports
from rag.types import Description, Document, Kind


def report(
    name: str, year: int | None, council: str = "Fallowmere", kind: Kind = Kind.INSPECTION_REPORT
) -> Document:
    description = Description(
        f"Inspection of {council}",
        kind=kind,
        published=date(year, 6, 1) if year else None,
        inspected_to=date(year, 4, 20) if year else None,
        councils=(council,),
    )
    return Document(name, "0" * 64, description, ())


def test_of_two_reports_on_one_council_the_first_is_older_than_the_newest() -> None:
    documents = [
        report("old.pdf", 2019),
        report("new.pdf", 2024),
        report("other.pdf", 2017, "Thornbeck"),
        report("news.txt", 2018, kind=Kind.NEWS),
    ]
    assert older_reports(documents) == {"old.pdf": date(2024, 4, 20)}


def test_a_report_of_no_known_day_is_not_said_to_be_older() -> None:
    assert older_reports([report("undated.pdf", None), report("new.pdf", 2024)]) == {}


def test_nothing_is_older_in_an_empty_library() -> None:
    assert older_reports([]) == {}
