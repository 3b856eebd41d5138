"""The one analyser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.tokens import content_terms, squash, terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Children's services", ["children", "servic"]),
        ("the council\u2019s plans", ["the", "council", "plan"]),
        ("\u00a31,500 of 24.5% in 2019/20", ["\u00a31500", "of", "24.5%", "in", "2019", "20"]),
        ("\u00a31.5m overspend", ["\u00a31.5m", "overspend"]),
        ("12months or 5km", ["12", "month", "or", "5", "km"]),
        ("Stockton-on-Tees", ["stockton", "on", "tee"]),
        ("caf\u00e9", ["caf\u00e9"]),
    ],
)
def test_text_becomes_stems_and_figures(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_content_terms_leave_function_words_out() -> None:
    assert content_terms("What did they say about the council's plans?") == ["council", "plan"]


@given(st.text())
def test_terms_are_never_empty_and_stand_still(text: str) -> None:
    found = terms(text)
    assert all(found)
    assert all(" " not in term and '"' not in term for term in found)


@given(st.text())
def test_squashing_takes_white_space_and_nothing_else(text: str) -> None:
    assert squash(text) == "".join(char for char in text if not char.isspace())
