"""The Ask page where a language model writes: the real desk, and a model that a test scripts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fakes
import pytest
from driven import Opened, choose, html_of, whole
from scripted import NAME, SECONDS, ScriptedModel, written_bench
from streamlit.testing.v1 import AppTest

from rag.errors import ModelError, ModelUnavailable
from rag.library.library import Library
from rag.types import Answer
from ui.web.session import services as services_module
from ui.web.session import state
from ui.web.session.services import WebServices
from ui.wording.attribution_note import MODELS_WORDS, QUOTED, WAITING

page = whole
CASELOADS = "What did inspectors say about caseloads in Fallowmere?"
TRUE = "In 2017 caseloads in the assessment teams were too high. [1]"
ALSO_TRUE = "Some children wait too long for a visit. [1]"
FALSE = "The council was fined £987,654 over its caseloads in 2017. [1]"
QUOTE = (
    "Caseloads are too high in the assessment teams, and some children wait too long for a visit."
)
BROKE_OFF = "The language model broke off. Ask again."


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel([TRUE, FALSE])


@pytest.fixture
def bench(tmp_path: Path, model: ScriptedModel) -> Iterator[WebServices]:
    made = written_bench(tmp_path / "library", model)
    yield made
    made.library.close()


def put(app: AppTest, question: str) -> str:
    """The page's HTML right after a question was put."""
    return html_of(app.chat_input[0].set_value(question).run())


def until(reached: Callable[[], object]) -> None:
    """Wait for what another thread does."""
    deadline = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ask(app: AppTest, bench: WebServices, question: str) -> str:
    """The page's HTML once the answer is whole."""
    put(app, question)
    until(lambda: not line(app, bench))
    return html_of(app.run())


def line(app: AppTest, bench: WebServices) -> tuple[object, ...]:
    return bench.answering.line(app.session_state["conversation"])


def answer_kept(bench: WebServices) -> Answer:
    (listed,) = bench.conversations.listed()
    answer = bench.conversations.get(listed.id).turns[-1].answer
    assert answer
    return answer


# ---------------------------------------------------------------- what is shown


def test_a_model_s_sentence_stands_with_the_words_of_the_source_and_who_speaks(
    app: AppTest, bench: WebServices
) -> None:
    html = ask(app, bench, CASELOADS)
    assert (
        '<span class="own">In 2017 caseloads in the assessment teams were too high.</span>' in html
    )
    assert f'<span>{MODELS_WORDS}</span> <q class="quoted">“{QUOTE}”</q>' in html
    assert "Inspection findings" in html
    assert "Invented Inspections, Fallowmere, inspected March 2017" in html


def test_what_the_documents_do_not_say_is_counted_and_never_shown(
    app: AppTest, bench: WebServices
) -> None:
    html = ask(app, bench, CASELOADS)
    assert "£987" not in html
    assert f"Written by {NAME}; 2 sentences were checked against the documents." in html
    assert "1 sentence was left out because the documents do not say it." in html
    assert "£987" not in str(answer_kept(bench))


def test_the_sources_of_a_written_answer_open_like_any_other(
    app: AppTest, bench: WebServices
) -> None:
    ask(app, bench, CASELOADS)
    assert f'<mark id="marked-words">{QUOTE}</mark>' in choose(app, "open", "1", "1")


