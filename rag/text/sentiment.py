"""Praise and fault in a text."""

from __future__ import annotations

from dataclasses import dataclass

from rag.text.lexicon import cue, lists
from rag.text.negation_scope import negated_at
from rag.text.parse import ParsedText
from rag.types import TextSpan


@dataclass(frozen=True, slots=True)
class SentimentMention:
    """A word of praise (1) or of fault (-1), a denial of it reckoned in."""

    sign: int
    mark: TextSpan
    written: str


def sentiment_mentions(reading: ParsedText) -> tuple[SentimentMention, ...]:
    """The words of praise and of fault in a text."""
    found = [
        SentimentMention(
            -sign if negated_at(reading, match.start()) else sign,
            TextSpan(*match.span()),
            " ".join(match.group().split()),
        )
        for name, sign in ((lists.Sentiment.CLAIMED_PRAISE, 1), (lists.Sentiment.CLAIMED_FAULT, -1))
        for match in cue(name).finditer(reading.text)
    ]
    return tuple(sorted(found, key=lambda v: v.mark.start))
