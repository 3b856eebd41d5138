"""Raised marks: the mark of a note goes, an ordinal or a unit stays."""

from __future__ import annotations

import pytest

from ingest.reading.raised import begins_note, raised_text, without_cell_marks, without_marks


@pytest.mark.parametrize(
    ("before", "raised", "kept"),
    [
        ("There were 312", "4", ""),
        ("plans were late.", "12", ""),
        ("visits", "[4]", ""),
        ("visits", "4, 5", ""),
        ("visits", "*", ""),
        ("312", "a", ""),
        ("1", "st", "st"),
        ("Scrutiny Desk", "TM", "TM"),
        ("40 m", "2", "²"),
        ("40m", "2", "²"),
        ("3 km", "2", "²"),
        ("3 × 10", "6", "⁶"),
        ("in the form", "2", ""),
        ("carried in", "2", ""),
        ("", "4", "⁴ "),
        ("", "*", "* "),
    ],
)
def test_raised_text_is_a_mark_an_ordinal_or_a_power(before: str, raised: str, kept: str) -> None:
    assert raised_text(before, raised) == kept


def test_a_fraction_is_no_mark() -> None:
    assert raised_text("3", "1", "/2") == "1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("312⁴ visits.⁵ And 40 m² of it.", "312 visits. And 40 m² of it."),
        ("⁴ Provisional. ⁵ Revised.", "⁴ Provisional. ⁵ Revised."),
        ("Jane Moor† spoke.", "Jane Moor spoke."),
        ("3 × 10⁶", "3 × 10⁶"),
        ("312* visits", "312* visits"),
    ],
)
def test_raised_characters_are_marks_too(text: str, kept: str) -> None:
    assert without_marks(text) == kept


def test_an_asterisk_at_the_end_of_a_cell_is_a_mark_and_one_alone_a_value() -> None:
    assert [without_cell_marks(cell) for cell in ("312*", "71%**", "*")] == ["312", "71%", "*"]


@pytest.mark.parametrize(
    ("text", "is_note"),
    [("⁴ Provisional.", True), ("* Provisional.", False), ("4 homes", False), ("⁴", False)],
)
def test_a_note_begins_with_its_mark(text: str, is_note: bool) -> None:
    assert begins_note(text) is is_note


def test_an_asterisk_begins_a_note_where_it_is_no_bullet() -> None:
    assert begins_note("* Provisional.", starred=True)
