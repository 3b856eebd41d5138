"""A restore in files that is killed at any step is whole when the library is next opened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from shared_data import WordEmbedder, WordJudge, put

from rag.desk import Desk
from rag.errors import LibraryError, LibraryLocked
from rag.library.databases import putting_back
from rag.library.databases.putting_back import DECIDED
from rag.library.library import Library
from rag.library.write_lock import WriteLock
from rag.saved.conversations import Conversations
from rag.settings import Settings
from rag.upkeep.backup import back_up
from rag.upkeep.doctor import Level, leftovers_check
from rag.upkeep.restore import restore

pytestmark = pytest.mark.files

DESK, LIBRARY = "desk.sqlite3", "library.sqlite3"
QUESTION = "How many plans of Fallowmere were late?"
KILLED_AT = """
import os, shutil, signal, sys
from pathlib import Path
sys.path[:0] = {path!r}
from shared_data import WordEmbedder, WordJudge
from rag.library.chroma import VectorStore
from rag.library.library import Library
from rag.settings import Settings
from rag.upkeep.restore import restore
STEPS = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "sqlite3.connect")

def killed_at(step, folder):
    taken = 0
    def count(event, arguments):
        nonlocal taken
        # From the moment at which the restore comes to count.
        is_first = event == "os.rename" and Path(arguments[1]).name == {decided!r}
        taken += event in STEPS and bool(taken or is_first)
        if taken > step:
            os.kill(os.getpid(), signal.SIGKILL)
    settings = Settings(folder)
    sys.addaudithook(count)
    restore(settings, Path({source!r}), lambda: Library(settings.home, WordEmbedder(), WordJudge()))
    os._exit(0)

for step in {steps!r}:
    folder = Path({folders!r}) / str(step)
    if not folder.exists():
        shutil.copytree({start!r}, folder)
    child = os.fork() or killed_at(step, folder)
    os.waitpid(child, 0)
    if step and not (folder / {decided!r}).exists():
        break
"""
Seen = tuple[object, ...] | None
"""What a library tells; None where it is damaged."""


def opened(settings: Settings) -> Library:
    return Library(settings.home, WordEmbedder(), WordJudge())


def filled(settings: Settings, late: int) -> None:
    """A library that tells of so many late plans, with their file, and what was asked of it."""
    with closing(opened(settings)) as library:
        document = put(library, "plans.txt", f"In Fallowmere {late} plans were late.")
        with library.writing():
            library.keep_original(document.sha256, ".txt", f"{late}".encode())
    kept = Conversations(settings.home)
    for line in kept.listed():
        kept.delete(line.id)
    kept.begin(f"Of {late}")
    kept.close()


def seen(settings: Settings) -> Seen:
    try:
        with closing(opened(settings)) as library:
            said = Desk(library).ask(QUESTION).text
            (document,) = library.documents()
            original = library.original(document)
            file = original and original.read_bytes()
        with closing(Conversations(settings.home)) as kept:
            return said, document, file, tuple(line.name for line in kept.listed())
    except LibraryError:
        return None


def broken(settings: Settings, file: str) -> None:
    for ending in ("-wal", "-shm"):
        (settings.library / f"{file}{ending}").unlink(missing_ok=True)
    (settings.library / file).write_bytes(b"damaged " * 9999)


def killed_at(steps: Iterable[int], start: Settings, saved: Path, folders: Path) -> None:
    """Restore in a copy of a library for each step, in a process that is killed there; the copies
    are named by the steps, in the last of them all was in its place."""
    code = KILLED_AT.format(
        path=sys.path, source=str(saved), start=str(start.library), folders=str(folders),
        steps=steps, decided=DECIDED,
    )  # fmt: skip
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)


@pytest.mark.parametrize("damaged", [None, DESK, LIBRARY])
def test_a_restore_killed_at_any_step_is_as_before_or_as_restored(
    tmp_path: Path, damaged: str | None
) -> None:
    start, saved, folders = Settings(tmp_path / "start"), tmp_path / "desk.zip", tmp_path / "steps"
    filled(start, 11)
    back_up(start, saved)
    then = seen(start)
    filled(start, 12)
    if damaged:
        broken(start, damaged)
    killed_at(range(1000), start, saved, folders)
    before = seen(start)
    assert before != then

    steps = [Settings(folders / str(step)) for step in range(len(list(folders.iterdir())))]
    decided = [settings.library / DECIDED for settings in steps]
    part = next(folder.parent for folder in decided if is_mixed(folder))
    # A backup of what is there is one of what counts.
    copy, other = Settings(tmp_path / "copy"), Settings(tmp_path / "other")
    shutil.copytree(part, copy.library)
    back_up(copy, tmp_path / "copy.zip")
    restore(other, tmp_path / "copy.zip", lambda: opened(other))
    assert seen(other) == then

    assert [seen(settings) for settings in steps] == [before] + [then] * (len(steps) - 1)
    assert not any(folder.exists() for folder in decided)


def is_mixed(decided: Path) -> bool:
    """Whether one set is in its place and another is not."""
    return (decided / LIBRARY).exists() and not (decided / DESK).exists()


def test_who_has_the_library_open_finishes_what_was_cut_off(tmp_path: Path) -> None:
    settings, saved = Settings(tmp_path / "1"), tmp_path / "desk.zip"
    filled(settings, 11)
    back_up(settings, saved)
    then = seen(settings)
    filled(settings, 12)
    with closing(opened(settings)) as library, closing(Conversations(settings.home)) as kept:
        assert "12" in Desk(library).ask(QUESTION).text
        killed_at((1,), settings, saved, tmp_path)
        (told,) = [each for each in leftovers_check(settings) if "is being restored" in each.said]
        assert told.level is Level.NOTE
        assert [line.name for line in kept.listed()] == ["Of 11"]
        assert not (settings.library / DECIDED).exists()
        assert "11" in Desk(library).ask(QUESTION).text
    assert seen(settings) == then
    assert not [each for each in leftovers_check(settings) if each.level is Level.WARNING]


def test_a_library_that_another_program_is_putting_in_place_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "library")
    filled(settings, 11)
    (settings.library / DECIDED).mkdir()
    monkeypatch.setattr(putting_back, "PATIENCE_SECONDS", 0.2)
    with WriteLock(settings.library).held(), pytest.raises(LibraryLocked):
        Conversations(settings.home)
    Conversations(settings.home).close()
    assert not (settings.library / DECIDED).exists()
