"""What the commands that keep a library well print, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from shared_data import WordEmbedder, put

from rag.library.library import Library
from ui.cli.main import main
from ui.cli.services import Services


@dataclass
class Bench:
    """Runs commands over a library folder."""

    folder: Path

    def run(self, *words: str, code: int = 0) -> Result:
        services = Services(open_library=lambda settings: Library(self.folder, WordEmbedder()))
        command = ["--library", str(self.folder), *words]
        result = CliRunner().invoke(main, command, obj=services)
        assert result.exit_code == code, result.output
        return result


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    library = Library(tmp_path / "library", WordEmbedder())
    put(library, "plan.docx", "The council will recruit twenty social workers.")
    yield Bench(tmp_path / "library")
    library.close()


def test_a_backup_says_what_it_holds_and_restoring_it_what_is_kept(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "desk.zip")
    told = bench.run("backup", file).stdout
    assert "1 document" in told
    assert "their pages cannot be drawn" in told
    (record,) = map(json.loads, bench.run("backup", file, "--json").stdout.splitlines())
    assert (record["documents"], record["originals"]) == (1, 0)
    monkeypatch.setenv("SCRUTINY_OCR", "off")
    told = bench.run("restore", file).stdout
    assert told.startswith("Restored: 1 document")
    assert "before-restore" in told
    assert "SCRUTINY_OCR was on when it was saved, and is off now." in told


def test_a_backup_that_cannot_be_made_or_read_ends_with_one_sentence(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "text.zip").write_text("not a zip")
    assert "scrutiny backup" in bench.run("restore", str(tmp_path / "text.zip"), code=1).stderr
    missing = str(tmp_path / "no folder" / "desk.zip")
    assert "check that the folder is there" in bench.run("backup", missing, code=1).stderr
