"""What a model wrote tells what a quote would have told, and nothing twice."""

from __future__ import annotations

import pytest

from rag.generation.coverage import covers, repeats
from rag.question.intent import AnswerType

QUOTE = "Only six of 57 new councillors attended the training in May 2016."


def test_a_figure_asked_for_must_be_told() -> None:
    assert covers(["Six of 57 councillors attended."], QUOTE, [AnswerType.NUMBER])
    assert not covers(["Few new councillors attended the training."], QUOTE, [AnswerType.NUMBER])


def test_where_nothing_special_is_asked_for_half_of_the_words_do() -> None:
    assert covers(["New councillors attended the training."], QUOTE, [])
    assert not covers(["Training was held."], QUOTE, [])
    assert not covers([], QUOTE, [])


@pytest.mark.parametrize(
    ("statement", "again"),
    [
        ("6 of 57 new councillors attended the training in May 2016.", True),
        ("Only six of 57 new councillors attended the training in May 2016.", True),
        ("Take-up of the training by members was very poor.", False),
    ],
)
def test_the_same_is_not_told_twice_in_words_and_in_digits(statement: str, again: bool) -> None:
    assert repeats(statement, [QUOTE]) is again
