"""The Ask page in each of its states, driven without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from driven import Opened, ask, choose, html_of, whole
from streamlit.testing.v1 import AppTest

from rag.question.filters import Filters
from rag.saved.conversations import ConversationTurn
from rag.saved.feedback import FeedbackVerdict
from ui.web.session.services import WebServices

page = whole
EXAMPLE = "What has the press reported about Fallowmere?"
CASELOADS = "Are caseloads too high?"
NOTE = "Older: the newest inspection held is of May 2026."


def button(app: AppTest, label: str) -> AppTest:
    """The page after a button of that label was pressed."""
    return next(each for each in app.button if each.label == label).click().run()


# ---------------------------------------------------------------- before the first question


def test_the_heading_names_the_product_and_the_page(app: AppTest) -> None:
    assert re.search("<h1[^>]*>Ask the documents</h1>", html_of(app))


def test_welsh_is_spoken_where_it_is_offered_and_chosen(bench: WebServices, opened: Opened) -> None:
    offered = replace(bench, settings=replace(bench.settings, welsh=True))
    app = opened(lambda: offered)
    assert "Cymraeg (drafft)" in html_of(app)
    html = choose(app, "other-language")
    assert "Gofyn i’r dogfennau" in html
    assert 'lang="en">English' in html
    assert 'class="quoted" lang="en"' in ask(app, CASELOADS)
    assert "Ask the documents" in choose(app, "other-language")


def test_welsh_is_not_offered_where_it_is_not_switched_on(app: AppTest) -> None:
    assert "Cymraeg" not in html_of(app)
    assert "Ask the documents" in choose(app, "other-language")


def test_an_empty_library_says_how_to_fill_it_and_takes_no_question(
    opened: Opened, tmp_path: Path
) -> None:
    empty = fakes.bench(tmp_path / "empty", empty=True)
    app = opened(lambda: empty)
    assert "Add reports and articles on the Library page" in html_of(app)
    assert app.chat_input[0].disabled
    assert [button.label for button in app.button] == ["New conversation"]


def test_an_empty_chat_says_what_is_held_and_offers_questions(app: AppTest) -> None:
    assert "1 inspection report, 1 council document and 1 press report" in html_of(app)
    assert EXAMPLE in [button.label for button in app.button]


def test_choosing_an_example_asks_it(app: AppTest, bench: WebServices) -> None:
    button(app, EXAMPLE)
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.asked == [(EXAMPLE, 0)]
    assert fakes.REPORT.quote in html_of(app)
    assert EXAMPLE not in [button.label for button in app.button]


def test_a_library_that_cannot_be_opened_is_one_sentence(opened: Opened) -> None:
    app = opened(fakes.broken_bench)
    assert "The library was made with another model." in html_of(app)
    assert not app.chat_input


# ---------------------------------------------------------------- answers


def test_an_answer_tells_its_voices_apart_and_lists_its_sources(app: AppTest) -> None:
    html = ask(app, CASELOADS)
    assert html.index("Inspection findings") < html.index("Press reports")
    assert "Sources of answer 1" in html
    assert "page 5, paragraph 23" in html


def test_a_council_that_is_asked_back_for_is_a_button_that_asks_the_question_of_it(
    app: AppTest, bench: WebServices
) -> None:
    html = ask(app, "Of which are caseloads too high?")
    assert "Please choose a council" in html
    assert "Not in the documents" not in html
    assert "Ask this of Thornbeck" in html
    html = choose(app, "choose", "1", "Fallowmere")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.asked[1:] == [("Of which are caseloads too high in Fallowmere?", 0)]
    assert fakes.REPORT.quote in html
    choose(app, "choose", "1", "A council that was not offered")
    assert len(bench.desk.asked) == 2


def test_a_follow_up_is_asked_with_the_answers_so_far(app: AppTest, bench: WebServices) -> None:
    ask(app, CASELOADS)
    html = ask(app, "And in 2021?")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.asked == [(CASELOADS, 0), ("And in 2021?", 1)]
    assert "Understood as: <q>Were caseloads too high in 2021?</q>" in html
    assert 'id="question-1"' in html


def test_a_refusal_offers_the_nearest_passages_closed(app: AppTest) -> None:
    html = ask(app, "Who won the cup?")
    assert "The documents do not say who won the cup." in html
    assert '<details class="nearest"><summary>The nearest that was found (1)' in html
    assert "no answer in the documents, and so no sources" in html


def test_an_error_is_one_sentence_and_the_conversation_goes_on(app: AppTest) -> None:
    html = ask(app, "Is it locked?")
    assert "There is a problem:" in html
    assert "Another program is writing to the library." in html
    assert fakes.REPORT.quote in ask(app, CASELOADS)


@pytest.mark.parametrize("question", ["Is it hostile?", "Is it locked?", fakes.HOSTILE])
def test_hostile_words_reach_the_page_only_as_escaped_text(app: AppTest, question: str) -> None:
    html = ask(app, question)
    assert "&lt;img src=x" in html
    assert "<img" not in html
    # Markdown is never given a document's or a question's words.
    assert not app.markdown
    assert not app.error
    assert not [each for each in app.button if "img" in each.label]


def test_a_question_of_spaces_is_not_asked(app: AppTest, bench: WebServices) -> None:
    ask(app, "   ")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert not bench.desk.asked


def test_asking_again_leaves_out_a_part_of_the_scope(app: AppTest, bench: WebServices) -> None:
    ask(app, CASELOADS)
    choose(app, "without", "1", "council:Fallowmere")
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.asked[-1] == (CASELOADS, 0)
    assert bench.desk.filters[-1].without == {"council:Fallowmere"}
    choose(app, "within", "2", "council:Fallowmere")
    assert bench.desk.filters[-1].without == set()


# ---------------------------------------------------------------- sources


def test_a_pdf_opens_as_a_picture_with_the_words_marked(app: AppTest) -> None:
    ask(app, CASELOADS)
    html = choose(app, "open", "1", "1")
    assert "Sources of answer" not in html
    assert 'src="data:image/png;base64,' in html
    assert 'id="marked-words"' in html
    assert f"<mark>{fakes.REPORT.quote[:9]}" in html


def test_pages_can_be_turned_and_the_words_are_marked_only_on_theirs(app: AppTest) -> None:
    ask(app, CASELOADS)
    choose(app, "open", "1", "1")
    html = choose(app, "page", "4")
    assert "Page 4 of 5" in html
    assert 'id="marked-words"' not in html
    assert "Cited page" in html


def test_an_article_opens_as_text_with_the_words_marked(app: AppTest) -> None:
    ask(app, CASELOADS)
    html = choose(app, "open", "1", "3")
    assert f'<mark id="marked-words">{fakes.ARTICLE.quote}</mark>' in html
    assert "The council made its promise last summer." in html
    assert "<img" not in html


def test_a_page_that_cannot_be_drawn_is_shown_as_text_with_the_reason(app: AppTest) -> None:
    ask(app, CASELOADS)
    choose(app, "open", "1", "1")
    choose(app, "page", "7")
    app.session_state["opened"] = replace(app.session_state["opened"], page=5)
    assert "The page could not be drawn" not in html_of(app.run())


def test_a_source_larger_and_closed_again(app: AppTest) -> None:
    ask(app, CASELOADS)
    choose(app, "open", "1", "1")
    assert 'class="paper zoom-150"' in choose(app, "zoom", "150")
    assert "Sources of answer 1" in choose(app, "close")


def test_a_nearest_passage_opens_without_a_mark(app: AppTest) -> None:
    ask(app, "Who won the cup?")
    html = choose(app, "near", "1", "1")
    assert "The council made its promise last summer." in html
    assert "<mark" not in html


def test_a_source_removed_since_says_so_and_keeps_the_words(
    app: AppTest, bench: WebServices
) -> None:
    ask(app, CASELOADS)
    bench.library.set_aside(fakes.ARTICLE.document)
    html = choose(app, "open", "1", "3")
    assert "has been removed from the library since" in html
    assert f"<mark>{fakes.ARTICLE.quote}</mark>" in html


def test_a_source_replaced_since_says_so_in_the_list_too(app: AppTest, bench: WebServices) -> None:
    ask(app, CASELOADS)
    fakes.hold(bench.library, replace(fakes.PLAN, sha256="9" * 64))
    assert "has been replaced by a newer file since" in html_of(app.run())


def test_a_report_that_a_newer_one_follows_is_told_to_be_older_by_its_words_and_where_copied(
    app: AppTest, bench: WebServices
) -> None:
    assert NOTE not in ask(app, CASELOADS)
    fakes.hold(bench.library, fakes.NEWER_REPORT)
    html = html_of(app.run())
    assert f'<strong class="older">{NOTE}</strong>' in html
    assert re.search(rf'data-copy="[^"]*page 5, paragraph 23\. {NOTE}', html)
    assert NOTE in choose(app, "open", "1", "1")


# ---------------------------------------------------------------- conversations


def test_a_conversation_is_named_by_its_first_question_and_found_again(
    app: AppTest, opened: Opened, bench: WebServices
) -> None:
    ask(app, CASELOADS)
    (line,) = bench.conversations.listed()
    assert line.name == CASELOADS
    other = opened(lambda: bench)
    html = choose(other, "conversation", line.id)
    assert fakes.REPORT.quote in html
    assert app.query_params["conversation"] == line.id


def test_the_address_alone_brings_a_conversation_back(app: AppTest, bench: WebServices) -> None:
    kept = bench.conversations.begin("Kept")
    bench.conversations.add(kept.id, ConversationTurn(CASELOADS, fakes.answer()))
    app.query_params["conversation"] = kept.id
    assert fakes.REPORT.quote in html_of(app.run())


def test_an_address_of_a_conversation_that_is_gone_begins_anew(app: AppTest) -> None:
    app.query_params["conversation"] = "gone"
    html = html_of(app.run())
    assert "question-1" not in html
    assert EXAMPLE in [button.label for button in app.button]


def test_a_new_conversation_leaves_the_old_one_in_the_list(app: AppTest) -> None:
    ask(app, CASELOADS)
    button(app, "New conversation")
    html = html_of(app)
    assert "question-1" not in html
    assert CASELOADS in html


def test_a_deleted_conversation_can_be_brought_back(app: AppTest, bench: WebServices) -> None:
    ask(app, CASELOADS)
    (line,) = bench.conversations.listed()
    assert "Deleted" in choose(app, "delete", line.id)
    assert not bench.conversations.listed()
    assert fakes.REPORT.quote in choose(app, "restore", line.id)


def test_a_conversation_takes_another_name(app: AppTest, bench: WebServices) -> None:
    ask(app, CASELOADS)
    (line,) = bench.conversations.listed()
    choose(app, "rename", line.id)
    name = next(each for each in app.text_input if each.label == "Name")
    name.set_value("For Thursday")
    button(app, "Keep this name")
    assert [each.name for each in bench.conversations.listed()] == ["For Thursday"]


def test_conversations_are_searched_by_their_words(app: AppTest) -> None:
    ask(app, CASELOADS)
    sought = next(each for each in app.text_input if each.label == "Search conversations")
    assert "No conversation has these words." in html_of(sought.set_value("swimming").run())
    assert 'data-act="conversation:' in html_of(sought.set_value("caseloads").run())


# ---------------------------------------------------------------- filters and feedback


def test_a_filter_is_asked_with_seen_and_undone(app: AppTest, bench: WebServices) -> None:
    kinds = next(each for each in app.multiselect if each.label == "Kinds of source")
    html = html_of(kinds.select("Press reports").run())
    assert "Searching only" in html
    assert 'data-act="unfilter:kind:news"' in html
    ask(app, CASELOADS)
    assert isinstance(bench.desk, fakes.FakeDesk)
    assert bench.desk.filters[-1].kinds == {"news"}
    assert "Searching only" not in choose(app, "unfilter", "kind", "news")
    ask(app, "Are they still?")
    assert bench.desk.filters[-1] == Filters()


def test_what_a_reader_says_of_an_answer_is_kept_changed_and_taken_back(
    app: AppTest, bench: WebServices
) -> None:
    ask(app, CASELOADS)
    html = choose(app, "judge", "1", "wrong")
    assert 'aria-pressed="true" id="judge-1-wrong"' in html or "wrong" in html
    note = next(each for each in app.text_area)
    note.set_value("It was 2021.")
    button(app, "Keep this note")
    (said,) = bench.feedback.all()
    assert (said.judged, said.note) == (FeedbackVerdict.WRONG, "It was 2021.")
    choose(app, "judge", "1", "wrong_source")
    (said,) = bench.feedback.all()
    assert (said.judged, said.note) == (FeedbackVerdict.WRONG_SOURCE, "It was 2021.")
    choose(app, "judge", "1", "wrong_source")
    assert not bench.feedback.all()


@pytest.mark.parametrize(
    "line", ["open:9:9", "open:x:1", "judge:1:perfect", "page:2", "nothing", "", "delete:gone"]
)
def test_a_control_that_makes_no_sense_does_nothing(app: AppTest, line: str) -> None:
    ask(app, CASELOADS)
    app.session_state["chosen control"] = line
    assert fakes.REPORT.quote in html_of(app.run())


def test_the_bench_is_opened_once_for_everyone(opened: Opened, tmp_path: Path) -> None:
    benches: list[WebServices] = []

    def opener() -> WebServices:
        benches.append(fakes.bench(tmp_path / str(len(benches))))
        return benches[-1]

    opened(opener)
    opened(opener)
    assert len(benches) == 1
