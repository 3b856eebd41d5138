"""Paths and addresses become the files to take in."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from ingest.gather import Found, Missed, gather
from rag.settings import Settings


def names(found: list[Found | Missed]) -> list[str]:
    return [one.name for one in found]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


def test_a_folder_gives_its_files_by_their_paths_in_it(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "docs"
    for name in ("b.txt", "news/a.html", ".hidden.txt", "~$lock.docx", "README.md", ".git/x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    found = gather([str(folder)], settings)
    assert names(found) == ["b.txt", "news/a.html"]
    (first, _) = found
    assert isinstance(first, Found)
    assert first.sha256 == hashlib.sha256(b"b.txt").hexdigest()
    assert first.data() == b"b.txt"


def test_a_file_alone_belongs_to_its_folder(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    alone = gather([str(tmp_path / "a.txt")], settings)
    assert alone == gather([str(tmp_path)], settings)


def test_what_a_manifest_says_comes_with_the_file(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "manifest.toml").write_text('["a.txt"]\ntitle = "A report"\n')
    (one,) = gather([str(tmp_path)], settings)
    assert isinstance(one, Found)
    assert one.entry.fields == {"title": "A report"}


def test_a_broken_manifest_is_named_and_the_files_go_on(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "manifest.toml").write_text("not toml")
    missed, found = gather([str(tmp_path)], settings)
    assert isinstance(missed, Missed)
    assert missed.name == "manifest.toml"
    assert found.name == "a.txt"


def test_what_is_not_there_is_named_with_what_to_do(settings: Settings) -> None:
    (missed,) = gather(["no/such/folder"], settings)
    assert isinstance(missed, Missed)
    assert "no such file" in missed.error.reason
    assert missed.error.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_name_that_is_no_text_is_made_one(tmp_path: Path, settings: Settings) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "w") as file:
        file.write("Words.")
    (found,) = gather([str(tmp_path)], settings)
    assert found.name == "caf?.txt"
    assert isinstance(found, Found)
    assert found.data() == b"Words."
