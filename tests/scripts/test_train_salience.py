"""The weights of overviews are fitted to broad questions, measured and written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from script_modules import script_module

from rag.answering.salience import AFTER, BEFORE

pytestmark = [pytest.mark.slow, pytest.mark.encoder]
FINDINGS = {
    "Leadership": [
        "Leaders do not know how well social workers help children.",
        "Leaders have made little progress since the last inspection.",
    ],
    "Care leavers": [
        "Care leavers are helped by personal advisers who know them well.",
        "Most care leavers live in homes that meet their needs.",
    ],
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two reports of one council each."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for council in ("Fallowmere", "Thornbeck"):
        title = f"Inspection of {council} local authority children's services, May 2024."
        parts = [f"{heading}\n\n{' '.join(said)}" for heading, said in FINDINGS.items()]
        text = "\n\n".join([title, *parts])
        (folder / f"{council}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path, reports: Path) -> Path:
    """A broad question about each report, with the sentences that answer it by their marks."""
    mark_of = script_module("train_salience").mark_of
    rows = [
        {
            "question": f"How are {heading.lower()} doing in {report.stem}?",
            "sentences": [[report.name, mark_of(text)] for text in said],
        }
        for report in sorted(reports.iterdir())
        for heading, said in FINDINGS.items()
    ]
    path = tmp_path / "broad.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_weights_are_fitted_measured_and_written(
    reports: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, out = script_module("train_salience"), tmp_path / "salience.toml"
    work = str(tmp_path / "work")
    asked = ["--questions", str(questions), "--out", str(out)]
    assert script.main([str(reports), work, *asked]) == 0
    told = capsys.readouterr().out
    assert "before the judge: " in told
    assert "after: " in told
    written = tomllib.loads(out.read_text(encoding="utf-8"))
    assert tuple(written["before"]["weights"]) == tuple(BEFORE)
    assert tuple(written["after"]["weights"]) == AFTER


def test_reports_that_are_not_there_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = script_module("train_salience")
    assert script.main([str(tmp_path / "none"), str(tmp_path / "work")]) == 1
    assert "not part of this repository" in capsys.readouterr().out


def test_reports_that_no_question_is_about_are_told_of_and_nothing_is_written(
    reports: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, out = script_module("train_salience"), tmp_path / "salience.toml"
    other = tmp_path / "other.jsonl"
    other.write_text(questions.read_text(encoding="utf-8").replace(".txt", ".pdf"), "utf-8")
    asked = ["--questions", str(other), "--out", str(out)]
    assert script.main([str(reports), str(tmp_path / "work"), *asked]) == 1
    assert "none of the reports" in capsys.readouterr().out
    assert not out.exists()
