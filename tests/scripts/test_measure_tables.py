"""How tables are read is measured cell by cell, against what was read by eye."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reportlab.platypus import SimpleDocTemplate, Table
from script_modules import script_module

script = script_module("measure_tables")


def test_cells_are_right_where_their_headings_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grid = [["Area", "2023", "2024"], ["North", "41", "38"], ["South", "57", "61"]]
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    SimpleDocTemplate(str(tmp_path / "paper.pdf")).build([Table(grid, style=style)])
    cells = [
        {"row": "North", "column": "2023", "value": "41"},
        {"row": "North", "column": "2023", "value": "38"},
        {"row": "North", "column": "2023", "value": "57"},
        {"row": "South", "column": "2024", "value": "62"},
    ]
    table = {"table": 1, "sort": "ruled", "file": "paper.pdf", "pages": [1], "check": False}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({**table, "cells": cells}) + "\n", encoding="utf-8")
    assert script.main([str(gold), str(tmp_path), "--misses"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ruled: 1 of 4 cells right, 0 of 1 tables wholly right",
        "all: 1 of 4 cells right, 0 of 1 tables wholly right",
        "1 | not under its heading | North | 2023: 38",
        "1 | not beside its row heading | North | 2023: 57",
        "1 | in no row | South | 2024: 62",
    ]
    script.main([str(gold), str(tmp_path), "--part", "check"])
    assert capsys.readouterr().out == "all: 0 of 0 cells right, 0 of 0 tables wholly right\n"
