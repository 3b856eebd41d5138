"""Which sides a question compares."""

from __future__ import annotations

import pytest
from invented import SOURCES as HELD
from invented import question as read
from invented import source

from rag.question.comparison import ComparisonSide, by_year, comparison_sides, inspected_years


def of(question: str) -> tuple[ComparisonSide, ...]:
    return comparison_sides(read(question, HELD), HELD)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Is Fallowmere better than Thornbeck?", ["Fallowmere", "Thornbeck"]),
        ("How did Fallowmere change between 2017 and 2024?", ["2017", "2024"]),
        ("How did Fallowmere change between 2024 and 2017?", ["2017", "2024"]),
        ("Fallowmere got the top mark in 2017. What mark did it get in 2024?", ["2017", "2024"]),
        ("Whose leaders were graded, Fallowmere's or Thornbeck's?", ["Fallowmere", "Thornbeck"]),
        ("How has Fallowmere changed since 2017?", ["2017", "2024"]),
        ("How has Fallowmere changed over time?", ["2017", "2020", "2024"]),
        ("What changed between the last two inspections of Fallowmere?", ["2020", "2024"]),
        ("Do the press and the inspectors differ on Fallowmere?", ["inspection report", "press"]),
        ("What did inspectors find in Fallowmere?", []),
        ("Compare Fallowmere in 2017 and in 2011.", []),
        ("How do children fare?", []),
    ],
)
def test_the_sides_of_a_question(question: str, labels: list[str]) -> None:
    assert [side.label for side in of(question)] == labels


def test_each_side_has_its_own_documents() -> None:
    fallowmere, thornbeck = of("Is Fallowmere or Thornbeck better?")
    assert "f2024.pdf" in fallowmere.documents
    assert not {"f2017.pdf", "t2023.pdf"} & set(fallowmere.documents)
    assert thornbeck.documents == ("t2023.pdf",)
    report, press = of("Do the press and the inspectors differ on Fallowmere?")
    assert set(report.documents) == {"f2017.pdf", "f2020.pdf", "f2024.pdf"}
    assert press.documents == ("news.html",)


def test_inspections_of_one_service_are_compared() -> None:
    area = "Area SEND inspection of Fallowmere Local Area Partnership"
    held = (*HELD, source("send.pdf", "Fallowmere", when="2025-01-06", title=area))
    changed = comparison_sides(read("How has Fallowmere changed since 2017?", held), held)
    assert [side.label for side in changed] == ["2017", "2024"]


def test_years_are_told_from_councils() -> None:
    assert by_year(of("How has Fallowmere changed since 2017?"))
    assert not by_year(of("Is Fallowmere better than Thornbeck?"))


def test_only_inspections_make_years() -> None:
    assert inspected_years(("Fallowmere",), HELD) == [2017, 2020, 2024]
    assert inspected_years((), HELD) == []


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Had Fallowmere fixed it by the time inspectors came back?", ["2020", "2024"]),
        ("fallowmere care leavers 2017 v 2024 any better", ["2017", "2024"]),
        ("How did Fallowmere do in 2020 compared with the inspection before?", ["2017", "2020"]),
        ("How were care leavers in Fallowmere judged in 2024?", []),
        ("Who has run Fallowmere's services since 2017?", []),
    ],
)
def test_a_comparison_is_known_in_other_words_than_compare(
    question: str, labels: list[str]
) -> None:
    assert [side.label for side in of(question)] == labels
