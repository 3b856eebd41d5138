"""Each question gets the form of answer that suits it."""

from __future__ import annotations

import pytest
from invented import question as read

from rag.answering.compose import ComposedAnswer
from rag.answering.strategies import answer_draft, composed_answer
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.retrieval.search import retrieve
from rag.types import Voice


def answer(library: Library, question: str) -> ComposedAnswer:
    documents = library.documents()
    within = filtered_documents(EVERYTHING, documents)
    retrieved = retrieve(library, library.embedder, read(question, documents), within)
    return composed_answer(library, answer_draft(library, retrieved))


ONE_SOURCE = [
    # grades, from the table of the report that is meant
    ("What was Fallowmere judged overall in 2017?", "f2017.pdf", "in Fallowmere are inadequate"),
    ("What was the overall grade for Fallowmere?", "f2024.pdf", "Overall effectiveness Good"),
    # no matter of its own: how the council was judged is what there is to say
    ("What does Ofsted say about Fallowmere?", "f2024.pdf", "Overall effectiveness Good"),
    ("What grade did care leavers get in Fallowmere in 2024?", "f2024.pdf", "Outstanding"),
    ("How was the safeguarding board in Fallowmere judged in 2017?", "f2017.pdf", "Board is"),
    ("Which parts of Fallowmere were not inadequate in 2017?", "f2017.pdf", "care leavers Good"),
    ("How was Fallowmere judged at the inspection before 2024?", "f2017.pdf", "are inadequate"),
    # lines that every report prints
    ("Who led the inspection of Fallowmere in 2024?", "f2024.pdf", "Otto Brackenridge"),
    ("When was Fallowmere inspected in 2017?", "f2017.pdf", "6 March 2017"),
    ("When was Fallowmere last inspected?", "f2024.pdf", "7 to 18 October 2024"),
    # the sentences that answer
    ("What did inspectors say about caseloads in Fallowmere in 2017?", "f2017.pdf", "too high"),
    ("How many posts does the press say had been filled?", "article.html", "Only nine"),
    ("What does Thornbeck do for foster carers?", "t2023.pdf", "well supported"),
]


@pytest.mark.parametrize(("question", "document", "said"), ONE_SOURCE)
def test_the_answer_comes_from_the_source_that_is_meant(
    library: Library, question: str, document: str, said: str
) -> None:
    made = answer(library, question)
    assert said in made.text
    assert made.citations[0].document == document


def test_a_which_question_leaves_out_the_rows_it_does_not_ask_for(library: Library) -> None:
    made = answer(library, "Which parts of Fallowmere were not inadequate in 2017?")
    assert "help and protection" not in made.text
    assert "Board" not in made.text


def test_councils_are_listed_by_the_grade_they_were_given(library: Library) -> None:
    made = answer(library, "Which councils were judged inadequate for care leavers?")
    assert [c.document for c in made.citations] == ["t2023.pdf"]
    made = answer(library, "Which councils were judged outstanding for leadership?")
    assert made.citations == ()


def test_the_worst_and_the_best_councils_are_those_of_the_lowest_and_highest_grade(
    library: Library,
) -> None:
    worst = answer(library, "Who is worst at care leavers?")
    assert [c.document for c in worst.citations] == ["t2023.pdf"]
    assert "inadequate" in worst.text.casefold()
    best = answer(library, "Which council is best at care leavers?")
    assert [c.document for c in best.citations] == ["f2024.pdf"]


def test_grades_of_two_years_are_compared(library: Library) -> None:
    made = answer(library, "How has the overall grade of Fallowmere changed since 2017?")
    assert made.text.startswith("The overall grade went up: inadequate in 2017, good in 2024.")
    assert made.statements[0].voice is Voice.PROGRAM
    assert {c.document for c in made.citations} == {"f2017.pdf", "f2024.pdf"}


def test_grades_of_two_councils_are_compared(library: Library) -> None:
    made = answer(library, "What grade for care leavers have Fallowmere and Thornbeck both got?")
    assert "Fallowmere was judged higher than Thornbeck." in made.text
    assert {c.document for c in made.citations} == {"f2024.pdf", "t2023.pdf"}


def test_figures_of_two_councils_are_compared(library: Library) -> None:
    made = answer(
        library,
        "How many children were the subject of a child protection plan in Fallowmere compared with "
        "Thornbeck?",
    )
    assert made.text.startswith("Thornbeck has the larger figure: 310 against 180 for Fallowmere.")


def test_each_side_of_a_comparison_has_a_quote(library: Library) -> None:
    made = answer(library, "Is Fallowmere or Thornbeck doing more about dental checks?")
    assert {"f2024.pdf", "t2023.pdf"} <= {c.document for c in made.citations}


def test_each_part_of_a_question_is_answered(library: Library) -> None:
    made = answer(library, "How many posts are to be filled, and who said the council was slow?")
    assert "24 social work posts" in made.text
    assert "Prudence Oakes" in made.text


def test_a_heading_is_not_run_into_the_sentence_after_it(library: Library) -> None:
    made = answer(library, "What does the press say about empty social work posts?")
    assert "empty Only" not in made.text


def test_what_takes_a_finding_back_is_quoted_with_it(library: Library) -> None:
    made = answer(library, "What did inspectors say about the stability of foster homes?")
    assert "needs attention. However, leaders have acted on it at last." in made.text
