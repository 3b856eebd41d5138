"""What a citation needs of its source."""

from __future__ import annotations

from dataclasses import replace

from rag.library.corpus import View
from rag.types import Document, Page, Passage


def source_of(library: View, passage: Passage) -> Document:
    """A passage's document with those of its pages that the passage stands on.

    Raises UnknownDocument.
    """
    document = library.entry(passage.document).document
    numbers = sorted({span.page for sentence in passage.sentences for span in sentence.spans})
    texts = ((number, library.page_text(document.name, number)) for number in numbers)
    return replace(document, pages=tuple(Page(n, text) for n, text in texts if text is not None))
