"""What a backup is: one zip file of the truth of a library folder, with a list of what is in it.

    backup.json                      when it was made, of what; each part with its size and sha256
    library.sqlite3, desk.sqlite3    and every other SQLite file that holds what nothing can remake
    originals/SHA256.pdf             the files that documents were read from

What can be made from these (vectors, indexes, analyses) is left out, and so is every secret.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from rag.errors import BackupError

FORMAT = 1
"""The version of the form of a backup."""
MANIFEST = "backup.json"
LIBRARY = "library.sqlite3"
REMADE = frozenset(("analyses.sqlite3", "calls.sqlite3"))
"""SQLite files that are made from others, or that nobody would miss."""
SECRET = frozenset(("tokens.sqlite3",))
"""SQLite files that hold what opens doors."""
_LARGEST_MANIFEST = 64 * 2**20
_BLOCK = 1 << 20
_DATABASE = re.compile(r"[a-z][a-z0-9_-]{0,40}\.sqlite3")
_ORIGINAL = re.compile(r"originals/[0-9a-f]{64}(?:\.[a-z0-9]{1,11})?")
SETTINGS = (
    "embedding_model",
    "max_file_mb",
    "read_seconds",
    "read_memory_mb",
    "fetch_seconds",
    "watch_minutes",
    "ocr",
    "ocr_pages",
    "ocr_seconds",
    "ocr_memory_mb",
    "model",
    "model_seconds",
    "model_tokens",
    "model_reply_tokens",
)
"""The settings that a backup notes: no address and nothing that could hold a secret."""


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file in a backup: its size in bytes and the sha256 of its content."""

    name: str
    size: int
    sha256: str

    @property
    def is_database(self) -> bool:
        """Whether it is an SQLite file."""
        return _DATABASE.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What a backup holds; `made` is ISO 8601, UTC, `without` counts documents whose file is not
    kept in the library."""

    made: str
    program: str
    documents: int
    files: tuple[ArchivedFile, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    without: int = 0
    format: int = FORMAT

    @property
    def databases(self) -> tuple[ArchivedFile, ...]:
        """The SQLite files."""
        return tuple(file for file in self.files if file.is_database)

    @property
    def originals(self) -> tuple[ArchivedFile, ...]:
        """The files that documents were read from."""
        return tuple(file for file in self.files if not file.is_database)

    @property
    def bytes(self) -> int:
        """How much its files hold, unpacked."""
        return sum(file.size for file in self.files)


def truth_in(folder: Path) -> tuple[Path, ...]:
    """The SQLite files of a library folder that hold what nothing else can remake, the library's
    own last: what others tell of a document is then no newer than the document."""
    found = [path for path in sorted(folder.glob("*.sqlite3")) if path.is_file()]
    kept = [path for path in found if path.name not in REMADE | SECRET]
    return tuple(sorted(kept, key=lambda path: path.name == LIBRARY))


class ArchiveWriter:
    """Writes the files of a backup one after another, and then their list."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", allowZip64=True)
        self._written: dict[str, ArchivedFile] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._written

    def add(self, name: str, source: Path) -> None:
        """Add a file. Raises FileNotFoundError when it is gone, BackupError for a bad name."""
        if not _is_known(name):
            raise BackupError(f"The library folder holds a file of an unknown name ({name}).")
        # Most originals are packed by themselves; the databases are not.
        packed = zipfile.ZIP_DEFLATED if name.endswith(".sqlite3") else zipfile.ZIP_STORED
        info = zipfile.ZipInfo(name)
        info.compress_type = packed
        info.external_attr = 0o600 << 16
        with source.open("rb") as content:
            digest, size = hashlib.sha256(), 0
            with self._zip.open(info, "w", force_zip64=True) as entry:
                while block := content.read(_BLOCK):
                    entry.write(block)
                    digest.update(block)
                    size += len(block)
        self._written[name] = ArchivedFile(name, size, digest.hexdigest())

    @property
    def files(self) -> tuple[ArchivedFile, ...]:
        """What was added."""
        return tuple(self._written.values())

    def finish(self, manifest: BackupManifest) -> None:
        """Write the list, and end the archive."""
        info = zipfile.ZipInfo(MANIFEST)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._zip.writestr(info, json.dumps(asdict(manifest), indent=1))
        self._zip.close()

    def close(self) -> None:
        """Let go of the archive, finished or given up."""
        self._zip.close()


