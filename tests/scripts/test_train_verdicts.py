"""The weights of verdicts are fitted to labelled claims, measured and written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from script_modules import script_module

from rag.claims.likelihood import Weights, bundled_weights, feature_names

pytestmark = [pytest.mark.slow, pytest.mark.encoder]
REPORT = "Social workers in Fallowmere carry an average of 31 cases each. Visits are mostly prompt."
CLAIMS = [
    ("Social workers in Fallowmere carry 31 cases each on average.", "supported"),
    ("Social workers in Fallowmere carry 13 cases each on average.", "contradicted"),
    ("Most visits in Fallowmere take place without delay.", "supported"),
    ("Visits in Fallowmere are usually late.", "contradicted"),
    ("Fallowmere has hired a new head of service.", "not_found"),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Claims about a report and about a paper, and the paper."""
    own = tmp_path / "claims"
    (own / "papers").mkdir(parents=True)
    (own / "papers" / "paper.txt").write_text(f"Fallowmere Council, May 2024.\n\n{REPORT}\n")
    for name in ("reports", "papers"):
        rows = [{"claim": claim, "label": label, "doc": claim} for claim, label in CLAIMS]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (own / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    title = "Inspection of Fallowmere local authority children's services, May 2024."
    (tmp_path / "reports" / "report.txt").write_text(f"{title}\n\n{REPORT}\n", encoding="utf-8")
    return own


def test_weights_are_fitted_measured_and_written(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, out = script_module("train_verdicts"), tmp_path / "weights.toml"
    reports, work = str(tmp_path / "reports"), str(tmp_path / "work")
    assert script.main([reports, work, "--claims", str(labelled), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "reports: " in told
    assert "other papers: " in told
    written = tomllib.loads(out.read_text(encoding="utf-8"))
    assert tuple(written["weights"]) == feature_names()
    # What the judge holds of a sentence counts for what it holds.
    supports, opposes = (written["weights"][name] for name in ("entailed", "contradicted"))
    assert supports[0] > 0
    assert opposes[1] > 0


def test_the_weights_that_come_with_the_program_are_of_its_features() -> None:
    weights = bundled_weights()
    assert isinstance(weights, Weights)
    assert tuple(weights.of) == feature_names()


def test_without_the_reports_the_script_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = script_module("train_verdicts")
    assert script.main([str(tmp_path / "absent"), str(tmp_path)]) == 1
    assert "not part of this repository" in capsys.readouterr().out
