"""Of a table of grades, a question gets the rows that it asks for."""

from __future__ import annotations

import pytest
from invented import judged, passage
from invented import question as read
from ofsted import CARE, HELP, LEADERS, LEAVERS, OVERALL

from rag.answering.grade_answers import recalled_inspections, rows_asked_for
from rag.question.intent import Intent

RI = "requires improvement to be good"

TABLE = (
    judged("good", OVERALL),
    judged("inadequate", HELP),
    judged(RI, CARE),
    judged("outstanding", LEAVERS),
    judged("good", LEADERS),
)
WHICH = [
    ("Which areas were good?", [LEADERS]),
    ("Which areas were not good?", [HELP, CARE, LEAVERS]),
    ("Which part was better than good?", [LEAVERS]),
    ("Which area was best?", [LEAVERS]),
    ("What was the weakest area?", [HELP]),
    ("Which areas were judged?", [HELP, CARE, LEAVERS, LEADERS]),
    ("Which part of the work fell short of good?", [HELP, CARE, LEAVERS]),
    ("Which part earned the top mark?", [LEAVERS]),
    ("Which part didn't get the top mark?", [HELP, CARE, LEADERS]),
    ("Which area avoided the bottom mark?", [CARE, LEAVERS, LEADERS]),
]


@pytest.mark.parametrize(("question", "areas"), WHICH)
def test_a_question_of_which_gets_the_rows_it_asks_for(question: str, areas: list[str]) -> None:
    assert read(question).wants(Intent.WHICH_AREAS)
    assert [next(iter(row.areas)) for row in rows_asked_for(read(question), TABLE)] == areas


def test_a_question_of_what_is_not_one_of_which() -> None:
    assert not read("What was the overall grade?").wants(Intent.WHICH_AREAS)


def test_a_table_with_the_overall_grade_alone_is_better_than_none() -> None:
    alone = [judged("good")]
    assert rows_asked_for(read("Which areas were judged?"), alone) == alone


# ---------------------------------------------------------------- inspections before


def recalled(*texts: str, gap: int = 1) -> list[list[str]]:
    """What is quoted of each inspection that a passage recalls."""
    found = recalled_inspections([passage(*texts, gap=gap)])
    return [[each.told.text, *(row.text for row in each.rows)] for each in found]


def test_an_inspection_before_is_recalled_with_the_grade_in_the_sentence_after() -> None:
    told = "The last inspection of these arrangements was in May 2013."
    grade = "The local authority was judged to be adequate."
    assert recalled(told, grade) == [[f"{told} {grade}"]]


def test_an_inspection_before_is_recalled_with_the_list_of_its_grades() -> None:
    told = "The last inspection report was published in September 2015."
    lead_in = "The judgements for the local authority were:"
    rows = ["Overall effectiveness: Inadequate", "Adoption performance: Good"]
    after = "The director has been in post since 2014."
    assert recalled(told, lead_in, *rows, after) == [[told, *rows]]


def test_what_improved_since_an_inspection_before_recalls_no_grade() -> None:
    told = "Services have improved since the last inspection in 2014."
    assert not recalled(told, "Managers want all children to get good services.")
    assert not recalled(told)


def test_what_tells_of_the_inspection_before_alone_comes_first() -> None:
    aside = "More children attend a school judged good at its last inspection."
    told = "The last inspection, in May 2018, judged all services to be inadequate."
    assert recalled(aside, told) == [[told], [aside]]
