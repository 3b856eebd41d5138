"""Good news and bad: which of the two a question seeks, and which of them a sentence tells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag.text.lexicon import cue, lists


def asks_for_sentiment(question: str) -> bool:
    """Whether the question asks what was good, or what was wrong, and not both."""
    return _sought(question) is not None


def sentiment_match(question: str, text: str) -> float:
    """Whether a sentence finds fault, or praises, as the question seeks: 1 yes, 0 no; else 0.5."""
    sought = _sought(question)
    if sought is None:
        return 0.5
    faulted = bool(cue(lists.Tone.FAULT, lists.Tone.DOUBT).search(text))
    if sought == "fault":
        return float(faulted)
    return float(not faulted and bool(cue(lists.Tone.PRAISE).search(text)))


@lru_cache(maxsize=256)
def _sought(question: str) -> str | None:
    fault = bool(cue(lists.Tone.SEEKS_FAULT).search(question))
    praise = bool(cue(lists.Tone.SEEKS_PRAISE).search(question))
    if fault == praise:
        return None
    return "fault" if fault else "praise"


def presumes_praise(question: str, quoted: Sequence[str]) -> bool:
    """Whether the question takes it that something was liked, and nothing quoted praises."""
    liked = cue(lists.Premises.LIKED).search(question)
    if not quoted or not liked or cue(lists.Premises.DISLIKED).search(question):
        return False
    return not any(_praises(text) for text in quoted[:2])


def _praises(text: str) -> bool:
    return bool(cue(lists.Tone.PRAISE).search(text)) and not cue(lists.Tone.FAULT).search(text)
