"""What has become of the source that a citation was taken from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from rag.library.reader import LibraryReader
from rag.types import Citation


class CitationStatus(StrEnum):
    """How a citation's file stands in the library now."""

    HELD = "held"
    REPLACED = "replaced"
    """A document of that name is held, made from another file."""
    RENAMED = "renamed"
    """The file is held under another name."""
    ASIDE = "aside"
    """It was removed, and can be put back."""
    GONE = "gone"


SENTENCES: Mapping[CitationStatus, str] = {
    CitationStatus.HELD: "This document is in the library, as it was when these words were quoted.",
    CitationStatus.REPLACED: (
        "This document has been replaced by a newer file since; the words below are as they stood."
    ),
    CitationStatus.RENAMED: (
        "This document is in the library under another name now; its words are the same."
    ),
    CitationStatus.ASIDE: (
        "This document has been removed from the library since and can be put back; the words "
        "below are as they stood."
    ),
    CitationStatus.GONE: (
        "This document is not in the library any more; the words below are as they stood."
    ),
}
"""What to tell a reader, in one sentence."""


def citation_status(library: LibraryReader, citation: Citation) -> CitationStatus:
    """What has become of the file that a citation was taken from."""
    held = library.catalogue()
    if held.hash_of.get(citation.document) == citation.sha256:
        return CitationStatus.HELD
    if citation.sha256 in held.name_of:
        return CitationStatus.RENAMED
    if citation.document in held.hash_of:
        return CitationStatus.REPLACED
    return CitationStatus.ASIDE if library.is_aside(citation.sha256) else CitationStatus.GONE


def held_as(library: LibraryReader, citation: Citation) -> str | None:
    """The name under which the file of a citation is held now, or None."""
    held = library.catalogue()
    if held.hash_of.get(citation.document) == citation.sha256:
        return citation.document
    return held.name_of.get(citation.sha256)
