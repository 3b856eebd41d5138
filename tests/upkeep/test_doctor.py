"""The doctor names each fault that is planted, says what to do about it, and changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from shared_data import WordEmbedder, put

from rag.errors import LibraryError
from rag.library.library import Library
from rag.saved.conversations import Conversations
from rag.settings import Settings
from rag.upkeep import doctor
from rag.upkeep.doctor import Finding, Level, examine
from ui.cli.main import main


@pytest.fixture(autouse=True)
def known_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "open_embedder", lambda folder: WordEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    library = Library(folder, WordEmbedder())
    document = put(library, "plan.docx", "The council will recruit twenty social workers.")
    with library.writing():
        library.keep_original(document.sha256, ".docx", b"file")
    library.close()
    Conversations(folder).close()
    return folder


def ailing(folder: Path) -> list[Finding]:
    """What is more than a note."""
    found = examine(Settings(folder))
    return [each for each in found if each.level in (Level.WARNING, Level.FAULT)]


def sql(folder: Path, *statements: str, file: str = "library.sqlite3") -> None:
    connection = sqlite3.connect(folder / file, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def garbage(folder: Path, file: str) -> None:
    for ending in ("-wal", "-shm"):
        (folder / f"{file}{ending}").unlink(missing_ok=True)
    data = bytearray((folder / file).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (folder / file).write_bytes(bytes(data))


class Planted(NamedTuple):
    """A fault, how it is planted, how bad it is and words of what is said and of what to do."""

    plant: Callable[[Path], object]
    level: Level
    said: str
    remedy: str


PLANTED = {
    "damaged library": Planted(
        lambda f: garbage(f, "library.sqlite3"), Level.FAULT, "library.sqlite3 is damaged",
        "scrutiny restore",
    ),
    "damaged conversations": Planted(
        lambda f: garbage(f, "desk.sqlite3"), Level.FAULT, "desk.sqlite3 is damaged",
        "scrutiny restore",
    ),
    "later version": Planted(
        lambda f: sql(f, "PRAGMA user_version = 99"), Level.FAULT, "later version", "Update",
    ),
    "missing page": Planted(
        lambda f: sql(f, "DELETE FROM pages"), Level.FAULT, "missing of plan.docx", "ingest",
    ),
    "missing vectors": Planted(
        lambda f: sql(f, "DELETE FROM vectors"), Level.FAULT, "missing of plan.docx", "ingest",
    ),
    "missing words": Planted(
        lambda f: sql(f, "DELETE FROM lexical"), Level.FAULT, "index of words", "Restore",
    ),
    "cut off": Planted(
        lambda f: sql(f, "INSERT INTO unsettled VALUES ('x')"), Level.WARNING, "was cut off",
        "scrutiny ingest",
    ),
    "another model": Planted(
        lambda f: sql(f, "UPDATE facts SET value = 'other' WHERE name = 'model'"), Level.FAULT,
        "another embedding model", "SCRUTINY_EMBEDDING_MODEL",
    ),
    "missing file": Planted(
        lambda f: shutil.rmtree(f / "originals"), Level.WARNING, "not kept of plan.docx", "Ingest",
    ),
    "restore cut off": Planted(
        lambda f: (f / ".restoring-x").mkdir(), Level.WARNING, "Restoring", "Restore it again",
    ),
    "bug": Planted(
        lambda f: (f / "errors.log").write_text("KeyError"), Level.WARNING, "errors.log", "Send",
    ),
}  # fmt: skip


def test_a_library_that_is_well_has_nothing_wrong(folder: Path) -> None:
    assert ailing(folder) == []
    assert ailing(folder.parent / "nowhere") == []
    assert not (folder.parent / "nowhere").exists()


@pytest.mark.parametrize("name", PLANTED)
def test_each_fault_is_named_with_what_to_do(folder: Path, name: str) -> None:
    planted = PLANTED[name]
    planted.plant(folder)
    before = {path: path.read_bytes() for path in folder.glob("*.sqlite3")}
    (found, *more) = ailing(folder)
    assert more == []
    assert (found.level, planted.said in found.said) == (planted.level, True), found
    assert planted.remedy in found.remedy
    assert {path: path.read_bytes() for path in folder.glob("*.sqlite3")} == before


def test_a_full_disk_a_shared_disk_and_a_folder_of_anothers_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/x {folder} nfs4 rw 0 0\n")
    monkeypatch.setattr(doctor, "_MOUNTS", mounts)
    (found,) = ailing(folder)
    assert "over the network (nfs4)" in found.said
    monkeypatch.undo()
    monkeypatch.setattr(doctor, "open_embedder", lambda folder: WordEmbedder())
    monkeypatch.setattr(doctor, "LEAST_ROOM", 2**62)
    (found,) = ailing(folder)
    assert (found.level, "Make room" in found.remedy) == (Level.WARNING, True)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert [each.level for each in ailing(folder)] == [Level.FAULT]


def test_indexes_of_a_large_library_that_are_not_in_step_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "FEW_PASSAGES", 0)
    monkeypatch.setattr(doctor, "MOST_PASSAGES", 0)
    (terms,) = ailing(folder)
    assert "(terms)" in terms.said
    shutil.rmtree(folder / "chroma")
    vectors, terms = ailing(folder)
    assert ("(chroma)" in vectors.said, "scrutiny ingest" in vectors.remedy) == (True, True)


def test_a_language_model_that_cannot_be_called_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value, words in (("nobody:x", "provider"), ("nothing", "provider:name")):
        monkeypatch.setenv("SCRUTINY_MODEL", value)
        (found,) = ailing(folder)
        assert words in found.said
        assert "quoted" in found.remedy


def test_a_program_that_writes_and_papers_that_were_refused_are_notes(folder: Path) -> None:
    library = Library(folder, WordEmbedder())
    library.note_refused("scan.pdf", "It has no words in it.")
    with library.writing():
        notes = {each.said for each in examine(Settings(folder)) if each.level is Level.NOTE}
    assert any("Another program is writing" in said for said in notes)
    assert any("scan.pdf" in said for said in notes)
    library.close()


def test_a_check_that_fails_is_told_and_the_others_go_on(folder: Path) -> None:
    def failing(settings: Settings) -> Iterator[Finding]:
        raise LibraryError("The light went out.")
        yield

    found = examine(Settings(folder), (failing,))
    assert "The light went out." in found[-1].said
    assert len(found) > 3


def test_the_command_ends_with_an_error_where_there_is_a_fault(folder: Path) -> None:
    command = ["--library", str(folder), "doctor"]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, "All is well." in result.stdout) == (0, True), result.output
    sql(folder, "DELETE FROM vectors")
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "FAULT: Pages, passages or vectors are missing of plan.docx." in result.stdout
    assert "1 fault, 0 warnings." in result.stdout
    lines = CliRunner().invoke(main, [*command, "--json"]).stdout.splitlines()
    assert "fault" in {json.loads(line)["level"] for line in lines}
