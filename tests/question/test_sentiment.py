"""Good news is told from bad, in what is asked and in what is said."""

from __future__ import annotations

import pytest

from rag.question.sentiment import asks_for_sentiment, presumes_praise, sentiment_match

FAULT, PRAISE = "Visits are too often late and recording is poor.", "Carers are skilled and valued."


@pytest.mark.parametrize(
    ("question", "evaluating"),
    [
        ("What went wrong with visits?", True),
        ("What were the strengths of the service?", True),
        ("What were the strengths and the weaknesses?", False),
        ("How many visits were there?", False),
    ],
)
def test_a_question_seeks_good_or_bad_or_neither(question: str, evaluating: bool) -> None:
    assert asks_for_sentiment(question) is evaluating


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("What did inspectors criticise?", FAULT, 1.0),
        ("What did inspectors criticise?", PRAISE, 0.0),
        ("What did inspectors praise?", PRAISE, 1.0),
        ("What did inspectors praise?", FAULT, 0.0),
        ("What did inspectors praise?", "Carers are skilled but visits are late and weak.", 0.0),
        ("How many visits were there?", FAULT, 0.5),
    ],
)
def test_a_sentence_has_the_tone_that_is_sought(question: str, text: str, value: float) -> None:
    assert sentiment_match(question, text) == value


@pytest.mark.parametrize(
    ("question", "quoted", "wrong"),
    [
        ("What did inspectors like about visits?", [FAULT], True),
        ("What did inspectors like about carers?", [PRAISE], False),
        ("What did inspectors say about visits?", [FAULT], False),
        ("What was praised and what was criticised?", [FAULT], False),
        ("What did inspectors like about visits?", [], False),
    ],
)
def test_a_liking_that_no_quote_bears_out_is_a_false_premise(
    question: str, quoted: list[str], wrong: bool
) -> None:
    assert presumes_praise(question, quoted) is wrong
