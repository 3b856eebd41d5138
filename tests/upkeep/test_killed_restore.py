"""A restore that is killed leaves what was there before or what was saved, and can be done anew."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from postgres_server import PostgresServer
from shared_data import WordEmbedder, WordJudge, put

from rag.desk import Desk
from rag.errors import LibraryLocked
from rag.library.library import Library
from rag.library.write_lock import WriteLock
from rag.saved.conversations import Conversations
from rag.settings import Settings
from rag.upkeep.backup import back_up
from rag.upkeep.doctor import Level, leftovers_check
from rag.upkeep.restore import KEPT, restore

QUESTION = "How many plans of Fallowmere were late?"
KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = {path!r}
from shared_data import WordEmbedder, WordJudge
from rag.library.library import Library
from rag.settings import Settings
from rag.upkeep.restore import restore
settings = Settings(Path({folder!r}), database={database!r}, chroma={chroma!r})
opened = []
def open_or_end():
    if len(opened) == {openings}:
        os.kill(os.getpid(), signal.SIGKILL)
    opened.append(None)
    return Library(settings.home, WordEmbedder(), WordJudge())
restore(settings, Path({source!r}), open_or_end)
"""


@pytest.fixture(params=["files", "servers"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    folder = tmp_path / "library"
    if request.param == "files":
        return Settings(folder)
    postgres: PostgresServer = request.getfixturevalue("postgres")
    chroma: ChromaServer = request.getfixturevalue("chroma")
    return Settings(folder, database=postgres.new_database(), chroma=chroma.address)


def opened(settings: Settings) -> Library:
    return Library(settings.home, WordEmbedder(), WordJudge())


def filled(settings: Settings, late: int) -> None:
    """A library that tells of so many late plans, and what was asked of it."""
    with closing(opened(settings)) as library:
        put(library, "plans.txt", f"In Fallowmere {late} plans were late.")
    Conversations(settings.home).begin(f"Of {late}")


def told(settings: Settings) -> tuple[str, list[str]]:
    """What is answered, and what was kept."""
    with closing(opened(settings)) as library:
        said = Desk(library).ask(QUESTION).text
    return said, [line.name for line in Conversations(settings.home).listed()]


def killed(settings: Settings, source: Path, *, openings: int) -> None:
    """Restore in another process, which ends itself once it has opened the library so often."""
    code = KILLED.format(
        path=sys.path, folder=str(settings.library), openings=openings, source=str(source),
        database=settings.database, chroma=settings.chroma,
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=300)
    assert done.returncode == -signal.SIGKILL


def are_of_what_is_held(library: Library) -> bool:
    """Whether the index of vectors has those of what is held and no others."""
    versions = {version for version, _, _ in library._vectors.nearest([0.1] * 64, 1)}
    return versions == library.catalogue().name_of_version.keys()


@pytest.mark.parametrize("openings", [0, 1])
def test_a_restore_that_is_killed_is_told_and_done_anew(
    settings: Settings, tmp_path: Path, openings: int
) -> None:
    """Before anything was put in place, and after all that nothing can remake was."""
    filled(settings, 11)
    saved = tmp_path / "desk.zip"
    back_up(settings, saved)
    then = told(settings)
    Conversations(settings.home).begin("Of another")
    filled(settings, 12)
    before = told(settings)
    with closing(opened(settings)) as open_meanwhile:
        assert are_of_what_is_held(open_meanwhile)
        killed(settings, saved, openings=openings)
        assert told(settings) == (then if openings else before)
        # Who had it open, too, and the index follows by itself.
        assert Desk(open_meanwhile).ask(QUESTION).text == told(settings)[0]
        assert are_of_what_is_held(open_meanwhile)
    cut_off = [f.said for f in leftovers_check(settings) if f.level is Level.WARNING]
    # In files nothing is left to be told once all is in its place.
    assert len(cut_off) == (0 if openings and not settings.database else 1)
    assert all("Restoring a backup was cut off" in said for said in cut_off)
    restore(settings, saved, lambda: opened(settings))
    assert told(settings) == then
    assert not [f for f in leftovers_check(settings) if f.level is Level.WARNING]
    assert not list((settings.library / KEPT).glob(".*"))


def test_two_restores_at_once_are_not_done(settings: Settings, tmp_path: Path) -> None:
    filled(settings, 11)
    back_up(settings, tmp_path / "desk.zip")
    with (
        WriteLock(settings.library, "restoring.lock").held(),
        pytest.raises(LibraryLocked),
    ):
        restore(settings, tmp_path / "desk.zip", lambda: opened(settings))
