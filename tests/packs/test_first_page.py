"""The one page that a pack opens with."""

from __future__ import annotations

from dataclasses import replace

import exported
import pytest

from rag.packs.first_page import MOST_QUESTIONS, MOST_SPOKEN, first_page, spoken_questions
from rag.packs.types import Cause
from ui.export.documents.pack_document import pack_paper
from ui.web.render.chips import Chips
from ui.web.render.first_page import first_page_html


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("theme", ["Workforce", "Across the service", "Voice of the child"])
def test_every_question_of_the_page_can_be_spoken_in_one_breath(cause: Cause, theme: str) -> None:
    enquiry = replace(exported.enquiry(1), cause=cause, theme=theme)
    item = exported.line("The quality and timeliness of assessments and plans " * 4)
    text = "Inspectors wrote at some length about what they saw of this. " * 4
    for why in (enquiry.why[0], item):
        long = replace(enquiry, why=(why,), question=replace(enquiry.question, text=text))
        (question,) = spoken_questions([long])
        assert 4 < len(question.text.split()) <= MOST_SPOKEN
        assert "{" not in question.text


def test_the_page_has_five_questions_in_the_readers_order_and_words() -> None:
    pack = exported.pack(8)
    questions = first_page(pack).questions
    assert [question.key for question in questions] == [f"key-{n}" for n in range(1, 6)]
    assert len(questions) == MOST_QUESTIONS
    assert questions[0].text == pack.enquiries[0].question.text


def test_no_two_questions_of_the_page_are_alike() -> None:
    one = exported.enquiry(1)
    assert len(spoken_questions([one, replace(one, key="other")])) == 1


def test_the_page_shows_the_newest_grades_and_what_is_still_a_concern_with_their_sources() -> None:
    page = first_page(exported.pack())
    html = first_page_html(page, Chips(1))
    assert "Inspected 4 June 2026" in html
    assert "Still a concern" in html
    assert "The quality of supervision" in html
    assert html.count('class="chip"') >= 6


def test_what_was_not_found_is_told_as_not_found() -> None:
    pack = exported.pack(0)
    bare = replace(pack, changes=(), history=replace(pack.history, inspections=(), movements=()))
    html = first_page_html(first_page(bare), Chips(1))
    assert html.count(" was found ") + html.count(" were found ") == 3


def test_a_paper_begins_with_the_page() -> None:
    headings = [section.heading for section in pack_paper(exported.pack()).sections]
    assert headings[:4] == ["On one page", "Five questions to ask", "Grades", "What changed"]
