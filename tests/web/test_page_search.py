"""Words are looked for in an open document, and its original is saved as the file that it is."""

from __future__ import annotations

import fakes
import pytest
from driven import alone, html_of
from hypothesis import given
from hypothesis import strategies as st
from markup import Seen
from streamlit.testing.v1 import AppTest

from rag.types import Page
from ui.web.controls import Action
from ui.web.render.found import found_html
from ui.web.session.page_search import MOST, Found, places
from ui.web.session.services import WebServices

page = alone("library")
LONG = "Caseloads are\ntoo high. " + "Plans change a little. " * 20


def turn(number: int) -> Action:
    return Action("page", (str(number),))


def test_words_are_found_in_any_case_and_across_lines_with_what_stands_around_them() -> None:
    (found,) = places([Page(1, "None."), Page(2, LONG)], " CASELOADS  are too ")
    assert (found.page, found.words) == (2, "Caseloads are\ntoo")
    assert found.before == ""
    assert found.after.endswith("Plans…")


def test_no_words_find_nothing_and_many_places_are_cut() -> None:
    assert places([Page(1, LONG)], "  ") == ()
    assert len(places([Page(1, "a " * 5000)], "a")) == MOST
    assert f"The first {MOST} places" in found_html((Found(1, "", "a", ""),) * MOST, turn)
    assert "not found" in found_html((), turn)


@given(st.text(max_size=80), st.text(max_size=10))
def test_what_is_looked_for_is_text_and_no_pattern(text: str, words: str) -> None:
    found = places([Page(1, text)], words)
    assert all(place.words and place.words in text for place in found)
    assert "script" not in Seen(found_html(found, turn)).tags


def test_a_document_is_searched_and_its_original_saved(app: AppTest, bench: WebServices) -> None:
    app.query_params["document"] = fakes.REPORT.document
    app.run()
    box = next(box for box in app.text_input if box.label == "Search in this document")
    html = html_of(box.set_value(fakes.REPORT.quote.split()[0]).run())
    assert "<mark>" in html
    assert [b.proto.label for b in app.get("download_button")] == ["Save the original file"]


@pytest.mark.parametrize("words", ["(", "a{9999}", "\\"])
def test_marks_of_a_pattern_do_no_harm(words: str) -> None:
    assert places([Page(1, "a(b")], words) == ((Found(1, "a", "(", "b"),) if words == "(" else ())
