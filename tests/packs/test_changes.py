"""What became of each item of an earlier report is told with the later report's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from shared_data import made, real_embedder

from ingest.types import ExtractedLine, LineRole
from rag.inspection.recommendations import recommendations_of
from rag.library.library import Library
from rag.packs.progress.changes import changes, head_terms, successive_reports
from rag.packs.record.judgement_history import history
from rag.packs.types import Changes, LaterStanding
from rag.text.tokens import content_terms
from rag.types import Document

pytestmark = pytest.mark.encoder

FIRST = (
    "Inspection of Thornbeck local authority children’s services",
    "The impact of leaders on social work practice with children and families Good",
    "Overall effectiveness Good",
    "What needs to improve",
    "The timeliness of return home interviews.",
    "The response to children who present as homeless.",
    "The quality of life-story work.",
    "The sharing of dental records.",
    "The experiences and progress of children in care: Requires improvement to be good.",
    "Children in care are seen often, and the work done with them is of a good standard.",
)
SECOND = (
    "Inspection of Thornbeck local authority children’s services",
    "The impact of leaders on social work practice with children and families Good",
    "Overall effectiveness Good",
    "What needs to improve?",
    "The timeliness and use of return home interviews.",
    "The experiences and progress of children who need help and protection: good",
    "Children who present as homeless receive an effective, swift response.",
    "Life-story work does not start early enough, and its quality is poor.",
)
YEARS = {"first.pdf": 2019, "second.pdf": 2023}


def put(library: Library, name: str, *paragraphs: str) -> Document:
    days = (date(YEARS[name], 3, 4), date(YEARS[name], 3, 15))
    about = described(paragraphs[0], "Thornbeck", inspected=days)
    lines = [
        ExtractedLine(p, LineRole.HEADING) if p.startswith("What needs") else p for p in paragraphs
    ]
    document, passages = made(name, *lines, description=about)
    with library.writing():
        library.put(document, passages, library.embedder.encode([p.text for p in passages]))
    return library.entry(name).document


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("held"), real_embedder())
    put(library, "first.pdf", *FIRST)
    put(library, "second.pdf", *SECOND)
    yield library
    library.close()


@pytest.fixture(scope="module")
def found(held: Library) -> Changes:
    first, second = (held.entry(name).document for name in YEARS)
    return changes(held, held.embedder, first, second)


def test_the_items_end_where_the_findings_begin(held: Library) -> None:
    items = recommendations_of(held, held.entry("first.pdf").document)
    assert [item.text for item in items] == list(FIRST[4:8])


def test_each_item_is_followed_into_the_later_report(found: Changes) -> None:
    assert [(change.item.text, change.since) for change in found.items] == [
        (FIRST[4], LaterStanding.STILL_A_CONCERN),
        (FIRST[5], LaterStanding.IMPROVED),
        (FIRST[6], LaterStanding.STILL_A_CONCERN),
        (FIRST[7], LaterStanding.NOT_MENTIONED),
    ]


def test_both_sides_of_a_change_stand_on_their_pages(held: Library, found: Changes) -> None:
    assert_cited(held, found)
    assert {c.document for change in found.items for c in change.item.citations} == {"first.pdf"}
    assert {
        c.document for change in found.items for line in change.later for c in line.citations
    } == {"second.pdf"}


def test_what_is_not_mentioned_has_no_later_words(found: Changes) -> None:
    assert [bool(change.later) for change in found.items] == [True, True, True, False]


def test_each_inspection_is_set_against_the_next_of_its_service(held: Library) -> None:
    assert successive_reports(history(held, "Thornbeck")) == (("first.pdf", "second.pdf"),)


def test_a_report_that_asks_for_nothing_changes_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", real_embedder())
    first = put(library, "first.pdf", *FIRST[:3])
    second = put(library, "second.pdf", *SECOND)
    assert changes(library, library.embedder, first, second).items == ()
    library.close()


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("the quality of plans for children in need", "plans"),
        (
            "timeliness of initial health assessments when children come",
            "initial health assessments",
        ),
        ("services to care leavers", "care leavers"),
    ],
)
def test_what_a_matter_is_first_of_all_about_is_told_from_how_well_and_for_whom(
    topic: str, first: str
) -> None:
    assert head_terms(topic) == set(content_terms(first))
