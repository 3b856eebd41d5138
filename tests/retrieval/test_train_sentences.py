"""The script that fits the weights finds the feature that tells."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from invented import shelved
from script_modules import script_module
from shared_data import real_embedder

from rag.retrieval.weights import SENTENCE

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return script_module("train_sentences")


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


LABELLED = [
    ("How many children in Fallowmere had a protection plan in 2017?", "f2017.pdf", "240 children"),
    ("What did inspectors say of caseloads in Fallowmere in 2017?", "f2017.pdf", "too high"),
    ("What help do foster carers in Thornbeck get?", "t2023.pdf", "well supported by a team"),
]
UNUSED = [
    ("What was Fallowmere judged in 2017?", "f2017.pdf", "services in Fallowmere are inadequate"),
    ("How many swimming pools has Thornbeck?", "t2023.pdf", "no such words"),
]


def labelled(folder: Path) -> Path:
    """A labelled set about the invented documents: questions, and a conversation of one turn."""
    rows = [
        {
            "id": str(number),
            "answerable": True,
            "doc": document,
            "page": 1,
            "quote": quote,
            "question": question,
            "user": question,
        }
        for number, (question, document, quote) in enumerate([*LABELLED, *UNUSED])
    ]
    folder.mkdir()
    (folder / "qa.jsonl").write_text("\n".join(map(json.dumps, rows[1:])), encoding="utf-8")
    talk = {"id": "talk", "turns": rows[:1]}
    (folder / "dialogues.jsonl").write_text(json.dumps(talk), encoding="utf-8")
    return folder


def test_weights_are_fitted_to_a_labelled_set_and_its_library(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelved(tmp_path / "library", real_embedder()).close()
    script.main([str(labelled(tmp_path / "labelled")), str(tmp_path / "library")])
    printed = capsys.readouterr().out
    assert printed.startswith("3 questions, ")
    assert all(f'    "{name}": ' in printed for name in SENTENCE)


def test_a_set_that_no_sentence_answers_is_told(script: ModuleType, tmp_path: Path) -> None:
    shelved(tmp_path / "library", real_embedder()).close()
    folder = labelled(tmp_path / "labelled")
    (folder / "dialogues.jsonl").unlink()
    (folder / "qa.jsonl").write_text(
        (folder / "qa.jsonl").read_text(encoding="utf-8").replace('"doc": "', '"doc": "un'),
        encoding="utf-8",
    )
    with pytest.raises(SystemExit, match="No sentence answers"):
        script.main([str(folder), str(tmp_path / "library")])
