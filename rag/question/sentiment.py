"""Good news and bad: which of the two a question seeks, and which of them a sentence tells."""

from __future__ import annotations

from enum import StrEnum

from rag.question.kind import QuestionKind, Wants
from rag.text.lexicon import cue, lists


class Sentiment(StrEnum):
    """Good news or bad."""

    PRAISE = "praise"
    FAULT = "fault"


_BY_KIND = {
    Wants.GOOD: Sentiment.PRAISE,
    Wants.BAD: Sentiment.FAULT,
    Wants.IMPROVE: Sentiment.FAULT,
}


def sentiment_sought(question: str, kind: QuestionKind | None = None) -> Sentiment | None:
    """Whether a question asks what was good, or what was wrong, by its kind, else by its words;
    None for neither and for both."""
    if kind and kind.wants in _BY_KIND:
        return _BY_KIND[kind.wants]
    fault = bool(cue(lists.Asks.SEEKS_FAULT).search(question))
    praise = bool(cue(lists.Asks.SEEKS_PRAISE).search(question))
    if fault == praise:
        return None
    return Sentiment.FAULT if fault else Sentiment.PRAISE


def sentiment_match(sought: Sentiment | None, text: str) -> float:
    """Whether a sentence finds fault, or praises, as is sought: 1 yes, 0 no; 0.5 for neither."""
    if sought is None:
        return 0.5
    faulted = bool(cue(lists.Sentiment.FAULT, lists.Sentiment.DOUBT).search(text))
    if sought is Sentiment.FAULT:
        return float(faulted)
    return float(not faulted and bool(cue(lists.Sentiment.PRAISE).search(text)))


def praises(text: str) -> bool:
    """Whether a text praises and finds no fault."""
    return bool(cue(lists.Sentiment.PRAISE).search(text)) and not cue(lists.Sentiment.FAULT).search(
        text
    )
