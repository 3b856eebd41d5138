"""Slips of the hand in the words of asking are read as what was meant."""

from __future__ import annotations

import pytest
from invented import SOURCES
from invented import question as read

from rag.question.overview import asks_overview
from rag.question.spelling import without_slips


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("overveiw of Fallowmere", "overview of Fallowmere"),
        ("Sumary of Fallowmere", "summary of Fallowmere"),
        ("what are the wekanesses?", "what are the weaknesses?"),
        ("care leavers jugdement", "care leavers judgement"),
        ("rating for help + protecton", "rating for help and protection"),
        ("the grade of adopton & fostering", "the grade of adoption and fostering"),
    ],
)
def test_a_word_one_letter_away_from_a_word_of_asking_is_that_word(
    written: str, meant: str
) -> None:
    assert without_slips(written) == meant


@pytest.mark.parametrize("text", ["Who is Mr Compard?", "the strength of the team", "is it clear"])
def test_names_and_other_words_stay_as_they_are(text: str) -> None:
    assert without_slips(text) == text


def test_a_slip_hides_no_overview_and_the_question_is_shown_as_written() -> None:
    asked = read("overveiw of Fallowmere", SOURCES)
    assert asks_overview(asked)
    assert asked.text == "overveiw of Fallowmere"
