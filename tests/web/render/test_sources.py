"""A source beside its answer: the page drawn or as text, the quoted words marked on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import fakes
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Seen

from ingest.cleaning.clean import BETWEEN
from rag.text.tokens import squash
from ui.web.render.sources import no_sources_html, sources_html, view_html
from ui.web.session.source_viewer import SourceView
from ui.wording.sources import committee_citation, quote_with_citation

ANYTHING = st.text(st.characters(codec=None))
PAGE = f"First words.{BETWEEN}{fakes.REPORT.context}{BETWEEN}Last words."
AS_TEXT = SourceView(fakes.REPORT, 5, 9, text=PAGE)
AS_PICTURE = SourceView(fakes.REPORT, 5, 9, picture=fakes.PICTURE)


def test_a_list_of_sources_names_each_and_says_what_has_become_of_it() -> None:
    html = sources_html((fakes.REPORT, fakes.PLAN), 3, ("", "It was replaced."))
    assert "Sources of answer 3" in html
    assert 'data-act="open:3:2"' in html
    assert html.count("It was replaced.") == 1


def test_the_newest_source_stands_first_and_those_of_a_day_as_the_answer_has_them() -> None:
    days = (date(2019, 5, 1), None, date(2024, 3, 4), date(2024, 3, 4))
    cited = [replace(fakes.REPORT, n=n, date=day) for n, day in enumerate(days, 1)]
    html = sources_html(cited, 1, ("",) * len(cited))
    assert re.findall(r'id="card-1-(\d)"', html) == ["3", "4", "1", "2"]


def test_words_are_marked_in_their_paragraph_and_the_rest_stands_as_it_is() -> None:
    html = view_html(AS_TEXT)
    (marked,) = re.findall('<mark id="marked-words">(.*?)</mark>', html, re.DOTALL)
    assert squash(marked) == squash(fakes.REPORT.quote)
    text = Seen(html).text
    assert text.index("First words.") < text.index("Social workers know") < text.index("Last words")
    assert "The words as text" not in html


def test_words_that_stand_twice_are_marked_in_the_passage_that_was_quoted() -> None:
    twice = f"{fakes.REPORT.quote} An aside.{BETWEEN}{fakes.REPORT.context}"
    html = view_html(replace(AS_TEXT, text=twice))
    assert html.index("An aside.") < html.index("<mark")
    assert html.count("<mark") == 1


def test_another_page_of_the_text_has_no_mark_and_the_words_below_it() -> None:
    html = view_html(replace(AS_TEXT, page=4, text="Other words."))
    assert 'id="marked-words"' not in html
    assert "The words as text" in html
    assert "cited: page 5, paragraph 23" in html


def test_a_picture_says_what_it_shows_and_has_a_box_for_each_marked_line() -> None:
    html = view_html(AS_PICTURE)
    assert html.count('class="box"') == 2
    assert 'style="left:10.000%;top:20.000%;width:50.000%;height:2.000%"' in html
    assert "Page 5 of Inspection of Fallowmere" in html
    assert "the quoted words are marked" in html
    assert "The words as text" in html


def test_a_source_that_is_not_held_any_more_is_told_in_its_own_frozen_words() -> None:
    html = view_html(SourceView(fakes.REPORT, 5, note="It is gone."))
    assert "It is gone." in html
    assert "<mark>" in html
    assert "Previous" not in html


def test_a_nearest_passage_is_not_marked_as_if_it_were_quoted() -> None:
    html = view_html(replace(AS_TEXT, quoted=False))
    assert "<mark" not in html
    assert "Copy quote" not in html


@pytest.mark.parametrize(
    ("page", "disabled"), [(1, ["Previous page"]), (9, ["Next page"]), (5, [])]
)
def test_pages_turn_only_to_pages_that_are_there(page: int, disabled: list[str]) -> None:
    html = view_html(replace(AS_TEXT, page=page))
    found = re.findall('aria-label="((?:Previous|Next) page)"[^>]*disabled', html)
    assert found == disabled


def test_what_is_copied_is_the_quote_and_the_citation() -> None:
    copied = [value for name, value in Seen(view_html(AS_TEXT)).attributes if name == "data-copy"]
    assert copied == [
        quote_with_citation(fakes.REPORT),
        committee_citation(fakes.REPORT),
    ]


@given(ANYTHING, ANYTHING, st.sampled_from((4, 5)))
def test_a_source_has_the_same_tags_whatever_it_says(words: str, name: str, page: int) -> None:
    def tags(text: str, called: str) -> list[str]:
        citation = replace(
            fakes.REPORT, title=called, publisher=called, document=called, paragraph=called,
            quote="quoted", context=f"{text} quoted {text}",
        )  # fmt: skip
        shown = f"{text} quoted {text}"
        return Seen(view_html(SourceView(citation, page, 9, text=shown, note=called))).tags

    plain = words.replace(BETWEEN, " ")
    assert tags(f"w{plain}", f"n{name}") == tags("word", "name")


def test_another_page_names_the_cited_paragraph_as_text() -> None:
    html = view_html(replace(AS_TEXT, citation=replace(fakes.REPORT, paragraph="<b>23"), page=4))
    assert "cited: page 5, paragraph &lt;b&gt;23" in html


def test_an_empty_pane_says_what_will_stand_there() -> None:
    assert "Sources" in no_sources_html("Nothing yet.")
