"""When inspectors come again is told where a report prints it, and else refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from invented import described
from shared_data import WordEmbedder, WordJudge, put

from rag.desk import Desk
from rag.library.library import Library

NEXT = "The next full area SEND inspection will be within approximately three years."


def test_a_day_that_no_document_tells_is_refused_with_that_reason(desk: Desk) -> None:
    answer = desk.ask("When is the next inspection of Fallowmere due?")
    assert not answer.answered
    assert "No inspection report held about Fallowmere says when the next will be." in answer.text


def test_where_no_council_is_named_it_is_asked_which_is_meant(desk: Desk) -> None:
    assert desk.ask("When is the next inspection due?").choices == ("Fallowmere", "Thornbeck")


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over a newer report, and an older one that tells when inspectors come again."""
    held = Library(tmp_path_factory.mktemp("visited") / "library", WordEmbedder(), WordJudge())
    for name, title, day, lines in (
        ("send.pdf", "Area SEND inspection", date(2023, 11, 6), (NEXT, "Plans are late.")),
        ("children.pdf", "Inspection", date(2024, 10, 7), ("Overall effectiveness Good",)),
    ):
        about = described(title, "Fallowmere", inspected=(day, day))
        put(held, name, f"Inspection dates: {day:%d %B %Y}", *lines, description=about)
    yield Desk(held)
    held.close()


@pytest.mark.parametrize(
    "question",
    [
        "When is the next inspection of Fallowmere due?",
        "When will Fallowmere be inspected again?",
        "When are inspectors coming back to Fallowmere for the next inspection?",
    ],
)
def test_the_line_of_the_newest_report_that_prints_it_is_quoted(
    visited: Desk, question: str
) -> None:
    answer = visited.ask(question)
    assert [citation.quote for citation in answer.citations] == [NEXT]


def test_when_inspectors_were_there_is_no_day_to_come(visited: Desk) -> None:
    answer = visited.ask("When was Fallowmere last inspected?")
    assert [citation.quote for citation in answer.citations] == [
        "Inspection dates: 07 October 2024"
    ]
