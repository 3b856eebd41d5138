"""Good news and bad: whether a claim praises what the sentence faults, or the other way round."""

from __future__ import annotations

from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.text.sentiment import sentiment_mentions
from rag.types import Comparison

_ASPECT = "stance"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Whether both praise or both find fault; nothing where either side is mixed or neutral."""
    ours, theirs = sentiment_mentions(claim), sentiment_mentions(source.said)
    if not ours or not theirs:
        return ()
    mine, other = sum(v.sign for v in ours), sum(v.sign for v in theirs)
    if mine * other < 0:
        first = next(v for v in ours if v.sign * mine > 0)
        against = next(v for v in theirs if v.sign * other > 0)
        words = (
            f"the source says \u201c{against.written}\u201d, the claim \u201c{first.written}\u201d"
        )
        return (differs(_ASPECT, first.mark, against.mark, words),)
    if mine * other > 0:
        return (agrees(_ASPECT, ours[0].mark, theirs[0].mark),)
    return ()
