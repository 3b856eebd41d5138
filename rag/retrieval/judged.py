"""The likeliest sentences by their features, put in order by what a judge of meaning says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Thread

from rag.citation.source_label import source_label
from rag.errors import SettingsError
from rag.judge.port import Judge, Span
from rag.retrieval.sentence_features import Evidence
from rag.types import Document, Passage

JUDGED = 25
"""How many sentences a judge is asked about."""
JUDGED_FURTHER = 80
"""... and at a second look, where none of those surely answers."""
SURE = 1.2
"""What a judge says of a sentence that surely answers, in log odds: none further is read then."""
FEATURES, MEANING = 0.8, 1.0
"""What a point of log odds counts for, of the features and of the judge."""
Place = tuple[str, int, int]
"""Where a sentence stands: its document, the number of the passage in it, and its own in that."""
UNJUDGED = -3.0
"""What stands for the judge's word on a sentence that it is not asked about, in log odds."""


def load_meanwhile(judge: Judge | None) -> None:
    """Have a judge loaded while something else is done: from cold it takes .2 seconds."""

    def load(judge: Judge) -> None:
        # Whoever asks the judge is told why it cannot be loaded.
        with suppress(SettingsError):
            judge.load()

    if judge is not None:
        Thread(target=load, args=(judge,), name="judge").start()


def judged(
    judge: Judge | None,
    question: str,
    evidence: Sequence[Evidence],
    documents: Mapping[str, Document],
    most: int = JUDGED,
) -> tuple[Evidence, ...]:
    """The evidence, best first: each sentence's features, and for the `most` likeliest the judge's
    word.

    Without a judge the features alone decide.
    """
    ranked = sorted(evidence, key=lambda each: -each.score)
    if judge is None:
        return tuple(ranked)
    likely = [each for each in ranked if not each.is_heading][:most]
    spans = [span_of(each, documents[each.passage.document]) for each in likely]
    said = dict(zip((each.place for each in likely), judge.answers(question, spans), strict=True))
    weighed: list[Evidence] = []
    for each in ranked:
        answers = said.get(each.place, UNJUDGED)
        worth = FEATURES * each.score + MEANING * answers
        weighed.append(replace(each, score=worth, answers=answers))
    return tuple(sorted(weighed, key=lambda each: -each.score))


def is_sure(evidence: Iterable[Evidence]) -> bool:
    """Whether a sentence surely answers by the judge, or none was asked."""
    said = [each.answers for each in evidence if each.answers is not None]
    return not said or max(said) >= SURE


def with_word_of(said: Mapping[Place, float], evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, best first, with what a further judge says of some sentences added, in log
    odds."""
    weighed: list[Evidence] = []
    for each in evidence:
        more = said.get(each.place)
        if more:
            known = each.answers or 0.0
            weighed.append(replace(each, score=each.score + more, answers=known + more))
        else:
            weighed.append(each)
    return tuple(sorted(weighed, key=lambda each: -each.score))


def span_of(evidence: Evidence, document: Document) -> Span:
    """A sentence as a judge reads it."""
    return span_at(evidence.passage, evidence.index, evidence.index, document)


def span_at(passage: Passage, first: int, last: int, document: Document) -> Span:
    """Neighbouring sentences of a passage as a judge reads them."""
    text = " ".join(sentence.text for sentence in passage.sentences[first : last + 1])
    before = passage.sentences[first - 1].text if first else ""
    return Span(text, before, passage.heading or "", source_label(document.description))
