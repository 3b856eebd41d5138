"""How well questions that nothing answers are told from others is measured and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from script_modules import script_module

pytestmark = [pytest.mark.slow, pytest.mark.encoder]
TEXT = (
    "Inspection of Fallowmere local authority children's services, May 2024.\n\n"
    "Social workers in Fallowmere carry an average of 31 cases each. Visits are mostly prompt.\n"
)
ASKED = [
    ("How many cases does each social worker in Fallowmere carry?", True),
    ("How many agency social workers does Fallowmere have?", False),
]


def test_what_is_refused_is_told_for_reports_and_other_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions"
    for folder in (questions, tmp_path / "reports", tmp_path / "papers"):
        folder.mkdir()
    for name in ("reports", "papers"):
        (tmp_path / name / "paper.txt").write_text(TEXT, encoding="utf-8")
        rows = [{"question": q, "answerable": a, "category": "number"} for q, a in ASKED]
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (questions / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    given = [str(tmp_path / "reports"), str(tmp_path / "work")]
    own = ["--questions", str(questions), "--papers", str(tmp_path / "papers")]
    assert script_module("measure_refusals").main([*given, *own]) == 0
    told = capsys.readouterr().out
    assert told.index("reports:") < told.index("papers:")
    assert told.count("refused of 1 that something answers: 0") == 2
    assert told.count("refused of 1 that nothing answers: ") == 2
