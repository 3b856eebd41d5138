"""The files that documents were read from, kept so that their pages can be shown."""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from rag.errors import LibraryError


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
                path.parent.mkdir(exist_ok=True)
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

    def sweep(self, held: Container[str]) -> None:
        """Delete every file whose hash is not among those held."""
        for path in self._folder.glob("*"):
            if path.suffix == ".part" or path.stem not in held:
                # A file that is being shown cannot be deleted on every system: next time.
                with suppress(OSError):
                    path.unlink()

    def _path(self, sha256: str, suffix: str) -> Path:
        safe = suffix if suffix[1:].isalnum() and len(suffix) < 12 else ""
        return self._folder / f"{sha256}{safe.casefold()}"
