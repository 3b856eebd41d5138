"""A judge's word does not hang on what else it is asked, in which order, or how often."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.judge.inputs import SCALE, Batch
from rag.judge.port import Span
from rag.judge.scores import SCORES, Floats, ModelJudge


class CountingModel:
    """Scores a sequence by the sum of its ids, and counts the sequences that it ran."""

    def __init__(self, scores: int = 1 + SCORES) -> None:
        self.ran = 0
        self._count = scores

    def __call__(self, batches: Sequence[Batch]) -> list[Floats]:
        self.ran += sum(len(batch.ids) for batch in batches)
        return [self._scores(batch) for batch in batches]

    def _scores(self, batch: Batch) -> Floats:
        sums = (batch.ids * batch.mask).sum(1, keepdims=True) % 97
        return np.asarray(sums / 97 + np.arange(self._count) / SCORES, np.float32)


def judge(model: CountingModel) -> ModelJudge:
    return ModelJudge(
        lambda text: [ord(letter) % 1000 + 200 for letter in text],
        model,
        CountingModel(SCORES),
    )


SPANS = st.lists(st.builds(Span, st.text(max_size=60)), max_size=40)


@given(SPANS)
def test_spans_are_scored_in_their_order_whatever_batches_they_came_in(spans: list[Span]) -> None:
    together = judge(CountingModel()).answers("Who?", spans)
    alone = [judge(CountingModel()).answers("Who?", [span])[0] for span in spans]
    assert together == pytest.approx(alone)


@given(SPANS)
def test_what_was_asked_before_is_not_run_again(spans: list[Span]) -> None:
    model = CountingModel()
    asked = judge(model)
    first = asked.answers("Who?", spans)
    ran = model.ran
    assert asked.answers("Who?", list(reversed(spans))) == tuple(reversed(first))
    assert model.ran == ran == len({span.text for span in spans})


PAIRS = st.lists(st.tuples(st.builds(Span, st.text(max_size=40)), st.text(max_size=40)))


@given(PAIRS)
def test_what_a_source_comes_to_is_a_distribution(pairs: list[tuple[Span, str]]) -> None:
    for said in judge(CountingModel()).entails(pairs):
        assert said.entailed + said.contradicted + said.neutral == pytest.approx(1.0, abs=1e-5)


def test_scores_are_counted_in_log_odds() -> None:
    model = CountingModel()
    (score,) = judge(model).answers("", [Span("x")])
    assert 0 <= score <= SCALE * 2


def test_nothing_asked_is_nothing_answered() -> None:
    asked = judge(CountingModel())
    assert [*asked.answers("Who?", []), *asked.entails([]), *asked.reads([])] == []


@given(PAIRS)
def test_what_stands_around_a_source_is_read_by_the_first_model_alone(
    pairs: list[tuple[Span, str]],
) -> None:
    second = CountingModel(SCORES)
    asked = ModelJudge(
        lambda text: [ord(letter) % 1000 + 200 for letter in text], CountingModel(), second
    )
    for each in asked.entails_in_place(pairs):
        assert each.entailed + each.contradicted + each.neutral == pytest.approx(1.0, abs=1e-5)
    assert second.ran == 0
