"""Paths and addresses become the files to take in."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest.sources.fetch import Fetched
from ingest.sources.gather import SourceFound, SourceMissing, SourceSkipped, gather
from ingest.sources.upload import Upload
from rag.settings import Settings


def names(found: list[SourceFound | SourceMissing | SourceSkipped]) -> list[str]:
    return [one.name for one in found]


def test_a_folder_gives_its_files_by_their_paths_in_it(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "docs"
    for name in ("b.txt", "news/a.html", ".hidden.txt", "~$lock.docx", "README.md", ".git/x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    found = gather([str(folder)], settings)
    assert names(found) == ["b.txt", "news/a.html"]
    (first, _) = found
    assert isinstance(first, SourceFound)
    assert first.sha256 == hashlib.sha256(b"b.txt").hexdigest()
    assert first.data() == b"b.txt"


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_that_leaves_its_folder_is_refused_and_one_within_is_read(
    tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Not to be read.")
    (folder / "plan.txt").write_text("Plans are late.")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "within.txt").symlink_to(folder / "plan.txt")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    found = {source.name: source for source in gather([str(folder)], settings)}
    assert set(found) == {"plan.txt", "out.txt", "within.txt"}
    refused = found["out.txt"]
    assert isinstance(refused, SourceMissing)
    assert "outside" in str(refused.error)
    assert isinstance(found["within.txt"], SourceFound)


def test_a_file_alone_belongs_to_its_folder(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    alone = gather([str(tmp_path / "a.txt")], settings)
    assert alone == gather([str(tmp_path)], settings)


def test_what_a_manifest_says_comes_with_the_file(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "manifest.toml").write_text('["a.txt"]\ntitle = "A report"\n')
    (one,) = gather([str(tmp_path)], settings)
    assert isinstance(one, SourceFound)
    assert one.entry.fields == {"title": "A report"}


def test_a_broken_manifest_is_named_and_the_files_go_on(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "manifest.toml").write_text("not toml")
    missed, found = gather([str(tmp_path)], settings)
    assert isinstance(missed, SourceMissing)
    assert missed.name == "manifest.toml"
    assert found.name == "a.txt"


def test_what_is_not_there_is_named_with_what_to_do(settings: Settings) -> None:
    (missed,) = gather(["no/such/folder"], settings)
    assert isinstance(missed, SourceMissing)
    assert "no such file" in missed.error.reason
    assert missed.error.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_name_that_is_no_text_is_made_one(tmp_path: Path, settings: Settings) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "w") as file:
        file.write("Words.")
    (found,) = gather([str(tmp_path)], settings)
    assert found.name == "caf?.txt"
    assert isinstance(found, SourceFound)
    assert found.data() == b"Words."


def test_nothing_is_looked_at_once_it_is_stopped(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    answers = iter([False, True, True])
    upload = Upload("../b.txt", b"Words.")
    sources: list[str | Upload] = [str(tmp_path / "a.txt"), upload, "http://127.0.0.1/c"]
    one, *rest = gather(sources, settings, lambda: next(answers))
    assert isinstance(one, SourceFound)
    assert rest == [SourceSkipped("b.txt"), SourceSkipped("http://127.0.0.1/c")]


def test_a_site_that_does_not_answer_does_not_hold_up_a_stop(settings: Settings) -> None:
    asked, answer = threading.Event(), threading.Event()

    def silent(address: str, settings: Settings) -> Fetched:
        asked.set()
        answer.wait(20)
        return Fetched(b"Words.", address, "site/a.txt")

    began = time.monotonic()
    found = gather(["https://site.example/a"], settings, asked.is_set, silent)
    assert found == [SourceSkipped("https://site.example/a")]
    assert time.monotonic() - began < 5
    answer.set()
    (page,) = gather(["https://site.example/a"], settings, fetch=silent)
    assert isinstance(page, SourceFound)
    assert (page.name, page.origin) == ("site/a.txt", "https://site.example/a")


def test_what_is_fetched_wrongly_is_named_by_its_address(settings: Settings) -> None:
    (missed,) = gather(["http://127.0.0.1:1/a"], settings)
    assert isinstance(missed, SourceMissing)
    assert missed.name == "http://127.0.0.1:1/a"
    assert missed.is_document
