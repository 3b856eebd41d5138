"""A statement is shown only with quotes that back it, of whichever passage they stand in."""

from __future__ import annotations

import pytest
from invented import passage, source

from rag.generation.answer_builder import Backed
from rag.generation.context import NumberedSource
from rag.generation.faithfulness.check import backing
from rag.generation.stream.parser import ProposedSentence

REPORT = source("eastmoor.pdf", "Eastmoor", when="2025-01-20")
FIRST = passage("Plans are clear.", "Visits to families are prompt.")
SECOND = passage("There were 45 visits in May.", "This was up from 30.", number=1)
GIVEN = (NumberedSource(1, FIRST, REPORT), NumberedSource(2, SECOND, REPORT))


def backed(text: str, *cited: int) -> Backed | None:
    return backing(ProposedSentence(text, cited, ()), GIVEN)


def quoted(found: Backed | None) -> list[str]:
    return [quote.text for quote, _ in found.quotes] if found else []


def test_a_statement_is_backed_by_the_shortest_quote_that_says_it() -> None:
    assert quoted(backed("Plans are clear.", 1)) == ["Plans are clear."]


def test_another_passage_is_cited_where_the_cited_one_does_not_back_it() -> None:
    assert quoted(backed("Visits to families are prompt.", 2)) == ["Visits to families are prompt."]


def test_sentences_that_run_on_back_a_statement_together() -> None:
    assert quoted(backed("Visits in May rose from 30 to 45.", 2)) == [
        "There were 45 visits in May. This was up from 30."
    ]


def test_each_half_of_a_sentence_may_stand_on_a_quote_of_its_own() -> None:
    both = "Visits to families are prompt, and there were 45 visits in May."
    assert quoted(backed(both, 1, 2)) == [
        "Visits to families are prompt.",
        "There were 45 visits in May.",
    ]


def test_an_earlier_grade_is_shown_only_with_its_date_where_a_later_report_gives_another() -> None:
    old, new = (
        source(f"{year}.pdf", "Eastmoor", when=f"{year}-01-20") for year in ("2017", "2024")
    )
    graded = passage("The experiences and progress of care leavers Good")
    fallen = passage("The experiences and progress of care leavers Inadequate", number=1)
    given = (NumberedSource(1, graded, old), NumberedSource(2, fallen, new))
    told = "The experiences and progress of care leavers are good"
    assert backing(ProposedSentence(f"{told}.", (1,), ()), given) is None
    assert backing(ProposedSentence(f"{told}.", (1,), ()), given[:1])
    assert backing(
        ProposedSentence("In 2017 the experiences of care leavers were good.", (1,), ()), given
    )
    assert backing(ProposedSentence(f"{told.replace('good', 'inadequate')}.", (2,), ()), given)


@pytest.mark.parametrize(
    "text",
    [
        "Plans are unclear.",
        "There were 54 visits in May.",
        "Plans are clear, and there were 54 visits in May.",
        "Plans to families are prompt and cheap.",
        "Are plans clear?",
        "Please make plans clear.",
    ],
)
def test_what_no_passage_backs_is_not_shown(text: str) -> None:
    assert backed(text, 1, 2) is None
