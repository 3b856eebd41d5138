"""What a question asks for is read from how it asks."""

from __future__ import annotations

import pytest

from rag.question.intent import SPECIFIC, AnswerType, answer_types, main_clause, question_parts


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What percentage of care leavers are in work?", {AnswerType.PERCENT}),
        ("What share of plans were on time?", {AnswerType.PERCENT}),
        ("How many children were in care?", {AnswerType.NUMBER}),
        ("What was the total number of referrals?", {AnswerType.NUMBER}),
        ("Which council has the most children in care?", {AnswerType.NUMBER, AnswerType.PLACE}),
        ("How much was the council fined?", {AnswerType.MONEY}),
        ("What did the overspend come to?", {AnswerType.MONEY}),
        ("How long do children wait?", {AnswerType.DURATION}),
        ("How many weeks do children wait?", {AnswerType.NUMBER, AnswerType.DURATION}),
        ("When did inspectors visit?", {AnswerType.DATE}),
        ("Which month was it?", {AnswerType.DATE}),
        ("Who is the director?", {AnswerType.PERSON}),
        ("Who said the council was slow?", {AnswerType.PERSON}),
        ("Which councillor spoke?", {AnswerType.PERSON}),
        ("When will they be inspected next?", {AnswerType.DATE, AnswerType.COMING}),
        ("Where are children placed?", {AnswerType.PLACE}),
        ("What was the overall judgement?", {AnswerType.GRADE}),
        ("How did Fallowmere do overall?", {AnswerType.GRADE}),
        ("Is it rated good?", {AnswerType.GRADE}),
        ("Tell me about foster carers.", {AnswerType.ANYTHING}),
        ("What did inspectors say about visits?", {AnswerType.ANYTHING}),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kinds: set[AnswerType]) -> None:
    assert set(answer_types(question)) == kinds


def test_the_kinds_are_in_one_order_whatever_the_question_says_first() -> None:
    found = answer_types("When was it, and what percentage was it?")
    assert list(found) == sorted(found, key=list(AnswerType).index)


def test_a_sum_of_money_is_no_other_figure() -> None:
    assert answer_types("How much money did the council save?") == (AnswerType.MONEY,)


def test_only_what_a_sentence_can_be_seen_to_hold_is_specific() -> None:
    assert AnswerType.DATE in SPECIFIC
    assert not SPECIFIC & {AnswerType.PLACE, AnswerType.GRADE, AnswerType.ANYTHING}


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
    assert AnswerType.GRADE not in answer_types("It was judged good, but what must improve?")


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
    assert question_parts(question) == texts
