"""Paths, addresses, uploads -> the files to read, each with its name and where it came from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.sources.fetch import Fetched, fetch
from ingest.sources.manifest import (
    MANIFEST,
    Manifest,
    ManifestEntry,
    is_manifest,
    load_entry,
    load_manifest,
)
from ingest.sources.upload import (
    UPLOADED,
    IngestSource,
    StoredUpload,
    Upload,
    safe_name,
    source_name,
)
from rag.errors import IngestError, Unreadable
from rag.settings import Settings
from rag.types import Stop

ADDRESS = ("http://", "https://")
PASSED_OVER = {"readme.md", "readme.txt", "thumbs.db", "desktop.ini"}
_HIDDEN = re.compile(r"(?:^|/)(?:\.|~\$)")
"""A path of which a part is hidden, or the mark of a file that Office has open."""
POLL_SECONDS = 0.1
"""How often one who waits looks whether it has been told to stop."""
_MIB = 1024 * 1024
Fetch = Callable[[str, Settings], Fetched]


@dataclass(frozen=True, slots=True)
class SourceFound:
    """A file or fetched page to take in; `entry` holds what its manifest says of it."""

    name: str
    content: Path | bytes
    origin: str
    sha256: str
    entry: ManifestEntry
    url: str | None = None

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class SourceMissing:
    """A source that could not even be looked at; a slip in a path or a manifest is no document."""

    name: str
    error: IngestError
    is_document: bool = True


@dataclass(frozen=True, slots=True)
class SourceSkipped:
    """A source that was not looked at, because the reading was stopped before."""

    name: str


def gather(
    sources: Sequence[IngestSource],
    settings: Settings,
    stop: Stop = lambda: False,
    fetch: Fetch = fetch,
) -> list[SourceFound | SourceMissing | SourceSkipped]:
    """Everything to take in, in a stable order; what cannot be reached is named, not raised."""
    gathered: list[SourceFound | SourceMissing | SourceSkipped] = []
    for source in sources:
        if stop():
            gathered.append(SourceSkipped(source_name(source)))
        elif isinstance(source, str) and source.casefold().startswith(ADDRESS):
            gathered.append(_page(source, settings, stop, fetch))
        else:
            gathered += _files_of(source, settings)
    return gathered


def _files_of(source: IngestSource, settings: Settings) -> Iterator[SourceFound | SourceMissing]:
    if isinstance(source, Upload):
        yield _upload(source, settings)
    elif isinstance(source, StoredUpload):
        yield SourceFound(
            source.name, source.path, source.origin, source.sha256, source.entry, source.url
        )
    else:
        yield from _path(source)


def _path(source: str) -> Iterator[SourceFound | SourceMissing]:
    if Path(source).is_dir():
        yield from _folder(Path(source).resolve())
    elif Path(source).is_file():
        path = Path(source).resolve()
        yield _file(path, path.name, str(path.parent), lambda: load_entry(path))
    else:
        error = Unreadable("There is no such file or folder.", "Check the path for slips.")
        yield SourceMissing(_printable(source), error, is_document=False)


def _upload(upload: Upload, settings: Settings) -> SourceFound | SourceMissing:
    name = safe_name(upload.name)
    if len(upload.data) > settings.max_file_mb * _MIB:
        reason = f"It is larger than {settings.max_file_mb} MiB."
        return SourceMissing(
            name, Unreadable(reason, "Split it into parts, or raise SCRUTINY_MAX_FILE_MB.")
        )
    digest = hashlib.sha256(upload.data).hexdigest()
    return SourceFound(name, upload.data, UPLOADED, digest, ManifestEntry())


def _page(
    address: str, settings: Settings, stop: Stop, fetch: Fetch
) -> SourceFound | SourceMissing | SourceSkipped:
    # In a thread of its own: a site that does not answer must not hold up a stop.
    fetcher = ThreadPoolExecutor(1)
    fetched = fetcher.submit(fetch, address, settings)
    fetcher.shutdown(wait=False)
    while not wait([fetched], timeout=POLL_SECONDS).done:
        if stop():
            return SourceSkipped(address)
    try:
        page = fetched.result()
    except IngestError as error:
        return SourceMissing(address, error)
    digest = hashlib.sha256(page.data).hexdigest()
    return SourceFound(
        page.suggested_name, page.data, address, digest, ManifestEntry(), url=page.url
    )


def _folder(root: Path) -> Iterator[SourceFound | SourceMissing]:
    try:
        manifest = load_manifest(root)
    except IngestError as error:
        yield SourceMissing(MANIFEST, error, is_document=False)
        manifest = Manifest()
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        if manifest.passes_over(name):
            continue
        if path.resolve().is_relative_to(root):
            yield _file(path, name, str(root), partial(manifest.entry, name))
        else:
            yield SourceMissing(
                _printable(name),
                Unreadable(
                    "It is a link to a file outside of its folder.",
                    "Put the file itself there, or name its own folder.",
                ),
            )


def _files(root: Path) -> Iterable[Path]:
    for path in sorted(root.rglob("*")):
        hidden = _HIDDEN.search(path.relative_to(root).as_posix())
        known = path.name.casefold() in PASSED_OVER
        if path.is_file() and not hidden and not known and not is_manifest(path):
            yield path


def _file(
    path: Path, name: str, origin: str, entry: Callable[[], ManifestEntry]
) -> SourceFound | SourceMissing:
    # A name may hold bytes that are no text; nothing else may.
    name, origin = _printable(name), _printable(origin)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return SourceFound(name, path, origin, digest, entry())
    except IngestError as error:
        return SourceMissing(name, error)
    except OSError as error:
        return SourceMissing(
            name,
            Unreadable(f"It cannot be opened: {error.strerror}.", "Check that it may be read."),
        )


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
