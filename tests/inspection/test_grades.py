"""Grades are read as they are written, and never inferred."""

from __future__ import annotations

import pytest
from invented import judged, passage
from ofsted import ADOPTION, BOARD, CARE, HELP, LEADERS, LEAVERS, OVERALL

from rag.inspection.grades import (
    areas_asked,
    areas_in,
    areas_meant,
    best_per_area,
    grades_named,
    judgements,
    read_grade,
)
from rag.inspection.movement import of_one_scale

RI = "requires improvement to be good"

STATED = [
    # the tables of the framework of today, and of the one before it
    ("Overall effectiveness Good", {OVERALL}, "good"),
    ("Overall effectiveness: Inadequate", {OVERALL}, "inadequate"),
    ("The experiences and progress of care leavers Outstanding", {LEAVERS}, "outstanding"),
    ("The experiences and progress of children in care Good", {CARE}, "good"),
    (
        "The impact of leaders on social work practice with children and families Good",
        {LEADERS},
        "good",
    ),
    (
        "The experiences and progress of children who need help and protection "
        "Requires improvement to be good",
        {HELP},
        RI,
    ),
    ("1. Children who need help and protection Inadequate", {HELP}, "inadequate"),
    (
        "2. Children looked after and achieving permanence Requires improvement",
        {CARE},
        "requires improvement",
    ),
    ("2.1 Adoption performance Good", {ADOPTION}, "good"),
    (
        "2.2 Experiences and progress of care leavers Requires improvement",
        {LEAVERS},
        "requires improvement",
    ),
    ("3. Leadership, management and governance Inadequate", {LEADERS}, "inadequate"),
    # headings and running text
    ("Children\u2019s services in Fallowmere are inadequate", {OVERALL}, "inadequate"),
    ("Children's services in Fallowmere require improvement to be good", {OVERALL}, RI),
    (
        "The graded judgement for adoption performance is that it is good",
        {ADOPTION},
        "good",
    ),
    (
        "The judgement about care leavers is that it requires improvement",
        {LEAVERS},
        "requires improvement",
    ),
    # area inspections of special educational needs
    (
        "The local area partnership\u2019s arrangements typically lead to positive experiences and "
        "outcomes for children.",
        {OVERALL},
        "positive experiences and outcomes",
    ),
    (
        "The local area partnership\u2019s arrangements lead to inconsistent experiences and "
        "outcomes.",
        {OVERALL},
        "inconsistent experiences and outcomes",
    ),
    (
        "There are widespread and/or systemic failings.",
        {OVERALL},
        "widespread and/or systemic failings",
    ),
    # the board is not the council
    ("The Local Safeguarding Children Board is inadequate", {BOARD}, "inadequate"),
    ("The LSCB overall Requires improvement", {BOARD}, "requires improvement"),
]
NOT_STATED = [
    "Leaders are good at listening.",
    "The overall picture is good.",
    "Inspectors were good company and care leavers said so",
    "Progress since then has been good",
    "Good",
    "",
]


@pytest.mark.parametrize(("text", "areas", "grade"), STATED)
def test_a_grade_is_read_as_it_is_stated(text: str, areas: set[str], grade: str) -> None:
    read = read_grade(text)
    assert read
    assert (read[0], read[1].word) == (frozenset(areas), grade)


@pytest.mark.parametrize("text", NOT_STATED)
def test_praise_is_no_grade(text: str) -> None:
    assert read_grade(text) is None


def test_an_outcome_for_special_needs_stands_on_the_first_pages() -> None:
    text = "arrangements lead to inconsistent experiences and outcomes"
    assert read_grade(text, early=True)
    assert read_grade(text, early=False) is None


def test_a_report_without_an_overall_grade_is_given_none() -> None:
    rows = judgements(
        [
            passage(
                "The experiences and progress of children in care Good",
                "The experiences and progress of care leavers Good",
                "The impact of leaders on social work practice with children and families Good",
            )
        ]
    )
    assert OVERALL not in best_per_area(rows)
    assert {area for row in rows for area in row.areas} == {CARE, LEAVERS, LEADERS}


def test_the_board_does_not_stand_for_the_council() -> None:
    rows = judgements([passage("The Local Safeguarding Children Board is inadequate")])
    assert best_per_area(rows).keys() == {BOARD}


def test_the_first_statement_of_an_area_is_the_one_kept() -> None:
    rows = judgements([passage("Overall effectiveness Good", "Overall effectiveness Inadequate")])
    assert [row.grade.word for row in rows] == ["good", "inadequate"]
    assert best_per_area(rows)[OVERALL].grade.word == "good"


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("care leavers and children in care", {LEAVERS, CARE}),
        ("looked-after children", {CARE}),
        ("kids in care", {CARE}),
        ("LAC", {CARE}),
        ("the leadership", {LEADERS}),
        ("leaders who help and protect: need help", {LEADERS, HELP}),
        ("the Wyvern safeguarding children board and care leavers", {BOARD}),
        ("bin collections", set()),
    ],
)
def test_areas_are_known_by_councillors_words_too(text: str, areas: set[str]) -> None:
    assert areas_in(text) == areas


def test_the_last_sentence_of_a_question_says_which_area_is_asked_for() -> None:
    question = "Care leavers are worried. What was the adoption grade?"
    assert areas_asked(question) == {ADOPTION}
    assert areas_asked("Care leavers are worried. What was the grade?") == {LEAVERS}


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("What was the grade?", (OVERALL,)),
        ("What was the overall grade for care leavers?", (LEAVERS,)),
        ("What did adoption and children in care get?", (CARE, ADOPTION)),
    ],
)
def test_a_question_that_names_no_area_means_the_whole(
    question: str, areas: tuple[str, ...]
) -> None:
    assert areas_meant(question) == areas


def test_grades_are_named_in_order_with_to_be_good_or_without() -> None:
    named = ("requires improvement", "outstanding")
    assert grades_named("From requires improvement to Outstanding?") == named
    assert grades_named("They require improvement to be good, not outstanding.") == named
    assert judged(RI).grade.is_called("requires improvement")
    assert judged("requires improvement").grade.is_called(RI)


def test_councils_and_partnerships_are_not_on_one_scale() -> None:
    assert not of_one_scale([judged("positive experiences and outcomes"), judged("good")])
    assert not of_one_scale([judged("widespread and/or systemic failings"), judged("inadequate")])
    assert of_one_scale([judged("good"), judged(RI)])
