"""The scores of a judge's model as the port gives them; the same for every runtime of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.judge.inputs import (
    SCALE,
    Batch,
    Tokenizer,
    answer_texts,
    batch_of,
    entailment_texts,
    model_input,
    reading_texts,
)
from rag.judge.port import Entailment, Polarity, Reading, Span, agreed, mean_of
from rag.onnx_models import batches_by_length
from rag.types import Status

Floats = NDArray[np.float32]
Run = Callable[[Sequence[Batch]], Sequence[Floats]]
"""A model: for each batch its scores, of shape (sequences, 1 + SCORES), or (sequences, SCORES)
where it does not tell what answers."""
POLARITIES = (
    Polarity.STRENGTH, Polarity.WEAKNESS, Polarity.MIXED, Polarity.NEUTRAL, Polarity.ASK,
)  # fmt: skip
STATUSES = (
    Status.ASSERTED, Status.REPORTED, Status.ALLEGED, Status.ASKED, Status.DENIED, Status.PLANNED,
    Status.FORECAST, Status.RECOMMENDED, Status.REJECTED, Status.CORRECTED,
)  # fmt: skip
THEMES = (
    "adult_care", "assessment_planning", "care_leavers", "children_in_care", "complaints",
    "domestic_abuse", "early_help", "education_send", "exploitation_missing", "finance",
    "governance", "health_mental_health", "housing", "leadership", "other", "partnership",
    "permanence_adoption", "placements_sufficiency", "policing", "protection", "quality_assurance",
    "referrals_thresholds", "safety", "voice", "workforce",
)  # fmt: skip
"""The classes in the order of the model's scores, which a model is fitted to for good."""
POLARITY = 3
STATUS = POLARITY + len(POLARITIES)
THEME = STATUS + len(STATUSES)
ALONE = THEME + len(THEMES)
SCORES = ALONE + 1
"""The scores of what a sequence means: of entailment, polarity, status and theme, each class one,
and whether a sentence stands alone. Before them a model gives that of whether it answers."""
MEANING = slice(1, None)
"""Where they stand in a model's row."""
BATCH_TOKENS = 512
"""About how many tokens are run at a time."""
MOST_KEPT = 50_000
"""Pairs whose scores are kept in memory: some 10 MB."""


class ModelJudge:
    """A judge over two models, however they are run; what it was asked before does not run again.

    `run` gives all scores. `second` gives the SCORES of a model of another make, whose opinion on
    what a source bears out counts as much: two that err apart know more than either.
    """

    def __init__(self, tokenize: Tokenizer, run: Run, second: Run) -> None:
        self._first = _Scores(tokenize, run)
        self._second = _Scores(tokenize, second)

    def load(self) -> None:
        """As the port says."""
        self._first.of(())

    def answers(self, question: str, spans: Sequence[Span]) -> tuple[float, ...]:
        """As the port says."""
        rows = self._first.of([answer_texts(question, span) for span in spans])
        return tuple(SCALE * float(row[0]) for row in rows)

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """As the port says. The second model is asked with the source's name and without, for the
        name helps it to tell of whom a sentence speaks and takes its eye off the figures."""
        named = [entailment_texts(source, statement) for source, statement in pairs]
        plain = [(source.text, statement) for source, statement in pairs]
        first = (row[MEANING] for row in self._first.of(named))
        second = self._second.of([*named, *plain])
        return tuple(
            agreed(_entailment(own), mean_of(_entailment(by_name), _entailment(by_words)))
            for own, by_name, by_words in zip(
                first, second[: len(pairs)], second[len(pairs) :], strict=True
            )
        )

    def entails_in_place(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """As the port says, by the first model alone: the second was fitted to no such sources."""
        named = [entailment_texts(source, statement) for source, statement in pairs]
        return tuple(_entailment(row[MEANING]) for row in self._first.of(named))

    def reads(self, spans: Sequence[Span]) -> tuple[Reading, ...]:
        """As the port says."""
        return tuple(_reading(row) for row in self._second.of(list(map(reading_texts, spans))))


class _Scores:
    """The scores of pairs of texts, those of the last pairs kept."""

    def __init__(self, tokenize: Tokenizer, run: Run) -> None:
        self._tokenize, self._run = tokenize, run
        self._kept: OrderedDict[tuple[str, str], Floats] = OrderedDict()
        self._keeping = threading.Lock()

    def of(self, texts: Sequence[tuple[str, str]]) -> list[Floats]:
        """The scores of some pairs, in their order."""
        # Another thread may let go of a pair while this one runs the model.
        known = {pair: own for pair in texts if (own := self._kept.get(pair)) is not None}
        new = list(dict.fromkeys(pair for pair in texts if pair not in known))
        inputs = [model_input(self._tokenize, pair) for pair in new]
        batches = batches_by_length([len(each.ids) for each in inputs], BATCH_TOKENS)
        ran = self._run([batch_of([inputs[row] for row in rows]) for rows in batches])
        for rows, scores in zip(batches, ran, strict=True):
            known.update((new[row], own) for row, own in zip(rows, scores, strict=True))
        with self._keeping:
            self._kept.update((pair, known[pair]) for pair in new)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return [known[pair] for pair in texts]


def softmax(scores: Floats) -> Floats:
    """The scores as probabilities."""
    raised = np.exp(scores - scores.max())
    likely: Floats = raised / raised.sum()
    return likely


def _entailment(scores: Floats) -> Entailment:
    yes, no, neither = softmax(scores[:POLARITY])
    return Entailment(float(yes), float(no), float(neither))


def _reading(scores: Floats) -> Reading:
    return Reading(
        POLARITIES[int(scores[POLARITY:STATUS].argmax())],
        STATUSES[int(scores[STATUS:THEME].argmax())],
        THEMES[int(scores[THEME:ALONE].argmax())],
        float(1 / (1 + np.exp(-scores[ALONE]))),
    )
