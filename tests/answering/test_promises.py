"""What a council has promised is told from its own papers, with the day that they give for it."""

from __future__ import annotations

from datetime import date

import pytest
from cited import assert_cited
from invented import passage

from rag.answering.promises import promises_in
from rag.desk import Desk

SPOKE = date(2026, 1, 30)


@pytest.mark.parametrize(
    "question",
    [
        "What has Fallowmere promised by when?",
        "What has the council in Fallowmere committed to?",
        "What has Fallowmere pledged on social work posts?",
    ],
)
def test_a_promise_is_told_in_the_words_of_the_councils_own_paper(
    desk: Desk, question: str
) -> None:
    answer = desk.ask(question)
    assert "The council will fill 24 social work posts by March 2026." in answer.text
    assert {citation.document for citation in answer.citations} == {"plan.docx"}
    assert_cited(desk.library, answer)


@pytest.mark.parametrize(
    "question",
    ["What has Thornbeck promised by when?", "What has Thornbeck promised foster carers?"],
)
def test_where_only_inspectors_speak_nothing_is_told_as_a_promise(
    desk: Desk, question: str
) -> None:
    answer = desk.ask(question)
    assert not answer.answered
    assert "Only inspection reports are held about Thornbeck" in answer.text


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Ms Kalsi undertook to fill the post by 1 October 2026.", date(2026, 10, 1)),
        ("Our aim is to reduce caseloads to 18 by December.", date(2026, 12, 1)),
        ("4 | Train all team managers | Deadline: 31 May 2025 | Complete", date(2025, 5, 31)),
    ],
)
def test_what_is_to_be_done_on_a_day_to_come_or_has_a_deadline_is_a_promise(
    sentence: str, due: date
) -> None:
    (promise,) = promises_in((passage(sentence),), SPOKE)
    assert promise.due == due
    assert promise.quote.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Rowan House opened on 7 April 2025 and Hazel House on 21 July 2025.",
        "Thursday 10 September 2026 at 6.30 pm.",
        "The proportion of agency staff had come down to 15% by the end of December.",
        "Devinder Kalsi is Director of Children’s Services (from 9 February 2026).",
    ],
)
def test_what_is_past_or_names_a_day_alone_is_none(sentence: str) -> None:
    assert promises_in((passage(sentence),), SPOKE) == ()


def test_the_head_of_a_table_says_which_cell_is_the_deadline() -> None:
    head, row = "No. | Action | By when", "1 | Publish the guide for kinship carers | 30 June 2025"
    (promise,) = promises_in((passage(head, row),), SPOKE)
    assert (promise.quote.text, promise.due) == (row, date(2025, 6, 30))
