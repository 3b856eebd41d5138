"""Puts a backup in the place of a library, which may be open in other programs meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.access.people import LOCAL
from rag.errors import BackupError, ModelMismatch
from rag.library.databases.putting_back import LibraryLock, decide, finish, put_decided
from rag.library.library import BEHIND, Library
from rag.library.schema import BACKED_UP, DESK_TABLES
from rag.library.source_files import ORIGINALS
from rag.library.sqlite import copy_file, is_sound, version_of
from rag.library.tables import set_fact
from rag.library.write_lock import WriteLock
from rag.logs import Event, log
from rag.saved.audit import AuditTrail
from rag.saved.audit import Event as AuditEvent
from rag.saved.desk_file import open_desk_file
from rag.settings import Home, Settings
from rag.upkeep import archive
from rag.upkeep.archive import LIBRARY, BackupManifest, room_for, truth_in
from rag.upkeep.backup import MAKING, Progress, back_up, facts_of

OpenLibrary = Callable[[], Library]
UNPACKING = ".restoring-"
"""How the folder begins in which a backup is unpacked."""
KEPT = "before-restore"
"""The folder for what was there before a backup was restored."""
_KNOWN = {tables.file: tables for tables in BACKED_UP}
"""The files that this program knows; each other says its own version."""


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
    """Put what a backup holds, of either engine, in the place of the library of the settings.

    Nothing is touched before the whole backup is unpacked and sound. What is there is backed up
    first, into the folder itself. The audit trail that is put back tells of it.
    Raises BackupError, LibraryLocked while another program writes, and ModelMismatch when the
    backup was made with another embedding model than is set: before anything is touched, but after
    all is in place where the library is damaged.
    """
    folder = settings.library
    folder.mkdir(parents=True, exist_ok=True)
    with archive.reading(source) as backup, WriteLock(folder, "restoring.lock").held():
        _sweep(folder)
        if not settings.database:
            finish(folder)
        manifest = backup.manifest
        room_for(folder, 2 * manifest.bytes)
        with tempfile.TemporaryDirectory(dir=folder, prefix=UNPACKING) as unpacking:
            unpacked = Path(unpacking)
            for done, _ in enumerate(backup.unpack(manifest.files, unpacked), 1):
                on_progress(done, len(manifest.files))
            _check(unpacked, manifest, source, settings)
            entry = f"{source.name} of {manifest.made}"
            before = _put(unpacked, manifest, settings, open_library, entry)
    log(Event.RESTORED, documents=manifest.documents, bytes=manifest.bytes)
    return Restored(manifest, before, _differing(manifest, settings))


def _sweep(folder: Path) -> None:
    """Delete what restores that were cut off have left."""
    unpacked, kept = folder.glob(f"{UNPACKING}*"), (folder / KEPT).glob(f"{MAKING}*")
    for left in (*unpacked, *kept):
        shutil.rmtree(left)
    for left in (folder / KEPT).glob(".*.part"):
        left.unlink()


def _check(unpacked: Path, manifest: BackupManifest, source: Path, settings: Settings) -> None:
    for file in manifest.databases:
        known = _KNOWN.get(file.name)
        if settings.database and known is None:
            raise BackupError(
                f"{source} holds {file.name}, for which this program has no place on a server: "
                "update the program, or restore it where SCRUTINY_DATABASE is not set."
            )
        if not is_sound(unpacked / file.name):
            raise BackupError(f"{source} is damaged ({file.name}): restore an earlier backup.")
        if version_of(unpacked / file.name) > (known.version if known else sys.maxsize):
            raise BackupError(
                f"{source} was made by a later version of this program: update the program, then "
                "restore it."
            )


def _put(
    unpacked: Path,
    manifest: BackupManifest,
    settings: Settings,
    open_library: OpenLibrary,
    entry: str,
) -> Path | None:
    """Put what was unpacked in its place; where what was there before is kept."""
    kept = settings.library / KEPT / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    damaged = () if settings.database else _damaged(settings.library)
    with _writing(settings, unpacked / LIBRARY, open_library, damaged) as library:
        state, collection = (library.state, library.collection) if library else (0, None)
        if library is None or damaged:
            before: Path | None = _copied_aside(settings.library, kept, damaged)
        else:
            before = _backed_up(settings, library, kept.with_suffix(".zip"))
        _note_where(unpacked / LIBRARY, collection, state)
        for name in damaged:
            (unpacked / name).touch()  # one that the backup lacks begins anew
        is_desk_put = (unpacked / DESK_TABLES.file).exists()
        # In the trail that is put back, where there is one: with it, or not at all.
        _note(unpacked if is_desk_put else settings.home, entry, before)
        if settings.database:
            _put_on_servers(unpacked, manifest, settings)
        else:
            decide(unpacked, settings.library)
            put_decided(settings.library)
    # Opened anew: what an older version has made is brought up by that.
    open_desk_file(settings.home).close()
    library = open_library()
    try:
        library.remake_indexes(after=state, collection=collection)
    finally:
        library.close()
    return before


def _note(home: Home, item: str, before: Path | None) -> None:
    if before:
        item += f"; what was there before: {KEPT}/{before.name}"
    trail = AuditTrail(home)
    trail.note(LOCAL, AuditEvent.RESTORED, "backup", item)
    trail.close()


def _note_where(copy: Path, collection: str | None, state: int) -> None:
    """Have a copy of a library say where this one's vectors lie, and not where those of the one it
    was made of do: that may be in use; that its indexes are to be made afresh; and that it is later
    than what was there, so that every program reads it anew."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("DELETE FROM facts WHERE name IN ('vectors', 'writer')")
        if collection:
            set_fact(connection, "vectors", collection)
        set_fact(connection, BEHIND, "1")
        set_fact(connection, "state", str(max(state, int(facts_of(copy).get("state", 0))) + 1))


