"""Readers, one module a format: bytes in, pages of lines out."""

from __future__ import annotations

from importlib import import_module

from ingest.reading.filetype import sniff
from ingest.types import ExtractedPages

# The function that reads each format, imported only when a file of that format comes.
_READERS = {
    "pdf": "ingest.reading.readers.pdf.reader:read_pdf",
    "docx": "ingest.reading.readers.docx:read_docx",
    "html": "ingest.reading.readers.html:read_html",
    "markdown": "ingest.reading.readers.markdown:read_markdown",
    "image": "ingest.reading.readers.image:read_image",
    "text": "ingest.reading.readers.text:read_text",
    "xlsx": "ingest.reading.readers.xlsx:read_xlsx",
    "csv": "ingest.reading.readers.csv_table:read_csv",
    "ods": "ingest.reading.readers.opendocument:read_ods",
    "odt": "ingest.reading.readers.opendocument:read_odt",
    "pptx": "ingest.reading.readers.pptx:read_pptx",
    "email": "ingest.reading.readers.email_message:read_email",
}


def read_file(data: bytes, name: str, url: str | None = None) -> ExtractedPages:
    """Read a file of any known format; `url` is the address that it came from.

    Raises IngestError: Unreadable when it cannot be read, NoText when it has no words.
    """
    form = sniff(data, name)
    module, function = _READERS[form].split(":")
    reader = getattr(import_module(module), function)
    reading: ExtractedPages = reader(data, url) if form == "html" else reader(data)
    return reading
