"""Answers as HTML: nothing of a document is markup, and the quote is marked where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import fakes
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Seen

from rag.saved.feedback import FeedbackVerdict
from rag.text.tokens import squash
from rag.types import Description, Document, Kind, Page, ScopePart, Searched, Statement, Voice
from ui.web.controls import read_action
from ui.web.render.answers import answer_html
from ui.web.render.html import Html, mark_quote
from ui.web.session import library_summary
from ui.wording.answers import searched_line, statements_by_voice
from ui.wording.sources import source_line

ANYTHING = st.text(st.characters(codec=None))
WORDS = st.lists(
    st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1), min_size=1, max_size=6
)
SPACES = st.text(" \n\t\u00a0", min_size=1, max_size=3)


@given(ANYTHING)
def test_any_text_comes_out_as_that_text_and_no_tag(text: str) -> None:
    seen = Seen(Html("<p>{}</p>").format(text))
    assert seen.tags == ["p"]
    assert seen.text == text.encode("utf-8", "replace").decode()


@given(ANYTHING)
def test_no_text_breaks_out_of_an_attribute(text: str) -> None:
    seen = Seen(Html('<a title="{}">x</a>').format(text))
    assert [name for name, _ in seen.attributes] == ["title"]


@given(ANYTHING)
def test_an_answer_has_the_same_tags_whatever_its_words_are(text: str) -> None:
    plain, wild = _answer_saying("word"), _answer_saying(f"a{text}")
    assert Seen(wild).tags == Seen(plain).tags
    assert {name for name, _ in Seen(wild).attributes} == {
        name for name, _ in Seen(plain).attributes
    }


def _answer_saying(words: str) -> str:
    cited = replace(
        fakes.REPORT,
        title=words,
        publisher=words,
        document=words,
        paragraph=words,
        quote=words,
        context=f"before {words} after",
    )
    statement = Statement(words, (1,), Voice.INSPECTOR, words)
    answer = replace(
        fakes.answer(),
        statements=(statement,),
        citations=(cited,),
        understood=f"completed {words}",
        searched=replace(fakes.SEARCHED, parts=(ScopePart(words, words),), filters=words),
    )
    return answer_html(answer, 1)


def test_a_hostile_document_shows_as_text() -> None:
    seen = Seen(answer_html(fakes.hostile_answer("Is it hostile?"), 1))
    assert not {"img", "script", "iframe"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert not [name for name, _ in seen.attributes if name in ("href", "src")]
    assert fakes.HOSTILE in seen.text


@given(WORDS, WORDS, WORDS, st.data())
def test_the_quote_is_marked_inside_its_passage_whatever_the_white_space(
    before: list[str], quote: list[str], after: list[str], data: st.DataObject
) -> None:
    pieces = [word + data.draw(SPACES) for word in (*before, *quote, *after)]
    context = "".join(pieces)
    marked = mark_quote(context, " ".join(quote))
    assert marked.before + marked.quote + marked.after == context
    assert squash(marked.quote) == squash("".join(quote))


@given(ANYTHING, ANYTHING)
def test_marking_shows_the_quote_even_when_the_passage_lacks_it(context: str, quote: str) -> None:
    assert squash(mark_quote(context, quote).quote) == squash(quote)


@pytest.mark.parametrize(
    ("context", "quote", "before"),
    [
        ("It was high-\nlevel work. More.", "high-level work.", "It was "),
        ("A (very) bad start. It was very bad.", "very bad.", "A (very) bad start. It was "),
        ("Not here.", "Elsewhere.", ""),
        ("", "Alone.", ""),
        ("Words.", "", ""),
    ],
)
def test_the_quote_is_marked_where_it_begins(context: str, quote: str, before: str) -> None:
    assert mark_quote(context, quote).before == before


def test_voices_are_told_apart_and_the_programs_own_words_come_last() -> None:
    answer = fakes.answer()
    shuffled = (answer.statements[3], answer.statements[2], *answer.statements[:2])
    voices = [voice for voice, _ in statements_by_voice(shuffled)]
    assert voices == [Voice.PRESS, Voice.INSPECTOR, Voice.COUNCIL, Voice.PROGRAM]
    html = answer_html(replace(answer, statements=shuffled), 1)
    assert re.findall("<h3>(.*?)</h3>", html) == [
        "Press reports",
        "Inspection findings",
        "The council&#x27;s own words",
        "What follows",
    ]


def test_only_the_sources_own_words_stand_in_quotation_marks() -> None:
    html = answer_html(fakes.answer(), 1)
    assert f'<q class="quoted">\u201c{fakes.REPORT.quote}\u201d</q>' in html
    assert '<span class="own">Nine of the 24 posts are reported filled.</span>' in html


def test_a_sentence_that_runs_over_a_page_is_a_quotation_of_both_pages() -> None:
    first = replace(fakes.REPORT, quote="Caseloads are too\n")
    second = replace(fakes.REPORT, n=2, page=6, quote="high for good work.")
    words = "Caseloads are too high for good work."
    answer = replace(
        fakes.answer(),
        citations=(first, second),
        statements=(Statement(words, (1, 2), Voice.INSPECTOR),),
    )
    assert f'<q class="quoted">\u201c{words}\u201d</q>' in answer_html(answer, 1)


def test_each_chip_opens_a_citation_of_its_answer_and_has_an_id_of_its_own() -> None:
    attributes = Seen(answer_html(fakes.answer(), 7)).attributes
    actions = [read_action(value or "") for name, value in attributes if name == "data-act"]
    opened = [action.about for action in actions if action.verb == "open"]
    assert opened == [("7", "1"), ("7", "2"), ("7", "3"), ("7", "2"), ("7", "3")]
    ids = [value for name, value in attributes if name == "id"]
    assert len(set(ids)) == len(ids)


def test_each_part_of_the_scope_can_be_taken_away() -> None:
    seen = Seen(answer_html(fakes.answer(), 7))
    assert ("data-act", "without:7:council%3AFallowmere") in seen.attributes
    assert ("aria-label", "Ask again without Fallowmere") in seen.attributes


def test_what_was_left_out_of_the_scope_is_struck_and_can_be_put_back() -> None:
    left_out = (ScopePart("year:2021", "2021"),)
    html = answer_html(
        replace(fakes.answer(), searched=replace(fakes.SEARCHED, left_out=left_out)), 7
    )
    assert '<li class="tag struck"><span>2021</span>' in html
    assert ("data-act", "within:7:year%3A2021") in Seen(html).attributes


def test_what_a_reader_said_of_an_answer_is_shown_as_pressed() -> None:
    html = answer_html(fakes.answer(), 1, FeedbackVerdict.WRONG)
    pressed = re.findall('aria-pressed="true">(.*?)<', html)
    assert pressed == ["Wrong"]


def test_a_citation_says_publisher_kind_date_page_and_paragraph() -> None:
    assert source_line(fakes.REPORT) == (
        "Office for Invented Inspections · Inspection report · 4 March 2024 · page 5, paragraph 23"
    )
    assert source_line(replace(fakes.ARTICLE, publisher=None)) == (
        "Publisher not known · Press report · date not known · page 1"
    )


def test_a_refusal_says_what_was_searched_and_keeps_the_nearest_passages_closed() -> None:
    html = answer_html(fakes.refusal(), 2)
    assert "Not in the documents" in html
    assert "4 documents of 2021 to 2024 were searched." in html
    assert "Looked first at" in html
    assert '<details class="nearest"><summary>The nearest that was found (1)' in html
    assert "<mark>" not in html
    assert "<details" not in answer_html(replace(fakes.refusal(), nearest=()), 2)


def test_the_understood_question_is_shown_only_when_it_differs() -> None:
    answer = fakes.answer("And in 2021?")
    assert "Understood as" not in answer_html(answer, 1)
    assert "Understood as" not in answer_html(replace(answer, understood="And in 2021?"), 1)
    html = answer_html(replace(answer, understood="Were caseloads high in 2021?"), 1)
    assert "Understood as: <q>Were caseloads high in 2021?</q>" in html


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (replace(fakes.SEARCHED, scope=""), "dated 1 February 2021 to 1 July 2024."),
        (fakes.SEARCHED, "1 July 2024. Looked first at: Fallowmere."),
        (replace(fakes.SEARCHED, earliest=None, latest=None), "Searched 4 documents. Looked"),
        (replace(fakes.SEARCHED, latest=date(2021, 2, 1)), "documents of 1 February 2021."),
        (replace(fakes.SEARCHED, documents=1), "Searched 1 document dated"),
    ],
)
def test_what_was_searched_reads_as_a_sentence(searched: Searched, line: str) -> None:
    assert line in searched_line(searched)


def test_the_library_is_summed_up_in_a_sentence() -> None:
    assert library_summary.summary(fakes.documents()) == (
        "2 inspection reports, 1 council document and 1 press report, from 2021 to 2024."
    )


def test_examples_are_made_from_what_is_held() -> None:
    assert library_summary.examples(fakes.documents()) == (
        "What was Fallowmere judged for overall effectiveness?",
        "How have the inspection judgements of Fallowmere changed?",
        "What does Fallowmere say that it will do to improve?",
        "What has the press reported about Fallowmere?",
    )
    assert library_summary.examples(()) == ()


@pytest.mark.parametrize("name", [fakes.HOSTILE, ":smile:", "$x$", "[a](b)", "a_b_", "`c`", "<b>"])
def test_a_council_whose_name_could_be_markup_is_offered_in_no_example(name: str) -> None:
    description = Description("T", kind=Kind.NEWS, councils=(name,))
    assert library_summary.examples([Document("d", "0", description, (Page(1, ""),))]) == ()


def test_a_misspelt_council_is_told_with_the_one_it_was_read_as() -> None:
    told = fakes.answer("What of Falowmere?")
    parts = (ScopePart("council:Fallowmere", "Fallowmere"),)
    html = answer_html(replace(told, searched=replace(told.searched, parts=parts)), 1)
    assert "“Falowmere” was read as Fallowmere." in html
    assert "was read as" not in answer_html(replace(told, question="Fallowmere"), 1)


def test_an_abbreviation_is_explained_under_the_answer() -> None:
    html = answer_html(fakes.answer("Who is the DCS?"), 1)
    assert "usually stand for: DCS, director of children" in html
