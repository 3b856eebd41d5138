"""A document's page in each of its states, driven without a browser, over a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from driven import choose, html_of, press
from fakes import HOSTILE, PLAN, REPORT
from library_app import RUNNING, FakeJobs, field, library_page
from shared_data import put
from streamlit.testing.v1 import AppTest

from ingest.sources.upload import StoredUpload
from rag.question.filters import Filters
from rag.types import Kind
from ui.web.session.services import WebServices

page = library_page

# ---------------------------------------------------------------- a document's page


def test_a_document_is_opened_from_its_title_and_named_in_the_address(app: AppTest) -> None:
    html = choose(app, "document", REPORT.document)
    assert app.query_params["document"] == REPORT.document
    assert "Text, page 1 of 5" in html
    assert "Caseloads are too high" in html
    assert "<table" not in html
    assert "3 documents" in choose(app, "library")


def test_an_address_finds_a_document_and_its_page_after_a_reload(app: AppTest) -> None:
    app.query_params["document"] = REPORT.document
    app.query_params["page"] = "4"
    assert "Text, page 4 of 5" in html_of(app.run())


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "", "٣"])
def test_a_page_that_there_is_not_is_the_nearest(app: AppTest, page: str) -> None:
    app.query_params["document"] = REPORT.document
    app.query_params["page"] = page
    assert "Text, page 1 of 5" in html_of(app.run())


def test_pages_are_turned(app: AppTest) -> None:
    choose(app, "document", REPORT.document)
    assert "Text, page 2 of 5" in choose(app, "text-page", REPORT.document, "2")
    assert app.query_params["page"] == "2"


def test_a_document_that_is_not_held_is_a_sentence(app: AppTest, bench: WebServices) -> None:
    app.query_params["document"] = HOSTILE
    html = html_of(app.run())
    assert "is not in the library." in html
    assert "<img" not in html
    bench.library.set_aside(REPORT.document)
    app.query_params["document"] = REPORT.document
    assert "was removed, and can be put back." in html_of(app.run())
    assert "Text, page 1 of 5" in choose(app, "put-back", REPORT.document)


def test_documents_that_it_nearly_repeats_can_be_opened(app: AppTest, bench: WebServices) -> None:
    words = " ".join(f"word{n}" for n in range(80))
    put(bench.library, "one.txt", words)
    put(bench.library, "two.txt", f"{words} more")
    with bench.library.writing():
        bench.library.relate()
    html = choose(app, "document", "one.txt")
    assert "Nearly the same text stands in" in html
    assert 'data-act="document:two.txt"' in html


def test_asking_about_a_document_searches_it_alone(app: AppTest, bench: WebServices) -> None:
    app.session_state["filters"] = Filters(kinds=frozenset({Kind.NEWS}))
    app.session_state["conversation"] = "an older one"
    html = choose(app, "ask-about", PLAN.document)
    assert f"Ask: ['{PLAN.document}']" in html
    assert app.session_state["filters"] == Filters(documents=frozenset({PLAN.document}))
    assert app.session_state["conversation"] is None


def test_a_document_is_read_again_from_its_kept_file(app: AppTest, jobs: FakeJobs) -> None:
    choose(app, "read-again", REPORT.document)
    ((kept,), again) = jobs.given[0]
    assert isinstance(kept, StoredUpload)
    assert (kept.name, again) == (REPORT.document, True)


def test_a_document_without_its_file_is_not_read_again(app: AppTest, jobs: FakeJobs) -> None:
    assert "The library has not kept its file." in choose(app, "read-again", PLAN.document)
    assert not jobs.given


# ---------------------------------------------------------------- its description


def test_a_description_is_put_right_and_what_was_changed_is_noted(
    app: AppTest, bench: WebServices
) -> None:
    choose(app, "document", REPORT.document)
    field(app, "Title").set_value("A better title")
    field(app, "Date published").set_value("5 March 2024")
    html = press(app, "Save the description")
    assert "The description is saved." in html
    assert "A better title</h2>" in html
    about = bench.library.entry(REPORT.document).document.description
    assert (about.title, about.published) == ("A better title", date(2024, 3, 5))
    assert about.edited == {"title", "published"}


def test_values_found_by_rule_are_marked_until_they_are_checked(
    app: AppTest, bench: WebServices
) -> None:
    about = bench.library.entry(REPORT.document).document.description
    bench.library.describe(REPORT.document, replace(about, guessed=frozenset({"title"})))
    html = choose(app, "document", REPORT.document)
    assert "Title was read by the program and has not been checked" in html
    assert field(app, "Title").label == "Title (read by the program, not checked)"
    html = choose(app, "checked", REPORT.document)
    assert "read by the program" not in html
    assert field(app, "Title").label == "Title"
    assert bench.library.entry(REPORT.document).document.description.edited == {"title"}


def test_a_date_that_cannot_be_read_is_a_sentence_and_nothing_is_saved(
    app: AppTest, bench: WebServices
) -> None:
    choose(app, "document", REPORT.document)
    field(app, "Title").set_value("Another title")
    field(app, "Last day").set_value(HOSTILE)
    html = press(app, "Save the description")
    assert "is not a date that can be read. Write it as 4 March 2024" in html
    assert "<img" not in html
    assert field(app, "Title").value == "Another title"
    assert bench.library.entry(REPORT.document).document.description.title == REPORT.title


def test_saving_what_was_not_changed_says_so(app: AppTest, bench: WebServices) -> None:
    choose(app, "document", REPORT.document)
    assert "Nothing was changed." in press(app, "Save the description")
    assert not bench.library.entry(REPORT.document).document.description.edited


def test_a_description_is_saved_while_documents_are_added(
    app: AppTest, bench: WebServices, jobs: FakeJobs
) -> None:
    choose(app, "document", REPORT.document)
    jobs.now = RUNNING
    field(app, "Title").set_value("Another title")
    assert "The description is saved." in press(app, "Save the description")
