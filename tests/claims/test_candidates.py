"""A judge is asked of all sentences that may bear on claims, and once more of the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from shared_data import WordEmbedder, WordJudge

from rag.claims.candidates import MOST_AGAIN, candidate_quotes, judged_quotes, prepared_claim
from rag.judge.port import Entailment, Span
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.question.question import read_question
from rag.retrieval.search import retrieve

CLAIMS = ("Caseloads in Fallowmere are high.", "Fallowmere has 180 children on a plan.")


class Listening(WordJudge):
    """A judge that remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[list[tuple[Span, str]]] = []
        self.again: list[list[tuple[Span, str]]] = []

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        self.calls.append(list(pairs))
        return super().entails(pairs)

    def entails_in_place(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        self.again.append(list(pairs))
        return tuple(Entailment(0.0, 1.0, 0.0) for _ in pairs)


def test_what_stands_around_the_likeliest_sentences_of_each_claim_is_read_too(
    library: Library,
) -> None:
    within = filtered_documents(EVERYTHING, library.documents())
    asked = []
    for text in CLAIMS:
        found = retrieve(library, WordEmbedder(), read_question(text, within), within)
        claim = prepared_claim(library, text, found)
        asked.append((claim, candidate_quotes(library, claim)))
    judge = Listening()
    judged = judged_quotes(judge, asked)
    assert [[each.quote for each in own] for own in judged] == [list(q) for _, q in asked]
    (first,), (again,) = judge.calls, judge.again
    assert len(first) == sum(len(quotes) for _, quotes in asked)
    assert len(again) == sum(min(MOST_AGAIN, len(quotes)) for _, quotes in asked)
    changed = [each for own in judged for each in own if each.entailment == Entailment(0, 1, 0)]
    assert len(changed) == len(again)
    asked_again = {text for _, text in again}
    assert asked_again <= {claim.reading.text for claim, _ in asked}
    sources = [source.text for source, _ in again]
    assert all(any(each.row.text in text for text in sources) for each in changed)


def test_without_a_judge_nothing_is_made_of_a_quote() -> None:
    assert judged_quotes(None, []) == []
