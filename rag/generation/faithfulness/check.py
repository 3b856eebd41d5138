"""Whether the passages back what a language model wrote, and which words of them do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.citation.quote import Quote, adjoin
from rag.generation.answer_builder import Backed
from rag.generation.context import NumberedSource
from rag.generation.faithfulness.outdated_grade import superseded
from rag.generation.faithfulness.rules import backs
from rag.generation.faithfulness.source import SourceSpan
from rag.generation.stream.parser import ProposedSentence
from rag.text.clauses import halves, kind_of
from rag.text.injection import is_addressed
from rag.text.lexicon import cue, lists
from rag.types import PartKind


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


def backing(proposed: ProposedSentence, given: Sequence[NumberedSource]) -> Backed | None:
    """The statement with the quotes that back it, or None where none do.

    Where the cited passages do not back it and another one does, that is cited in their place. A
    sentence that states nothing (a question, a wish, a call to do something) is never backed.
    """
    if kind_of(proposed.text) is not PartKind.CLAIM:
        return None
    grounds = [QuoteGround(each, quote) for each in given for quote in _quotes(each)]
    cited = [ground for ground in grounds if ground.given.n in proposed.passages]
    others = [ground for ground in grounds if ground.given.n not in proposed.passages]
    for group in (cited, others):
        found = _by_one(proposed.text, group) or _by_halves(proposed.text, group)
        if found and not any(_is_superseded(ground, proposed.text, given) for ground in found):
            quotes = dict.fromkeys((ground.quote, ground.given.document) for ground in found)
            return Backed(proposed.text, tuple(quotes))
    return None


def _is_superseded(ground: QuoteGround, text: str, given: Sequence[NumberedSource]) -> bool:
    return superseded(text, ground.given.document.description, given)


def _quotes(given: NumberedSource) -> Iterator[Quote]:
    """Each sentence of a passage, and each two that run on; an order to the reader or to a machine
    backs nothing."""
    sentences, kind = given.passage.sentences, given.document.description.kind
    tells = [not is_addressed(sentence.text, kind) for sentence in sentences]
    for n, sentence in enumerate(sentences):
        if tells[n]:
            yield Quote(given.passage, n, n)
        if n and tells[n] and tells[n - 1] and adjoin(sentences[n - 1], sentence):
            yield Quote(given.passage, n - 1, n)


def _by_one(text: str, grounds: Sequence[QuoteGround]) -> tuple[QuoteGround, ...]:
    """The shortest quote that backs a text by itself, if one does."""
    backed = (g for g in sorted(grounds, key=_length) if backs(text, g.unit))
    best = next(backed, None)
    return (best,) if best else ()


def _length(ground: QuoteGround) -> int:
    return len(ground.quote.text)


def _by_halves(text: str, grounds: Sequence[QuoteGround]) -> tuple[QuoteGround, ...]:
    """What backs a sentence that says two things: each half must be backed by itself."""
    parts = [part for _, part in halves(text)]
    if any(cue(lists.Backing.CAUSE).match(part) for part in parts):
        return ()  # What one half makes the cause of the other, no two quotes do.
    found = [_by_one(part, grounds) for part in parts] if len(parts) > 1 else []
    return tuple(ground for each in found for ground in each) if all(found) else ()
