"""The checking of a language model, tried: a scripted model says what is true and what is not.

For each labelled question the script proposes, one at a time and citing every passage that it was
given, sentences made false in a named way, and faithful ones in other words: those that
`alterations` and `rephrase` make of the labelled quotes, the hand-written ones of `written.jsonl`,
and the labelled claims. What is shown in the end is what a reader would have seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rag.evaluation.metrics import LabelledClaim, LabelledEvidence, LabelledQuestion
from rag.evaluation.perturb.alter import alterations
from rag.evaluation.perturb.rephrase import rephrase
from rag.generation.context import AnswerContext
from rag.generation.model import ChatMessage
from rag.generation.writer import Writer
from rag.types import Answer, Kind

TOKENS = 100_000
FAITHFUL = "faithful"
NAME = "scripted:adversary"


@dataclass(frozen=True, slots=True)
class ScriptedSentence:
    """A sentence for the script to propose in answer to a question; `fault` is what is untrue of
    it, or FAITHFUL."""

    id: str
    question: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a proposed sentence; `asked` is false where the question was refused before
    the model was asked."""

    line: ScriptedSentence
    asked: bool
    shown: bool


class Script:
    """A chat model that proposes one sentence, citing every passage that it was given."""

    def __init__(self) -> None:
        self.sentence = ""

    @property
    def name(self) -> str:
        """How an answer of it is marked."""
        return NAME

    def stream(self, turns: Sequence[ChatMessage]) -> Iterator[str]:
        """The sentence with its markers, in two bits."""
        passages = turns[-1].text.count("<passage number=")
        yield self.sentence
        yield "".join(f" [{n}]" for n in range(1, passages + 1)) + "\n"

    def say(self, turns: Sequence[ChatMessage]) -> str:
        """The sentence."""
        return self.sentence


class Prepares(Protocol):
    """What is tried: a desk."""

    def prepared(self, question: str) -> tuple[Answer, AnswerContext | None]:
        """The answer in quotes, and what a model would be given; None where it would not be."""


def trial(
    desk: Prepares, lines: Iterable[ScriptedSentence], on_line: Callable[[], None] = lambda: None
) -> tuple[Tried, ...]:
    """Propose every line to a writer at the desk, and see which are shown."""
    script = Script()
    writer, tried = Writer(script, tokens=TOKENS), []
    asked: tuple[str, Answer, AnswerContext | None] | None = None
    for line in lines:
        if asked is None or asked[0] != line.question:
            asked = line.question, *desk.prepared(line.question)
        script.sentence = line.text
        tried.append(_tried(writer, line, *asked[1:]))
        on_line()
    return tuple(tried)


def _tried(
    writer: Writer, line: ScriptedSentence, extractive: Answer, given: AnswerContext | None
) -> Tried:
    if given is None:
        return Tried(line, asked=False, shown=False)
    *_, last = writer.write(extractive, given)
    shown = any(s.written for s in last.statements)
    return Tried(line, asked=True, shown=shown)


def of_questions(
    questions: Iterable[LabelledQuestion], kind: Callable[[str], Kind]
) -> Iterator[ScriptedSentence]:
    """Lines made of the labelled quotes; `kind` tells a document's by its name."""
    for question in questions:
        for evidence in question.evidence[:1] if question.answerable else ():
            yield from _made(question, evidence, kind(evidence.document))


def _made(
    question: LabelledQuestion, evidence: LabelledEvidence, kind: Kind
) -> Iterator[ScriptedSentence]:
    line = ScriptedSentence(question.id, question.text, "", FAITHFUL)
    for altered in alterations(evidence.quote, kind):
        yield replace(line, text=altered.text, fault=altered.fault.value)
    for text in rephrase(evidence.quote, kind):
        yield replace(line, text=text)


def of_claims(claims: Iterable[LabelledClaim]) -> Iterator[ScriptedSentence]:
    """The labelled claims, each said in answer to itself."""
    for claim in claims:
        fault = FAITHFUL if claim.label == "supported" else claim.alteration or "addition"
        yield ScriptedSentence(claim.id, claim.text, claim.text, fault)
