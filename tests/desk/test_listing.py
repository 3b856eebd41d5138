"""Names stand in a sentence as people write them."""

from __future__ import annotations

import pytest

from rag.listing import listed


@pytest.mark.parametrize(
    ("names", "told"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_the_last_two_of_some_names_are_joined(names: tuple[str, ...], told: str) -> None:
    assert listed(names) == told


def test_a_choice_is_joined_by_its_own_word() -> None:
    assert listed(["A", "B", "C"], "or") == "A, B or C"
