"""The controls that stand inside our own HTML: what was chosen comes here as an `Action`.

Streamlit's widgets take Markdown for labels, and cannot stand in a sentence. A control is therefore
a `<button data-act="...">` that a page renders, escaped, with the rest; one script passes on what
it asks for.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st

from ui.wording.translation import N_, spoken, tr

_KEY = "controls"
_PENDING = "chosen control"
_STEPS = "steps of attention"
_TOLD = "attention asked for"
_WORDS = {
    "gone": N_(
        "Scrutiny Desk is not answering. Your question is kept. This page comes back by itself."
    ),
    "toBox": N_("Go to the question box"),
    "toPage": N_("Go to the page"),
    "show": N_("Show conversations"),
    "hide": N_("Hide conversations"),
    "copied": N_("Copied"),
}
"""What the script says by itself."""
_SCRIPT = Path(__file__).with_name("controls.js").read_text(encoding="utf-8")
_mounted = st.components.v2.component("scrutiny.controls", js=_SCRIPT)


@dataclass(frozen=True, slots=True)
class Action:
    """What a control asks for: a verb and what it is about."""

    verb: str
    about: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The action as one line of text that `read_action` reads back."""
        return ":".join(quote(part, safe="", errors="replace") for part in (self.verb, *self.about))


def read_action(line: str) -> Action:
    """The action of a line that `Action.line` wrote."""
    verb, *about = line.split(":")
    return Action(unquote(verb), tuple(unquote(part) for part in about))


class Attention(StrEnum):
    """What the page should do with an element that it has just drawn."""

    TOP = "top"
    CENTRE = "centre"
    FOCUS = "focus"
    BACK = "back"
    """Put the keyboard back on the control that was chosen last."""


def chosen_action() -> Action | None:
    """What was chosen since the page was last drawn; told once."""
    line = st.session_state.pop(_PENDING, None)
    return read_action(line) if line else None


def taken(verb: str) -> bool:
    """Whether a control of the frame was chosen, which no page is told of; told once."""
    line = st.session_state.get(_PENDING)
    if not line or read_action(line).verb != verb:
        return False
    del st.session_state[_PENDING]
    return True


def chosen_page() -> str:
    """The title of the page that a link asks for; told once, "" where none was chosen."""
    line = st.session_state.get(_PENDING)
    match read_action(line) if line else None:
        case Action("visit", (title,)):
            del st.session_state[_PENDING]
            return title
    return ""


def attend(how: Attention, element: str = "") -> None:
    """Have the browser do this with an element once the page is drawn."""
    steps = st.session_state.setdefault(_STEPS, [])
    steps.append({"how": how.value, "id": element})


def listen() -> None:
    """Listen to the controls; to be called before they are drawn, so that no click is lost."""
    words = {name: tr(text) for name, text in _WORDS.items()}
    data = {"listen": True, "language": spoken(), "words": words}
    _mounted(key=_KEY, data=data, on_act_change=_note)


def come_back_here() -> None:
    """Have the browser come back to this address once its reader has logged in."""
    _mounted(key="coming back", data={"comeBack": True})


def pay_attention() -> None:
    """Do what `attend` asked for; to be called when the rest of the page has been drawn."""
    steps: Iterable[dict[str, str]] = st.session_state.pop(_STEPS, [])
    if steps:
        # A number that is never used again: attention is paid once.
        number = time.time_ns() // 1_000_000
        st.session_state[_TOLD] = {"number": number, "steps": list(steps)}
    data: dict[str, Any] = st.session_state.get(_TOLD, {})
    _mounted(key="attention", data=data)


def _note() -> None:
    st.session_state[_PENDING] = st.session_state[_KEY].act
