"""The help, the accessibility statement, and what an officer reads of readers' judgements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from driven import alone, html_of
from streamlit.testing.v1 import AppTest

from rag.access.people import Person
from rag.access.roles import Role
from rag.errors import NotAllowed
from rag.saved.feedback import FeedbackBook, FeedbackVerdict
from ui.web.render.desk.feedback import feedback_html, feedback_rows
from ui.web.render.desk.help import accessibility_html, help_html
from ui.web.session.services import WebServices

page = alone("feedback")


def test_the_help_is_one_page_and_leads_to_the_statement() -> None:
    html = str(help_html())
    assert len(html.split()) < 500
    assert 'href="./accessibility"' in html


def test_the_statement_says_what_is_aimed_at_how_it_was_tested_and_what_falls_short() -> None:
    html = str(accessibility_html())
    for words in ("WCAG) 2.2, level AA", "axe-core", "Not yet by people", "fall short", "Tell the"):
        assert words in html


def test_an_officer_reads_what_was_said_with_its_question_and_no_name(
    app: AppTest, bench: WebServices
) -> None:
    assert "Nobody has said anything of an answer yet." in html_of(app)
    bench.feedback.give(fakes.hostile_answer("caseloads"), FeedbackVerdict.WRONG, "<b>No</b>")
    bench.feedback.give(fakes.refusal(), FeedbackVerdict.RIGHT)
    html = html_of(app.run())
    assert "2 answers were judged." in html
    assert "&lt;b&gt;No&lt;/b&gt;" in html
    html = html_of(app.selectbox[0].select(FeedbackVerdict.WRONG_SOURCE).run())
    assert "Nobody has said this of an answer yet." in html


def test_a_reader_may_not_read_what_others_said(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path / "library", person=Person("r", "Rhian", Role.READER))
    with pytest.raises(NotAllowed):
        book.read()


def test_feedback_whose_answer_is_damaged_is_told_as_that(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path / "library")
    given = book.give(fakes.refusal(), FeedbackVerdict.WRONG, "x")
    damaged = replace(given, answer=None)
    assert "is damaged" in str(feedback_html([damaged], narrowed=False))
    assert ("Wrong", "The answer that was kept with it is damaged.") in {
        row[1:3] for row in feedback_rows([damaged])
    }
