"""What a question takes for granted is held against the documents."""

from __future__ import annotations

from datetime import date

import pytest
from invented import judged, source
from invented import question as read

from rag.answering.presuppositions import (
    future_years,
    is_act_told,
    is_given_nowhere,
    is_own_paper,
    is_resignation_told,
    is_statement_told,
    is_wrong_grade,
    unheld_years,
    unknown_names,
)
from rag.inspection.grades import Judgement
from rag.question.scope import Scope
from rag.types import Description, Kind


def test_people_whom_no_document_mentions_are_found() -> None:
    names = ("Gertrude Hatherleigh", "Marian Thistlewood\u2019s")
    unknown = unknown_names(names, lambda name: name == "Marian Thistlewood")
    assert unknown == ("Gertrude Hatherleigh",)


def test_a_title_that_the_documents_do_not_give_makes_nobody_unknown() -> None:
    held = {"Hatherleigh", "Marian Thistlewood"}
    names = ("Professor Hatherleigh", "Cllr. Marian Thistlewood", "Mr Board")
    assert unknown_names(names, held.__contains__) == ("Mr Board",)


def test_a_body_is_known_by_its_words_and_a_person_by_the_whole_name() -> None:
    names = ("Local Safeguarding Children Board", "Peter Board", "Hatherleigh Safeguarding Board")
    held = {"Local", "Safeguarding", "Children", "Board", "Peter"}
    assert unknown_names(names, held.__contains__) == ("Hatherleigh Safeguarding Board",)


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
    asked = read(question, HELD)
    to_come = asked.presuppositions.years_to_come
    assert future_years(asked.scope.years, HELD, date(2026, 1, 1), to_come=to_come) == years


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
    ("Why do staff leave?", GOOD, BAD, False),
    ("Why do staff leave?", GOOD, None, False),
]


@pytest.mark.parametrize(("question", "now", "before", "wrong"), GRADES)
def test_a_question_why_may_not_take_a_false_grade_for_granted(
    question: str, now: Judgement, before: Judgement | None, wrong: bool
) -> None:
    supposed = read(question).presuppositions.grade
    assert supposed
    assert is_wrong_grade(supposed, now, before) is wrong


def test_a_grade_that_a_report_gives_to_nothing_is_found() -> None:
    supposed = read("Why did it fall to inadequate?").presuppositions.grade
    assert supposed
    assert is_given_nowhere(supposed.reached, [GOOD])
    assert not is_given_nowhere(supposed.reached, [GOOD, BAD])


STATEMENTS = [
    ("What did the union reply?", ["The union replied that it would wait."], True),
    ("What did the union reply?", ["The council replied."], False),
    ("What was the union\u2019s response?", ["The union said nothing new."], True),
    ("What was the minister's decision?", ["The minister spoke."], False),
    ("What did the court rule?", ["The court found for the family."], True),
]


@pytest.mark.parametrize(("question", "texts", "is_told"), STATEMENTS)
def test_a_reply_that_is_not_reported_is_found(
    question: str, texts: list[str], is_told: bool
) -> None:
    statement = read(question).presuppositions.statement
    assert statement
    assert is_statement_told(statement, texts) is is_told


def test_the_minutes_of_a_committee_need_not_name_it_where_they_tell_what_it_decided() -> None:
    statement = read("What did the housing committee decide?").presuppositions.statement
    assert statement
    minutes = Description("Minutes of the Housing Committee", kind=Kind.COUNCIL_DOCUMENT)
    article = Description("Housing committee splits", kind=Kind.NEWS)
    assert is_own_paper(statement, minutes)
    assert not is_own_paper(statement, article)
    assert is_act_told(statement, ["RESOLVED: that a review be held."])
    assert not is_act_told(statement, ["The officer presented the report."])


RESIGNATIONS = [
    (["Oakes resigned in May."], True),
    (["Oakes has not resigned."], False),
    (["Residents urged Oakes to step down.", "She, Oakes, quit on Monday."], True),
    (["The leader resigned."], False),
    ([], False),
]


@pytest.mark.parametrize(("texts", "is_told"), RESIGNATIONS)
def test_a_post_is_given_up_where_a_text_says_so_and_does_not_deny_it(
    texts: list[str], is_told: bool
) -> None:
    assert is_resignation_told("Prudence Oakes", texts) is is_told
