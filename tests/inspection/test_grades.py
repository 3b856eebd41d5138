"""Grades are read as they are written, and never inferred."""

from __future__ import annotations

import pytest
from invented import judged, passage

from rag.inspection.grades import (
    Area,
    areas_asked,
    areas_in,
    areas_meant,
    best_per_area,
    full_grade,
    grades_named,
    judgements,
    read_grade,
)

RI = "requires improvement to be good"

STATED = [
    # the tables of the framework of today, and of the one before it
    ("Overall effectiveness Good", {Area.OVERALL}, "good"),
    ("Overall effectiveness: Inadequate", {Area.OVERALL}, "inadequate"),
    ("The experiences and progress of care leavers Outstanding", {Area.LEAVERS}, "outstanding"),
    ("The experiences and progress of children in care Good", {Area.CARE}, "good"),
    (
        "The impact of leaders on social work practice with children and families Good",
        {Area.LEADERS},
        "good",
    ),
    (
        "The experiences and progress of children who need help and protection "
        "Requires improvement to be good",
        {Area.HELP},
        RI,
    ),
    ("1. Children who need help and protection Inadequate", {Area.HELP}, "inadequate"),
    (
        "2. Children looked after and achieving permanence Requires improvement",
        {Area.CARE},
        RI,
    ),
    ("2.1 Adoption performance Good", {Area.ADOPTION}, "good"),
    (
        "2.2 Experiences and progress of care leavers Requires improvement",
        {Area.LEAVERS},
        RI,
    ),
    ("3. Leadership, management and governance Inadequate", {Area.LEADERS}, "inadequate"),
    # headings and running text
    ("Children\u2019s services in Fallowmere are inadequate", {Area.OVERALL}, "inadequate"),
    ("Children's services in Fallowmere require improvement to be good", {Area.OVERALL}, RI),
    (
        "The graded judgement for adoption performance is that it is good",
        {Area.ADOPTION},
        "good",
    ),
    ("The judgement about care leavers is that it requires improvement", {Area.LEAVERS}, RI),
    # area inspections of special educational needs
    (
        "The local area partnership\u2019s arrangements typically lead to positive experiences and "
        "outcomes for children.",
        {Area.OVERALL},
        "positive experiences and outcomes",
    ),
    (
        "The local area partnership\u2019s arrangements lead to inconsistent experiences and "
        "outcomes.",
        {Area.OVERALL},
        "inconsistent experiences and outcomes",
    ),
    (
        "There are widespread and/or systemic failings.",
        {Area.OVERALL},
        "widespread and/or systemic failings",
    ),
    # the board is not the council
    ("The Local Safeguarding Children Board is inadequate", {Area.BOARD}, "inadequate"),
    ("The LSCB overall Requires improvement", {Area.BOARD}, RI),
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
def test_a_grade_is_read_as_it_is_stated(text: str, areas: set[Area], grade: str) -> None:
    assert read_grade(text) == (frozenset(areas), grade)


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
    assert Area.OVERALL not in best_per_area(rows)
    assert {area for row in rows for area in row.areas} == {Area.CARE, Area.LEAVERS, Area.LEADERS}


def test_the_board_does_not_stand_for_the_council() -> None:
    rows = judgements([passage("The Local Safeguarding Children Board is inadequate")])
    assert best_per_area(rows).keys() == {Area.BOARD}


def test_the_first_statement_of_an_area_is_the_one_kept() -> None:
    rows = judgements([passage("Overall effectiveness Good", "Overall effectiveness Inadequate")])
    assert [row.grade for row in rows] == ["good", "inadequate"]
    assert best_per_area(rows)[Area.OVERALL].grade == "good"


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("care leavers and children in care", {Area.LEAVERS, Area.CARE}),
        ("looked-after children", {Area.CARE}),
        ("kids in care", {Area.CARE}),
        ("LAC", {Area.CARE}),
        ("the leadership", {Area.LEADERS}),
        ("leaders who help and protect: need help", {Area.LEADERS, Area.HELP}),
        ("the Wyvern safeguarding children board and care leavers", {Area.BOARD}),
        ("bin collections", set()),
    ],
)
def test_areas_are_known_by_councillors_words_too(text: str, areas: set[Area]) -> None:
    assert areas_in(text) == areas


def test_the_last_sentence_of_a_question_says_which_area_is_asked_for() -> None:
    question = "Care leavers are worried. What was the adoption grade?"
    assert areas_asked(question) == {Area.ADOPTION}
    assert areas_asked("Care leavers are worried. What was the grade?") == {Area.LEAVERS}


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("What was the grade?", (Area.OVERALL,)),
        ("What was the overall grade for care leavers?", (Area.LEAVERS,)),
        ("What did adoption and children in care get?", (Area.CARE, Area.ADOPTION)),
    ],
)
def test_a_question_that_names_no_area_means_the_whole(
    question: str, areas: tuple[Area, ...]
) -> None:
    assert areas_meant(question) == areas


def test_grades_are_named_in_full_and_in_order() -> None:
    assert grades_named("From requires improvement to Outstanding?") == (RI, "outstanding")
    assert full_grade("Require improvement") == RI


def test_councils_and_partnerships_are_not_on_one_scale() -> None:
    assert judged("positive experiences and outcomes").of_partnership
    assert judged("widespread and/or systemic failings").of_partnership
    assert not judged("good").of_partnership
