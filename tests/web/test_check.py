"""The Check page in each of its states, driven without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import fakes
import pytest
from driven import Opened, alone, choose, html_of
from streamlit.testing.v1 import AppTest

from rag.claims.splitting import LONGEST
from ui.web.session.services import WebServices

page = alone("check")
SPEECH = "Caseloads are too high. The council promised 42 posts. Who won the cup? It won the cup."
NOTE = "Older: the newest inspection held is of May 2026."


def check(app: AppTest, text: str) -> str:
    """The page's HTML after a text was checked."""
    app.text_area[0].set_value(text)
    return html_of(next(b for b in app.button if b.label == "Check the claims").click().run())


# ---------------------------------------------------------------- before the first check


def test_the_page_says_what_it_does_and_what_is_held(app: AppTest) -> None:
    html = html_of(app)
    assert "Each claim in it is held against the documents" in html
    assert "1 inspection report, 1 council document and 1 press report" in html
    assert "Checks are kept here until you delete them" in html
    assert app.text_area[0].proto.max_chars == LONGEST


def test_an_empty_library_says_how_to_fill_it_and_checks_nothing(
    opened: Opened, tmp_path: Path
) -> None:
    empty = fakes.bench(tmp_path / "empty", empty=True)
    app = opened(lambda: empty)
    assert "Add reports and articles on the Library page" in html_of(app)
    assert next(b for b in app.button if b.label == "Check the claims").disabled


def test_a_library_that_cannot_be_opened_is_one_sentence(opened: Opened) -> None:
    app = opened(fakes.broken_bench)
    assert "The library was made with another model." in html_of(app)
    assert not app.text_area


# ---------------------------------------------------------------- a check


def test_each_claim_of_a_speech_has_its_verdict(app: AppTest, bench: WebServices) -> None:
    html = check(app, SPEECH)
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.checked == [SPEECH]
    counts = "1 supported, 1 contradicted and 1 not found; 1 other sentence not checkable"
    assert f"3 claims: {counts}</h2>" in html
    for number, ruled in enumerate(("Supported", "Contradicted", "Not found"), 1):
        name = f"Claim {number}" if number < 3 else "Claim 4"
        assert f'aria-label="{name}: {ruled}"' in html
    assert 'aria-label="Sentence 3: Not checkable"' in html
    assert '<details class="nearest"><summary>The nearest that was found (1)' in html


def test_a_report_that_a_newer_one_follows_is_told_to_be_older_by_its_words_and_where_copied(
    app: AppTest, bench: WebServices
) -> None:
    assert NOTE not in check(app, SPEECH)
    fakes.hold(bench.library, fakes.NEWER_REPORT)
    html = html_of(app.run())
    assert f'<strong class="older">{NOTE}</strong>' in html
    assert re.search(rf'data-copy="[^"]*page 5, paragraph 23\. {NOTE}', html)


def test_a_text_of_spaces_is_not_checked(app: AppTest, bench: WebServices) -> None:
    check(app, "   ")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert not bench.desk.checked


def test_a_text_without_a_word_has_nothing_to_check(app: AppTest) -> None:
    assert "There is nothing to check in this text." in check(app, "...")


def test_an_error_is_one_sentence_and_the_next_check_goes_on(app: AppTest) -> None:
    html = check(app, "The door is locked.")
    assert "There is a problem:" in html
    assert "Another program is writing to the library." in html
    assert fakes.REPORT.quote[9:] in check(app, "Caseloads are too high.")


def test_hostile_words_reach_the_page_only_as_escaped_text(app: AppTest) -> None:
    html = check(app, f"The hostile claim is {fakes.HOSTILE}.")
    assert "&lt;img src=x" in html
    assert "<img" not in html
    # Markdown is never given a document's or a reader's words.
    assert not app.markdown
    assert not app.error
    assert not [each for each in app.button if "img" in each.label]


def test_a_filter_is_checked_with_seen_and_undone(app: AppTest, bench: WebServices) -> None:
    kinds = next(each for each in app.multiselect if each.label == "Kinds of source")
    assert "Searching only" in html_of(kinds.select("Press reports").run())
    check(app, "Caseloads are too high.")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.filters[-1].kinds == {"news"}
    assert "Searching only" not in choose(app, "unfilter", "kind", "news")


