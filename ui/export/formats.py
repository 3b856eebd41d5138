"""The one way out: a paper as the bytes of a Word, PDF, Markdown or CSV file."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ExportError
from ui.wording.lists import listed

if TYPE_CHECKING:
    from ui.export.paper import Paper

_LONGEST_NAME = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Format(StrEnum):
    """A kind of file, by its ending."""

    WORD = "docx"
    PDF = "pdf"
    MARKDOWN = "md"
    CSV = "csv"


MEDIA_TYPES = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.MARKDOWN: "text/markdown",
    Format.CSV: "text/csv",
}
TO_READ = (Format.WORD, Format.PDF, Format.MARKDOWN)
"""What every paper can be; CSV is for those that hold a table."""
WITH_TABLE = (*TO_READ, Format.CSV)
"""The formats of what holds a table."""


def format_of(path: Path) -> Format:
    """The format that a file's ending names. Raises ExportError."""
    try:
        return Format(path.suffix.removeprefix(".").casefold())
    except ValueError:
        endings = listed([f".{ending}" for ending in Format])
        problem = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
        raise ExportError(f"{path.name} {problem}: choose one of {endings}.") from None


def export(paper: Paper, to: Format) -> bytes:
    """A paper as the bytes of a file. Raises ExportError."""
    # Late, because each brings in a heavy library that nothing else needs.
    match to:
        case Format.WORD:
            from ui.export.writers.word import word

            return word(paper)
        case Format.PDF:
            from ui.export.writers.pdf import pdf

            return pdf(paper)
        case Format.MARKDOWN:
            from ui.export.writers.markdown import markdown

            return markdown(paper)
        case Format.CSV:
            from ui.export.writers.table import table

            if paper.spreadsheet is None:
                raise ExportError(
                    "A CSV file holds a table, and this has none: take .docx, .pdf or .md."
                )
            return table(paper.spreadsheet)


def file_name(title: str, made: datetime, to: Format) -> str:
    """A name for a file: small letters, figures and hyphens, the day and the ending."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = _NOT_PLAIN.sub("-", plain.casefold())[:_LONGEST_NAME].strip("-") or "paper"
    return f"{stem}-{made.date().isoformat()}.{to}"


def now() -> datetime:
    """The moment at which a paper is made."""
    return datetime.now(UTC)
