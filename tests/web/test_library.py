"""The Library page in each of its states, driven without a browser, over a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fakes
import pytest
from driven import Opened, choose, html_of, press
from fakes import HOSTILE, PLAN, REPORT
from invented import source
from library_app import RUNNING, FakeJobs, library_page, told
from shared_data import put
from streamlit.testing.v1 import AppTest

from ingest.events import IngestOutcome, IngestTotals, Status
from ingest.sources.upload import Upload
from rag.saved.visits import Visits
from rag.types import Description, Kind
from ui.web.jobs.background import JobView
from ui.web.jobs.ingest_job import FileLine, FileState, IngestState
from ui.web.session import state
from ui.web.session.services import WebServices

page = library_page

# ---------------------------------------------------------------- the table


def test_the_table_shows_everything_held(app: AppTest) -> None:
    html = html_of(app)
    assert "3 documents" in html
    assert REPORT.title.replace("'", "&#x27;") in html
    assert REPORT.document in html
    assert "1 inspection report, 1 council document and 1 press report" in html


def test_an_empty_library_says_how_to_begin_and_offers_the_form(
    opened: Opened, tmp_path: Path
) -> None:
    app = opened(lambda: fakes.bench(tmp_path / "empty", empty=True))
    assert "The library is empty. Begin by adding" in html_of(app)
    assert app.expander[0].proto.expanded
    assert "<table" not in html_of(app)
    assert not app.selectbox


def test_a_search_narrows_the_table_and_everything_can_be_shown_again(app: AppTest) -> None:
    html = html_of(app.text_input[0].set_value("improvement").run())
    assert "1 document found among 3" in html
    assert REPORT.document not in html
    assert "3 documents" in choose(app, "show-all")
    assert app.text_input[0].value == ""


def test_kind_and_council_filter_the_table(app: AppTest) -> None:
    kind, council = app.selectbox
    assert list(council.options) == ["Every council", "Fallowmere"]
    html = html_of(kind.select(Kind.COUNCIL_DOCUMENT).run())
    assert PLAN.document in html
    assert REPORT.document not in html


def test_what_needs_checking_is_counted_and_shown_alone_with_the_reason(
    app: AppTest, bench: WebServices
) -> None:
    assert not app.checkbox
    put(bench.library, "doubtful.pdf", "About a council.")
    bench.library.describe(
        "doubtful.pdf", Description("Doubtful", unsure=frozenset(("publisher",)))
    )
    app.run()
    assert app.checkbox[0].label == "Needs checking (1)"
    html = html_of(app.checkbox[0].check().run())
    assert "1 document found among 4" in html
    assert '<span class="meta doubts">Who published it was not found.</span>' in html
    assert "4 documents" in choose(app, "show-all")
    assert not app.checkbox[0].value


def test_a_council_that_is_held_no_longer_filters_nothing(app: AppTest, bench: WebServices) -> None:
    put(bench.library, "lone.pdf", "About a council.")
    bench.library.describe("lone.pdf", Description("Lone", councils=("Thornbeck",)))
    app.run()
    html = html_of(app.selectbox[1].select("Thornbeck").run())
    assert "1 document found" in html
    bench.library.remove("lone.pdf")
    assert "3 documents" in html_of(app.run())


def test_a_head_sorts_and_sorts_the_other_way_round(app: AppTest) -> None:
    assert 'class="date" aria-sort="descending"' in html_of(app)
    assert 'class="date" aria-sort="ascending"' in choose(app, "sort", "date")
    assert 'class="date" aria-sort="descending"' in choose(app, "sort", "date")
    assert told(app)[-1] == {"how": "back", "id": ""}


@pytest.mark.parametrize("action", [("sort", "nonsense"), ("part", "x"), ("text-page", "a", "-1")])
def test_what_no_control_of_ours_asks_for_is_passed_over(
    app: AppTest, action: tuple[str, ...]
) -> None:
    assert "3 documents" in choose(app, *action)


# ---------------------------------------------------------------- adding


def test_files_are_handed_to_a_job_by_their_own_names(app: AppTest, jobs: FakeJobs) -> None:
    app.file_uploader[0].set_value([("../a <b>.pdf", b"%PDF-", "application/pdf")])
    press(app, "Add these files")
    assert jobs.given == [((Upload("../a <b>.pdf", b"%PDF-"),), False)]
    assert {"how": "focus", "id": "job-title"} in told(app)


def test_files_are_added_though_the_job_before_ends_while_the_page_is_drawn(
    app: AppTest, jobs: FakeJobs
) -> None:
    jobs.ends_soon = True
    app.file_uploader[0].set_value([("next.txt", b"x", "text/plain")])
    press(app, "Add these files")
    assert jobs.given == [((Upload("next.txt", b"x"),), False)]


def test_no_file_chosen_is_a_sentence(app: AppTest, jobs: FakeJobs) -> None:
    assert "No file is chosen, or it is still on its way." in press(app, "Add these files")
    assert not jobs.given


def test_too_many_files_are_a_sentence(app: AppTest, jobs: FakeJobs) -> None:
    app.file_uploader[0].set_value([(f"{n}.txt", b"x", "text/plain") for n in range(51)])
    assert "These are 51 files. Add at most 50 at once." in press(app, "Add these files")
    assert not jobs.given


def test_the_limits_stand_beside_the_form(app: AppTest, bench: WebServices) -> None:
    html = html_of(app)
    assert f"Up to 50 files at once, each of up to {bench.settings.max_file_mb} MB" in html


def test_addresses_are_handed_to_a_job(app: AppTest, jobs: FakeJobs) -> None:
    app.text_area[0].set_value("https://example.org/a\n\nhttps://example.org/b")
    press(app, "Add these pages")
    assert jobs.given == [(("https://example.org/a", "https://example.org/b"), False)]
    assert app.text_area[0].value == ""


def test_a_line_that_is_no_address_does_not_keep_out_the_others(
    app: AppTest, jobs: FakeJobs
) -> None:
    app.text_area[0].set_value("https://example.org/a\nexample.org")
    html = press(app, "Add these pages")
    assert jobs.given == [(("https://example.org/a",), False)]
    assert "“example.org” is not a web address" in html
    assert "The others are being added." in html
    assert app.text_area[0].value == "example.org"


def test_what_is_no_web_address_is_a_sentence_and_stays_to_be_corrected(
    app: AppTest, jobs: FakeJobs
) -> None:
    app.text_area[0].set_value(HOSTILE)
    html = press(app, "Add these pages")
    assert "is not a web address" in html
    assert "<img" not in html
    assert app.text_area[0].value == HOSTILE
    assert not jobs.given


def test_what_cannot_be_begun_is_a_sentence(app: AppTest, jobs: FakeJobs) -> None:
    jobs.refuses = "Much is waiting to be added"
    app.text_area[0].set_value("https://example.org/a")
    assert "Much is waiting to be added" in press(app, "Add these pages")


# ---------------------------------------------------------------- a job


def test_a_job_is_seen_by_everyone_and_can_be_stopped(
    opened: Opened, bench: WebServices, jobs: FakeJobs
) -> None:
    jobs.now = RUNNING
    for app in (opened(lambda: bench), opened(lambda: bench)):
        html = html_of(app)
        assert "0 of 2 documents done." in html
        assert "new.pdf" in html
    choose(app, "stop-job")
    assert jobs.stopped


def test_the_summary_stays_until_it_is_closed(app: AppTest, jobs: FakeJobs) -> None:
    done = IngestOutcome(REPORT.document, Status.REPLACED, "", 3, 2)
    line = FileLine(done.document, FileState.DONE, done)
    totals = IngestTotals({Status.REPLACED: 1})
    jobs.now = JobView(IngestState((line,), 1, 1, totals), running=False)
    for html in (html_of(app.run()), html_of(app.run())):
        assert "Done: 1 was replaced." in html
    assert "Done:" not in choose(app, "dismiss-job")
    assert jobs.now is None


def test_a_document_is_removed_while_others_are_added(
    app: AppTest, bench: WebServices, jobs: FakeJobs
) -> None:
    jobs.now = RUNNING
    choose(app, "remove", REPORT.document)
    assert [document.name for document in bench.library.aside()] == [REPORT.document]


# ---------------------------------------------------------------- refused and removed


def test_refused_documents_are_taken_off_the_list(app: AppTest, bench: WebServices) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        bench.library.note_refused(name, "It is empty. Download it again.")
    assert "Could not be added (3)" in html_of(app.run())
    assert "Could not be added (2)" in choose(app, "dismiss-refused", "a.pdf")
    assert "Could not be added" not in choose(app, "dismiss-all-refused")
    assert not bench.library.refused()


def test_a_document_is_removed_and_put_back(app: AppTest, bench: WebServices) -> None:
    choose(app, "document", REPORT.document)
    html = choose(app, "remove", REPORT.document)
    assert "Removed “Inspection of Fallowmere" in html
    assert "2 documents" in html
    assert "Removed documents (1)" in html
    assert "document" not in app.query_params
    html = choose(app, "put-back", REPORT.document)
    assert "is in the library again." in html
    assert "3 documents" in html
    assert "Removed documents" not in html
    assert bench.library.entry(REPORT.document)


def test_a_removed_document_is_deleted_only_when_asked_twice(
    app: AppTest, bench: WebServices
) -> None:
    bench.library.set_aside(REPORT.document)
    assert "Delete it for good?" in choose(app, "discard", REPORT.document)
    assert "Delete it for good?" not in choose(app, "discard-not")
    assert bench.library.aside()
    choose(app, "discard", REPORT.document)
    assert "was deleted for good." in choose(app, "discard-certainly", REPORT.document)
    assert not bench.library.aside()


def test_what_cannot_be_put_back_is_a_sentence(app: AppTest, bench: WebServices) -> None:
    bench.library.set_aside(REPORT.document)
    put(bench.library, REPORT.document, "Another file of that name.")
    html = choose(app, "put-back", REPORT.document)
    assert "There is a problem:" in html
    assert bench.library.aside()


# ---------------------------------------------------------------- hostile words and failures


def test_hostile_words_reach_the_page_only_as_escaped_text(
    app: AppTest, bench: WebServices
) -> None:
    put(bench.library, HOSTILE, HOSTILE)
    about = source(HOSTILE, HOSTILE, title=HOSTILE, publisher=HOSTILE).description
    bench.library.describe(HOSTILE, replace(about, guessed=frozenset({"title"})))
    bench.library.note_refused(f"x{HOSTILE}", HOSTILE)
    table = html_of(app.run())
    page = choose(app, "document", HOSTILE)
    removed = choose(app, "remove", HOSTILE)
    for html in (table, page, removed):
        assert "&lt;img src=x" in html
        assert "<img" not in html
        assert not app.markdown
        assert not app.error
    labels = [widget.label for widget in (*app.text_input, *app.selectbox)]
    assert not any("img" in label for label in labels)


def test_a_library_that_cannot_be_opened_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state.shared_services.clear()
    monkeypatch.setattr(state, "opener", fakes.broken_bench)
    html = html_of(library_page().run())
    assert "The library was made with another model." in html
    assert "<table" not in html


def test_what_came_since_the_last_visit_is_shown_and_opens(
    opened: Opened, bench: WebServices
) -> None:
    before = datetime.now(UTC) - timedelta(hours=2)
    Visits(bench.settings.library, now=lambda: before).begin()
    app = opened(lambda: bench)
    assert "New since your last visit: 3 documents" in html_of(app)
    assert 'id="document-title"' in choose(app, "document", PLAN.document)


def test_at_the_first_visit_nothing_is_new(app: AppTest) -> None:
    assert "New since" not in html_of(app)
