"""A reading -> pages, description and passages: what is done to a document before it is held.

It runs in the reading process, under the same limits: a document is data until it is held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.chunking import ordering_paragraphs, split
from ingest.cleaning.bounds import bounded_reading
from ingest.cleaning.clean import clean
from ingest.metadata.describe import described_document
from ingest.reading.sandbox import SourceBytes, read_source
from ingest.reading.scans import CLEARER_SCAN, ScanReading
from ingest.types import ExtractedPages
from rag.errors import NoText, Unreadable
from rag.types import Description, Page, Passage

_OWN_PAPER = re.compile(r"\bmade by Scrutiny Desk on \d{1,2} \w+ \d{4} at \d\d:\d\d UTC")
"""What the first page of everything that this program writes out says of it."""
_FIRST_PAGES = 2
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready to be encoded and held."""

    description: Description
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    note: str = ""
    """What a reader must know of how it was read: which pages were not."""


def prepare(source: SourceBytes, reading: ExtractedPages, remedy: str = CLEARER_SCAN) -> Prepared:
    """Clean, describe and split one reading; `remedy` says what to do about pages left unread.

    Raises NoText when no sentence is left, and Unreadable for a paper that this program made: what
    it quotes would come back as a second source.
    """
    reading, left_out = bounded_reading(reading)
    cleaned = clean(reading)
    pages = tuple(page.page for page in cleaned)
    for page in pages[:_FIRST_PAGES]:
        if _OWN_PAPER.search(" ".join(page.text.split())):
            raise Unreadable(
                "It is a paper that Scrutiny Desk made of other documents, and no source itself.",
                "Add the documents that it quotes.",
            )
    passages = split(source.name, cleaned)
    if not passages and reading.scans:
        raise NoText("Its pages are pictures of print, which were not read.", remedy)
    if not passages:
        raise _no_sentences(reading)
    description = described_document(source.name, reading, pages)
    notes = (_unread(reading, remedy), left_out, _ordered(ordering_paragraphs(cleaned)))
    return Prepared(description, pages, passages, " ".join(filter(None, notes)))


def read_and_prepare(
    source: SourceBytes, max_file_mb: int, scans: ScanReading
) -> Prepared | ExtractedPages:
    """Read and prepare one document; one of which scanned pages are to be read yet is only read.

    Raises IngestError when it cannot be taken in.
    """
    reading = read_source(source, max_file_mb)
    if reading.scans and scans is ScanReading.READ:
        return reading
    return prepare(source, reading, scans.remedy)


def _no_sentences(reading: ExtractedPages) -> NoText:
    if reading.by_ocr:
        return NoText("No sentence could be read in its pictures.", CLEARER_SCAN)
    return NoText("It has no sentences in it.", "Check that it is the right file.")


def _ordered(paragraphs: int) -> str:
    """What a reader must know of paragraphs that order a machine about; "" where there are none."""
    if not paragraphs:
        return ""
    which = "One paragraph gives" if paragraphs == 1 else f"{paragraphs:,} paragraphs give"
    return f"{which} orders to a machine that reads it: nothing is quoted from there."


def _unread(reading: ExtractedPages, remedy: str) -> str:
    """Which scanned pages were not read, and what to do; "" when all were."""
    numbers = [number + 1 for number in reading.scans]
    if not numbers:
        return ""
    named = ", ".join(map(str, numbers[:_MOST_NAMED]))
    if len(numbers) > _MOST_NAMED:
        named += f" and {len(numbers) - _MOST_NAMED:,} more"
    told = "Page {} is a picture" if len(numbers) == 1 else "Pages {} are pictures"
    return f"{told.format(named)} of print and not read. {remedy}"
