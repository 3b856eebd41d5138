"""Documents that come by their bytes: one that a person uploads, or one held that is read again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.sources.manifest import ManifestEntry, manifest_entry
from rag.errors import Unreadable
from rag.library.library import Library

UPLOADED = "uploaded"
"""The origin of every uploaded document: no folder's path and no address is that."""
LONGEST_NAME = 150
LONGEST_SUFFIX = 16
_UNNAMED = "document"
_UNSEEN = ("Cc", "Cf")
"""Unicode categories of what a name may hide: controls, direction and zero-width marks."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sends it; `name` is what its owner calls it, and never becomes a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A held document to be read again from the file that the library kept of it.

    It keeps its name, its origin and what a manifest has said of it.
    """

    name: str
    path: Path
    sha256: str
    origin: str
    url: str | None
    entry: ManifestEntry


IngestSource = str | Upload | StoredUpload
"""What can be ingested: a path or web address, an upload, or a held document again."""


def safe_name(name: str) -> str:
    """A file name that can be read and shown: one part of a path, nothing hidden, not too long."""
    last = re.split(r"[/\\]", name.encode("utf-8", "replace").decode("utf-8"))[-1]
    shown = (char for char in last if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    # One form for each letter, so that a file sent from another system is known again.
    words = unicodedata.normalize("NFC", "".join(shown)).split()
    return _shortened(" ".join(words).strip(". ")) or _UNNAMED


def stored_upload(library: Library, document: str) -> StoredUpload:
    """The source that has a held document read again, as after the program got better.

    Raises UnknownDocument, and Unreadable when its file is not kept.
    """
    stored = library.entry(document).document
    path = library.original(stored)
    if path is None:
        raise Unreadable("The library has not kept its file.", "Add the document again.")
    description, origin = stored.description, library.origins()[document]
    url = None
    if origin.startswith(("http://", "https://")):
        # Where a web page was found: what a person has put in its place is not that.
        edited = "source_url" in description.edited
        url = (None if edited else description.source_url) or origin
    entry = manifest_entry(description)
    return StoredUpload(document, path, stored.sha256, origin, url, entry)


def source_name(source: IngestSource) -> str:
    """What a source is called before anything is known of it."""
    if isinstance(source, str):
        return source
    return safe_name(source.name) if isinstance(source, Upload) else source.name


def _shortened(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    if len(suffix) > LONGEST_SUFFIX:
        suffix = ""
    stem = name.removesuffix(suffix)[: LONGEST_NAME - len(suffix)].rstrip(". ")
    return stem + suffix
