"""Pure: an answer as it grows, statement by statement; nothing told is ever taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import MOST_WORDS, plain_text
from rag.citation.quote import Quote
from rag.citation.source_label import quoted_source, voice_of
from rag.citation.verify import verified_citations
from rag.text.tokens import squash
from rag.types import Answer, Citation, Document, Statement, Voice


@dataclass(frozen=True, slots=True)
class Backed:
    """A sentence and the quotes that back it, each with its document."""

    text: str
    quotes: tuple[tuple[Quote, Document], ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the quotes stand; none when one of them does not stand on its page as it is."""
        cited = [verified_citations(document, quote) for quote, document in self.quotes]
        return tuple(c for each in cited for c in each) if all(cited) else ()


@dataclass(frozen=True, slots=True)
class AnswerBuilder:
    """The statements so far and their citations, numbered through."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def words(self) -> int:
        """How many words the answer has."""
        return len(plain_text(self.statements).split())

    def with_written(self, backed: Backed) -> AnswerBuilder:
        """With a model's sentence that the quotes back; unchanged where they do not stand."""
        cited = backed.citations
        if not cited:
            return self
        description = backed.quotes[0][1].description
        statement = Statement(
            backed.text, (), voice_of(cited[0]), quoted_source(description, cited[0]), written=True
        )
        return self.with_statement(statement, cited)

    def with_statement(self, statement: Statement, cited: Iterable[Citation]) -> AnswerBuilder:
        """With one more statement; a quote that is cited already keeps its number."""
        citations, numbers = list(self.citations), []
        for citation in cited:
            known = next((c for c in citations if _is_same(c, citation)), None)
            if known is None:
                known = replace(citation, n=len(citations) + 1)
                citations.append(known)
            numbers.append(known.n)
        told = replace(statement, citations=tuple(dict.fromkeys(numbers)))
        return AnswerBuilder((*self.statements, told), tuple(citations))

    def has_room_for(self, statement: Statement, reserved: int = 0) -> bool:
        """Whether a statement fits, with `reserved` words kept for what must still be said."""
        grown = plain_text([*self.statements, statement]).split()
        return len(grown) + reserved <= MOST_WORDS

    def of(self, answer: Answer) -> Answer:
        """The answer with these statements in place of its own."""
        return replace(
            answer,
            text=plain_text(self.statements),
            statements=self.statements,
            citations=self.citations,
        )


def _is_same(one: Citation, other: Citation) -> bool:
    return (one.sha256, one.page, one.quote) == (other.sha256, other.page, other.quote)


def cited_by(statement: Statement, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations of a statement."""
    return tuple(c for c in citations if c.n in statement.citations)


def rest_on_one(ours: Iterable[Citation], theirs: Iterable[Citation]) -> bool:
    """Whether two statements rest on the same words of one page."""
    return any(
        (a.sha256, a.page) == (b.sha256, b.page) and _overlap(squash(a.quote), squash(b.quote))
        for a in ours
        for b in theirs
    )


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def is_own(statement: Statement) -> bool:
    """Whether a statement is the program's own: what follows from the quotes."""
    return statement.voice is Voice.PROGRAM


def left_out_in_words(answer: Answer) -> str:
    """ "2 sentences were left out because the documents do not say them."; empty for none."""
    if not answer.left_out:
        return ""
    noun, verb = ("sentence", "was") if answer.left_out == 1 else ("sentences", "were")
    them = "it" if answer.left_out == 1 else "them"
    return f"{answer.left_out} {noun} {verb} left out because the documents do not say {them}."
