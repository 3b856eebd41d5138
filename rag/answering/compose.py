"""Quotes -> an answer: statements grouped by source, each cited, each quote checked on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rag.citation.line import Conclusion
from rag.citation.quote import Quote
from rag.citation.source_label import ORDER, VOICES, in_quotation_marks, source_label
from rag.citation.verify import verified_citations
from rag.types import Citation, Document, Passage, Statement, Voice

MOST_WORDS = 120
_WORD = re.compile(r"\S+")
_Made = tuple[int, Statement, tuple[Citation, ...]]
"""A statement, the place of its quote in the draft, and its citations, not yet numbered."""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Quotes in the order of their directness, and what follows from them."""

    quotes: tuple[Quote, ...]
    conclusions: tuple[Conclusion, ...] = ()
    sure: bool = False
    """Found by form (a grade, a list, a date line), so that no evidence need be weighed."""


@dataclass(frozen=True, slots=True)
class ComposedAnswer:
    """An answer's words, statements and citations."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


def compose(
    draft: AnswerDraft, document: Callable[[Passage], Document], words: int = MOST_WORDS
) -> ComposedAnswer:
    """Make the answer: inspectors first, then the council, then the press; the order of the quotes
    otherwise. A quote that does not stand on its page is left out, and so is what passes `words`.

    `document` gives a passage's document with the pages that the passage stands on.
    """
    made: list[_Made] = []
    labels = set[str]()
    room = words - sum(len(c.text.split()) + len(c.quotes) for c in draft.conclusions)
    for place, quote in enumerate(draft.quotes):
        source = document(quote.passage)
        name = source_label(source.description)
        left = room if name in labels else room - len(name.split())
        text, citations = _quoted(source, quote, left, shorten=not made)
        size = len(text.split()) + len(citations)
        if not citations or size > left:
            continue
        room, labels = left - size, labels | {name}
        statement = Statement(text, (), VOICES[source.description.kind], name)
        made.append((place, statement, citations))
    return _assemble(_grouped(made), draft.conclusions)


def _quoted(
    document: Document, quote: Quote, room: int, *, shorten: bool
) -> tuple[str, tuple[Citation, ...]]:
    """The quote's words and its citations, none when it does not stand on its pages as it is.

    `shorten` cuts it after the last word that there is room for.
    """
    citations = verified_citations(document, quote)
    short = _cut(citations, room) if shorten else citations
    if short == citations:
        return quote.text, citations
    return " ".join(" ".join(c.quote.split()) for c in short) + "\u2026", short


def _cut(citations: Iterable[Citation], room: int) -> tuple[Citation, ...]:
    kept: list[Citation] = []
    for citation in citations:
        room -= 1  # its marker
        ends = [word.end() for word in _WORD.finditer(citation.quote)][: max(room, 0)]
        if not ends:
            break
        kept.append(replace(citation, quote=citation.quote[: ends[-1]]))
        room -= len(ends)
    return tuple(kept)


def _grouped(made: Sequence[_Made]) -> list[_Made]:
    sources = list(dict.fromkeys(statement.source for _, statement, _ in made))
    return sorted(
        made, key=lambda row: (ORDER.index(row[1].voice), sources.index(row[1].source))
    )  # fmt: skip


def _assemble(made: Iterable[_Made], conclusions: Sequence[Conclusion]) -> ComposedAnswer:
    statements: list[Statement] = []
    citations: list[Citation] = []
    numbers: dict[int, tuple[int, ...]] = {}
    for place, statement, cited in made:
        numbers[place] = tuple(range(len(citations) + 1, len(citations) + 1 + len(cited)))
        citations += [replace(c, n=n) for c, n in zip(cited, numbers[place], strict=True)]
        statements.append(replace(statement, citations=numbers[place]))
    own = [
        Statement(c.text, tuple(n for place in c.quotes for n in numbers[place][:1]), Voice.PROGRAM)
        for c in conclusions
        if all(place in numbers for place in c.quotes)
    ]
    return ComposedAnswer(plain_text([*own, *statements]), (*own, *statements), tuple(citations))


def plain_text(statements: Iterable[Statement]) -> str:
    """The statements as one plain text with [n] markers, each source named before its quotes."""
    parts: list[str] = []
    source = ""
    for statement in statements:
        marks = "".join(f"[{n}]" for n in statement.citations)
        if statement.voice is Voice.PROGRAM or statement.written:
            source = ""
            parts.append(f"{statement.text} {marks}")
            continue
        if statement.source != source:
            source = statement.source
            parts.append(f"{source}:")
        parts.append(f"{in_quotation_marks(statement.text)} {marks}")
    return " ".join(parts)
