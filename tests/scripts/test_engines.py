"""The scripts that start servers: the same answers on both engines, and kills of every process."""

from __future__ import annotations

import json
from pathlib import Path

import postgres_server
import pytest
from script_modules import script_module


def test_two_records_differ_where_a_value_does_and_not_by_a_hair() -> None:
    differences = script_module("compare_engines").differences
    one = {"text": "31 cases", "score": [0.5, 0.25], "elapsed_ms": 3.0}
    assert list(differences(one, {**one, "score": [0.5 + 1e-9, 0.25], "elapsed_ms": 9.0})) == []
    assert list(differences(one, {**one, "score": [0.5, 0.75]})) == [".score[1]: 0.25 / 0.75"]
    assert list(differences(one, {**one, "score": [0.5]})) == [".score: [0.5, 0.25] / [0.5]"]
    assert list(differences(one, {"text": "31 cases"}))


@pytest.mark.slow
@pytest.mark.encoder
@pytest.mark.skipif(bool(postgres_server.MISSING), reason=postgres_server.MISSING or "is there")
def test_nothing_is_lost_where_the_database_is_killed_under_load(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        script_module("torture_servers").main(["--kills", "1", "--only", "database"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0, printed
    assert "Nothing was lost." in printed


@pytest.mark.slow
@pytest.mark.encoder
@pytest.mark.skipif(bool(postgres_server.MISSING), reason=postgres_server.MISSING or "is there")
@pytest.mark.parametrize("how", [(), ("--restored",)])
def test_answers_and_verdicts_are_the_same_on_both_engines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: tuple[str, ...]
) -> None:
    (tmp_path / "papers").mkdir()
    for n in range(3):
        text = f"Fallowmere Borough Council\n\nTeam {n} of Fallowmere carries {20 + n} cases each."
        (tmp_path / "papers" / f"{n}.txt").write_text(text, encoding="utf-8")
    asked = {"question": "How many cases does team 2 of Fallowmere carry?"}
    claimed = {"claim": "Team 1 of Fallowmere carries 21 cases each."}
    for name, row in (("qa.jsonl", asked), ("claims.jsonl", claimed)):
        (tmp_path / name).write_text(json.dumps(row), encoding="utf-8")
    arguments = ["--labelled", str(tmp_path), "--corpus", str(tmp_path / "papers")]
    with pytest.raises(SystemExit) as ended:
        script_module("compare_engines").main([*arguments, *how])
    printed = capsys.readouterr().out
    assert ended.value.code == 0, printed
    assert "questions: 1 of 1 the same" in printed
    assert "claims: 1 of 1 the same" in printed
