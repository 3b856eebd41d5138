"""A judge is fitted, measured and packed from a folder of labelled data, from start to end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from script_modules import script_module

from rag.judge.bundled import WEIGHTS, WORD_PIECES, bundled_judge
from rag.judge.port import Span

pytestmark = [pytest.mark.slow, pytest.mark.encoder]
QUOTE = "Social workers in Fallowmere carry an average of 31 cases each."
REPORT = [
    "Inspection of Fallowmere local authority children's services, May 2024.",
    QUOTE,
    *(f"Team {n} meets on the first Monday of each month to talk of plans." for n in range(20)),
]
NAME = "reports/fallowmere.txt"


def written(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def learn(tmp_path: Path) -> Path:
    """Labelled data over one invented report."""
    folder = tmp_path / "learn"
    (folder / "corpus" / "reports").mkdir(parents=True)
    (folder / "corpus" / NAME).write_text("\n\n".join(REPORT), encoding="utf-8")
    evidence = {"group": "w1", "doc": NAME, "page": 1, "quote": QUOTE}
    written(folder / "qa.jsonl", [{**evidence, "question": "How many cases are carried?"}])
    claim = "Caseloads average 31."
    written(folder / "claims.jsonl", [{**evidence, "claim": claim, "label": "supported"}])
    reworded = {
        "close": "They carry 31 cases each on average.",
        "free": "Thirty-one cases fall to each.",
        "false": [{"text": "They carry 13 cases each.", "kind": "number"}],
        "unsupported": "They carry 31 cases each, more than before.",
    }
    written(folder / "rewordings.jsonl", [{**evidence, **reworded}])
    read = {"polarity": "weakness", "theme": "workforce", "stands_alone": True}
    written(folder / "sentences.jsonl", [{"doc": NAME, "page": 1, "text": QUOTE, **read}])
    return folder


def test_a_fit_goes_from_labelled_data_to_a_model_that_the_program_runs(
    learn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, work = script_module("train_judge"), tmp_path / "work"
    from judge.export import export
    from judge.model import JudgeModel

    start = tmp_path / "start"
    start.mkdir()
    export(JudgeModel(layers=1), start / "model.onnx")
    shutil.copy(WEIGHTS / WORD_PIECES, start / "tokenizer.json")
    invented = tmp_path / "invented"
    invented.mkdir()
    excerpt = {
        "label": "Ofsted, Fallowmere, May 2024",
        "heading": "Workforce",
        "sentences": REPORT[:3],
        "readings": [
            {"polarity": "neutral", "status": "asserted", "theme": "workforce", "alone": True}
        ]
        * 3,
        "questions": [{"q": "How heavy are caseloads?", "answers": [1]}],
        "statements": [
            {"source": [1], "text": "Each has 31.", "label": "entailed", "kind": "close"}
        ],
    }
    written(invented / "a.jsonl", [excerpt])
    quotes = tmp_path / "quotes"
    quotes.mkdir()
    quoted = {
        "label": "Gazette, Fallowmere, May 2024",
        "quote": "Most homes in Fallowmere were not inspected before 2023.",
        "close": ["Before 2023 most homes in Fallowmere were not inspected."],
        "free": ["Few of Fallowmere's homes had seen an inspector by 2023."],
        "false": [{"text": "All homes were inspected before 2023.", "kind": "negation"}],
        "added": ["Most homes were not inspected before 2023, for want of staff."],
    }
    written(quotes / "a.jsonl", [quoted])
    arguments = [str(learn), str(work), "--start", str(start), "--invented", str(invented)]
    arguments += ["--quotes", str(quotes)]
    arguments += ["--layers", "1", "--frozen", "0", "--test", "w1"]
    assert script.main(arguments) == 0
    told = capsys.readouterr().out
    assert "fitted to: 2 questions, 15 pairs" in told
    assert "answering first: 1.000" in told or "answering first: 0.000" in told
    shutil.copy(WEIGHTS / WORD_PIECES, work)
    (score,) = bundled_judge(work).answers("How many?", [Span("31.")])
    assert -20 < score < 20
    # A fit that is asked for again finds its checkpoint and has nothing left to do.
    assert script.main(arguments) == 0


def test_without_the_labelled_data_the_script_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = script_module("train_judge")
    arguments = [str(tmp_path / "absent"), str(tmp_path), "--start", str(tmp_path)]
    assert script.main(arguments) == 1
    assert "not part of this repository" in capsys.readouterr().out
