"""What a question takes for granted is checked."""

from __future__ import annotations

from datetime import date

import pytest
from invented import judged, source

from rag.answering.presuppositions import (
    future_years,
    unheld_years,
    unknown_names,
    unspoken,
    wrong_grade,
)
from rag.inspection.grades import Judgement
from rag.question.scope import Scope, read_scope
from rag.types import Kind

COUNCILS = ("Fallowmere", "Upper Thornbeck")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Gertrude Hatherleigh say?", ("Gertrude Hatherleigh",)),
        ("What did Councillor Gertrude Hatherleigh say?", ("Gertrude Hatherleigh",)),
        ("Who is Marian Thistlewood\u2019s deputy?", ()),
        ("What did Marian Thistlewood say?", ()),
        ("How is Upper Thornbeck Council doing?", ()),
        ("Did Ofsted visit in March?", ()),
        ("Does Gertrude speak?", ()),
        ("Is Seamus McAllister or Orla O'Brien in charge?", ("Seamus McAllister", "Orla O'Brien")),
    ],
)
def test_people_whom_no_document_mentions_are_found(question: str, names: tuple[str, ...]) -> None:
    assert unknown_names(question, lambda name: name == "Marian Thistlewood", COUNCILS) == names


HELD = (
    source("a.pdf", "Fallowmere", when="2017-12-20", until="2018-01-10"),
    source("b.html", "Thornbeck", kind=Kind.NEWS, when="2021-05-01"),
)


def test_the_years_of_no_document_are_found() -> None:
    scope = Scope(councils=("Fallowmere",), years=(2017, 2018, 2021))
    assert unheld_years(scope, HELD) == (2021,)
    assert unheld_years(Scope(years=(2021, 2030)), HELD) == (2030,)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What will Fallowmere be like in 2023?", (2023,)),
        ("What was Fallowmere like in 2023?", ()),
        ("What was Fallowmere like in 2031?", (2031,)),
        ("What will Fallowmere be like in 2020?", ()),
    ],
)
def test_years_to_come_are_found(question: str, years: tuple[int, ...]) -> None:
    scope = read_scope(question, HELD)
    assert future_years(question, scope, HELD, date(2026, 1, 1)) == years


GOOD, BAD = judged("good"), judged("inadequate")
GRADES = [
    # question, grade now, grade before, whether it is wrong
    ("Why was it downgraded?", GOOD, BAD, True),
    ("Why was it downgraded?", BAD, GOOD, False),
    ("Why did it improve?", GOOD, BAD, False),
    ("Why did it improve?", BAD, GOOD, True),
    ("Why did it fall to inadequate?", GOOD, GOOD, True),
    ("Why did it improve to outstanding?", GOOD, BAD, True),
    ("What led it to be rated outstanding?", GOOD, None, True),
    ("What led it to be rated good?", GOOD, None, False),
    ("Was it downgraded?", GOOD, BAD, False),
    ("Why was it downgraded?", None, GOOD, False),
    ("Why do staff leave?", GOOD, BAD, False),
]


@pytest.mark.parametrize(("question", "now", "before", "wrong"), GRADES)
def test_a_question_why_may_not_take_a_false_grade_for_granted(
    question: str, now: Judgement | None, before: Judgement | None, wrong: bool
) -> None:
    assert wrong_grade(question, now, before) is wrong


TOLD = [
    ("What did the union reply?", ["The union replied that it would wait."], None),
    ("What did the union reply?", ["The council replied."], "what union replied"),
    ("What was the union\u2019s response?", ["The union said nothing new."], None),
    ("What was the minister's decision?", ["The minister spoke."], "what minister decided"),
    ("What did the court rule?", ["The court found for the family."], None),
    ("What did inspectors conclude?", ["Nothing."], None),
    ("What did the union say?", ["Nothing."], None),
]


@pytest.mark.parametrize(("question", "texts", "lacking"), TOLD)
def test_a_reply_that_is_not_reported_is_found(
    question: str, texts: list[str], lacking: str | None
) -> None:
    assert unspoken(question, texts) == lacking
