"""What a judge's model is given: token ids, the same when it is fitted and when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.judge.port import Span

CLS, SEP = 101, 102
"""Ids of BERT's uncased vocabulary."""
MOST_PIECES = 160
"""Word pieces that are read of each half of a pair."""
MOST_TOKENS = 2 * MOST_PIECES + 3
"""... and of both, with what marks where each begins and ends."""
HEADING_WORDS, BEFORE_WORDS, SENTENCE_WORDS = 12, 15, 70
SCALE = 0.5
"""What a score is counted at in log odds: a reranker's span -11 to 9, too sure of itself."""
Ids = NDArray[np.int64]


class Tokenizer(Protocol):
    """Text in, ids of word pieces out, without special tokens."""

    def __call__(self, text: str) -> list[int]:
        """The ids of a text's word pieces."""


@dataclass(frozen=True, slots=True)
class ModelInput:
    """Two texts as one sequence: the ids of their word pieces, and which of the two each is of."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sequences filled up to one length: three arrays of shape (sequences, tokens)."""

    ids: Ids
    types: Ids
    mask: Ids


def answer_texts(question: str, span: Span) -> tuple[str, str]:
    """A question, and a span with all that tells of whom it speaks."""
    heading = _words(span.heading)[:HEADING_WORDS]
    before = _words(span.before)[-BEFORE_WORDS:]
    text = _words(span.text)[:SENTENCE_WORDS]
    return question, f"{span.label}. {' '.join(heading)} | {' '.join(before)} | {' '.join(text)}"


def reading_texts(span: Span) -> tuple[str, str]:
    """A span by itself: as one that is asked nothing."""
    return answer_texts("", span)


def entailment_texts(source: Span, statement: str) -> tuple[str, str]:
    """A source, whose words they are, and a statement."""
    return (f"{source.label}: {source.text}" if source.label else source.text), statement


def text_in_place(heading: str, sentences: Sequence[str], first: int, last: int) -> str:
    """The sentences of a passage from the `first` to the `last` with what stands around them: the
    heading, the sentence before and the one after."""
    around = " ".join(sentences[max(0, first - 1) : last + 2])
    return f"{heading} | {around}" if heading and heading != sentences[first] else around


def _words(text: str) -> list[str]:
    return text.split()


def model_input(tokenize: Tokenizer, texts: tuple[str, str]) -> ModelInput:
    """Two texts as the model takes them."""
    first, second = (tokenize(text)[:MOST_PIECES] for text in texts)
    types = (*[0] * (len(first) + 2), *[1] * (len(second) + 1))
    return ModelInput((CLS, *first, SEP, *second, SEP), types)


def batch_of(inputs: Sequence[ModelInput]) -> Batch:
    """The sequences, filled up to the longest of them."""
    shape = (len(inputs), max((len(each.ids) for each in inputs), default=0))
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, each in enumerate(inputs):
        ids[row, : len(each.ids)] = each.ids
        types[row, : len(each.ids)] = each.types
        mask[row, : len(each.ids)] = 1
    return Batch(ids, types, mask)
