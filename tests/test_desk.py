"""From a question to a cited answer, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import HOSTILE
from shared_data import WordEmbedder, put

from rag.cite import stands_on
from rag.desk import EMPTY, Desk
from rag.library import Library
from rag.types import Answer, Voice

ASKED = [
    "What was Fallowmere judged overall in 2017?",
    "How has the overall grade of Fallowmere changed since 2017?",
    "Who led the inspection of Fallowmere in 2024?",
    "How many posts had been filled?",
    "Is Fallowmere or Thornbeck better for care leavers?",
    "What did inspectors say about caseloads?",
    "Tell me everything about every council in the land.",
]


def quotes_of(answer: Answer) -> list[str]:
    return [s.text for s in answer.statements if s.voice is not Voice.PROGRAM]


@pytest.mark.parametrize("question", ASKED)
def test_every_statement_is_cited_and_every_quote_stands_on_its_page(
    desk: Desk, question: str
) -> None:
    answer = desk.ask(question)
    assert answer.answered
    assert len(answer.text.split()) <= 120
    assert all(statement.citations for statement in answer.statements)
    for citation in answer.citations:
        page = desk.page_text(citation.document, citation.page)
        assert page
        assert stands_on(citation.quote, page)
        assert f"[{citation.n}]" in answer.text


def test_an_answer_keeps_the_question_as_asked_and_as_understood(desk: Desk) -> None:
    first = desk.ask(ASKED[0])
    assert (first.question, first.understood) == (ASKED[0], None)
    assert first.elapsed_ms > 0
    assert first.engine == "extractive"
    then = desk.ask("and in 2024?", [first])
    assert then.question == "and in 2024?"
    assert then.understood == "What was Fallowmere judged overall in 2024?"
    assert "Overall effectiveness Good" in then.text


def test_the_one_before_is_found_in_a_conversation(desk: Desk) -> None:
    first = desk.ask("What was Fallowmere judged overall in 2024?")
    assert "inadequate" in desk.ask("And the one before?", [first]).text


def test_the_speaker_is_found_in_a_conversation(desk: Desk) -> None:
    first = desk.ask("Was the council slow to recruit?")
    assert "Prudence Oakes" in desk.ask("Who said that?", [first]).text


def test_text_that_gives_orders_is_quoted_as_text(desk: Desk) -> None:
    answer = desk.ask("What do the papers say of every council in the land?")
    assert any(HOSTILE in quote for quote in quotes_of(answer))
    assert answer.text.count(HOSTILE) == 1
    assert f"“{HOSTILE}”" in answer.text
    graded = desk.ask("Which councils were judged outstanding overall?")
    assert "article.html" not in {c.document for c in graded.citations}


def test_a_question_that_gives_orders_changes_nothing(desk: Desk) -> None:
    answer = desk.ask(f"{HOSTILE} What was Fallowmere judged overall in 2017?")
    assert "land" not in " ".join(quotes_of(answer)) or HOSTILE in " ".join(quotes_of(answer))
    assert all(s.citations for s in answer.statements)


def test_the_scope_is_told(desk: Desk) -> None:
    searched = desk.ask(ASKED[0]).searched
    assert searched.documents == 5
    assert (searched.earliest.year, searched.latest.year) == (2017, 2025)  # type: ignore[union-attr]
    assert searched.scope.startswith("Fallowmere, 2017")


def test_a_search_finds_passages_and_no_more_than_asked_for(desk: Desk) -> None:
    hits = desk.search("caseloads in the assessment teams", 2)
    assert len(hits) == 2
    assert hits[0].passage.document == "f2017.pdf"


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    empty = Desk(Library(tmp_path / "empty", WordEmbedder()))
    answer = empty.ask("What was found?")
    assert (answer.answered, answer.text) == (False, EMPTY)
    assert empty.search("anything") == ()
    empty.library.close()


@pytest.mark.parametrize("question", ["", "?", "2017", "the", "[1] “", "x" * 5000, "\x00\ud800"])
def test_any_question_gets_an_answer_or_a_refusal(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.answered or answer.text.startswith("The documents do not say.")


def test_a_document_put_in_meanwhile_is_found_at_once(tmp_path: Path) -> None:
    library = Library(tmp_path / "growing", WordEmbedder())
    desk = Desk(library)
    put(library, "one.txt", "The swimming pool shut in the spring.")
    assert "shut" in desk.ask("What of the swimming pool?").text
    put(library, "two.txt", "The bandstand was painted green.")
    assert "green" in desk.ask("What of the bandstand?").text
    library.close()
