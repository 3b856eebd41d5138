"""What a later report's sentences say of something that an earlier one asked to be improved: that
it is better, that it is still a concern, or neither. Pure; the honest default is neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.citation.quote import Quote
from rag.packs.types import LaterStanding
from rag.text.lexicon import any_of, cue, lists
from rag.text.parse import parse
from rag.text.sentiment import sentiment_mentions
from rag.text.trends import trends

# Set on half of 106 items of real reports that were labelled by hand.
ASKED_AGAIN = 0.8
"""How near an item of the later list must be for the later report to be asking the same."""
NAMES_AGAIN = 0.35
"""The share of the matter's telling words, by weight, that such an item, or fault, must name."""
NAMES_HEAD = 0.7
"""The share of the words of what the matter is first of all about that it must name too: without
it 8 of 18 concerns that packs of 13 councils told were of another matter."""
MENTIONS = 0.65
"""How near a sentence must be to the matter to speak of it at all."""
FAULTS = 0.8
"""... to show, finding fault, that it is still a concern."""
PRAISES = 0.9
"""... to show, with praise, that it is better."""
_NAMES = 0.45
"""The share of the matter's telling words, by weight, that praise of it must name."""
NEARER = 0.1
"""Praise nearer to the matter than fault by this leaves open which of the two holds."""
MOST = 6
"""How many of the nearest sentences are heard."""
_EASED = re.compile(rf"\b{any_of(lists.Sentiment.EASED)}\b(?:\W+\w+){{0,4}}\W*$", re.IGNORECASE)
"""What goes before a word of fault that is done away with: "prevents any risk of drift"."""


@dataclass(frozen=True, slots=True)
class LaterMention:
    """A sentence of the later report, what is quoted for it, how near it is to the matter, how much
    of that it names, and how much of what the matter is first of all about."""

    text: str
    quote: Quote
    near: float
    named: float
    head: float = 1.0

    @property
    def names_again(self) -> bool:
        """Whether it names enough of the matter to speak of that very one."""
        return self.named >= NAMES_AGAIN and self.head >= NAMES_HEAD


def later_standing(
    items: Sequence[LaterMention], sentences: Sequence[LaterMention]
) -> tuple[LaterStanding, tuple[Quote, ...]]:
    """What became of a matter, with the quotes that show it, the deciding one first.

    `items` are those that the later report lists, `sentences` its others, both the nearest first.
    """
    for item in items:
        if item.near >= ASKED_AGAIN and item.names_again:
            return LaterStanding.STILL_A_CONCERN, (item.quote,)
    near = [sentence for sentence in sentences if sentence.near >= MENTIONS][:MOST]
    faults = list(filter(_shows_fault, near))
    praise = list(filter(_shows_better, near))
    if faults and (not praise or praise[0].near < faults[0].near - NEARER):
        return LaterStanding.STILL_A_CONCERN, (faults[0].quote,)
    if faults:
        return LaterStanding.MENTIONED, (praise[0].quote, faults[0].quote)
    if praise:
        return LaterStanding.IMPROVED, (praise[0].quote,)
    if near:
        return LaterStanding.MENTIONED, (near[0].quote,)
    return LaterStanding.NOT_MENTIONED, ()


def _shows_fault(sentence: LaterMention) -> bool:
    near = sentence.near >= FAULTS and sentence.names_again
    return near and finds_fault(sentence.quote.text)


def _shows_better(sentence: LaterMention) -> bool:
    near = sentence.near >= PRAISES and sentence.named >= _NAMES
    return near and finds_better(sentence.text) and not finds_fault(sentence.quote.text)


@lru_cache(maxsize=4096)
def finds_fault(text: str) -> bool:
    """Whether a sentence finds fault, be it only for some; words that name a matter do not."""
    plain = _plain(text)
    if cue(lists.Sentiment.UNFINISHED).search(plain):
        return True
    for word in cue(lists.Sentiment.FAULT, lists.Sentiment.CLAIMED_FAULT).finditer(plain):
        if not _EASED.search(plain[: word.start()]):
            return True
    return any(move.way == "worse" for move in trends(parse(text)))


@lru_cache(maxsize=4096)
def finds_better(text: str) -> bool:
    """Whether a sentence tells of improvement or praises, for all of whom it speaks."""
    if finds_fault(text) or cue(lists.Sentiment.MIXED).search(text):
        return False
    if any(move.way == "better" for move in trends(parse(text))):
        return True
    return any(word.sign > 0 for word in sentiment_mentions(parse(_plain(text))))


def _plain(text: str) -> str:
    """A text without words of fault that find none."""
    return cue(lists.Sentiment.NO_FAULT).sub(" ", text)
