"""How much a word says, by how rare it is."""

from __future__ import annotations

from rag.text.vocabulary import FEWEST_PASSAGES, rarity


def test_a_word_of_the_only_passage_held_still_says_something() -> None:
    assert rarity(1, 1) > 1


def test_a_rarer_word_says_more() -> None:
    assert rarity(3, 1000) > rarity(30, 1000) > rarity(999, 1000) > 0


def test_in_a_library_of_some_size_its_own_counts_decide() -> None:
    assert rarity(10, 2 * FEWEST_PASSAGES) > rarity(10, FEWEST_PASSAGES) == rarity(10, 5)
