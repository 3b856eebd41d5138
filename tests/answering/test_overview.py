"""An overview tells in a few sentences of one report what it says in sum."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from shared_data import WordEmbedder, WordJudge, put

from rag.answering.compose import MOST_WORDS
from rag.desk import Desk
from rag.library.library import Library
from rag.question.filters import Filters


@pytest.mark.parametrize(
    ("question", "document", "said", "unsaid"),
    [
        ("What were the main weaknesses of Fallowmere in 2017?", "f2017.pdf", "too high", "dates"),
        ("What is going well in Fallowmere?", "f2024.pdf", "keep in touch", "not done in time"),
        ("Why was Fallowmere judged as it was in 2017?", "f2017.pdf", "too high", "Overall"),
        ("Why was Fallowmere judged inadequate in 2017?", "f2017.pdf", "too high", "Overall"),
        ("Why was Fallowmere judged inadequate?", "f2017.pdf", "too high", "Overall"),
    ],
)
def test_an_overview_quotes_the_findings_of_the_report_that_is_meant(
    desk: Desk, question: str, document: str, said: str, unsaid: str
) -> None:
    answer = desk.ask(question)
    assert answer.answered
    assert {citation.document for citation in answer.citations} == {document}
    assert said in answer.text
    assert unsaid not in answer.text
    assert_cited(desk.library, answer.citations)


def test_an_overview_of_good_and_bad_has_both_within_its_words(desk: Desk) -> None:
    answer = desk.ask("Give me an overview of Fallowmere in 2024, good and bad")
    assert "keep in touch" in answer.text
    assert "not done in time" in answer.text
    assert len(answer.text.split()) <= MOST_WORDS


def test_an_overview_begins_with_how_the_report_judged_the_whole(desk: Desk) -> None:
    answer = desk.ask("Summarise the report on Fallowmere of 2024")
    assert answer.citations[0].quote == "Overall effectiveness Good"


def test_an_overview_is_made_of_what_a_filter_lets_through_alone(desk: Desk) -> None:
    asked = "What were the main weaknesses of Fallowmere?"
    answer = desk.ask(asked, filters=Filters(last_year=2017))
    assert {citation.document for citation in answer.citations} == {"f2017.pdf"}
    assert "too high" in answer.text


OUTCOME = (
    "There are widespread and/or systemic failings leading to significant concerns, which the "
    "local area partnership must address urgently."
)


@pytest.mark.parametrize(
    "question",
    [
        "Summarise SEND in Fallowmere",
        "What is the latest on SEND in Fallowmere?",
        "Tell me about special educational needs in Fallowmere",
    ],
)
def test_a_service_inspected_apart_is_told_by_how_it_was_judged(
    tmp_path: Path, question: str
) -> None:
    with closing(Library(tmp_path / "library", WordEmbedder(), WordJudge())) as held:
        day = date(2023, 11, 6)
        about = described("Area SEND inspection of Fallowmere", "Fallowmere", inspected=(day, day))
        praise = "The advice service for SEND in Fallowmere is held in high regard by parents."
        put(held, "send.pdf", "Inspection outcome", OUTCOME, praise, description=about)
        answer = Desk(held).ask(question)
    assert answer.citations[0].quote == OUTCOME


def test_a_grade_is_measured_against_one_of_its_own_scale_alone(desk: Desk) -> None:
    answer = desk.ask("Why did Fallowmere move up to good in 2024?")
    assert answer.answered


def test_a_grade_that_no_report_gives_has_no_reasons(desk: Desk) -> None:
    answer = desk.ask("Why were leaders in Thornbeck judged outstanding?")
    assert not answer.answered
    assert "No report held gives such a grade." in answer.text


def test_an_overview_of_no_council_asks_which_is_meant(desk: Desk) -> None:
    answer = desk.ask("What are the main weaknesses?")
    assert not answer.answered
    assert answer.text.startswith("Which council is meant?")
    assert "Fallowmere and Thornbeck" in answer.text
    assert answer.choices == ("Fallowmere", "Thornbeck")
    assert desk.ask("What are the main concerns about caseloads?").answered
