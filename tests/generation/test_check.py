"""A statement is shown only with quotes that back it, of whichever passage they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from invented import passage, source
from shared_data import WordJudge

from rag.generation.answer_builder import Backed
from rag.generation.context import NumberedSource
from rag.generation.faithfulness.check import backing
from rag.generation.stream.parser import ProposedSentence
from rag.judge.port import Entailment, Judge, Polarity, Reading, Span

REPORT = source("eastmoor.pdf", "Eastmoor", when="2025-01-20")
FIRST = passage("Plans are clear.", "Visits to families are prompt.")
SECOND = passage("There were 45 visits in May.", "This was up from 30.", number=1)
GIVEN = (NumberedSource(1, FIRST, REPORT), NumberedSource(2, SECOND, REPORT))


class Agreeing(WordJudge):
    """A judge that finds everything borne out."""

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        return (Entailment(1.0, 0.0, 0.0),) * len(pairs)


class Denying(WordJudge):
    """A judge that finds nothing borne out."""

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        return (Entailment(0.01, 0.09, 0.9),) * len(pairs)


def backed(text: str, *cited: int, judge: Judge | None = None) -> Backed | None:
    return backing(ProposedSentence(text, cited), GIVEN, judge)


def quoted(found: Backed | None) -> list[str]:
    return [quote.text for quote, _ in found.quotes] if found else []


def test_a_statement_is_backed_by_the_shortest_quote_that_says_it() -> None:
    assert quoted(backed("Plans are clear.", 1)) == ["Plans are clear."]


def test_words_alone_do_not_back_what_the_judge_is_sure_that_they_do_not_say() -> None:
    assert backed("Plans are clear.", 1, judge=Agreeing())
    assert backed("Plans are clear.", 1, judge=Denying()) is None


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

    def shown(text: str, cited: int, given: tuple[NumberedSource, ...] = given) -> bool:
        return backing(ProposedSentence(text, (cited,)), given, None) is not None

    assert not shown(f"{told}.", 1)
    assert shown(f"{told}.", 1, given[:1])
    assert shown("In 2017 the experiences of care leavers were good.", 1)
    assert shown(f"{told.replace('good', 'inadequate')}.", 2)


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


def test_what_is_said_in_other_words_is_shown_where_a_judge_finds_it_borne_out() -> None:
    told = "Staff call on families promptly."
    assert backed(told, 1) is None
    assert quoted(backed(told, 1, judge=Agreeing())) == ["Visits to families are prompt."]


@pytest.mark.parametrize(
    "text",
    [
        "Plans are not clear.",
        "Plans are unclear.",
        "There were 54 visits in May.",
        "There were 45 visits in June.",
        "Plans of Fallowmere are clear.",
        "The leader said that plans are clear.",
        "Elected members scrutinise budgets every month.",
    ],
)
def test_no_judge_overrules_what_is_exact(text: str) -> None:
    assert backed(text, 1, 2, judge=Agreeing()) is None


def test_what_inspectors_ask_for_is_not_shown_as_what_is_so() -> None:
    class Asking(Agreeing):
        def reads(self, spans: Sequence[Span]) -> tuple[Reading, ...]:
            return tuple(replace(r, polarity=Polarity.ASK) for r in super().reads(spans))

    asked = passage("Consistency of visits to families.", heading="What needs to improve")
    told = ProposedSentence("Visits to families are consistent and reliable.", (1,))
    given = (NumberedSource(1, asked, REPORT),)
    assert backing(told, given, Asking()) is None
    assert backing(told, given, Agreeing())
