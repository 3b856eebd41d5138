"""A reading -> pages, description and passages: what is done to a document before it is held.

It runs in the reading process, under the same limits: a document is data until it is held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.chunking import split
from ingest.cleaning.clean import clean
from ingest.metadata.describe import described_document
from ingest.reading.sandbox import SourceBytes, read_source
from ingest.types import ExtractedPages
from rag.errors import NoText, Unreadable
from rag.types import Description, Page, Passage

_OWN_PAPER = re.compile(r"\bmade by Scrutiny Desk on \d{1,2} \w+ \d{4} at \d\d:\d\d UTC")
"""What the first page of everything that this program writes out says of it."""
_FIRST_PAGES = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready to be encoded and held."""

    description: Description
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]


def prepare(source: SourceBytes, reading: ExtractedPages) -> Prepared:
    """Clean, describe and split one reading.

    Raises NoText when no sentence is left, and Unreadable for a paper that this program made: what
    it quotes would come back as a second source.
    """
    cleaned = clean(reading)
    pages = tuple(page.page for page in cleaned)
    for page in pages[:_FIRST_PAGES]:
        if _OWN_PAPER.search(" ".join(page.text.split())):
            raise Unreadable(
                "It is a paper that Scrutiny Desk made of other documents, and no source itself.",
                "Add the documents that it quotes.",
            )
    passages = split(source.name, cleaned)
    if not passages:
        raise NoText("It has no sentences in it.", "Check that it is the right file.")
    return Prepared(described_document(source.name, reading, pages), pages, passages)


def read_and_prepare(source: SourceBytes, max_file_mb: int) -> Prepared:
    """Read and prepare one document. Raises IngestError when it cannot be taken in."""
    return prepare(source, read_source(source, max_file_mb))
