"""An answer grows by statements: citations are numbered through, repeats are left out."""

from __future__ import annotations

import pytest

from rag.generation.coverage import covers, repeats
from rag.question.intent import AnswerType


@pytest.mark.parametrize(
    ("statements", "quote", "asked", "told"),
    [
        (["13 of 21 plans were late."], "13 of 21 were late.", (AnswerType.NUMBER,), True),
        (["Many plans were late."], "13 of 21 were late.", (AnswerType.NUMBER,), False),
        (["It was judged good."], "Overall effectiveness Good", (AnswerType.GRADE,), True),
        (["It was judged."], "Overall effectiveness Good", (AnswerType.GRADE,), False),
        (["Otto Brackenridge led it."], "Lead inspector: Otto Brackenridge",
         (AnswerType.PERSON,), True),
        (["A man led it."], "Lead inspector: Otto Brackenridge",
         (AnswerType.PERSON,), False),
        (["It opened in May 2016."], "The hub opened in May 2016.", (AnswerType.DATE,), True),
        (["It opened."], "The hub opened in May 2016.", (AnswerType.DATE,), False),
        (["Plans are late."], "Plans are late.", (AnswerType.ANYTHING,), True),
        (["Plans are late."], "Supervision is seldom recorded.", (AnswerType.ANYTHING,), False),
        ([], "Plans are late.", (AnswerType.ANYTHING,), False),
    ],
)  # fmt: skip
def test_statements_cover_a_quote_when_they_tell_what_was_asked_for_in_it(
    statements: list[str], quote: str, asked: tuple[AnswerType, ...], told: bool
) -> None:
    assert covers(statements, quote, asked) is told


def test_a_statement_that_an_earlier_one_tells_is_a_repeat() -> None:
    assert repeats("Plans were late.", ["In 2022 most plans were late."])
    assert not repeats("Plans were late and reviews were missed.", ["Plans were late."])
