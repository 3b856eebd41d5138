"""What things are called, on the screen, on the terminal and on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fakes
import pytest

from rag.types import CheckedPart, ClaimPart, PartKind, Searched, Verdict
from ui.wording.answers import answer_for_paper, searched_line
from ui.wording.checks import OTHERWISE, check_for_paper, check_summary
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words, listed
from ui.wording.sources import committee_citation, quote_with_citation


def test_a_citation_for_a_committee_paper_names_everything_that_is_known() -> None:
    assert committee_citation(fakes.REPORT) == (
        "Office for Invented Inspections, Inspection of Fallowmere children's services "
        "(inspection report, 4 March 2024), page 5, paragraph 23."
    )


def test_a_citation_says_what_is_not_known_by_leaving_it_out() -> None:
    undated = replace(fakes.ARTICLE, publisher=None)
    assert committee_citation(undated) == (
        "Social work posts unfilled (press report, undated), page 1."
    )


def test_a_copied_quote_is_one_line_in_quotation_marks_above_its_citation() -> None:
    broken = replace(fakes.REPORT, quote="Caseloads are\ntoo high.")
    words, citation = quote_with_citation(broken).split("\n")
    assert words == "\u201cCaseloads are too high.\u201d"
    assert citation == committee_citation(broken)


def test_an_answer_for_paper_has_every_statement_and_every_source() -> None:
    answer = fakes.answer()
    paper = answer_for_paper(answer)
    assert all(statement.text in paper for statement in answer.statements)
    assert all(committee_citation(citation) in paper for citation in answer.citations)
    # What the program concludes is not in quotation marks; what a source says is.
    assert "- Nine of the 24 posts are reported filled. [2][3]" in paper
    assert f"- \u201c{fakes.PLAN.quote}\u201d [2]" in paper


def test_a_refusal_for_paper_says_what_was_not_found() -> None:
    assert fakes.refusal().text in answer_for_paper(fakes.refusal())


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (Searched(1, None, None, ""), "Searched 1 document."),
        (
            Searched(2, date(2020, 1, 2), date(2020, 1, 2), ""),
            "Searched 2 documents of 2 January 2020.",
        ),
        (
            Searched(1200, date(2020, 1, 2), date(2021, 1, 2), "Leeds", filters="press reports"),
            "Searched 1,200 documents dated 2 January 2020 to 2 January 2021, press reports only. "
            "Looked first at: Leeds.",
        ),
    ],
)
def test_what_was_searched_is_told_in_a_line(searched: Searched, line: str) -> None:
    assert searched_line(searched) == line


@pytest.mark.parametrize(
    ("moment", "spoken"), [("2026-11-22T10:00:00+00:00", "22 November 2026"), ("once", "once")]
)
def test_a_moment_is_told_as_its_day(moment: str, spoken: str) -> None:
    assert spoken_moment(moment) == spoken


def test_things_are_counted_and_listed_as_people_do() -> None:
    assert count_words(1, "page", "pages") == "1 page"
    assert count_words(1200, "page", "pages") == "1,200 pages"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""


# ---------------------------------------------------------------- claims


def _pieces(*verdicts: Verdict) -> list[CheckedPart]:
    checked = [CheckedPart(ClaimPart(v.claim, 0, PartKind.CLAIM, v.claim), v) for v in verdicts]
    return [*checked, CheckedPart(ClaimPart("Why?", 0, PartKind.QUESTION))]


def test_a_check_is_summed_up_in_a_line() -> None:
    pieces = _pieces(fakes.supported("So."), fakes.supported("So too."), fakes.not_found("No."))
    assert check_summary(pieces) == (
        "3 claims: 2 supported and 1 not found; 1 other sentence not checkable"
    )
    assert check_summary([]) == "0 claims"


def test_a_check_for_a_paper_has_claim_verdict_reason_quotes_and_citations() -> None:
    paper = check_for_paper(_pieces(fakes.contradicted("It promised 42 posts.")))
    assert "1. Contradicted: It promised 42 posts.\nFallowmere Council, July 2024 says" in paper
    assert f"- {quote_with_citation(fakes.PLAN)}" in paper
    assert paper.index(OTHERWISE) < paper.index(fakes.ARTICLE.quote)
    assert "2. Not checkable: Why?\nA question, not a claim: ask it instead." in paper
    assert paper.endswith("Searched 4 documents dated 1 February 2021 to 1 July 2024.")
