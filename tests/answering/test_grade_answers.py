"""Of a table of grades, a question gets the rows that it asks for."""

from __future__ import annotations

import pytest
from invented import judged
from invented import question as read

from rag.answering.grade_answers import rows_asked_for
from rag.inspection.grades import Area
from rag.question.intent import Intent

RI = "requires improvement to be good"

TABLE = (
    judged("good", Area.OVERALL),
    judged("inadequate", Area.HELP),
    judged(RI, Area.CARE),
    judged("outstanding", Area.LEAVERS),
    judged("good", Area.LEADERS),
)
WHICH = [
    ("Which areas were good?", [Area.LEADERS]),
    ("Which areas were not good?", [Area.HELP, Area.CARE, Area.LEAVERS]),
    ("Which part was better than good?", [Area.LEAVERS]),
    ("Which area was best?", [Area.LEAVERS]),
    ("What was the weakest area?", [Area.HELP]),
    ("Which areas were judged?", [Area.HELP, Area.CARE, Area.LEAVERS, Area.LEADERS]),
]


@pytest.mark.parametrize(("question", "areas"), WHICH)
def test_a_question_of_which_gets_the_rows_it_asks_for(question: str, areas: list[Area]) -> None:
    assert read(question).wants(Intent.WHICH_AREAS)
    assert [next(iter(row.areas)) for row in rows_asked_for(read(question), TABLE)] == areas


def test_a_question_of_what_is_not_one_of_which() -> None:
    assert not read("What was the overall grade?").wants(Intent.WHICH_AREAS)


def test_a_table_with_the_overall_grade_alone_is_better_than_none() -> None:
    alone = [judged("good")]
    assert rows_asked_for(read("Which areas were judged?"), alone) == alone
