"""What our own controls ask for travels as one line of text, whatever it is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.web.controls import Action, read_action

WORDS = st.text(st.characters(codec="utf-8"))


@given(WORDS, st.lists(WORDS, max_size=4))
def test_an_action_is_read_back_as_it_was_written(verb: str, about: list[str]) -> None:
    action = Action(verb, tuple(about))
    assert read_action(action.line) == action


@given(st.text(st.characters(codec=None)))
def test_any_name_makes_a_line_without_markup(name: str) -> None:
    line = Action("open", (name,)).line
    assert not set(line) & set("<>\"'& \n")


@given(WORDS)
def test_any_line_is_some_action(line: str) -> None:
    read_action(line)
