"""Lines of a pack: a verified quote, or what the program concludes from several."""

from __future__ import annotations

from collections.abc import Iterable

from rag.answering.compose import VOICES, label, verified
from rag.answering.selection import Quote
from rag.library.corpus import View
from rag.packs.types import Line
from rag.retrieval.source import source_of
from rag.types import Voice


def line_of(library: View, quote: Quote) -> Line | None:
    """A quote in the voice of its source; None when it does not stand on its pages as it is."""
    document = source_of(library, quote.passage)
    citations = verified(document, quote)
    if not citations:
        return None
    described = document.description
    return Line(quote.text, citations, VOICES[described.kind], label(described))


def lines_of(library: View, quotes: Iterable[Quote]) -> tuple[Line, ...]:
    """The lines of those of the quotes that stand on their pages."""
    made = (line_of(library, quote) for quote in quotes)
    return tuple(line for line in made if line)


def concluded(text: str, backing: Iterable[Line]) -> Line:
    """A sentence of the program's own that follows from the lines that back it."""
    citations = dict.fromkeys(c for line in backing for c in line.citations)
    return Line(text, tuple(citations), Voice.PROGRAM)
