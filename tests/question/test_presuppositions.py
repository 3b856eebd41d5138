"""What a question takes for granted is read out of its words."""

from __future__ import annotations

import pytest

from rag.question.presuppositions import (
    Movement,
    SupposedGrade,
    SupposedStatement,
    presuppositions,
)
from rag.text.lexicon import lists

COUNCILS = ("Fallowmere", "Upper Thornbeck")


def test_a_name_of_one_word_is_one_that_is_no_council_and_no_word_of_asking() -> None:
    named = presuppositions("What did Ofsted say in March of Wrenhaven and Fallowmere?", COUNCILS)
    assert named.lone_names == ("Wrenhaven",)
    assert presuppositions("Who is Marian Thistlewood?", COUNCILS).lone_names == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Gertrude Hatherleigh say?", ("Gertrude Hatherleigh",)),
        ("What did Councillor Gertrude Hatherleigh say?", ("Gertrude Hatherleigh",)),
        ("Who is Marian Thistlewood\u2019s deputy?", ("Marian Thistlewood\u2019s",)),
        ("How is Upper Thornbeck Council doing?", ()),
        ("Did Ofsted visit in March?", ()),
        ("Does Gertrude speak?", ()),
        ("Is Seamus McAllister or Orla O'Brien in charge?", ("Seamus McAllister", "Orla O'Brien")),
    ],
)
def test_people_are_named_without_titles_councils_and_words_of_asking(
    question: str, names: tuple[str, ...]
) -> None:
    assert presuppositions(question, COUNCILS).names == names


@pytest.mark.parametrize(
    ("question", "supposed"),
    [
        ("Why was it downgraded?", SupposedGrade(Movement.DOWN, None, None, False)),
        ("Why did it fall to good?", SupposedGrade(Movement.DOWN, "good", "good", True)),
        ("Why did it improve?", SupposedGrade(Movement.UP, None, None, False)),
        ("What led it to be rated good?", SupposedGrade(None, None, "good", True)),
        (
            "Why was it judged requires improvement?",
            SupposedGrade(None, None, "requires improvement", True),
        ),
        ("What made them call its work inadequate?", SupposedGrade(None, None, "inadequate", True)),
        ("Why so few outstanding councils?", SupposedGrade(None, None, None, True)),
        ("Why do staff leave?", SupposedGrade(None, None, None, False)),
        ("Was it downgraded?", None),
    ],
)
def test_a_question_why_takes_a_grade_for_granted(
    question: str, supposed: SupposedGrade | None
) -> None:
    assert presuppositions(question, ()).grade == supposed


UNION = ("union",)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("What did the union reply?", SupposedStatement(UNION, lists.Told.REPLIED)),
        ("What has the union responded?", SupposedStatement(UNION, lists.Told.REPLIED)),
        ("What did the union respond?", SupposedStatement(UNION, lists.Told.REPLIED)),
        ("What did the union decide?", SupposedStatement(UNION, lists.Told.DECIDED)),
        ("What did the union conclude?", SupposedStatement(UNION, lists.Told.CONCLUDED)),
        ("What did the union promise?", SupposedStatement(UNION, lists.Told.PROMISED)),
        ("What did the union announce?", SupposedStatement(UNION, lists.Told.ANNOUNCED)),
        ("What was the union\u2019s response?", SupposedStatement(UNION, lists.Told.REPLIED)),
        ("What was the union's reaction?", SupposedStatement(UNION, lists.Told.REACTED)),
        ("What is the union's answer?", SupposedStatement(UNION, lists.Told.ANSWERED)),
        (
            "What was the High Court's ruling?",
            SupposedStatement(("High", "Court"), lists.Told.RULED),
        ),
        ("What was the union's verdict?", SupposedStatement(UNION, lists.Told.JUDGED)),
        ("What did inspectors conclude?", None),
        ("What did the union say?", None),
    ],
)
def test_someone_is_taken_to_have_said_or_decided_something(
    question: str, statement: SupposedStatement | None
) -> None:
    assert presuppositions(question, ()).statement == statement


@pytest.mark.parametrize(
    ("question", "praise"),
    [
        ("What did inspectors like about visits?", True),
        ("What did inspectors say about visits?", False),
        ("What was praised and what was criticised?", False),
    ],
)
def test_something_is_taken_to_have_been_liked(question: str, praise: bool) -> None:
    assert presuppositions(question, ()).praise is praise


def test_a_post_is_taken_to_have_been_given_up() -> None:
    assert presuppositions("Why did Prudence Oakes resign?", ()).resigned == "Prudence Oakes"
    assert presuppositions("Did Prudence Oakes resign?", ()).resigned == ""
