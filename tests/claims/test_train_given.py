"""The fit of `rag.given` keeps together what belongs together."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "train_given.py"
    spec = importlib.util.spec_from_file_location("train_given", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_given"] = module
    spec.loader.exec_module(module)
    return module


def test_rows_that_share_a_claim_or_a_piece_of_evidence_are_of_one_group(
    script: ModuleType,
) -> None:
    rows = [
        script.Row("a", "x", True, "s", ("a", "x")),
        script.Row("a", "y", False, "s", ("a", "y")),
        script.Row("b", "y", True, "s", ("b", "y")),
        script.Row("c", "z", True, "s", ("c", "z")),
    ]
    assert script.together(rows) == [0, 0, 0, 1]
