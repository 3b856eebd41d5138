"""Good news is told from bad, in what is asked and in what is said."""

from __future__ import annotations

import pytest

from rag.question.sentiment import Sentiment, praises, sentiment_match, sentiment_sought

FAULT, PRAISE = "Visits are too often late and recording is poor.", "Carers are skilled and valued."


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("What went wrong with visits?", Sentiment.FAULT),
        ("What were the strengths of the service?", Sentiment.PRAISE),
        ("What were the strengths and the weaknesses?", None),
        ("How many visits were there?", None),
    ],
)
def test_a_question_seeks_good_or_bad_or_neither(question: str, sought: Sentiment | None) -> None:
    assert sentiment_sought(question) is sought


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
    assert sentiment_match(sentiment_sought(question), text) == value


def test_a_text_praises_that_finds_no_fault_too() -> None:
    assert praises(PRAISE)
    assert not praises(FAULT)
    assert not praises("Carers are skilled but visits are late and weak.")
