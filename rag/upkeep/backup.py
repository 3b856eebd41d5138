"""Saves a library while it is read and written: each of its files as it was at one moment.

One that lies on servers is saved in the same files, so that it can be restored on either engine.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rag.errors import BackupError
from rag.library.databases.putting_back import finish
from rag.library.source_files import ORIGINALS
from rag.library.sqlite import copy_file
from rag.logs import Event, log
from rag.settings import Settings
from rag.upkeep.archive import (
    LIBRARY,
    SETTINGS,
    ArchiveWriter,
    BackupManifest,
    replacing,
    room_for,
    truth_in,
)

Progress = Callable[[int, int], None]
MAKING = ".backing-up-"
"""How the folder begins in which the parts of a backup are made."""
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
    refuse_without_library(settings)
    if target.is_dir():
        raise BackupError(f"{target} is a folder: name a file in it.")
    with (
        replacing(target) as file,
        closing(ArchiveWriter(file)) as writer,
        tempfile.TemporaryDirectory(dir=target.parent, prefix=MAKING) as making,
    ):
        save = _save_servers if settings.database else _save_files
        copies, without = save(settings, writer, Path(making), on_progress)
        for copy in copies:
            writer.add(copy.name, copy)
        library = Path(making) / LIBRARY
        manifest = BackupManifest(
            datetime.now(UTC).isoformat(timespec="seconds"),
            version("scrutiny-desk"),
            _count(library),
            writer.files,
            _noted(settings),
            without,
        )
        writer.finish(manifest)
    log(Event.BACKED_UP, documents=manifest.documents, bytes=manifest.bytes)
    return manifest


def refuse_without_library(settings: Settings) -> None:
    """Raises BackupError where a folder that is to hold a library holds none."""
    if not settings.database and not (settings.library / LIBRARY).is_file():
        raise BackupError(
            f"There is no library in {settings.library}: name its folder with --library or "
            "SCRUTINY_LIBRARY."
        )


# ---------------------------------------------------------------- from files


def _save_files(
    settings: Settings, writer: ArchiveWriter, making: Path, on_progress: Progress
) -> tuple[list[Path], int]:
    """Copies of the files of a folder; the files that documents were read from are saved. How many
    documents have none."""
    folder = settings.library
    finish(folder)
    truth = truth_in(folder)
    room_for(making, sum(path.stat().st_size for path in truth))
    copies = [_copied(path, making) for path in truth]
    return copies, _add_originals(folder, writer, making / LIBRARY, on_progress)


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


# ---------------------------------------------------------------- from servers


def _save_servers(
    settings: Settings, writer: ArchiveWriter, making: Path, on_progress: Progress
) -> tuple[list[Path], int]:
    """Files of what a database holds, as `_save_files` makes them."""
    from rag.library.databases import transfer

    room_for(making, transfer.size_of(settings.home))
    saved: set[str] = set()

    def add(name: str, parts: Iterable[bytes]) -> None:
        part = making / name
        with part.open("wb") as file:
            file.writelines(parts)
        writer.add(f"{ORIGINALS}/{name}", part)
        part.unlink()
        saved.add(part.stem)
        on_progress(len(saved), len(saved))

    sets = transfer.sets_held(settings.home)
    for tables in sets:
        transfer.save(settings.home, tables, making / tables.file, add)
    return [making / tables.file for tables in sets], len(_hashes(making / LIBRARY) - saved)


# ---------------------------------------------------------------- what a copy holds


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
