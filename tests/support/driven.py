"""Hands for driving a page without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.web
from ui.web.controls import Action
from ui.web.session import identity, state
from ui.web.session.services import WebServices

APP = Path(ui.web.__file__).with_name("server").resolve() / "app.py"
Opened = Callable[[Callable[[], WebServices]], AppTest]


def whole() -> AppTest:
    """The whole application, at its first page."""
    return AppTest.from_file(str(APP), default_timeout=20)


def alone(name: str) -> Callable[[], AppTest]:
    """A page alone: the frame's navigation is not to be driven from a test."""
    script = f"from ui.web.pages import {name} as page\npage.show()\n"
    return lambda: AppTest.from_string(script, default_timeout=30)


@contextmanager
def opening(monkeypatch: pytest.MonkeyPatch, page: Callable[[], AppTest]) -> Iterator[Opened]:
    """Opens a page over a bench of the test's own."""

    def open_page(opener: Callable[[], WebServices]) -> AppTest:
        monkeypatch.setattr(state, "opener", opener)
        return page().run()

    state.shared_services.clear()
    monkeypatch.setattr(identity, "listening_at", lambda: "127.0.0.1")
    yield open_page
    state.shared_services.clear()


def html_of(app: AppTest) -> str:
    """Every piece of HTML on the page."""
    assert not app.exception
    return "\n".join(str(piece.proto.body) for piece in app.get("html"))


def ask(app: AppTest, question: str) -> str:
    """The page's HTML right after a question was asked."""
    return html_of(app.chat_input[0].set_value(question).run())


def choose(app: AppTest, verb: str, *about: str) -> str:
    """The page's HTML after one of its own controls was chosen."""
    app.session_state["chosen control"] = Action(verb, about).line
    return html_of(app.run())


def press(app: AppTest, label: str) -> str:
    """The page's HTML after a button of that label was pressed."""
    return html_of(next(each for each in app.button if each.label == label).click().run())
