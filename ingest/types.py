"""What passes between a reader and the cleaner: pages of lines, not yet a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class LineRole(StrEnum):
    """What a line or block is; LINE is a line as laid out, to be joined with its neighbours."""

    LINE = "line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    """A footnote or endnote; its text begins with its mark, raised ("\u2074 Provisional.")."""


@dataclass(frozen=True, slots=True)
class ExtractedLine:
    """A line of text from a reader; `size` is the font size in points and `bold` its weight,
    where the format tells; `top`, `left` and `bottom` its place on the page in points from the
    bottom-left corner; `doubtful` are figures in it that OCR did not read surely."""

    text: str
    role: LineRole = LineRole.LINE
    size: float | None = None
    bold: bool = False
    left: float | None = None
    top: float | None = None
    bottom: float | None = None
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the format itself says of the document, unchecked: a PDF's or web page's metadata."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    source_url: str | None = None
    author: str | None = None
    page_title: str | None = None
    """The whole title of a web page, with the name of its site."""


@dataclass(frozen=True, slots=True)
class ExtractedPages:
    """What a reader makes of a file: its pages, each a tuple of lines, and the format's hints.

    Formats with structure (Word, HTML, sheets) give HEADING, PARAGRAPH, ITEM, ROW and NOTE lines,
    one a block; formats that only lay text out (PDF, plain text) give LINE lines as they stand,
    blank lines as empty text, and the rows of their tables.
    """

    pages: tuple[tuple[ExtractedLine, ...], ...]
    hints: Hints = field(default_factory=Hints)
    format: str = ""
    """"pdf", "docx", "odt", "html", "text", "markdown", "email", "image", "pptx", "xlsx", "ods" or
    "csv"."""
    scans: tuple[int, ...] = ()
    """Numbers, from 0, of pages that are pictures of print and have not been read by OCR."""
    by_ocr: frozenset[int] = frozenset()
    """Numbers, from 0, of pages that OCR has read."""
