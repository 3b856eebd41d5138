"""Follow-ups are understood from what went before."""

from __future__ import annotations

from datetime import date

import pytest
from invented import SOURCES as HELD
from invented import source

from rag.question.filters import Filters
from rag.question.followup import asks_who_said, completed_question
from rag.types import Answer, Citation, Kind, Searched

NOTHING = Searched(5, None, None, "")


def answered(question: str, *cited: str, understood: str | None = None) -> Answer:
    """An earlier turn, answered from some documents."""
    described = {d.name: d.description for d in HELD}
    citations = tuple(
        Citation(
            n, name, described[name].title, None, described[name].kind, None, 1, None, "", "0" * 64
        )
        for n, name in enumerate(cited, 1)
    )
    return Answer(question, True, "", (), citations, NOTHING, understood=understood)


GRADE = answered("What was Fallowmere judged overall in 2020?", "f2020.pdf")
TEAMS = answered("What did inspectors say about supervision in Fallowmere?", "f2024.pdf")

MOVED = [
    # a follow-up without a topic moves the question before
    (GRADE, "and in 2024?", "What was Fallowmere judged overall in 2024?"),
    (GRADE, "And back in 2017?", "What was Fallowmere judged overall in 2017?"),
    (GRADE, "And the one before?", "What was Fallowmere judged overall in 2017?"),
    (GRADE, "And the next one?", "What was Fallowmere judged overall in 2024?"),
    (GRADE, "And four years later?", "What was Fallowmere judged overall in 2024?"),
    (GRADE, "And three years later?", "What was Fallowmere judged overall in 2024?"),
    (GRADE, "And three years earlier?", "What was Fallowmere judged overall in 2017?"),
    (GRADE, "And the latest?", "What was Fallowmere judged overall in the latest report?"),
    (TEAMS, "And Thornbeck?", "What did inspectors say about supervision in Thornbeck?"),
    (answered("Summarise the report."), "Thornbeck", "Summarise the report in Thornbeck?"),
]


@pytest.mark.parametrize(("before", "question", "understood"), MOVED)
def test_the_question_before_is_moved(before: Answer, question: str, understood: str) -> None:
    assert completed_question(question, [before], HELD) == understood


