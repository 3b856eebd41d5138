"""Whether a council gets better is told by the record of its grades."""

from __future__ import annotations

import pytest
from cited import assert_cited

from rag.desk import Desk


@pytest.mark.parametrize(
    "question",
    [
        "Is Fallowmere getting better?",
        "Has Fallowmere improved?",
        "Is Fallowmere getting any worse?",
    ],
)
def test_better_or_worse_is_told_by_the_grades_of_all_inspections(
    desk: Desk, question: str
) -> None:
    answer = desk.ask(question)
    assert answer.answered
    assert {"f2017.pdf", "f2024.pdf"} <= {citation.document for citation in answer.citations}
    assert "inadequate in 2017, good in 2024" in answer.text
    assert len(answer.text.split()) <= 120
    assert_cited(desk.library, answer)


def test_a_question_of_one_area_is_told_by_the_grades_of_that_area(desk: Desk) -> None:
    answer = desk.ask("Are services for care leavers in Fallowmere improving?")
    assert "good in 2017, outstanding in 2024" in answer.text
    assert "Overall" not in answer.text


@pytest.mark.parametrize(
    "question",
    ["Which is better, Fallowmere or Thornbeck?", "Is Fallowmere or Thornbeck getting better?"],
)
def test_the_grades_of_two_councils_are_never_told_as_one_row(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    told = ("went up", "went down", "Grades up since", "Grades down since")
    assert not [words for words in told if words in answer.text]


def test_one_grade_alone_tells_of_no_change_and_says_so(desk: Desk) -> None:
    answer = desk.ask("Is Thornbeck getting better?")
    assert "No earlier grade is held to set it against." in answer.text
    assert {citation.document for citation in answer.citations} == {"t2023.pdf"}


def test_where_no_council_is_named_it_is_asked_which_is_meant(desk: Desk) -> None:
    assert desk.ask("Is it getting better?").choices == ("Fallowmere", "Thornbeck")


def test_after_a_turn_on_one_report_the_record_is_not_kept_to_its_year(desk: Desk) -> None:
    overview = desk.ask("Give me an overview of Fallowmere")
    answer = desk.ask("Is it getting better?", [overview])
    assert {"f2017.pdf", "f2024.pdf"} <= {citation.document for citation in answer.citations}
