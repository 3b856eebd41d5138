"""Paths and web addresses -> the files to read, each with its name and where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.fetch import fetch
from ingest.manifest import Entry, Manifest, is_manifest, load_entry, load_manifest
from rag.errors import IngestError, Unreadable
from rag.settings import Settings

ADDRESS = ("http://", "https://")
PASSED_OVER = {"readme.md", "readme.txt", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file or fetched page to take in; `entry` holds what its manifest says of it."""

    name: str
    content: Path | bytes
    origin: str
    sha256: str
    entry: Entry
    url: str | None = None

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class Missed:
    """A source that could not even be looked at."""

    name: str
    error: IngestError


def gather(sources: Sequence[str], settings: Settings) -> list[Found | Missed]:
    """Everything to take in, in a stable order; what cannot be reached is named, not raised."""
    return [found for source in sources for found in _gather(source, settings)]


def _gather(source: str, settings: Settings) -> Iterator[Found | Missed]:
    if source.casefold().startswith(ADDRESS):
        yield _page(source, settings)
    elif Path(source).is_dir():
        yield from _folder(Path(source).resolve())
    elif Path(source).is_file():
        path = Path(source).resolve()
        yield _file(path, path.name, str(path.parent), lambda: load_entry(path))
    else:
        yield Missed(
            source, Unreadable("There is no such file or folder.", "Check the path for slips.")
        )


def _page(address: str, settings: Settings) -> Found | Missed:
    try:
        page = fetch(address, settings)
    except IngestError as error:
        return Missed(address, error)
    digest = hashlib.sha256(page.data).hexdigest()
    return Found(page.suggested_name, page.data, address, digest, Entry(), url=page.url)


def _folder(root: Path) -> Iterator[Found | Missed]:
    try:
        manifest = load_manifest(root)
    except IngestError as error:
        yield Missed("manifest.toml", error)
        manifest = Manifest()
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        yield _file(path, name, str(root), partial(manifest.entry, name))


def _files(root: Path) -> Iterable[Path]:
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        if (
            path.is_file()
            and not hidden
            and path.name.casefold() not in PASSED_OVER
            and not is_manifest(path)
        ):
            yield path


def _file(path: Path, name: str, origin: str, entry: Callable[[], Entry]) -> Found | Missed:
    # A name may hold bytes that are no text; nothing else may.
    name, origin = _printable(name), _printable(origin)
    try:
        return Found(name, path, origin, _sha256(path), entry())
    except IngestError as error:
        return Missed(name, error)
    except OSError as error:
        return Missed(
            name,
            Unreadable(f"It cannot be opened: {error.strerror}.", "Check that it may be read."),
        )


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