# ---------------------------------------------------------------- sources


def test_a_chip_opens_its_source_and_the_words_are_marked(app: AppTest) -> None:
    check(app, SPEECH)
    html = choose(app, "open", "1", "1")
    assert 'src="data:image/png;base64,' in html
    assert 'id="marked-words"' in html
    assert "This check" not in html
    assert "Page 4 of 5" in choose(app, "page", "4")
    assert 'class="paper zoom-150"' in choose(app, "zoom", "150")
    assert "This check" in choose(app, "close")


def test_the_source_of_another_claim_is_another(app: AppTest) -> None:
    check(app, SPEECH)
    assert fakes.PLAN.title in choose(app, "open", "2", "1")
    assert f'<mark id="marked-words">{fakes.ARTICLE.quote}</mark>' in choose(app, "open", "2", "2")


def test_a_nearest_passage_opens_without_a_mark(app: AppTest) -> None:
    check(app, SPEECH)
    html = choose(app, "near", "4", "1")
    assert "The council made its promise last summer." in html
    assert 'id="marked-words"' not in html


@pytest.mark.parametrize(
    "line", ["open:9:9", "open:x:1", "open:3:1", "check:9", "check:x", "page:2", "nothing", ""]
)
def test_a_control_that_makes_no_sense_does_nothing(app: AppTest, line: str) -> None:
    check(app, SPEECH)
    app.session_state["chosen control"] = line
    html_of(app.run())


# ---------------------------------------------------------------- the checks kept


def test_an_earlier_check_is_found_again_in_another_visit(
    app: AppTest, bench: WebServices, opened: Opened
) -> None:
    check(app, SPEECH)
    check(app, "Caseloads are too high.")
    first = bench.checks.listed()[1].id
    later = page().run()
    assert "Checks kept" in html_of(later)
    html = choose(later, "check", first)
    assert 'aria-label="Claim 2: Contradicted"' in html
    assert later.text_area[0].value == SPEECH
    assert later.query_params["check"] == first


def test_the_address_leads_back_to_a_check(app: AppTest, bench: WebServices) -> None:
    check(app, SPEECH)
    later = page()
    later.query_params["check"] = bench.checks.listed()[0].id
    assert 'aria-label="Claim 2: Contradicted"' in html_of(later.run())


def test_a_check_is_deleted_and_brought_back(app: AppTest, bench: WebServices) -> None:
    check(app, SPEECH)
    (kept,) = bench.checks.listed()
    html = choose(app, "delete-check", kept.id)
    assert "The check was deleted." in html
    assert "Claim 2" not in html
    assert bench.checks.listed() == ()
    assert "Claim 2" in choose(app, "restore-check", kept.id)
    assert "Claim 2" not in choose(app, "new-check")


def test_a_check_that_was_deleted_in_another_window_says_so(
    app: AppTest, bench: WebServices
) -> None:
    check(app, SPEECH)
    bench.checks.delete(bench.checks.listed()[0].id)
    assert "deleted in another window" in html_of(app.run())
    assert "deleted in another window" not in html_of(app.run())


def test_many_checks_are_searched(app: AppTest, bench: WebServices) -> None:
    for number in range(9):
        bench.checks.keep(f"Claim of number {number}.")
    app.run()
    box = next(each for each in app.text_input if each.label == "Search checks")
    assert ">Claim of number 7.<" in html_of(box.set_value("number 7").run())
    assert ">Claim of number 8.<" not in html_of(app)


def test_what_is_open_beside_a_check_is_not_open_beside_a_conversation(app: AppTest) -> None:
    check(app, SPEECH)
    choose(app, "open", "1", "1")
    assert "opened of a check" in app.session_state
    assert "opened" not in app.session_state


def test_a_check_is_downloaded_as_text(app: AppTest) -> None:
    check(app, SPEECH)
    (button,) = app.get("download_button")
    assert button.proto.label == "Download as text"