WHY = [
    # a bare "why?" asks for the reasons of what was judged or told in sum
    (GRADE, "Why?", "Why was Fallowmere judged as it was in 2020?"),
    (answered("Give me an overview of Fallowmere", "f2024.pdf"), "Why is that?",
     "Why was Fallowmere judged as it was in 2024?"),
    (answered("Are care leavers in Fallowmere any good?", "f2024.pdf"), "why",
     "Why was Fallowmere judged as it was for care leavers in 2024?"),
    # and of a matter the question before is asked with it
    (TEAMS, "Why?", "Why? What did inspectors say about supervision in Fallowmere in 2024?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "question", "understood"), WHY)
def test_a_bare_why_asks_for_reasons(before: Answer, question: str, understood: str) -> None:
    assert completed_question(question, [before], HELD) == understood


def test_what_changed_or_is_to_come_is_not_asked_of_the_year_before() -> None:
    assert completed_question("Is it getting better?", [GRADE], HELD).count("20") == 0
    assert completed_question("When is the next inspection due?", [GRADE], HELD).count("20") == 0


CARRIED = [
    # one with a topic of its own takes council and time from the one before
    (GRADE, "what about care leavers?", ["care leavers", "Fallowmere", "2020"]),
    (TEAMS, "How many of them were late?", ["late", "Fallowmere", "2024", "supervision"]),
    (TEAMS, "Who said that?", ["Who said that?", "Fallowmere", "supervision"]),
    (TEAMS, "How many staff had it in 2017?", ["staff", "2017", "Fallowmere", "supervision"]),
]


@pytest.mark.parametrize(("before", "question", "said"), CARRIED)
def test_what_a_follow_up_lacks_is_carried_over(
    before: Answer, question: str, said: list[str]
) -> None:
    understood = completed_question(question, [before], HELD)
    assert understood.startswith(question.split("?")[0])
    assert all(each in understood for each in said)


def test_a_council_that_is_not_held_is_put_in_place_of_the_one_before() -> None:
    understood = completed_question("And Leeds?", [TEAMS], HELD)
    assert understood.startswith("What did inspectors say about supervision in Leeds")


def test_what_a_follow_up_names_itself_is_not_carried_over() -> None:
    understood = completed_question("What about foster carers in Thornbeck?", [GRADE], HELD)
    assert "Thornbeck" in understood
    assert "Fallowmere" not in understood
    assert "2020" not in understood


@pytest.mark.parametrize(
    "question",
    ["What did inspectors say about supervision in Thornbeck?", "How many homes has Thornbeck?"],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert completed_question(question, [GRADE], HELD) == question


def test_a_first_question_is_left_alone() -> None:
    assert completed_question("what about care leavers?", [], HELD) == "what about care leavers?"


def test_the_turn_before_is_taken_as_it_was_understood() -> None:
    before = answered("and in 2017?", "f2017.pdf", understood="What was Fallowmere judged in 2017?")
    assert (
        completed_question("and in 2024?", [GRADE, before], HELD)
        == "What was Fallowmere judged in 2024?"
    )


def test_the_council_is_the_one_that_answered_when_none_was_named() -> None:
    before = answered("Which council was slow with supervision?", "t2023.pdf")
    assert "Thornbeck" in completed_question("When did that happen?", [before], HELD)


def test_the_latest_report_stays_the_one_that_is_meant() -> None:
    before = answered("What does the latest report on Fallowmere say of supervision?", "f2024.pdf")
    assert "latest report" in completed_question("And what about them being late?", [before], HELD)


def test_there_is_nothing_before_the_first_inspection() -> None:
    before = answered("What was Fallowmere judged overall in 2017?", "f2017.pdf")
    assert "2017" in completed_question("And the one before?", [before], HELD)


def test_an_answer_from_a_source_no_longer_held_is_no_hindrance() -> None:
    gone = Citation(1, "gone.pdf", "", None, Kind.NEWS, date(2020, 1, 1), 1, None, "", "0" * 64)
    before = Answer("What of supervision?", True, "", (), (gone,), NOTHING)
    assert completed_question("Who said that?", [before], HELD).startswith("Who said that?")


# ---------------------------------------------------------------- within a filter

FALLOWMERE = Filters(councils=frozenset({"Fallowmere"}))
THORNBECK = Filters(councils=frozenset({"Thornbeck"}))
OF_THORNBECK = answered("What was Thornbeck judged overall in 2023?", "t2023.pdf")
OVERALL = answered("What was the overall grade?", "f2024.pdf")

FILTERED = [
    # the council chosen stands in for the one before
    (GRADE, "and in 2023?", THORNBECK, "What was Thornbeck judged overall in 2023?"),
    (GRADE, "and in 2024?", FALLOWMERE, "What was Fallowmere judged overall in 2024?"),
    (OVERALL, "and in 2017?", FALLOWMERE, "What was the overall grade in Fallowmere in 2017?"),
    # a council that the follow-up names itself is asked about, though it is shut out
    (GRADE, "And Thornbeck?", FALLOWMERE, "What was Thornbeck judged overall in 2020?"),
    # a year that is shut out is not carried over
    (TEAMS, "And Thornbeck?", Filters(last_year=2023), "What did inspectors say about supervision"),
]


@pytest.mark.parametrize(("before", "question", "filters", "understood"), FILTERED)
def test_a_follow_up_keeps_within_the_filter(
    before: Answer, question: str, filters: Filters, understood: str
) -> None:
    assert completed_question(question, [before], HELD, filters).startswith(understood)


def test_a_council_that_is_shut_out_is_not_brought_back() -> None:
    kept = Filters(documents=frozenset({"f2017.pdf", "f2024.pdf"}))
    for question in ("and in 2017?", "How many of them were late?", "Who said that?"):
        assert "Thornbeck" not in completed_question(question, [OF_THORNBECK], HELD, kept)
    two = Filters(councils=frozenset({"Fallowmere", "Elmstow"}))
    elmstow = (*HELD, source("e2023.pdf", "Elmstow", when="2023-01-09"))
    understood = completed_question("and in 2017?", [OF_THORNBECK], elmstow, two)
    assert understood.startswith("and in 2017?")
    assert "Thornbeck" not in understood


def test_a_year_that_is_shut_out_is_not_carried_over() -> None:
    early = Filters(last_year=2018)
    assert "2020" not in completed_question("what about care leavers?", [GRADE], HELD, early)
    assert "2020" not in completed_question(
        "And Thornbeck?", [GRADE], HELD, Filters(first_year=2023)
    )
    assert "2020" in completed_question("what about care leavers?", [GRADE], HELD, FALLOWMERE)


def test_what_was_taken_away_is_not_carried_over() -> None:
    without = Filters(without=frozenset({"council:Fallowmere", "year:2020"}))
    understood = completed_question("what about care leavers?", [GRADE], HELD, without)
    assert "Fallowmere" not in understood
    assert "2020" not in understood
    before = answered("What was Fallowmere judged overall in the latest report?", "f2024.pdf")
    assert "latest" in completed_question("And Thornbeck?", [before], HELD)
    kept = completed_question(
        "And Thornbeck?", [before], HELD, Filters(without=frozenset({"latest"}))
    )
    assert kept == "What was Thornbeck judged overall?"


OF_THORNBECK = answered(
    "and Thornbeck?", "t2023.pdf", understood="What was Thornbeck judged overall?"
)


def test_which_of_the_two_spoken_of_last_is_asked_of_both() -> None:
    understood = completed_question("which is better?", [GRADE, OF_THORNBECK], HELD)
    assert understood == "What was Fallowmere and Thornbeck judged overall, which is better?"
    alone = completed_question("which is the main reason?", [TEAMS], HELD)
    assert "Thornbeck" not in alone


def test_a_year_of_one_council_is_not_carried_over_to_a_question_of_several() -> None:
    before = answered("Compare Fallowmere and Thornbeck on caseloads", "f2024.pdf")
    assert "2024" not in completed_question("which is worse?", [before], HELD)


def test_who_said_that_is_no_matter_of_its_own() -> None:
    who = answered("Who said that?", "f2024.pdf")
    history = [TEAMS, who]
    assert completed_question("and in 2017?", history, HELD) == completed_question(
        "and in 2017?", [TEAMS], HELD
    )


def test_several_councils_before_are_not_made_one_twice_over() -> None:
    before = answered("Is Fallowmere or Thornbeck better for care leavers?", "f2024.pdf")
    understood = completed_question("and in 2024?", [before], HELD, FALLOWMERE)
    assert understood.startswith("Is Fallowmere or Thornbeck better")


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who said that?", True),
        ("who says so", True),
        ("Who wrote this?", True),
        ("Who said that caseloads fell?", False),
        ("Who is the director?", False),
    ],
)
def test_who_asks_no_more_than_whose_words_they_are_is_understood(
    question: str, asks: bool
) -> None:
    assert asks_who_said(question) is asks
