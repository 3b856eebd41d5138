"""The script that fits the weights finds the feature that tells."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_sentences.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_sentences", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_sentences"] = module
    spec.loader.exec_module(module)
    return module


def test_the_feature_that_tells_gets_the_weight(script: ModuleType) -> None:
    random = np.random.default_rng(1)
    answers = np.array([n % 4 == 0 for n in range(80)])
    noise = random.random(80)
    telling = answers * 0.5 + random.random(80) * 0.1
    examples = script.Examples(
        ("noise", "telling"),
        np.column_stack([noise, telling]),
        answers,
        np.arange(80) // 8,
        np.ones(80),
    )
    fitted = script.weights(examples)
    assert fitted["telling"] > 5 * abs(fitted["noise"])
    assert script.measured(examples).first == 1.0
    assert script.measured(examples.of(["noise"])).first < 1.0


def test_each_question_and_each_verdict_counts_as_much(script: ModuleType) -> None:
    weights = script._balanced([True, False, False, False])
    assert weights == pytest.approx([1.0, 1 / 3, 1 / 3, 1 / 3])