def _put_on_servers(unpacked: Path, manifest: BackupManifest, settings: Settings) -> None:
    from rag.library.databases import transfer

    paths = [unpacked / file.name for file in manifest.originals]
    originals = [(path.stem, path.suffix, path) for path in paths]
    sources = {_KNOWN[file.name]: unpacked / file.name for file in manifest.databases}
    transfer.put(settings.home, sources, originals)


def _damaged(folder: Path) -> tuple[str, ...]:
    """The names of the files of a folder that are damaged."""
    return tuple(path.name for path in truth_in(folder) if not is_sound(path))


@contextmanager
def _writing(
    settings: Settings, copy: Path, open_library: OpenLibrary, damaged: Collection[str]
) -> Iterator[Library | None]:
    """The right to write, and the library, where it can be opened: the model that a copy was made
    with is then that of the settings."""
    if LIBRARY in damaged:
        with LibraryLock(settings.library).held():
            yield None
        return
    with closing(open_library()) as library:
        _check_model(copy, library)
        with library.writing():
            yield library


def _copied_aside(folder: Path, kept: Path, damaged: Collection[str]) -> Path:
    """Keep the files of a library some of which are damaged as they are; where."""
    making = kept.with_name(f"{MAKING}{kept.name}")
    making.mkdir(parents=True)
    for path in truth_in(folder):
        if path.name not in damaged:
            copy_file(path, making / path.name)
            continue
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                shutil.copy2(part, making / part.name)
    # What the damaged library alone knew of would be swept.
    if (folder / ORIGINALS).is_dir():
        shutil.copytree(folder / ORIGINALS, making / ORIGINALS)
    return making.rename(kept)


def _backed_up(settings: Settings, library: Library, kept: Path) -> Path | None:
    """A backup of what is there, so that restoring the wrong file loses nothing."""
    if not library.documents() and _holds_nothing_else(settings):
        return None
    kept.parent.mkdir(exist_ok=True)
    back_up(settings, kept)
    return kept


def _holds_nothing_else(settings: Settings) -> bool:
    """Whether there is nothing beside the library's own tables."""
    if settings.database:
        from rag.library.databases import transfer

        return len(transfer.sets_held(settings.home)) == 1
    return len(truth_in(settings.library)) == 1


def _check_model(copy: Path, library: Library) -> None:
    made_with = facts_of(copy).get("model")
    if made_with not in (None, library.embedder.fingerprint):
        raise ModelMismatch(
            "The backup was made with another embedding model. Set SCRUTINY_EMBEDDING_MODEL to "
            "that model, then restore it."
        )


def _differing(
    manifest: BackupManifest, settings: Settings
) -> tuple[tuple[str, object, object], ...]:
    now = asdict(settings)
    return tuple(
        (name, then, now[name])
        for name, then in manifest.settings.items()
        if name in archive.SETTINGS and now[name] != then
    )
