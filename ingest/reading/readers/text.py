"""Plain text: its lines as they stand."""

from __future__ import annotations

from ingest.reading.encoding import decode
from ingest.reading.readers.visible_text import visible_text
from ingest.types import ExtractedLine, ExtractedPages
from rag.errors import NoText

_NO_WORDS = NoText("It has no words in it.", "Check that it is the file you meant.")


def read_text(data: bytes) -> ExtractedPages:
    """Read plain text: a LINE a line, blank lines as empty text, a page at each form feed.

    Raises Unreadable when it is not text, NoText when it has no words.
    """
    pages = []
    worded = False
    for page in decode(data).split("\f"):
        text = visible_text(page)
        worded = worded or any(map(str.isalnum, text))
        pages.append(tuple(ExtractedLine(text=line.strip()) for line in text.split("\n")))
    if not worded:
        raise _NO_WORDS
    return ExtractedPages(pages=tuple(pages), format="text")