def test_what_follows_a_written_sentence_in_quotes_stays_a_quotation(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    model.lines = ["At 30 September 2024, 180 children were on a child protection plan. [1]"]
    html = ask(app, bench, "How many Fallowmere children were the subject of a protection plan?")
    quote = "At 31 January 2017, 240 children were the subject of a child protection plan."
    assert f'<p><q class="quoted">“{quote}”</q>' in html
    assert html.count(MODELS_WORDS) == 1


@pytest.mark.parametrize(
    "line",
    [
        "![x](http://evil.invalid/a.png) Caseloads in the assessment teams were too high. [1]",
        "<img src=x onerror=alert(1)> Caseloads in the assessment teams were too high. [1]",
        "[Caseloads](javascript:alert(1)) in the assessment teams were too high. [1]",
    ],
)
def test_markup_of_a_model_is_never_markup(
    app: AppTest, bench: WebServices, model: ScriptedModel, line: str
) -> None:
    model.lines = [line, TRUE]
    # The links to the pages stand above the heading of the page, and are the program's own.
    html = ask(app, bench, CASELOADS).partition("</header>")[2]
    assert html
    assert not [mark for mark in ("<img", "evil.invalid", "javascript:", "<a ") if mark in html]
    assert not app.markdown


# ---------------------------------------------------------------- as it grows


def test_sentences_appear_as_they_are_checked_and_none_is_taken_back(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    first, second = threading.Event(), threading.Event()
    model.lines = [first, FALSE, TRUE, second, ALSO_TRUE]
    html = put(app, CASELOADS)
    assert 'id="question-1"' in html
    assert WAITING in html
    first.set()
    until(lambda: (told := bench.answering.line(app.session_state["conversation"])[0].answer)
          and told.statements)  # fmt: skip
    html = html_of(app.run())
    assert "caseloads in the assessment teams were too high" in html
    assert WAITING in html
    assert "£987" not in html
    assert "Was this right?" not in html
    # What is told can be opened before the rest has come, and nothing is lost by it.
    assert f'<mark id="marked-words">{QUOTE}</mark>' in choose(app, "open", "1", "1")
    second.set()
    until(lambda: not line(app, bench))
    html = html_of(app.run())
    assert "caseloads in the assessment teams were too high" in html
    assert "Some children wait too long for a visit." in html
    assert WAITING not in html
    assert "Was this right?" in html


def test_a_question_put_meanwhile_waits_for_the_one_before_it_and_follows_it(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    gate = threading.Event()
    model.lines = [gate, TRUE]
    put(app, "What was Fallowmere judged overall in 2017?")
    html = put(app, "and in 2024?")
    assert "This question is answered after the one before it." in html
    gate.set()
    until(lambda: not line(app, bench))
    html = html_of(app.run())
    assert "Understood as: <q>What was Fallowmere judged overall in 2024?</q>" in html
    assert html.index('id="question-1"') < html.index('id="question-2"')


def test_a_question_is_asked_though_the_answer_before_ends_while_the_page_is_drawn(
    app: AppTest, bench: WebServices, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    model.lines = [gate, TRUE]
    put(app, CASELOADS)
    identity = app.session_state["conversation"]
    looks = [bench.answering.line(identity)]
    gate.set()
    until(lambda: not line(app, bench))
    real = bench.answering.line
    # The page sees it in the making; looked at again, below, it has ended.
    monkeypatch.setattr(
        bench.answering, "line", lambda which: looks.pop() if looks else real(which)
    )
    put(app, "and in 2024?")
    until(lambda: not line(app, bench))
    assert len(bench.conversations.get(identity).turns) == 2


def test_another_conversation_shows_nothing_of_an_answer_in_the_making(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    gate = threading.Event()
    model.lines = [gate, TRUE]
    put(app, CASELOADS)
    identity = app.session_state["conversation"]
    next(each for each in app.button if each.label == "New conversation").click().run()
    assert WAITING not in html_of(app)
    gate.set()
    until(lambda: not bench.answering.line(identity))
    assert "were too high" in choose(app, "conversation", identity)


def test_a_conversation_deleted_meanwhile_takes_nothing_down(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    gate = threading.Event()
    model.lines = [gate, TRUE]
    put(app, CASELOADS)
    identity = app.session_state["conversation"]
    choose(app, "delete", identity)
    gate.set()
    until(lambda: not bench.answering.line(identity))
    assert "question-1" not in html_of(app.run())


# ---------------------------------------------------------------- the model fails


@pytest.mark.parametrize("before", [[], [TRUE]])
def test_a_model_that_fails_is_told_of_calmly_and_the_documents_are_quoted(
    app: AppTest, bench: WebServices, model: ScriptedModel, before: list[str | ModelError]
) -> None:
    model.lines = [*before, ModelUnavailable(BROKE_OFF)]
    html = ask(app, bench, CASELOADS)
    assert f'<p class="notice">{BROKE_OFF} What the documents say is quoted.</p>' in html
    assert QUOTE in html
    assert (f"Written by {NAME}" in html) == bool(before)
    assert (QUOTED in html) == (not before)


def test_a_model_that_says_nothing_true_leaves_the_quotes(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    model.lines = [FALSE]
    html = ask(app, bench, CASELOADS)
    assert "The language model wrote nothing that the documents say" in html
    assert f"{QUOTED} A language model was asked: 1 sentence was left out" in html
    assert "£987" not in html


def test_a_fault_of_our_own_half_way_keeps_what_was_told(
    app: AppTest, bench: WebServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bench.desk.ask(CASELOADS)

    def stream(*_: object, **__: object) -> Iterator[Answer]:
        yield whole
        raise RuntimeError("a bug")

    monkeypatch.setattr(bench.desk, "stream", stream)
    html = ask(app, bench, CASELOADS)
    assert "caseloads in the assessment teams were too high" in html
    assert "Something unexpected went wrong (RuntimeError)" in html


def test_a_refusal_asks_no_model(app: AppTest, bench: WebServices, model: ScriptedModel) -> None:
    html = ask(app, bench, "What was Wigan judged overall in 2019?")
    assert "Not in the documents" in html
    assert not model.heard


# ---------------------------------------------------------------- the switch


def test_quotes_only_asks_no_model_and_is_kept_for_the_visit(
    app: AppTest, bench: WebServices, model: ScriptedModel
) -> None:
    assert 'aria-pressed="true">Written by the model</button>' in html_of(app)
    html = choose(app, "engine", "quotes")
    assert 'id="engine-quotes" aria-pressed="true">Quotes only</button>' in html
    html = put(app, CASELOADS)
    assert QUOTED in html
    assert not model.heard
    next(each for each in app.button if each.label == "New conversation").click().run()
    assert 'id="engine-quotes" aria-pressed="true">Quotes only</button>' in html_of(app)
    choose(app, "engine", "model")
    assert f"Written by {NAME}" in ask(app, bench, CASELOADS)


def test_a_switch_to_nothing_known_changes_nothing(app: AppTest) -> None:
    assert 'id="engine-model" aria-pressed="true"' in choose(app, "engine", "magic")


def test_without_a_model_there_is_no_switch_and_answers_say_that_they_are_quoted(
    opened: Opened, tmp_path: Path
) -> None:
    without = fakes.bench(tmp_path / "without")
    app = opened(lambda: without)
    assert "engine-model" not in html_of(app)
    assert "Written by the model" not in html_of(app)
    assert QUOTED in put(app, "Are caseloads too high?")


# ---------------------------------------------------------------- settings that cannot be used


@pytest.mark.parametrize("named", ["nobody:some-model", "sk-secret-alone"])
def test_a_model_that_cannot_be_used_is_told_on_the_page_and_quotes_still_work(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    from invented import shelved
    from shared_data import WordEmbedder

    from rag import desk

    shelved(tmp_path / "library").close()
    monkeypatch.setenv("SCRUTINY_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("SCRUTINY_MODEL", named)
    monkeypatch.setattr(desk, "open_library", lambda s: Library(s.library, WordEmbedder()))
    monkeypatch.setattr(services_module, "in_background", lambda task: None)
    app = opened(state._open)
    html = html_of(app)
    assert "No language model is used: SCRUTINY_MODEL" in html
    assert "secret" not in html
    assert "engine-model" not in html
    assert QUOTED in put(app, CASELOADS)
