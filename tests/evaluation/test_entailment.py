"""A claim is set against evidence that comes with it, by words, pieces and comparators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.evaluation.entailment import Matrix, Tokens, check_given, features, log_odds, rarities


class LetterPieces:
    """Pieces are words, and the embedding of a word is of the letters in it."""

    def pieces(self, texts: Sequence[str]) -> list[tuple[tuple[str, ...], Matrix]]:
        return [_lettered(text) for text in texts]


def _lettered(text: str) -> tuple[tuple[str, ...], Matrix]:
    words = tuple(text.lower().strip(".").split())
    rows = np.zeros((len(words), 128), np.float32)
    for n, word in enumerate(words):
        for letter in word:
            rows[n, ord(letter) % 128] += 1.0
    return words, rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def compared(claim: str, evidence: str) -> dict[str, float]:
    ours, theirs = (Tokens(*_lettered(text)) for text in (claim, evidence))
    return features(claim, evidence, ours, theirs, rarities([theirs]))


EVIDENCE = "The bridge was opened in 1901 by the mayor."


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The bridge was opened in 1901.", "The bridge was opened in 1955."),
        ("The bridge was opened by the mayor.", "The bridge was never opened by the mayor."),
        ("The mayor opened the bridge.", "The submarine sank the zeppelin."),
    ],
)
def test_what_the_evidence_says_is_likelier_than_what_it_does_not(right: str, wrong: str) -> None:
    assert log_odds(compared(right, EVIDENCE)) > log_odds(compared(wrong, EVIDENCE))


def test_rows_are_ruled_on_one_by_one() -> None:
    rows = [(EVIDENCE, EVIDENCE), ("Nobody ever saw a zeppelin in 1955.", EVIDENCE)]
    assert check_given(LetterPieces(), rows) == (True, False)


def test_texts_without_words_can_be_compared() -> None:
    assert isinstance(log_odds(compared("", "")), float)
    assert isinstance(log_odds(compared("", EVIDENCE)), float)
