"""Whether the passages back what a language model wrote, and which words of them do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.citation.quote import Quote, adjoin
from rag.citation.source_label import source_label
from rag.generation.answer_builder import Backed
from rag.generation.context import NumberedSource
from rag.generation.faithfulness.outdated_grade import superseded
from rag.generation.faithfulness.rules import Fit, fit_of, told_as_fact
from rag.generation.faithfulness.source import SourceSpan
from rag.generation.stream.parser import ProposedSentence
from rag.judge.port import Judge, Polarity, Span
from rag.judge.thresholds import BORNE_OUT, SAID
from rag.text.clauses import halves, kind_of
from rag.text.injection import addressed_sentences
from rag.text.lexicon import cue, lists
from rag.text.parse import parse
from rag.types import PartKind

JUDGED = 12
"""How many quotes a judge is asked about for one statement: those that share most words with it."""


@dataclass(frozen=True, slots=True)
class QuoteGround:
    """A quote of a given passage, as words that may back a statement."""

    given: NumberedSource
    quote: Quote

    @property
    def unit(self) -> SourceSpan:
        """The quote with its heading and its document."""
        heading = self.given.passage.heading or ""
        return SourceSpan(self.quote.text, heading, self.given.document.description)

    @property
    def span(self) -> Span:
        """The quote as a judge reads it."""
        return Span(self.quote.text, label=source_label(self.given.document.description))


def backing(
    proposed: ProposedSentence, given: Sequence[NumberedSource], judge: Judge | None
) -> Backed | None:
    """The statement with the quotes that back it, or None where none do.

    A quote backs a statement if nothing exact in it differs and the judge finds it borne out or the
    words by themselves say it. Where nobody judges, only words do.
    Where the cited passages do not back it and another one does, that is cited in their place. A
    sentence that states nothing (a question, a wish, a call to do something) is never backed.
    """
    if kind_of(proposed.text) is not PartKind.CLAIM:
        return None
    grounds = [QuoteGround(each, quote) for each in given for quote in _quotes(each)]
    cited = [ground for ground in grounds if ground.given.n in proposed.passages]
    others = [ground for ground in grounds if ground.given.n not in proposed.passages]
    for group in (cited, others):
        found = _by_one(proposed.text, group, judge) or _by_halves(proposed.text, group, judge)
        if found and not any(_is_superseded(ground, proposed.text, given) for ground in found):
            quotes = dict.fromkeys((ground.quote, ground.given.document) for ground in found)
            return Backed(proposed.text, tuple(quotes))
    return None


def _is_superseded(ground: QuoteGround, text: str, given: Sequence[NumberedSource]) -> bool:
    return superseded(text, ground.given.document.description, given)


def _quotes(given: NumberedSource) -> Iterator[Quote]:
    """Each sentence of a passage, and each two that run on; an order to the reader or to a machine
    backs nothing."""
    sentences = given.passage.sentences
    addressed = addressed_sentences(given.passage, given.document.description.kind)
    for n, sentence in enumerate(sentences):
        if n in addressed:
            continue
        yield Quote(given.passage, n, n)
        if n and n - 1 not in addressed and adjoin(sentences[n - 1], sentence):
            yield Quote(given.passage, n - 1, n)


def _by_one(
    text: str, grounds: Sequence[QuoteGround], judge: Judge | None
) -> tuple[QuoteGround, ...]:
    """The shortest quote that backs a text by itself, if one does."""
    by_words: list[QuoteGround] = []
    agreeing: list[QuoteGround] = []
    for ground in grounds:
        match fit_of(text, ground.unit):
            case Fit.SAYS:
                by_words.append(ground)
            case Fit.AGREES:
                agreeing.append(ground)
    backed = _not_denied(text, by_words, judge) or _borne_out(text, agreeing, judge)
    return tuple(sorted(backed, key=_length)[:1])


def _not_denied(
    text: str, grounds: Sequence[QuoteGround], judge: Judge | None
) -> Sequence[QuoteGround]:
    """The grounds that say all of a text by their words, without those of which the judge, if there
    is one, is sure that they do not: "and the number fell" may stand in other words beside it."""
    return grounds if judge is None else _likely(text, grounds, judge, SAID)


def _borne_out(
    text: str, grounds: Sequence[QuoteGround], judge: Judge | None
) -> Sequence[QuoteGround]:
    """The grounds that the judge is sure of, of those that share most words with a text."""
    if judge is None:
        return ()
    ours = parse(text).stems
    near = sorted(grounds, key=lambda ground: -len(ours & parse(ground.quote.text).stems))[:JUDGED]
    sure = _likely(text, near, judge, BORNE_OUT)
    return [g for g in sure if not (told_as_fact(text, g.unit) and _asks(g, judge))]


def _likely(
    text: str, grounds: Sequence[QuoteGround], judge: Judge, least: float
) -> list[QuoteGround]:
    """The grounds that the judge finds at least so likely to bear a text out."""
    said = judge.entails([(ground.span, text) for ground in grounds])
    return [g for g, each in zip(grounds, said, strict=True) if each.entailed >= least]


def _asks(ground: QuoteGround, judge: Judge) -> bool:
    """Whether a sentence under "What needs to improve" is one of the things that do."""
    span = replace(ground.span, heading=ground.unit.heading)
    return judge.reads([span])[0].polarity is Polarity.ASK


def _length(ground: QuoteGround) -> int:
    return len(ground.quote.text)


def _by_halves(
    text: str, grounds: Sequence[QuoteGround], judge: Judge | None
) -> tuple[QuoteGround, ...]:
    """What backs a sentence that says two things: each half must be backed by itself."""
    parts = [part for _, part in halves(text)]
    if any(cue(lists.Backing.CAUSE).match(part) for part in parts):
        return ()  # What one half makes the cause of the other, no two quotes do.
    found = [_by_one(part, grounds, judge) for part in parts] if len(parts) > 1 else []
    return tuple(ground for each in found for ground in each) if all(found) else ()
