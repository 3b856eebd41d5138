"""A claim is set against the evidence that comes with it; rows that belong together stay in one
fold when that is measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from script_modules import script_module

script = script_module("measure_given")
Matrix = NDArray[np.float32]


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


def test_rows_that_share_a_claim_or_a_piece_of_evidence_are_of_one_group() -> None:
    rows = [
        script.Row("a", "x", True, "s", ("a", "x")),
        script.Row("a", "y", False, "s", ("a", "y")),
        script.Row("b", "y", True, "s", ("b", "y")),
        script.Row("c", "z", True, "s", ("c", "z")),
    ]
    assert script.together(rows) == [0, 0, 0, 1]


def test_each_of_the_two_sets_is_measured_on_claims_that_were_not_fitted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in script.SETS:
        lines = []
        for n in range(20):
            evidence = f"Bridge {n} was opened in {1901 + n} by the mayor."
            year, label = (1901 + n, "SUPPORTS") if n % 2 else (1955 + n, "REFUTES")
            claim = f"Bridge {n} was opened in {year}."
            row = {"claim": claim, "evidence": evidence, "label": label, "page": f"{name} {n}"}
            lines.append(json.dumps(row))
        (tmp_path / f"{name}_dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    script.main(tmp_path, LetterPieces())
    assert capsys.readouterr().out.splitlines() == [
        "fever_symmetric: 1.000 of 20, out of fold",
        "foolmetwice: 1.000 of 20, out of fold",
    ]
