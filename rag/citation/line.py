"""A cited line: words that are shown, and the citations that bear them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

from rag.citation.quote import Quote
from rag.citation.source_label import quoted_source, voice_of
from rag.citation.verify import are_verified, source_of, verified_citations
from rag.library.corpus import Corpus
from rag.types import Citation, Voice

T = TypeVar("T")
CitationKey = tuple[str, int, str | None, str]
"""The file, page, paragraph and words of a citation: what makes two of them one."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A sentence of the program's own and which quotes (by place in the answer) it follows from."""

    text: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a pack and the quotes that back it.

    In the program's voice `text` says only what follows from the quotes; in any other it is the
    quote, word for word. The citations are numbered through when the pack is whole.
    """

    text: str
    citations: tuple[Citation, ...]
    voice: Voice
    source: str = ""
    """A short label of the source ("Ofsted, Croydon, inspected October 2024")."""


def line_of(library: Corpus, quote: Quote) -> Line | None:
    """A quote in the voice of its source; None when it does not stand on its pages as it is."""
    document = source_of(library, quote.passage)
    citations = verified_citations(document, quote)
    if not citations:
        return None
    source = quoted_source(document.description, citations[0])
    return Line(quote.text, citations, voice_of(citations[0]), source)


def lines_of(library: Corpus, quotes: Iterable[Quote]) -> tuple[Line, ...]:
    """The lines of those of the quotes that stand on their pages."""
    return tuple(filter(None, (line_of(library, quote) for quote in quotes)))


def concluding_line(text: str, backing: Iterable[Line]) -> Line:
    """A sentence of the program's own that follows from the lines that back it."""
    return Line(text, citations_of(tuple(backing)), Voice.PROGRAM)


def unverified_lines(library: Corpus, value: object) -> tuple[Line, ...]:
    """The lines that may not be shown: without a quote, with one that does not stand on its stored
    page, or in a source's voice with other words than the quote's."""
    unverified: list[Line] = []
    for line in values_of_type(value, Line):
        words = None if line.voice is Voice.PROGRAM else line.text
        if not are_verified(line.citations, library.page_text, words):
            unverified.append(line)
    return tuple(unverified)


# ---------------------------------------------------------------- what a value holds


def values_of_type(value: object, kind: type[T]) -> Iterator[T]:
    """Everything of a kind that a value holds, in the order of its fields."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for part in value:
            yield from values_of_type(part, kind)
    elif is_dataclass(value):
        for field in fields(value):
            yield from values_of_type(getattr(value, field.name), kind)


def citations_of(value: object) -> tuple[Citation, ...]:
    """The citations of a pack or of a part of it, each once."""
    citations: dict[CitationKey, Citation] = {}
    for citation in values_of_type(value, Citation):
        citations.setdefault(key_of(citation), citation)
    return tuple(citations.values())


def key_of(citation: Citation) -> CitationKey:
    """What makes two citations one, whatever their numbers."""
    return citation.sha256, citation.page, citation.paragraph, citation.quote
