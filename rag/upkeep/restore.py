"""Puts a backup in the place of a library, which may be open in other programs meanwhile."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import BackupError, ModelMismatch
from rag.library.library import Library
from rag.library.schema import DESK_VERSION, LIBRARY_VERSION
from rag.library.sqlite import copy_file, is_sound, put_in_place, version_of
from rag.library.write_lock import WriteLock
from rag.logs import Event, log
from rag.saved.desk_file import open_desk_file
from rag.settings import Settings
from rag.upkeep import archive
from rag.upkeep.archive import LIBRARY, ArchivedFile, BackupManifest, room_for, truth_in
from rag.upkeep.backup import Progress, back_up, facts_of, refuse_on_server

OpenLibrary = Callable[[], Library]
KEPT = "before-restore"
"""The folder for what was there before a backup was restored."""
_VERSIONS = {LIBRARY: LIBRARY_VERSION, "desk.sqlite3": DESK_VERSION}
"""The versions of the files that this program knows; each other file says its own."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, the backup of what was there before (None where nothing was), and the
    settings that differ now: (name, then, now)."""

    manifest: BackupManifest
    before: Path | None
    differing: tuple[tuple[str, object, object], ...] = ()


def restore(
    settings: Settings,
    source: Path,
    open_library: OpenLibrary,
    on_progress: Progress = lambda done, total: None,
) -> Restored:
    """Put what a backup holds in the place of the library of the settings.

    Nothing is touched before the whole backup is unpacked and sound. What is there is backed up
    first, into the folder itself. Raises BackupError, LibraryLocked while another program writes,
    and ModelMismatch when the backup was made with another embedding model than is set.
    """
    refuse_on_server(settings)
    folder = settings.library
    folder.mkdir(parents=True, exist_ok=True)
    with archive.reading(source) as backup:
        manifest = backup.manifest
        room_for(folder, 2 * manifest.bytes)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as unpacking:
            unpacked = Path(unpacking)
            for done, _ in enumerate(backup.unpack(manifest.files, unpacked), 1):
                on_progress(done, len(manifest.files))
            _check(unpacked, manifest, source)
            before = _put(unpacked, manifest, settings, open_library)
    log(Event.RESTORED, documents=manifest.documents, bytes=manifest.bytes)
    return Restored(manifest, before, _differing(manifest, settings))


def _check(unpacked: Path, manifest: BackupManifest, source: Path) -> None:
    for file in manifest.databases:
        if not is_sound(unpacked / file.name):
            raise BackupError(f"{source} is damaged ({file.name}): restore an earlier backup.")
        if version_of(unpacked / file.name) > _VERSIONS.get(file.name, sys.maxsize):
            raise BackupError(
                f"{source} was made by a later version of this program: update the program, then "
                "restore it."
            )


def _put(
    unpacked: Path, manifest: BackupManifest, settings: Settings, open_library: OpenLibrary
) -> Path | None:
    """Put what was unpacked in its place; where what was there before is kept."""
    folder = settings.library
    kept = folder / KEPT / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    damaged = _moved_aside(folder, kept)
    library = open_library()
    try:
        _check_model(unpacked / LIBRARY, library)
        with library.writing():
            before = damaged or _backed_up(settings, library, kept.with_suffix(".zip"))
            state, collection = library.state, library.collection
            # First the files, which no row names yet; then the rows.
            _put_originals(unpacked, manifest.originals, folder)
            for file in manifest.databases:
                put_in_place(unpacked / file.name, folder / file.name)
    finally:
        library.close()
    # Opened anew: what an older version has made is brought up by that.
    open_desk_file(folder).close()
    library = open_library()
    try:
        library.remake_indexes(after=state, collection=collection)
    finally:
        library.close()
    return before


def _moved_aside(folder: Path, kept: Path) -> Path | None:
    """Move files that are damaged out of the way, and keep the others beside them; None where
    none is."""
    truth = truth_in(folder)
    damaged = [path for path in truth if not is_sound(path)]
    if not damaged:
        return None
    with WriteLock(folder).held():
        kept.mkdir(parents=True)
        for path in truth:
            if path not in damaged:
                copy_file(path, kept / path.name)
        for path in damaged:
            for ending in ("", "-wal", "-shm"):
                part = path.with_name(path.name + ending)
                if part.exists():
                    part.replace(kept / part.name)
        # What the damaged library alone knew of would be swept.
        if (folder / archive.ORIGINALS).is_dir():
            shutil.copytree(folder / archive.ORIGINALS, kept / archive.ORIGINALS)
    return kept


def _backed_up(settings: Settings, library: Library, kept: Path) -> Path | None:
    """A backup of what is there, so that restoring the wrong file loses nothing."""
    if not library.documents() and len(truth_in(settings.library)) == 1:
        return None
    kept.parent.mkdir(exist_ok=True)
    back_up(settings, kept)
    return kept


def _check_model(copy: Path, library: Library) -> None:
    made_with = facts_of(copy).get("model")
    if made_with not in (None, library.embedder.fingerprint):
        raise ModelMismatch(
            "The backup was made with another embedding model. Set SCRUTINY_EMBEDDING_MODEL to "
            "that model, then restore it."
        )


def _put_originals(unpacked: Path, files: Iterable[ArchivedFile], folder: Path) -> None:
    (folder / archive.ORIGINALS).mkdir(exist_ok=True)
    for file in files:
        target = folder / file.name
        if not target.exists():
            (unpacked / file.name).replace(target)


def _differing(
    manifest: BackupManifest, settings: Settings
) -> tuple[tuple[str, object, object], ...]:
    now = asdict(settings)
    return tuple(
        (name, then, now[name])
        for name, then in manifest.settings.items()
        if name in archive.SETTINGS and now[name] != then
    )
