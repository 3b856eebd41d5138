"""Of a sentence that tells of several in turn, a claim is held against the share that it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.comparators import numbers
from rag.claims.shared_sentences import share_meant
from rag.text.parse import parse, source
from rag.text.quantities import quantities

NAMES = ("Harwick", "Thornley Vale", "Fallowmere", "Pellam")


@given(st.lists(st.integers(1, 5_000), min_size=2, max_size=4), st.data())
def test_each_name_is_read_with_the_figure_in_its_own_place(
    figures: list[int], data: st.DataObject
) -> None:
    names = NAMES[: len(figures)]
    of = data.draw(st.integers(0, len(figures) - 1))
    sentence = (
        f"{', '.join(names[:-1])} and {names[-1]} spent "
        f"{', '.join(f'£{n}' for n in figures[:-1])} and £{figures[-1]} respectively on hubs."
    )
    left = share_meant(f"{names[of]} spent something on hubs.", sentence)
    assert len(left) == len(sentence)
    assert [q.low for q in quantities(left)] == [figures[of]]
    assert [name for name in names if name in left] == [names[of]]


def test_a_claim_of_none_of_those_in_turn_leaves_the_sentence_as_it_is() -> None:
    sentence = "Harwick and Fallowmere spent £3m and £5m respectively, and Pellam spent £2m."
    assert share_meant("Pellam spent £3m.", sentence) == sentence


@pytest.mark.parametrize("of", [0, 1])
def test_grades_are_read_in_turn_too(of: int) -> None:
    said = "Harwick Borough Council and Pellam Borough Council were rated good and inadequate"
    left = share_meant(f"{('Harwick', 'Pellam')[of]} was rated good.", f"{said} respectively.")
    assert [grade in left for grade in ("good", "inadequate")] == [of == 0, of == 1]


def test_years_are_read_in_turn_too() -> None:
    sentence = "In 2022 and 2023 there were 1,200 and 1,350 referrals, respectively."
    assert [q.low for q in quantities(share_meant("In 2023", sentence))] == [1350]


def test_a_sentence_that_tells_of_nothing_in_turn_is_left_as_it_is() -> None:
    sentence = "Harwick and Fallowmere spent £3m and £5m."
    assert share_meant("Harwick spent £3m.", sentence) == sentence


def test_a_month_is_none_of_the_names_in_turn() -> None:
    sentence = "By late March, Harwick, Pellam and Thornley had 212, 148 and 97 homes respectively."
    left = share_meant("Thornley had 148 homes.", sentence)
    assert [q.low for q in quantities(left)] == [97]


def test_a_figure_in_turn_that_cannot_be_told_apart_agrees_with_no_claim() -> None:
    told = "The first, the second and the third had 212, 148 and 97 homes respectively."
    assert not numbers.compare(parse("The third had 148 homes."), source(told))
