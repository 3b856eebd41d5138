"""Things told apart by a number alone are told apart."""

from __future__ import annotations

import pytest

from rag.text.labels import labels, names_another

ASKED = "How many complaints were there in ward 43?"


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("There were 160 complaints in ward 60.", True),
        ("There were 143 complaints in ward 43.", False),
        ("Ward 43 had more complaints than ward 60.", False),
        ("There were 143 complaints.", False),
    ],
)
def test_a_sentence_of_another_ward_is_known(text: str, another: bool) -> None:
    assert names_another(ASKED, text) is another


@pytest.mark.parametrize(
    "text", ["In March 2024 it rose.", "By May 12 it was done.", "within 45 days", "about 12.5%"]
)
def test_dates_amounts_and_years_are_no_labels(text: str) -> None:
    assert labels(text) == {}
