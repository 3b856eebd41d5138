"""A question that no document need answer gets one line of the program's own, and no quotes."""

from __future__ import annotations

import pytest

from rag.desk import Desk


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("hello", "Ask about a council"),
        ("Good morning all!", "Ask about a council"),
        ("What do you hold?", "about Fallowmere and Thornbeck."),
        ("What is an ILACS?", "ILACS stands for inspection of local authority children's services"),
        ("What should we ask about Fallowmere?", "Prepare makes a pack of Fallowmere"),
    ],
)
def test_what_asks_nothing_of_the_documents_gets_a_line_of_help(
    desk: Desk, question: str, told: str
) -> None:
    answer = desk.ask(question)
    assert not answer.answered
    assert told in answer.text
    assert not answer.citations


def test_what_no_document_tells_of_is_refused_though_its_small_words_are_common(desk: Desk) -> None:
    answer = desk.ask("What's the weather like on Saturday?")
    assert answer.text.startswith("The documents do not say.")


@pytest.mark.parametrize(
    "question", ["Hello, how many children were in care in Fallowmere?", "What is the caseload?"]
)
def test_a_question_of_what_documents_tell_is_put_to_them(desk: Desk, question: str) -> None:
    assert "Ask about a council" not in desk.ask(question).text
