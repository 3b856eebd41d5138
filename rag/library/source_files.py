"""The files that documents were read from, kept so that their pages can be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from rag.errors import LibraryError
from rag.library.database import Connection, Database

ORIGINALS = "originals"
"""The folder of these files in a library's."""
PART = 4 * 2**20
"""Bytes of a file that a database is given at once."""


class SourceFiles:
    """Files in one folder, each under the sha256 of its bytes: no document names a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, sha256: str, suffix: str, data: bytes) -> None:
        """Keep a file; nothing happens when it is kept already. Raises LibraryError."""
        path = self._path(sha256, suffix)
        part = path.with_suffix(".part")
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(data)
                part.replace(path)
        except OSError as error:
            raise LibraryError(
                f"The file {path} cannot be written ({error.strerror}). Check that the disk has "
                "room and that the folder may be written to, then try again."
            ) from error

    def find(self, sha256: str, suffix: str) -> Path | None:
        """The file of that hash, or None when it is not kept."""
        path = self._path(sha256, suffix)
        return path if path.exists() else None

    def sweep(self, held: Collection[str]) -> None:
        """Delete every file whose hash is not among those held."""
        for path in self._folder.glob("*"):
            if path.suffix == ".part" or path.stem not in held:
                # A file that is being shown cannot be deleted on every system: next time.
                with suppress(OSError):
                    path.unlink()

    def _path(self, sha256: str, suffix: str) -> Path:
        return self._folder / f"{sha256}{_safe(suffix)}"


class SharedSourceFiles(SourceFiles):
    """Files that a database holds for every machine; the folder keeps those shown on this one."""

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(folder)
        self._database = database

    def keep(self, sha256: str, suffix: str, data: bytes) -> None:
        """Keep a file; nothing happens when it is kept already. Raises LibraryError."""
        suffix = _safe(suffix)
        if not self._database.row(_HELD, (sha256, suffix)):
            with self._database.transaction() as connection:
                put_in_parts(connection, sha256, suffix, BytesIO(data))
        super().keep(sha256, suffix, data)

    def find(self, sha256: str, suffix: str) -> Path | None:
        """The file of that hash, fetched where it is not here; None when it is not kept."""
        suffix = _safe(suffix)
        found = super().find(sha256, suffix)
        if found is None:
            rows = self._database.rows(
                "SELECT content FROM originals WHERE sha256 = ? AND suffix = ? ORDER BY part",
                (sha256, suffix),
            )
            if rows:
                super().keep(sha256, suffix, b"".join(bytes(part) for (part,) in rows))
                found = super().find(sha256, suffix)
        return found

    def sweep(self, held: Collection[str]) -> None:
        """Delete every file whose hash is not among those held."""
        super().sweep(held)
        kept = self._database.rows("SELECT DISTINCT sha256 FROM originals")
        gone = [(sha256,) for (sha256,) in kept if sha256 not in held]
        if gone:
            with self._database.transaction() as connection:
                connection.executemany("DELETE FROM originals WHERE sha256 = ?", gone)


def put_in_parts(connection: Connection, sha256: str, suffix: str, file: BinaryIO) -> None:
    """Put a file into a database part by part; nothing happens to parts that are there already."""
    for number, part in enumerate(_parts(file)):
        connection.execute(_PUT, (sha256, suffix, number, part))


def _parts(file: BinaryIO) -> Iterator[bytes]:
    part = file.read(PART)
    yield part  # an empty file is a part without bytes
    while part := file.read(PART):
        yield part


_PUT = (
    "INSERT INTO originals (sha256, suffix, part, content) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_HELD = "SELECT 1 FROM originals WHERE sha256 = ? AND suffix = ? LIMIT 1"


def _safe(suffix: str) -> str:
    """The ending as it may stand in a file's name."""
    return suffix.casefold() if suffix[1:].isalnum() and len(suffix) < 12 else ""
