"""From a question to a cited answer, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from cited import assert_cited
from invented import HOSTILE
from shared_data import WordEmbedder, put

from rag.answering.own_replies import WHOSE_WORDS
from rag.answering.refusal import EMPTY
from rag.desk import Desk
from rag.library.corpus import Scored
from rag.library.library import Library
from rag.question.filters import EVERYTHING, Filters, lets_through
from rag.types import Answer, Kind, Voice

ASKED = [
    "What was Fallowmere judged overall in 2017?",
    "How has the overall grade of Fallowmere changed since 2017?",
    "Who led the inspection of Fallowmere in 2024?",
    "How many posts had been filled?",
    "Is Fallowmere or Thornbeck better for care leavers?",
    "What did inspectors say about caseloads?",
    "What is told of the foster team and of caseloads?",
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
    assert_cited(desk.library, answer)
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)


def test_an_answer_keeps_the_question_as_asked_and_as_understood(desk: Desk) -> None:
    first = desk.ask(ASKED[0])
    assert (first.question, first.understood) == (ASKED[0], None)
    assert first.elapsed_ms > 0
    assert first.engine == "extractive"
    then = desk.ask("and in 2024?", [first])
    assert then.question == "and in 2024?"
    assert then.understood == "What was Fallowmere judged overall in 2024?"
    assert "Overall effectiveness Good" in then.text


def test_who_asks_who_said_that_is_shown_whose_words_they_are_once_more(desk: Desk) -> None:
    first = desk.ask("What did inspectors say about caseloads?")
    then = desk.ask("Who said that?", [first])
    assert (then.text, then.citations) == (first.text, first.citations)
    assert (then.question, then.understood, then.notice) == ("Who said that?", None, WHOSE_WORDS)
    assert all(statement.source for statement in then.statements if statement.citations)


def test_what_is_shut_out_is_not_quoted_again(desk: Desk) -> None:
    first = desk.ask("What did inspectors say about caseloads?")
    press = Filters(kinds=frozenset({Kind.NEWS}))
    then = desk.ask("Who said that?", [first], filters=press)
    cited = {citation.document for citation in first.citations}
    assert cited.isdisjoint(citation.document for citation in then.citations)


def test_the_one_before_is_found_in_a_conversation(desk: Desk) -> None:
    first = desk.ask("What was Fallowmere judged overall in 2024?")
    assert "inadequate" in desk.ask("And the one before?", [first]).text


def test_the_speaker_is_found_in_a_conversation(desk: Desk) -> None:
    first = desk.ask("Was the council slow to recruit?")
    assert "Prudence Oakes" in desk.ask("Who said that?", [first]).text


def test_text_that_gives_orders_is_neither_followed_nor_quoted(desk: Desk) -> None:
    answer = desk.ask("What do the papers say of every council in the land?")
    assert HOSTILE not in answer.text
    assert not any(HOSTILE in quote for quote in quotes_of(answer))
    graded = desk.ask("Which councils were judged outstanding overall?")
    assert "article.html" not in {c.document for c in graded.citations}


def test_a_question_that_gives_orders_changes_nothing(desk: Desk) -> None:
    plain = "What was Fallowmere judged overall in 2017?"
    ordered = desk.ask(f"{HOSTILE} {plain}")
    assert quotes_of(ordered) == quotes_of(desk.ask(plain))
    assert not any(HOSTILE in quote for quote in quotes_of(ordered))


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


# ---------------------------------------------------------------- filters

FILTERS = [
    Filters(kinds=frozenset({Kind.NEWS})),
    Filters(
        kinds=frozenset({Kind.NEWS, Kind.COUNCIL_DOCUMENT}), councils=frozenset({"Fallowmere"})
    ),
    Filters(councils=frozenset({"Thornbeck"})),
    Filters(first_year=2017, last_year=2017),
    Filters(last_year=2023),
    Filters(documents=frozenset({"f2024.pdf"})),
]
MORE = [
    "Which councils were judged inadequate overall?",
    "What was said before the 2024 inspection?",
    "What went wrong in Fallowmere?",
    "Why was Fallowmere downgraded to inadequate in 2024?",
    "What did Gertrude Hatherleigh say?",
    "How does the press differ from the inspection report?",
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("question", [*ASKED, *MORE])
def test_nothing_outside_a_filter_is_shown(desk: Desk, question: str, filters: Filters) -> None:
    held = desk.library.documents()
    within = {d.name for d in held if lets_through(filters, d)}
    before = desk.ask("What was Fallowmere judged overall in 2024?")
    for history in ((), (before,)):
        answer = desk.ask(question, history, filters=filters)
        assert {c.document for c in (*answer.citations, *answer.nearest)} <= within
        assert answer.searched.documents == len(within)
    assert {hit.passage.document for hit in desk.search(question, filters=filters)} <= within


def test_a_filter_is_told_with_the_answer(desk: Desk) -> None:
    answer = desk.ask(ASKED[3], filters=FILTERS[0])
    assert answer.searched.filters == "press reports"
    assert answer.searched.earliest == answer.searched.latest
    assert desk.ask(ASKED[3]).searched.filters == ""


def test_a_filter_that_leaves_nothing_is_a_refusal_that_says_so(desk: Desk) -> None:
    none = Filters(frozenset({Kind.NEWS}), frozenset({"Thornbeck"}))
    answer = desk.ask("What was said?", filters=none)
    told = "No document in the library is a press report about Thornbeck: choose another filter."
    assert (answer.answered, answer.text, answer.nearest) == (False, told, ())
    assert (answer.searched.documents, answer.searched.earliest) == (0, None)
    assert answer.searched.filters == "press reports about Thornbeck"
    assert desk.search("What was said?", filters=none) == ()


def test_a_question_without_a_council_is_about_the_one_chosen(desk: Desk) -> None:
    chosen = Filters(councils=frozenset({"Thornbeck"}))
    answer = desk.ask("What was the overall grade?", filters=chosen)
    assert "Requires improvement to be good" in answer.text
    assert "Thornbeck" not in answer.searched.scope
    refused = desk.ask("What was Fallowmere judged overall?", filters=chosen)
    assert "No document that the filter lets through is about Fallowmere." in refused.text


def test_the_latest_is_the_latest_that_a_filter_lets_through(desk: Desk) -> None:
    question = "What was the overall judgement of Fallowmere at the latest inspection?"
    assert "f2024.pdf" in {c.document for c in desk.ask(question).citations}
    early = desk.ask(question, filters=Filters(last_year=2020))
    assert {c.document for c in early.citations} == {"f2017.pdf"}


def test_a_premise_is_held_against_what_the_filter_lets_through(desk: Desk) -> None:
    refused = desk.ask("What was Fallowmere judged in 2024?", filters=Filters(last_year=2020))
    assert "among those that the filter lets through. It lets through documents" in refused.text
    strange = desk.ask("What did Prudence Oakes say?", filters=Filters(last_year=2020))
    assert "No document that the filter lets through mentions Prudence Oakes." in strange.text
    assert desk.ask("What did Prudence Oakes say?").answered


def test_a_list_of_grades_says_what_it_was_drawn_from(desk: Desk) -> None:
    question = "Which councils were judged inadequate overall?"
    assert "f2017.pdf" in {c.document for c in desk.ask(question).citations}
    since = desk.ask(question, filters=Filters(first_year=2020))
    assert "f2017.pdf" not in {c.document for c in since.citations}


def test_a_part_that_is_taken_away_is_not_looked_for(desk: Desk) -> None:
    question = "What was Fallowmere judged overall in 2017?"
    asked = desk.ask(question)
    assert [part.key for part in asked.searched.parts] == ["council:Fallowmere", "year:2017"]
    again = desk.ask(question, filters=Filters(without=frozenset({"year:2017"})))
    assert [part.key for part in again.searched.parts] == ["council:Fallowmere"]
    assert [part.words for part in again.searched.left_out] == ["2017"]
    assert {c.document for c in again.citations} == {"f2024.pdf"}
    assert again.searched.documents == asked.searched.documents


def test_a_council_that_is_not_held_can_be_taken_away(desk: Desk) -> None:
    question = "How many social work posts were filled in Milton Keynes?"
    refused = desk.ask(question)
    assert [part.key for part in refused.searched.parts] == ["council:Milton Keynes"]
    again = desk.ask(question, filters=Filters(without=frozenset({"council:Milton Keynes"})))
    assert "nine" in again.text


@pytest.mark.parametrize("question", ASKED)
def test_no_filter_changes_nothing(desk: Desk, question: str) -> None:
    assert desk.ask(question, filters=EVERYTHING).text == desk.ask(question).text
    everything = Filters(first_year=1900)
    assert desk.ask(question, filters=everything).text == desk.ask(question).text


BY_FORM = [
    "What was Fallowmere judged overall in 2017?",
    "How has the overall grade of Fallowmere changed since 2017?",
    "Who led the inspection of Fallowmere in 2024?",
    "Which councils were judged inadequate for care leavers?",
]


@pytest.mark.parametrize("question", BY_FORM)
def test_what_a_report_prints_is_told_without_a_search_for_sentences(
    desk: Desk, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.library, "nearest", lambda *_: pytest.fail("It was searched."))
    assert desk.ask(question).answered


def test_a_comparison_searches_each_side_and_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    within: list[list[str] | None] = []
    inner = desk.library.nearest

    def nearest(vector: Sequence[float], k: int, documents: Sequence[str] | None = None) -> Scored:
        within.append(None if documents is None else sorted(documents))
        return inner(vector, k, documents)

    monkeypatch.setattr(desk.library, "nearest", nearest)
    assert desk.ask("How do Fallowmere and Thornbeck compare on foster carers?").answered
    assert len(within) == 2
    assert within[0] != within[1]
