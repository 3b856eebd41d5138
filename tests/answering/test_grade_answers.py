"""Of a table of grades, a question gets the rows that it asks for."""

from __future__ import annotations

import pytest
from invented import judged
from invented import question as read
from ofsted import CARE, HELP, LEADERS, LEAVERS, OVERALL

from rag.answering.grade_answers import rows_asked_for
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
