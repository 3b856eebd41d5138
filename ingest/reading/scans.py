"""Scanned pages: whether they can be read here, and one page read by OCR."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from ingest.reading.readers import ocr
from ingest.reading.sandbox import SourceBytes, file_bytes
from ingest.types import ExtractedLine, ExtractedPages
from rag.settings import Settings

Lines = tuple[ExtractedLine, ...]


class ScanReading(StrEnum):
    """Whether scanned pages are read by OCR, or why not."""

    READ = "read"
    OFF = "off"
    NOT_INSTALLED = "not installed"

    @property
    def remedy(self) -> str:
        """What to do so that they are read."""
        return _REMEDIES[self]


CLEARER_SCAN = "Scan it again at 300 dots an inch, upright and sharp."
_REMEDIES = {
    ScanReading.READ: CLEARER_SCAN,
    ScanReading.OFF: "Have them read by OCR: take SCRUTINY_OCR=off away and ingest it again.",
    ScanReading.NOT_INSTALLED: "To have them read by OCR (optical character recognition), install "
    'what reads scans (pip install ".[ocr]" in the folder of this program) and ingest it again.',
}


def scan_reading(settings: Settings) -> ScanReading:
    """Whether scanned pages are read here."""
    if not settings.ocr:
        return ScanReading.OFF
    return ScanReading.READ if ocr.is_installed() else ScanReading.NOT_INSTALLED


def read_scan(source: SourceBytes, form: str, page: int, max_file_mb: int) -> Lines:
    """The lines of a page, by its number from 0, of a "pdf" or "image" file, read by OCR.

    It runs in a reading process. Raises IngestError when the file cannot be read.
    """
    content = source.content
    data = content if isinstance(content, bytes) else file_bytes(content, max_file_mb)
    if form == "pdf":
        from ingest.reading.readers.pdf.reader import open_pdf
        from ingest.reading.readers.pdf.scan import draw_page

        with open_pdf(data) as document:
            picture, points = draw_page(document, page)
    else:
        from ingest.reading.readers.image import draw_image

        picture, points = draw_image(data, page)
    return ocr.read_picture(picture, points)


def with_scans_read(reading: ExtractedPages, read: dict[int, Lines]) -> ExtractedPages:
    """The reading with the lines of the pages that OCR has read, by their numbers from 0."""
    pages = tuple(read.get(number, page) for number, page in enumerate(reading.pages))
    unread = tuple(number for number in reading.scans if number not in read)
    return replace(reading, pages=pages, scans=unread, by_ocr=frozenset(read))
