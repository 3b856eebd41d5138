"""What is found out about a question before it is answered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from invented import question

from rag.library.corpus import Scored
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.question.held import NOWHERE
from rag.question.intent import AnswerType
from rag.retrieval.search import (
    DEPTH,
    Retrieved,
    reranked,
    retrieve,
    retrieved_for_part,
    retrieved_within,
)
from rag.time_budget import time_budget


def of(library: Library, text: str, depth: int = DEPTH) -> Retrieved:
    documents = library.documents()
    within = filtered_documents(EVERYTHING, documents)
    return retrieve(library, library.embedder, question(text, documents), within, depth=depth)


def test_the_evidence_is_best_first(library: Library) -> None:
    found = of(library, "How many children in Fallowmere had a child protection plan in 2017?")
    scores = [e.score for e in found.evidence]
    assert scores == sorted(scores, reverse=True)
    assert found.evidence[0].sentence.text.startswith("At 31 January 2017, 240 children")
    assert AnswerType.NUMBER in found.question.answer_types


def test_further_passages_are_read_only_where_the_judge_is_sure_of_none(library: Library) -> None:
    sure = of(library, "How many children in Fallowmere had a child protection plan?", depth=1)
    assert len({e.passage.place for e in sure.evidence}) == 1
    unsure = of(library, "Do youngsters there grumble about their lodgings?", depth=1)
    assert len(unsure.hits) == 1
    assert len({e.passage.place for e in unsure.evidence}) > 1
    late = of(library, "Do youngsters there grumble about their lodgings?", depth=1)
    with time_budget(0):
        assert len({e.passage.place for e in late.evidence}) < 2, "no time is left for more"


def test_a_scope_ranks_and_does_not_hide(library: Library) -> None:
    found = of(library, "How many posts were filled in Thornbeck?")
    assert "t2023.pdf" in {hit.passage.document for hit in found.hits}
    assert "article.html" in {hit.passage.document for hit in found.hits}


def test_one_side_looks_into_its_own_documents_alone(library: Library) -> None:
    found = of(library, "Is Fallowmere better than Thornbeck for care leavers?")
    alone = retrieved_within(found, ["t2023.pdf"], found.scope)
    assert {e.passage.document for e in alone.evidence} == {"t2023.pdf"}


def test_the_sides_share_what_is_looked_for_everywhere(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = of(library, "Is Fallowmere better than Thornbeck for care leavers?")
    within: list[bool] = []
    inner = library.matching

    def matching(query: Sequence[str], k: int, documents: Sequence[str] | None = None) -> Scored:
        within.append(documents is not None)
        return inner(query, k, documents)

    monkeypatch.setattr(library, "matching", matching)
    for name in ("t2023.pdf", "f2017.pdf"):
        assert retrieved_within(found, [name], found.scope).hits
    assert sorted(within) == [False, True, True]


def test_a_part_of_a_question_is_weighed_by_itself(library: Library) -> None:
    found = of(library, "How many posts are there, and who said the council was slow?")
    part = retrieved_for_part(found, "who said the council was slow?")
    assert part.question.text == "who said the council was slow?"
    assert part.question.answer_types == (AnswerType.PERSON,)
    assert part.scope == found.scope
    assert part.hits == found.hits
    assert "Prudence Oakes" in part.evidence[0].sentence.text


def test_a_question_of_good_and_bad_reads_how_the_report_opens(library: Library) -> None:
    found = of(library, "What went wrong in Fallowmere in 2017?")
    assert any(e.features["opening"] for e in found.evidence)


def test_the_documents_that_fit_equally_are_the_best(library: Library) -> None:
    found = of(library, "What did inspectors find in Fallowmere in 2017?")
    assert [d.name for d in found.best_fitting()] == ["f2017.pdf"]
    assert found.best_fitting(NOWHERE) == []


def test_a_search_lists_each_passage_once_best_first(library: Library) -> None:
    hits = reranked(of(library, "caseloads in the assessment teams"))
    assert len({(h.passage.document, h.passage.number) for h in hits}) == len(hits)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
