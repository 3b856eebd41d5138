"""Plain text: its lines as they stand, and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.reading.encoding import decode
from ingest.reading.raised import without_marks
from ingest.reading.readers.text_tables import find_tables, is_note
from ingest.reading.readers.visible_text import visible_text
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.errors import NoText

_NO_WORDS = NoText("It has no words in it.", "Check that it is the file you meant.")


def read_text(data: bytes) -> ExtractedPages:
    """Read plain text: a LINE a line, blank lines as empty text, a page at each form feed; a table
    that is plain to see as rows.

    Raises Unreadable when it is not text, NoText when it has no words.
    """
    pages = tuple(tuple(text_lines(page)) for page in decode(data).split("\f"))
    if not any(char.isalnum() for page in pages for line in page for char in line.text):
        raise _NO_WORDS
    return ExtractedPages(pages=pages, format="text")


def text_lines(page: str) -> Iterator[ExtractedLine]:
    """The lines of a page of plain text, blank ones as empty text."""
    lines = page.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    for table in find_tables(lines):
        yield from _running(lines[at : table.start], after_table=at > 0)
        yield from table.lines
        at = table.end
    yield from _running(lines[at:], after_table=at > 0)


def _running(lines: Sequence[str], *, after_table: bool) -> Iterator[ExtractedLine]:
    for line in visible_text("\n".join(lines)).split("\n"):
        text = line.strip()
        after_table = after_table and (not text or is_note(text))
        if text and after_table:
            yield ExtractedLine(text=text, role=LineRole.NOTE)
        else:
            yield ExtractedLine(text=without_marks(text))
