"""How many documents are described right is measured against labels and against file names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from script_modules import script_module

script = script_module("measure_descriptions")
LETTER = """Fallowmere Borough Council
Report to Cabinet, 4 June 2024
Item 3: Homes for older people

The Council has 12 homes.
"""


def labelled(folder: Path, **label: object) -> Path:
    """A folder with one labelled document."""
    (folder / "text").mkdir()
    (folder / "text" / "paper.txt").write_text(LETTER, encoding="utf-8")
    row = {
        "doc": "paper.txt", "title": "Homes for older people", "kind": "council_document",
        "publisher": "Fallowmere Borough Council", "councils": ["Fallowmere Borough Council"],
        "published": "2024-06-04", "inspected_from": None, "inspected_to": None,
    }  # fmt: skip
    (folder / "described.jsonl").write_text(json.dumps({**row, **label}), encoding="utf-8")
    return folder


def test_what_is_right_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.main(["--labelled", str(labelled(tmp_path)), "--misses"])
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "labelled: 1 documents; kind 1, publisher 1, councils 1, published 1, inspected 1, "
        "title 1, all right 1"
    ]


def test_misses_are_listed_only_where_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(labelled(tmp_path, published="2024-06-05", councils=["Thornbeck Council"]))
    script.main(["--labelled", folder])
    assert "paper.txt" not in capsys.readouterr().out
    script.main(["--labelled", folder, "--misses"])
    told = capsys.readouterr().out
    assert "all right 0" in told
    assert "paper.txt | councils | ('Fallowmere',)" in told
    assert "paper.txt | published | 2024-06-04" in told


def test_a_council_that_is_only_mentioned_may_be_left_out(tmp_path: Path) -> None:
    folder = labelled(tmp_path, councils=["Fallowmere Borough Council", "Thornbeck"])
    assert all(one.all_right for one in script.measured_labelled(folder))


def test_a_report_is_held_against_its_file_name(tmp_path: Path) -> None:
    (tmp_path / "ilacs-fallowmere-05-november-2024.pdf").write_bytes(b"no report")
    (tmp_path / "notes.pdf").write_bytes(b"of no sort")
    measured = list(script.measured_reports(tmp_path))
    assert [one.name for one in measured] == ["ilacs-fallowmere-05-november-2024.pdf"]
    assert not measured[0].all_right
