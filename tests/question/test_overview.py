"""Which questions ask for what is said in sum, and whether for good news or bad."""

from __future__ import annotations

import pytest
from invented import SOURCES
from invented import question as read

from rag.question.intent import Intent
from rag.question.overview import asks_overview, tone_sought
from rag.question.sentiment import Sentiment

PRAISE, FAULT = Sentiment.PRAISE, Sentiment.FAULT


@pytest.mark.parametrize(
    ("question", "tone"),
    [
        ("Summarise what inspectors said about leadership in Fallowmere", None),
        ("What is working well for care leavers in Fallowmere?", PRAISE),
        ("What are the main weaknesses in Fallowmere?", FAULT),
        ("Strengths and weaknesses of Fallowmere?", None),
        ("Where is Fallowmere letting families down?", FAULT),
        ("Why was Fallowmere judged inadequate?", FAULT),
        ("Why was Fallowmere judged outstanding for care leavers?", PRAISE),
        ("Why did Fallowmere lose its outstanding?", FAULT),
        ("What kept Fallowmere below good?", FAULT),
        ("What kept Fallowmere from getting to good?", FAULT),
        ("What is holding the Fallowmere safeguarding board back?", FAULT),
        ("What is going well in the partnership's work on violence in Fallowmere?", PRAISE),
    ],
)
def test_what_is_asked_for_in_sum_is_good_news_or_bad(
    question: str, tone: Sentiment | None
) -> None:
    asked = read(question, SOURCES)
    assert asks_overview(asked)
    assert tone_sought(asked) is tone


@pytest.mark.parametrize(
    "question",
    [
        "How many children were in care in Fallowmere?",
        "What must Fallowmere improve?",
        "Why were conferences late in Fallowmere?",
        "What grade did care leavers get in Fallowmere?",
    ],
)
def test_a_question_of_one_thing_asks_for_no_overview(question: str) -> None:
    assert not asks_overview(read(question, SOURCES))


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("How were care leavers doing in Fallowmere in 2017?", True),
        ("What went wrong in Fallowmere in 2017?", True),
        ("Are there any positives in Fallowmere's report of 2024?", True),
        ("Leadership at Fallowmere now, where are we with it?", True),
        ("fostering in Fallowmere 2024, any good?", True),
        ("How many care leavers in Fallowmere were in work in 2017?", False),
        ("Did Fallowmere's leaders visit the front door in 2017?", False),
        ("Is leadership in Fallowmere better than it was in 2017?", False),
        ("Who is the director of children's services in Fallowmere?", False),
    ],
)
def test_the_broad_picture_is_told_from_one_fact_of_the_same_year_and_people(
    question: str, broad: bool
) -> None:
    assert read(question, SOURCES).wants(Intent.BROAD) is broad


def test_what_an_overview_is_asked_of_is_told_from_the_words_of_asking() -> None:
    asked = read("What are the main concerns about dental checks in Fallowmere?", SOURCES)
    assert "dental" in asked.matter
    assert asked.matter.isdisjoint({"main", "concern"})
