"""A backup is a library as it was at one moment, and restoring it gives the same answers."""

from __future__ import annotations

import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import answer
from invented import shelved
from shared_data import WordEmbedder, WordJudge, made, put, vectors_held

from rag.desk import Desk
from rag.errors import BackupError, LibraryLocked, ModelMismatch
from rag.library.library import Library
from rag.library.sqlite import EARLIER
from rag.saved.conversations import Conversations, ConversationTurn
from rag.settings import Settings
from rag.upkeep.archive import MANIFEST
from rag.upkeep.backup import back_up
from rag.upkeep.restore import KEPT, restore

QUESTIONS = (
    "How were care leavers in Fallowmere judged in 2024?",
    "How many children were the subject of a child protection plan in Thornbeck?",
    "How many posts were filled in Fallowmere?",
    "What was Fallowmere judged in 1950?",
)
ORIGINAL = b"%PDF-1.7 an original"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "library")


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = shelved(settings.library)
    sha256 = library.document("f2024.pdf").sha256
    with library.writing():
        library.keep_original(sha256, ".pdf", ORIGINAL)
    yield library
    library.close()


def opened(settings: Settings, embedder: WordEmbedder | None = None) -> Callable[[], Library]:
    return lambda: Library(settings.library, embedder or WordEmbedder(), WordJudge())


def answers(library: Library) -> list[tuple[object, ...]]:
    """What a library tells, without the time that it took."""
    desk = Desk(library)
    found = [replace(desk.ask(question), elapsed_ms=0.0) for question in QUESTIONS]
    return [(each, desk.search(each.question, 5)) for each in found]


def restored_elsewhere(settings: Settings, source: Path, folder: Path) -> Library:
    """A backup restored into a folder of its own."""
    elsewhere = replace(settings, library=folder)
    restore(elsewhere, source, opened(elsewhere))
    return opened(elsewhere)()


@contextmanager
def busy(settings: Settings) -> Iterator[None]:
    """A block during which documents come and go, and questions are asked; fails where one of
    these did."""
    stop = threading.Event()
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(each, settings, stop) for each in (coming_and_going, asking)]
        try:
            yield
        finally:
            stop.set()
    for each in running:
        each.result()


def coming_and_going(settings: Settings, stop: threading.Event) -> None:
    with closing(opened(settings)()) as mine:
        n = 0
        while not stop.is_set():
            n += 1
            document, passages = made(f"paper {n}.txt", f"Paper {n} tells of {n * 7} cases.")
            vectors = mine.embedder.encode([passage.text for passage in passages])
            with mine.writing():
                mine.keep_original(document.sha256, ".txt", b"file")
                mine.put(document, passages, vectors)
                if n > 3:
                    mine.remove(f"paper {n - 3}.txt")


def asking(settings: Settings, stop: threading.Event) -> None:
    with closing(opened(settings)()) as mine:
        while not stop.is_set():
            assert Desk(mine).ask(QUESTIONS[0]).answered


