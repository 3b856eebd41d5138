"""A report that a newer one of its series follows is told to be older than that."""

from __future__ import annotations

from datetime import date

from rag.types import Description, Document, Kind
from ui.web.session.older import older_reports


def report(name: str, year: int, council: str = "Fallowmere", kind: Kind | None = None) -> Document:
    description = Description(
        f"Inspection of {council}",
        kind=kind or Kind.INSPECTION_REPORT,
        published=date(year, 6, 1),
        inspected_to=date(year, 4, 20),
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
    assert older_reports(documents) == {
        "old.pdf": "Older: the newest inspection held is of April 2024."
    }


def test_nothing_is_older_in_an_empty_library() -> None:
    assert older_reports([]) == {}
