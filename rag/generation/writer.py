"""The model writes, the program decides: an answer of checked statements, growing as they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.citation.source_label import source_label
from rag.errors import ModelError
from rag.generation.answer_builder import (
    AnswerBuilder,
    Backed,
    cited_by,
    is_own,
    left_out_in_words,
    rest_on_one,
)
from rag.generation.context import AnswerContext, NumberedSource
from rag.generation.coverage import covers, repeats
from rag.generation.faithfulness.check import backing
from rag.generation.model import ChatModel
from rag.generation.prompts import Exchange, NumberedPassage, asking, messages_within, rewriting
from rag.generation.rewrite import accepted
from rag.generation.stream.parser import ProposedSentence, ReplyParser
from rag.types import Answer, Citation, Document, Statement

__all__ = ["NOTHING_STANDS", "WROTE_NOTHING", "Writer", "left_out_in_words"]

NOTHING_STANDS = (
    "The language model wrote nothing that the documents say, so they are quoted instead."
)
WROTE_NOTHING = "The language model found no answer in the passages, so they are quoted instead."


class Writer:
    """Writes answers with a language model, from the passages that an extractive answer found."""

    def __init__(self, model: ChatModel, *, tokens: int) -> None:
        self.model = model
        self._tokens = tokens

    def write(self, extractive: Answer, material: AnswerContext) -> Iterator[Answer]:
        """The answer as it grows: each has every statement of the one before it, and the last is
        whole.

        A statement that no passage backs is counted and never shown. Where none stands, or the
        model fails, the last is the extractive answer with a notice; nothing is raised.
        """
        told, growing = _opening(extractive), replace(extractive, engine=self.model.name)
        try:
            for grown in self._told(told, growing, material, _reserved(extractive)):
                told, growing = grown
                yield told.of(growing)
        except ModelError as error:
            # What was told before stands.
            growing = replace(growing, notice=f"{error} What the documents say is quoted.")
        yield _whole(told, growing, extractive, material)

    def rewrite(
        self, question: str, history: Sequence[Answer], by_rule: str, documents: Sequence[Document]
    ) -> str:
        """A follow-up question as it stands alone, in the model's words where they keep to what the
        rules know of it, else `by_rule`; nothing is raised."""
        exchanges = [Exchange(one.understood or one.question, one.text) for one in history]
        try:
            said = self.model.say(rewriting(question, exchanges))
        except ModelError:
            return by_rule
        return accepted(said, question, by_rule, exchanges, documents)

    def _told(
        self, told: AnswerBuilder, answer: Answer, material: AnswerContext, reserved: int
    ) -> Iterator[tuple[AnswerBuilder, Answer]]:
        for proposed in self._proposed(material):
            backed = backing(proposed, material.given, material.judge)
            answer = replace(
                answer, checked=answer.checked + 1, left_out=answer.left_out + (backed is None)
            )
            told = _grown(told, backed, reserved) or told
            yield told, answer

    def _proposed(self, material: AnswerContext) -> Iterator[ProposedSentence]:
        question = material.question
        passages = messages_within(
            question, [_numbered(each) for each in material.given], self._tokens
        )
        reader = ReplyParser(len(passages))
        for delta in self.model.stream(asking(question, passages)):
            yield from reader.feed(delta)
        yield from reader.end()


def _numbered(given: NumberedSource) -> NumberedPassage:
    described, passage = given.document.description, given.passage
    return NumberedPassage(
        given.n, source_label(described), described.kind, passage.page, passage.text
    )


def _opening(extractive: Answer) -> AnswerBuilder:
    """What the program itself concludes from the quotes comes first, and needs no model."""
    told = AnswerBuilder()
    for statement in filter(is_own, extractive.statements):
        told = told.with_statement(statement, cited_by(statement, extractive.citations))
    return told


def _quotes(extractive: Answer) -> list[Statement]:
    return [statement for statement in extractive.statements if not is_own(statement)]


def _reserved(extractive: Answer) -> int:
    """Words kept for the first quote, in case that no statement tells what it tells."""
    return sum(len(s.text.split()) + len(s.source.split()) + 1 for s in _quotes(extractive)[:1])


def _grown(told: AnswerBuilder, backed: Backed | None, reserved: int) -> AnswerBuilder | None:
    """With one more statement; None where it is not backed, says nothing new or has no room."""
    grown = told.with_written(backed) if backed else told
    if grown is told:
        return None
    statement, before = grown.statements[-1], [s.text for s in told.statements if s.written]
    if repeats(statement.text, before) or not told.has_room_for(statement, reserved):
        return None
    return grown


def _whole(
    told: AnswerBuilder, growing: Answer, extractive: Answer, material: AnswerContext
) -> Answer:
    """The answer with what no statement tells of the extractive one quoted after it."""
    if not any(statement.written for statement in told.statements):
        nothing = growing.notice or (NOTHING_STANDS if growing.checked else WROTE_NOTHING)
        return replace(
            extractive, checked=growing.checked, left_out=growing.left_out, notice=nothing
        )
    for quote in _quotes(extractive):
        cited = cited_by(quote, extractive.citations)
        resting = [s.text for s in told.statements if s.written and _rests(s, told, cited)]
        if not covers(resting, quote.text, material.asked) and told.has_room_for(quote):
            told = told.with_statement(quote, cited)
    return told.of(growing)


def _rests(statement: Statement, told: AnswerBuilder, cited: Sequence[Citation]) -> bool:
    return rest_on_one(cited_by(statement, told.citations), cited)
