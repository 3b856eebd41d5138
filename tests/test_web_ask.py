"""The Ask page in each of its states, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fakes
import pytest
from streamlit.testing.v1 import AppTest

import ui.web
from ui.web import state

APP = Path(ui.web.__file__).with_name("app.py").resolve()
EXAMPLE = "What has the press reported about Fallowmere?"

Opened = Callable[[Callable[[], state.AnsweringDesk]], AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Opens the page over a desk of the test's own."""

    def open_page(opener: Callable[[], state.AnsweringDesk]) -> AppTest:
        monkeypatch.setattr(state, "opener", opener)
        return AppTest.from_file(str(APP), default_timeout=20).run()

    state.desk.clear()
    yield open_page
    state.desk.clear()


def html_of(app: AppTest) -> str:
    """Every piece of HTML on the page but the style sheet."""
    assert not app.exception
    return "\n".join(str(piece.proto.body) for piece in app.get("html"))


def ask(app: AppTest, question: str) -> str:
    """The page's HTML after `question`."""
    return html_of(app.chat_input[0].set_value(question).run())


def test_the_heading_names_the_product(opened: Opened) -> None:
    assert [title.value for title in opened(fakes.FakeDesk).title] == ["Scrutiny Desk"]


def test_an_empty_library_says_how_to_fill_it_and_takes_no_question(opened: Opened) -> None:
    app = opened(fakes.empty_desk)
    assert "scrutiny ingest FOLDER" in html_of(app)
    assert app.chat_input[0].disabled
    assert not app.button


def test_an_empty_chat_says_what_is_held_and_offers_questions(opened: Opened) -> None:
    app = opened(fakes.FakeDesk)
    assert "2 inspection reports, 1 council document and 1 press report" in html_of(app)
    assert EXAMPLE in [button.label for button in app.button]


def test_choosing_an_example_asks_it(opened: Opened) -> None:
    desk = fakes.FakeDesk()
    app = opened(lambda: desk)
    app.button(key=f"example {EXAMPLE}").click().run()
    assert desk.asked == [(EXAMPLE, 0)]
    assert fakes.REPORT.quote in html_of(app)
    assert [button.label for button in app.button] == ["Start again"]


def test_an_answer_comes_with_its_sources_and_their_quotes_marked(opened: Opened) -> None:
    html = ask(opened(fakes.FakeDesk), "Are caseloads too high?")
    assert "Inspection findings" in html
    assert "page 5, paragraph 23" in html
    assert f"<mark>{fakes.PLAN.quote}</mark>" in html


def test_a_follow_up_is_asked_with_the_answers_so_far(opened: Opened) -> None:
    desk = fakes.FakeDesk()
    app = opened(lambda: desk)
    ask(app, "Are caseloads too high?")
    html = ask(app, "And in 2021?")
    assert desk.asked == [("Are caseloads too high?", 0), ("And in 2021?", 1)]
    assert "Understood as: <q>Were caseloads too high in 2021?</q>" in html
    assert 'id="question-1"' in html


def test_only_the_newest_answer_has_its_sources_unfolded(opened: Opened) -> None:
    app = opened(fakes.FakeDesk)
    ask(app, "Are caseloads too high?")
    html = ask(app, "Are they still?")
    assert html.count('<details class="source" open>') == 3
    assert html.count('<details class="source">') == 3


def test_a_refusal_offers_the_nearest_passages(opened: Opened) -> None:
    html = ask(opened(fakes.FakeDesk), "Who won the cup?")
    assert "The documents do not say who won the cup." in html
    assert "Nearest passages (1)" in html


def test_an_error_is_one_sentence_and_the_conversation_goes_on(opened: Opened) -> None:
    app = opened(fakes.FakeDesk)
    html = ask(app, "Is it locked?")
    assert "Not done:" in html
    assert "Another program is writing to the library." in html
    assert fakes.REPORT.quote in ask(app, "Are caseloads too high?")


def test_a_library_that_cannot_be_opened_is_one_sentence(opened: Opened) -> None:
    app = opened(fakes.broken_desk)
    assert "The library was made with another model." in html_of(app)
    assert not app.chat_input


@pytest.mark.parametrize("question", ["Is it hostile?", "Is it locked?", fakes.HOSTILE])
def test_hostile_words_reach_the_page_only_as_escaped_text(opened: Opened, question: str) -> None:
    app = opened(fakes.FakeDesk)
    html = ask(app, question)
    assert "&lt;img src=x" in html
    assert "<img" not in html
    # Markdown is never given a document's words: the page has its heading and nothing else.
    assert not app.markdown
    assert not app.error


def test_a_question_of_spaces_is_not_asked(opened: Opened) -> None:
    desk = fakes.FakeDesk()
    ask(opened(lambda: desk), "   ")
    assert not desk.asked


def test_starting_again_forgets_the_conversation(opened: Opened) -> None:
    app = opened(fakes.FakeDesk)
    ask(app, "Are caseloads too high?")
    app.button[0].click().run()
    assert "question-1" not in html_of(app)
    assert EXAMPLE in [button.label for button in app.button]


def test_the_desk_is_opened_once_for_everyone(opened: Opened) -> None:
    desks: list[fakes.FakeDesk] = []

    def opener() -> fakes.FakeDesk:
        desks.append(fakes.FakeDesk())
        return desks[-1]

    opened(opener)
    opened(opener)
    assert len(desks) == 1
