"""Saves a library while it is read and written: each of its files as it was at one moment."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rag.errors import BackupError
from rag.library.sqlite import copy_file
from rag.logs import Event, log
from rag.settings import Settings
from rag.upkeep.archive import (
    LIBRARY,
    ORIGINALS,
    SETTINGS,
    ArchiveWriter,
    BackupManifest,
    replacing,
    room_for,
    truth_in,
)

Progress = Callable[[int, int], None]
MOST_LOOKS = 20
"""How often the library is looked at anew when files of it go while they are saved."""
_HASHES = "SELECT sha256 FROM documents UNION SELECT sha256 FROM aside"


def back_up(
    settings: Settings, target: Path, on_progress: Progress = lambda done, total: None
) -> BackupManifest:
    """Save the library of the settings in one file, in place of one of that name; what it holds.

    It may be read and written meanwhile. `on_progress` is told how many files of how many are
    saved. Raises BackupError, and LibraryError when a file of the library cannot be read.
    """
    refuse_on_server(settings)
    folder = settings.library
    truth = truth_in(folder)
    if not any(path.name == LIBRARY for path in truth):
        raise BackupError(
            f"There is no library in {folder}: name its folder with --library or SCRUTINY_LIBRARY."
        )
    if target.is_dir():
        raise BackupError(f"{target} is a folder: name a file in it.")
    with replacing(target) as file, tempfile.TemporaryDirectory(dir=target.parent) as making:
        room_for(target.parent, sum(path.stat().st_size for path in truth))
        writer = ArchiveWriter(file)
        copies = {path.name: _copied(path, Path(making)) for path in truth}
        without = _add_originals(folder, writer, copies[LIBRARY], on_progress)
        for name, copy in copies.items():
            writer.add(name, copy)
        manifest = BackupManifest(
            datetime.now(UTC).isoformat(timespec="seconds"),
            version("scrutiny-desk"),
            _count(copies[LIBRARY]),
            writer.files,
            _noted(settings),
            without,
        )
        writer.finish(manifest)
    log(Event.BACKED_UP, documents=manifest.documents, bytes=manifest.bytes)
    return manifest


def refuse_on_server(settings: Settings) -> None:
    """Raises BackupError where a database server holds the library, which is saved as a whole."""
    if settings.database:
        raise BackupError(
            "PostgreSQL holds the library: save it with `pg_dump --format=custom` and bring it "
            "back with `pg_restore --clean`, as the database's own tools do. The vectors on a "
            "Chroma server are made afresh from it."
        )


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    copy_file(path, copy)
    return copy


def _add_originals(folder: Path, writer: ArchiveWriter, copy: Path, on_progress: Progress) -> int:
    """Save the files that the copy's documents were read from; how many documents have none.

    A document may be removed, and its file deleted, between the copy and this: then the library is
    copied anew, until everything that the copy holds is saved or is not kept at all.
    """
    known_missing: set[str] = set()
    for _ in range(MOST_LOOKS):
        wanted = _hashes(copy)
        kept = _kept(folder)
        gone = set()
        for done, sha256 in enumerate(sorted(wanted), 1):
            if not _add_original(writer, kept.get(sha256)):
                gone.add(sha256)
            on_progress(done, len(wanted))
        if gone <= known_missing:
            break
        known_missing |= gone
        copy_file(folder / LIBRARY, copy)
    return len(gone)


def _add_original(writer: ArchiveWriter, path: Path | None) -> bool:
    """Whether a file is in the backup by now."""
    if path is None:
        return False
    name = f"{ORIGINALS}/{path.name}"
    if name in writer:
        return True
    try:
        writer.add(name, path)
    except FileNotFoundError:
        return False
    return True


def _kept(folder: Path) -> Mapping[str, Path]:
    """The files that are kept, by their hashes."""
    found = (folder / ORIGINALS).glob("*")
    return {path.stem: path for path in found if path.suffix != ".part"}


def _hashes(copy: Path) -> frozenset[str]:
    with closing(sqlite3.connect(copy)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE name = 'aside'"
        # A library of the first version has nothing aside.
        hashes = _HASHES if connection.execute(tables).fetchone() else _HASHES.split(" UNION")[0]
        return frozenset(str(sha256) for (sha256,) in connection.execute(hashes))


def _count(copy: Path) -> int:
    with closing(sqlite3.connect(copy)) as connection:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def facts_of(copy: Path) -> dict[str, str]:
    """What a copy of a library's file notes of itself."""
    with closing(sqlite3.connect(copy)) as connection:
        return dict(connection.execute("SELECT name, value FROM facts"))


def _noted(settings: Settings) -> dict[str, object]:
    held = asdict(settings)
    return {name: held[name] for name in SETTINGS}