class ArchiveReader:
    """Reads a backup, which may be damaged or not one at all."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._zip = archive
        self._path = path
        self.manifest = self._manifest()

    def unpack(self, files: Iterable[ArchivedFile], folder: Path) -> Iterator[Path]:
        """Unpack files into a folder, each held against its size and its sha256.

        Raises BackupError for one that is damaged.
        """
        for file in files:
            target = folder / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not self._is_whole(file, target):
                raise self._damaged(f"its part {file.name} is not what was saved")
            yield target

    def _is_whole(self, file: ArchivedFile, target: Path) -> bool:
        digest, left = hashlib.sha256(), file.size
        try:
            with self._zip.open(file.name) as entry, target.open("wb") as copy:
                while block := entry.read(min(_BLOCK, left + 1)):
                    left -= len(block)
                    if left < 0:
                        return False
                    digest.update(block)
                    copy.write(block)
        except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError):
            return False
        except OSError as error:
            raise BackupError(
                f"{target} cannot be written ({error.strerror}): check that the disk has room."
            ) from error
        return left == 0 and digest.hexdigest() == file.sha256

    def _manifest(self) -> BackupManifest:
        try:
            if self._zip.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise self._damaged("its list of files is too long")
            record = json.loads(self._zip.read(MANIFEST))
            if record["format"] > FORMAT:
                raise BackupError(
                    f"{self._path} was made by a later version of this program: update the "
                    "program, then restore it."
                )
            record["files"] = tuple(ArchivedFile(**file) for file in record["files"])
            manifest = BackupManifest(**record)
        except KeyError as error:
            raise BackupError(
                f"{self._path} is no backup of this program: give a file that `scrutiny backup` "
                "has written."
            ) from error
        except (zipfile.BadZipFile, ValueError, TypeError, RecursionError, EOFError) as error:
            raise self._damaged("its list of files cannot be read") from error
        if not all(_is_known(file.name) and file.size >= 0 for file in manifest.files):
            raise self._damaged("its list names a file that is none of a library")
        if LIBRARY not in {file.name for file in manifest.files}:
            raise self._damaged("it holds no library")
        return manifest

    def _damaged(self, how: str) -> BackupError:
        return BackupError(f"{self._path} is damaged ({how}): restore an earlier backup.")


@contextmanager
def reading(path: Path) -> Iterator[ArchiveReader]:
    """Open a backup. Raises BackupError when it is none."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}: check the path for slips.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupError(
            f"{path} cannot be read as a backup ({error}): give a file that `scrutiny backup` has "
            "written, and that came over whole."
        ) from error
    with archive:
        yield ArchiveReader(archive, path)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes its name when it is whole; only its owner may read it.

    Raises BackupError when it cannot be written.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.touch(mode=0o600)
        partial.chmod(0o600)
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise BackupError(
            f"{path} cannot be written ({error.strerror}): check that the folder is there and may "
            "be written to, and that the disk has room."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def room_for(folder: Path, size: int) -> None:
    """Raises BackupError where a folder's disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise BackupError(
            f"The disk of {folder} has room for {free // 2**20} MiB, and {size // 2**20} MiB are "
            "needed: make room first."
        )


def _is_known(name: str) -> bool:
    """Whether a backup may hold a file of that name: never a path out of the folder."""
    if _ORIGINAL.fullmatch(name):
        return True
    return _DATABASE.fullmatch(name) is not None and name not in SECRET | REMADE
