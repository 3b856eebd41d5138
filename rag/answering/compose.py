"""Quotes -> an answer: statements grouped by source, each cited, each quote checked on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rag.citation.line import Conclusion
from rag.citation.quote import Quote
from rag.citation.source_label import ORDER, in_quotation_marks, quoted_source, voice_of
from rag.citation.verify import verified_citations
from rag.types import Answer, Citation, Document, Passage, Searched, Statement, Voice

MOST_WORDS = 120
MARKER = 1
"""The words that the marker of a citation counts for."""
_LABEL_WORDS = 10
"""Room for the name of a source."""
_WORD = re.compile(r"\S+")
_Row = tuple[int, Statement, tuple[Citation, ...]]
"""The place of a quote in the draft, its statement, and its citations, not yet numbered."""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Quotes in the order of their directness, and what follows from them."""

    quotes: tuple[Quote, ...]
    conclusions: tuple[Conclusion, ...] = ()
    sure: bool = False
    """Found by form (a grade, a list, a date line), so that no evidence need be weighed."""
    whole_list: bool = False
    """Whether all of the quotes are to be shown, long ones cut short where there is no room."""
    answers: tuple[float, ...] = ()
    """How surely sentences of the quotes answer by the judge, in log odds, where they were found
    on the sides of a comparison and not for the whole question."""
    by_weight: bool = False
    """Chosen by weight among sentences of the whole question, so that another may choose better."""
    lacking: str = ""
    """Why there is nothing to quote, where that was looked for in all documents in scope."""


@dataclass(frozen=True, slots=True)
class ComposedAnswer:
    """An answer's words, statements and citations, and the draft that it was made of."""

    draft: AnswerDraft
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]

    def answer(self, question: str, searched: Searched) -> Answer:
        """The answer to a question, with what was searched for it."""
        return Answer(question, True, self.text, self.statements, self.citations, searched)


def compose(
    draft: AnswerDraft, document: Callable[[Passage], Document], words: int = MOST_WORDS
) -> ComposedAnswer:
    """Make the answer: inspectors first, then the council, then the press; the order of the quotes
    otherwise. A quote that does not stand on its page is left out, and so is what passes `words`.

    `document` gives a passage's document with the pages that the passage stands on.
    """
    rows: list[_Row] = []
    labels = set[str]()
    room = words - words_concluded(draft.conclusions)
    shares = _shares(draft, room)
    for place, quote in enumerate(draft.quotes):
        source = document(quote.passage)
        cited = verified_citations(source, quote)
        if not cited:
            continue
        said = cited[0]
        label = quoted_source(source.description, said)
        left = room if label in labels else room - len(label.split())
        least = min(left, shares[place])
        text, citations = _fitted(quote, cited, least, shorten=not rows or draft.whole_list)
        size = len(text.split()) + len(citations)
        if not citations or size > left:
            continue
        room, labels = left - size, labels | {label}
        statement = Statement(
            text, (), voice_of(said), label, speaker=said.speaker, status=said.status
        )
        rows.append((place, statement, citations))
    return _assembled(draft, _grouped(rows))


def words_concluded(conclusions: Iterable[Conclusion]) -> int:
    """How many words what follows from some quotes takes in an answer, its markers among them."""
    return sum(len(each.text.split()) + MARKER * len(each.quotes) for each in conclusions)


def words_told(quotes: Iterable[Quote]) -> int:
    """How many words some quotes take in an answer, their markers among them."""
    return sum(map(_size, quotes))


def _size(quote: Quote) -> int:
    return len(quote.text.split()) + MARKER


def _shares(draft: AnswerDraft, room: int) -> list[int]:
    """The words that each quote may have, its marker among them: what short ones leave goes to the
    long ones of a list that is to be shown whole."""
    sizes = list(map(_size, draft.quotes))
    if not draft.whole_list:
        return [room] * len(sizes)
    room -= _LABEL_WORDS
    shares = [0] * len(sizes)
    by_size = sorted(range(len(sizes)), key=lambda place: sizes[place])
    for done, place in enumerate(by_size):
        shares[place] = min(sizes[place], room // (len(sizes) - done))
        room -= shares[place]
    return shares


def _fitted(
    quote: Quote, cited: tuple[Citation, ...], room: int, *, shorten: bool
) -> tuple[str, tuple[Citation, ...]]:
    """The quote's words and its citations; `shorten` cuts them after the last word that there is
    room for."""
    short = _cut(cited, room) if shorten else cited
    if short == cited:
        return quote.text, cited
    words = [word for citation in short for word in citation.quote.split()]
    return " ".join(words) + "\u2026", short


def _cut(citations: Iterable[Citation], room: int) -> tuple[Citation, ...]:
    short: list[Citation] = []
    for citation in citations:
        room -= MARKER
        ends = [word.end() for word in _WORD.finditer(citation.quote)][: max(room, 0)]
        if not ends:
            break
        short.append(replace(citation, quote=citation.quote[: ends[-1]]))
        room -= len(ends)
    return tuple(short)


def _grouped(rows: Sequence[_Row]) -> list[_Row]:
    """The rows by voice, and within one by source in the order of mention."""
    sources = list(dict.fromkeys(statement.source for _, statement, _ in rows))

    def rank(row: _Row) -> tuple[int, int]:
        _, statement, _ = row
        return ORDER.index(statement.voice), sources.index(statement.source)

    return sorted(rows, key=rank)


def _assembled(draft: AnswerDraft, rows: Iterable[_Row]) -> ComposedAnswer:
    """The answer with its citations numbered through, what follows from the quotes first."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    numbers: dict[int, tuple[int, ...]] = {}
    for place, statement, cited in rows:
        numbered = [replace(c, n=n) for n, c in enumerate(cited, len(citations) + 1)]
        citations += numbered
        numbers[place] = tuple(citation.n for citation in numbered)
        statements.append(replace(statement, citations=numbers[place]))
    conclusions: list[Statement] = []
    for conclusion in draft.conclusions:
        if numbers.keys() >= set(conclusion.quotes):
            cited_first = tuple(numbers[place][0] for place in conclusion.quotes)
            conclusions.append(Statement(conclusion.text, cited_first, Voice.PROGRAM))
    every = (*conclusions, *statements)
    return ComposedAnswer(draft, plain_text(every), every, tuple(citations))


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
