"""When the documents do not say, the answer says which part was not found."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from invented import question as read
from shared_data import WordEmbedder, WordJudge, put

from rag.answering.comparisons import comparison_answer
from rag.answering.refusal import EMPTY, NOT_SAID, Refusal, nothing_to_search
from rag.desk import Desk
from rag.library.library import Library
from rag.question.comparison import comparison_sides
from rag.question.filters import EVERYTHING, Filters, filtered_documents
from rag.retrieval.search import retrieve
from rag.types import Searched

REFUSED = [
    ("What did Leeds get from Ofsted?", "about Leeds"),
    ("What did Gertrude Hatherleigh say about Fallowmere?", "mentions Gertrude Hatherleigh"),
    ("How are care leavers helped in Wrenhaven?", "mentions Wrenhaven"),
    ("How does Fallowmere compare with Leeds on caseloads?", "about Leeds"),
    ("What was Fallowmere judged in 2012?", "Fallowmere of 2017, 2024"),
    ("What did inspectors say of caseloads in 2012?", "No document of 2012 that tells this"),
    ("What will happen in Fallowmere in 2035?", "from 2035"),
    ("Why was Fallowmere downgraded to inadequate in 2024?", "in 2024 was good; in 2017 it was"),
    ("What did inspectors like about dental checks in Fallowmere?", "the praise"),
    ("How many swimming pools are there in Fallowmere?", "bears on this question"),
    ("How much did Fallowmere spend on consultants?", "bears on this question"),
    ("What percentage of Thornbeck\u2019s lifts are broken?", "bears on this question"),
    ("What did Fallowmere Council reply to the union?", "what Fallowmere Council replied"),
]


@pytest.mark.parametrize(("question", "reason"), REFUSED)
def test_a_refusal_names_what_was_not_found(desk: Desk, question: str, reason: str) -> None:
    answer = desk.ask(question)
    assert not answer.answered
    assert answer.text.startswith(NOT_SAID)
    assert reason in answer.text
    assert not answer.citations
    assert not answer.statements


@pytest.mark.parametrize(("question", "reason"), REFUSED)
def test_a_refusal_tells_what_was_searched_and_what_is_nearest(
    desk: Desk, question: str, reason: str
) -> None:
    answer = desk.ask(question)
    assert answer.searched.documents == 5
    assert "5 documents of 2017 to 2025 were searched." in answer.text
    assert [c.n for c in answer.nearest] == list(range(1, len(answer.nearest) + 1))
    assert_cited(desk.library, answer.nearest)


@pytest.mark.parametrize(
    "question",
    [
        "Why was Fallowmere rated inadequate in 2017?",
        "What did inspectors like about the foster team of Thornbeck?",
        "What did Marian Thistlewood lead?",
        "How many children were the subject of a plan in Fallowmere?",
    ],
)
def test_a_sound_question_is_not_refused(desk: Desk, question: str) -> None:
    assert desk.ask(question).answered


@pytest.mark.parametrize(
    ("searched", "told"),
    [
        (Searched(1, date(2017, 1, 1), date(2024, 1, 1), ""), "1 document of 2017 to 2024 was"),
        (Searched(3, None, None, ""), "3 documents were"),
    ],
)
def test_the_searched_are_counted(searched: Searched, told: str) -> None:
    text = Refusal("They give no date for this.").text(searched)
    assert text == f"{NOT_SAID} They give no date for this. {told} searched."


def test_a_refusal_without_documents_says_what_to_do_and_not_what_was_searched() -> None:
    answer = nothing_to_search(EVERYTHING, ())
    assert (answer.answered, answer.text) == (False, EMPTY)


def test_a_filter_that_lets_nothing_through_is_told(desk: Desk) -> None:
    answer = desk.ask("What was found?", filters=Filters(first_year=1990, last_year=1991))
    assert answer.text == (
        "No document in the library is dated 1990 to 1991: choose another filter."
    )
    assert answer.nearest == ()


def test_where_nothing_is_said_of_one_side_nothing_is_quoted(library: Library) -> None:
    documents = library.documents()
    within = filtered_documents(EVERYTHING, documents)
    question = read("Is Fallowmere or Thornbeck doing more about dental checks?", documents)
    retrieved = retrieve(library, library.embedder, question, within)
    fallowmere, thornbeck = comparison_sides(question, documents)
    silent = replace(thornbeck, documents=())
    draft = comparison_answer(library, retrieved, (fallowmere, silent))
    assert draft
    assert draft.quotes == ()


def test_the_grade_of_the_whole_is_not_told_for_a_service_that_is_not_graded(
    tmp_path: Path,
) -> None:
    day = date(2024, 5, 6)
    about = described("Inspection of Fallowmere", "Fallowmere", inspected=(day, day))
    rest = [f"Plan {n} of the family support teams is reviewed each month." for n in range(40)]
    fostering = "Foster carers are trained well."
    with closing(Library(tmp_path / "library", WordEmbedder(), WordJudge())) as held:
        rows = ("Judgement", "Overall effectiveness Good")
        put(held, "report.pdf", *rows, fostering, *rest, description=about)
        desk = Desk(held)
        of_part = desk.ask("What grade did the foster carers of Fallowmere get in 2024?")
        of_whole = desk.ask("What grade did Fallowmere get overall in 2024?")
    assert "They give no judgement of this." in of_part.text
    assert [citation.quote for citation in of_whole.citations] == ["Overall effectiveness Good"]
