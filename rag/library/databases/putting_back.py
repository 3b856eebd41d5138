"""Puts a backup in the place of a library's files so that any kill leaves the one or the other.

What a backup holds is unpacked beside the library, synced and then given the name `DECIDED`: from
that moment on the restore counts. That folder is the journal: what lies in it is still to be put in
its place, and is gone from it once it is. Who opens the library meanwhile finishes that first.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from rag.errors import LibraryError, LibraryLocked
from rag.library.schema import LIBRARY_TABLES
from rag.library.source_files import ORIGINALS
from rag.library.sqlite import is_sound, put_in_place
from rag.library.write_lock import WriteLock

DECIDED = ".putting-back"
"""The folder of what is to be put in place before anybody reads the library."""
PATIENCE_SECONDS = 120.0
"""How long who opens a library waits for another program that puts a backup in place."""


class LibraryLock(WriteLock):
    """The lock of a library in files; who has it has finished a restore that was cut off."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._library = folder

    def _acquire(self) -> None:
        super()._acquire()
        try:
            put_decided(self._library)
        except BaseException:
            self._release()
            raise


def decide(unpacked: Path, folder: Path) -> None:
    """Have what was unpacked count as what the library in a folder holds; `put_decided` does the
    rest. Must be called by who holds the lock. Raises LibraryError."""
    try:
        for path in (*unpacked.rglob("*"), unpacked):
            _sync(path)
        unpacked.rename(folder / DECIDED)
        _sync(folder)
    except OSError as error:
        raise _not_written(folder, error) from error


def put_decided(folder: Path) -> None:
    """Put what was decided on in its place, as far as that is not done yet; nothing happens where
    nothing is. Must be called by who holds the lock. Raises LibraryError."""
    decided = folder / DECIDED
    if not decided.is_dir():
        return
    try:
        # First the files that documents were read from, which no row names yet; then the rows.
        originals = folder / ORIGINALS
        originals.mkdir(exist_ok=True)
        for original in (decided / ORIGINALS).glob("*"):
            if not (originals / original.name).exists():
                original.replace(originals / original.name)
        _sync(originals)
        found = decided.glob("*.sqlite3")
        for copy in sorted(found, key=lambda path: (path.name == LIBRARY_TABLES.file, path)):
            _put(copy, folder / copy.name)
        shutil.rmtree(decided)
    except OSError as error:
        raise _not_written(folder, error) from error


def finish(folder: Path) -> None:
    """Put in its place what another program has decided on and not come to, or wait until it has.

    Raises LibraryError, and LibraryLocked where it takes longer than `PATIENCE_SECONDS`.
    """
    decided = folder / DECIDED
    if not decided.is_dir():
        return
    try:
        with LibraryLock(folder).held(PATIENCE_SECONDS, lambda: not decided.is_dir()):
            pass
    except LibraryLocked:
        if decided.is_dir():
            raise


def _put(copy: Path, target: Path) -> None:
    try:
        put_in_place(copy, target)
    except LibraryError:
        if is_sound(target):
            raise
        # A damaged file cannot be written over, and nobody can have it open to any use.
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        copy.replace(target)
    _sync(target.parent)
    # It is done: what is written to the file from now on is not to be lost by doing it again.
    copy.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have a file or a folder on disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows knows no such thing
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_written(folder: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"A backup could not be put in place in {folder} ({error.strerror}). Check that the disk "
        "has room and that the folder may be written to, then try again."
    )