def test_a_restored_library_answers_as_the_one_that_was_saved(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    Conversations(settings.library).begin("Care leavers")
    library.set_aside("t2023.pdf")
    told = answers(library)
    manifest = back_up(settings, tmp_path / "desk.zip")
    assert (manifest.documents, len(manifest.originals), manifest.without) == (4, 1, 4)
    other = restored_elsewhere(settings, tmp_path / "desk.zip", tmp_path / "other")
    assert answers(other) == told
    assert other.documents() == library.documents()
    assert [each.name for each in other.aside()] == ["t2023.pdf"]
    kept = other.original(other.document("f2024.pdf"))
    assert kept
    assert kept.read_bytes() == ORIGINAL
    assert [each.name for each in Conversations(tmp_path / "other").listed()] == ["Care leavers"]
    other.put_back("t2023.pdf")
    held, passages = vectors_held(other)
    assert held == passages
    other.close()


def test_a_backup_made_while_documents_come_and_go_is_of_one_moment(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    """Every document in it is whole: its pages, passages, vectors and, where it has one, file."""
    with busy(settings):
        for n in range(5):
            back_up(settings, tmp_path / f"{n}.zip")
    for n in (0, 4):
        other = restored_elsewhere(settings, tmp_path / f"{n}.zip", tmp_path / f"other {n}")
        for document in other.documents():
            assert other.passages(document.name)
            assert other.original(document) or not document.name.startswith("paper")
        held, passages = vectors_held(other)
        assert held == passages
        assert Desk(other).ask(QUESTIONS[0]).answered
        other.close()


def test_what_an_open_program_sees_is_what_was_restored(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    """A web server need not be stopped: its library and conversations are the restored ones."""
    talks = Conversations(settings.library)
    talk = talks.begin("Kept")
    told = answers(library)
    back_up(settings, tmp_path / "desk.zip")
    put(library, "new.txt", "Fallowmere has filled ninety social work posts at last.")
    library.remove("f2024.pdf")
    talks.delete(talk.id)
    assert answers(library) != told
    restored = restore(settings, tmp_path / "desk.zip", opened(settings))
    assert answers(library) == told
    assert [each.name for each in talks.listed()] == ["Kept"]
    talks.add(talk.id, ConversationTurn("And now?", answer("And now?")))
    assert vectors_held(library)[0] == vectors_held(library)[1]
    # What was there before is a backup of its own.
    assert restored.before
    assert restored.before.parent.name == KEPT
    restore(settings, restored.before, opened(settings))
    assert "new.txt" in {document.name for document in library.documents()}


def test_a_damaged_library_is_restored_and_kept_as_it_is(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    told = answers(library)
    Conversations(settings.library).begin("Since")
    back_up(settings, tmp_path / "desk.zip")
    library.close()
    for ending in ("-wal", "-shm"):
        (settings.library / f"library.sqlite3{ending}").unlink(missing_ok=True)
    (settings.library / "library.sqlite3").write_bytes(b"damaged " * 9999)
    restored = restore(settings, tmp_path / "desk.zip", opened(settings))
    assert restored.before
    kept = {path.name for path in restored.before.iterdir()}
    assert {"library.sqlite3", "desk.sqlite3", "originals"} <= kept
    again = opened(settings)()
    assert answers(again) == told
    again.close()


def test_a_damaged_backup_touches_nothing(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    whole = tmp_path / "desk.zip"
    back_up(settings, whole)
    data = whole.read_bytes()
    told = answers(library)
    for name, content in {
        "cut.zip": data[: len(data) // 2],
        "changed.zip": data.replace(ORIGINAL, ORIGINAL[::-1]),
        "empty.zip": b"",
        "text.zip": b"not a zip at all",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BackupError, match=name):
            restore(settings, tmp_path / name, opened(settings))
    with pytest.raises(BackupError, match="no file"):
        restore(settings, tmp_path / "missing.zip", opened(settings))
    assert answers(library) == told
    assert not list(settings.library.glob(".restoring-*"))


@pytest.mark.parametrize(
    "name",
    ["../escaped.sqlite3", "/etc/passwd", "originals/../../x", "analyses.sqlite3", "errors.log"],
)
def test_a_hostile_backup_writes_nothing_outside(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    source = tmp_path / "hostile.zip"
    listed = [{"name": name, "size": 1, "sha256": "0" * 64}]
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr(name, "x")
        archive.writestr(
            MANIFEST,
            json.dumps({"made": "", "program": "", "documents": 0, "format": 1, "files": listed}),
        )
    with pytest.raises(BackupError, match="damaged"):
        restore(settings, source, opened(settings))
    assert not (tmp_path / "escaped.sqlite3").exists()


def test_a_zip_of_something_else_and_a_later_form_are_told_apart(
    settings: Settings, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(BackupError, match="no backup of this program"):
        restore(settings, tmp_path / "photos.zip", opened(settings))
    with zipfile.ZipFile(tmp_path / "later.zip", "w") as archive:
        archive.writestr(MANIFEST, json.dumps({"format": 99, "files": []}))
    with pytest.raises(BackupError, match="later version"):
        restore(settings, tmp_path / "later.zip", opened(settings))


def test_a_backup_holds_no_secret_and_nothing_that_can_be_remade(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    for name in ("tokens.sqlite3", "secrets.toml", "errors.log", ".env"):
        (settings.library / name).write_text("sk-secret")
    (settings.library / "analyses.sqlite3").write_text("remade")
    named = replace(settings, model="openai:gpt", model_url="http://10.0.0.1:1/v1", ocr=False)
    back_up(named, tmp_path / "desk.zip")
    with zipfile.ZipFile(tmp_path / "desk.zip") as archive:
        names = archive.namelist()
        manifest = archive.read(MANIFEST).decode()
    sha256 = library.document("f2024.pdf").sha256
    assert sorted(names) == [MANIFEST, "library.sqlite3", f"originals/{sha256}.pdf"]
    assert "10.0.0.1" not in manifest
    assert (tmp_path / "desk.zip").stat().st_mode & 0o077 == 0
    elsewhere = Settings(tmp_path / "other")
    restored = restore(elsewhere, tmp_path / "desk.zip", opened(elsewhere))
    assert set(restored.differing) == {("ocr", False, True), ("model", "openai:gpt", None)}


def test_a_backup_that_fails_leaves_the_one_before(
    settings: Settings, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "desk.zip"
    back_up(settings, target)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise BackupError("The disk is full.")

    monkeypatch.setattr("rag.upkeep.backup.room_for", full)
    with pytest.raises(BackupError, match="full"):
        back_up(settings, target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.zip", "library"]


def test_where_there_is_no_library_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no library"):
        back_up(Settings(tmp_path / "nowhere"), tmp_path / "desk.zip")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_restored_while_another_writes_or_with_another_model(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "desk.zip")
    with library.writing(), pytest.raises(LibraryLocked):
        restore(settings, tmp_path / "desk.zip", opened(settings))
    elsewhere = Settings(tmp_path / "other")
    with pytest.raises(ModelMismatch, match="SCRUTINY_EMBEDDING_MODEL"):
        restore(elsewhere, tmp_path / "desk.zip", opened(elsewhere, WordEmbedder("another")))


def test_a_library_of_an_earlier_version_is_brought_up_and_a_copy_of_it_kept(
    settings: Settings, library: Library
) -> None:
    library.close()
    file = settings.library / "library.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE refused")
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    again = opened(settings)()
    assert len(again.documents()) == 5
    assert again.refused() == ()
    again.close()
    (kept,) = (settings.library / EARLIER).iterdir()
    assert kept.name == "library.version-2.sqlite3"
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA user_version").fetchone() == (2,)
    assert copy.execute("SELECT count(*) FROM documents").fetchone() == (5,)
    copy.close()
    opened(settings)().close()
    assert len(list((settings.library / EARLIER).iterdir())) == 1
