"""What a question asks for is read from how it asks."""

from __future__ import annotations

import pytest

from rag.question.intent import SPECIFIC, Asks, asks, main_clause, parts


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What percentage of care leavers are in work?", {Asks.PERCENT}),
        ("What share of plans were on time?", {Asks.PERCENT}),
        ("How many children were in care?", {Asks.NUMBER}),
        ("What was the total number of referrals?", {Asks.NUMBER}),
        ("Which council has the most children in care?", {Asks.NUMBER, Asks.PLACE}),
        ("How much was the council fined?", {Asks.MONEY}),
        ("What did the overspend come to?", {Asks.MONEY}),
        ("How long do children wait?", {Asks.DURATION}),
        ("How many weeks do children wait?", {Asks.NUMBER, Asks.DURATION}),
        ("When did inspectors visit?", {Asks.DATE}),
        ("Which month was it?", {Asks.DATE}),
        ("Who is the director?", {Asks.PERSON}),
        ("Who said the council was slow?", {Asks.PERSON}),
        ("Which councillor spoke?", {Asks.PERSON}),
        ("When will they be inspected next?", {Asks.DATE, Asks.COMING}),
        ("Where are children placed?", {Asks.PLACE}),
        ("What was the overall judgement?", {Asks.GRADE}),
        ("How did Fallowmere do overall?", {Asks.GRADE}),
        ("Is it rated good?", {Asks.GRADE}),
        ("Tell me about foster carers.", {Asks.ANYTHING}),
        ("What did inspectors say about visits?", {Asks.ANYTHING}),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kinds: set[Asks]) -> None:
    assert set(asks(question)) == kinds


def test_the_kinds_are_in_one_order_whatever_the_question_says_first() -> None:
    found = asks("When was it, and what percentage was it?")
    assert list(found) == sorted(found, key=list(Asks).index)


def test_a_sum_of_money_is_no_other_figure() -> None:
    assert asks("How much money did the council save?") == (Asks.MONEY,)


def test_only_what_a_sentence_can_be_seen_to_hold_is_specific() -> None:
    assert Asks.DATE in SPECIFIC
    assert not SPECIFIC & {Asks.PLACE, Asks.GRADE, Asks.ANYTHING}


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("It was judged good. What must improve?", "What must improve?"),
        ("Leaders were good, but what about carers?", "what about carers?"),
        ("What must improve?", "What must improve?"),
        ("", ""),
    ],
)
def test_the_clause_that_asks_is_found(question: str, clause: str) -> None:
    assert main_clause(question) == clause


def test_a_grade_in_what_is_said_first_is_not_what_is_asked_for() -> None:
    assert Asks.GRADE not in asks("It was judged good, but what must improve?")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "How many are there, and how much is spent?",
            ("How many are there", "how much is spent?"),
        ),
        ("Who led it; when was it?", ("Who led it", "when was it?")),
        ("What of children and families?", ("What of children and families?",)),
    ],
)
def test_a_question_of_several_parts_is_taken_apart(question: str, texts: tuple[str, ...]) -> None:
    assert parts(question) == texts
