"""Which sentences an overview quotes is weighed by fitted weights over named features."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.salience import (
    AFTER,
    BEFORE,
    Candidate,
    bundled_weights,
    features_of,
    likeliest,
    likelihoods,
)
from rag.citation.quote import Quote
from rag.judge.port import Polarity
from rag.question.sentiment import Sentiment
from rag.types import Passage, Sentence, Span


def candidate(number: int = 0, heading: str | None = None, page: int = 9) -> Candidate:
    text = f"Social workers visit children as often as plan {number} asks."
    sentence = Sentence(text, (Span(page, 0, len(text)),))
    passage = Passage("report.pdf", number, (sentence,), heading, str(number + 1))
    return Candidate(
        Quote(passage, 0, 0), opens=False, early=0.0, on_area=False, sums_up=False, near=0.3,
        covered=0.2,
    )  # fmt: skip


PLAIN = candidate()


@pytest.mark.parametrize(
    "better",
    [
        replace(PLAIN, opens=True),
        replace(PLAIN, early=0.9),
        replace(PLAIN, on_area=True),
        replace(PLAIN, sums_up=True),
        replace(PLAIN, near=0.6),
        replace(PLAIN, covered=0.8),
        replace(PLAIN, answers=3.0),
        replace(PLAIN, polarity=Polarity.WEAKNESS),
    ],
)
def test_a_sentence_in_a_better_place_or_that_answers_is_likelier_than_one_like_it(
    better: Candidate,
) -> None:
    worse, likely = likelihoods([PLAIN, better], Sentiment.FAULT)
    assert likely > worse


def test_a_strength_is_less_likely_where_faults_are_asked_for_than_where_strengths_are() -> None:
    both = [replace(PLAIN, polarity=side) for side in (Polarity.STRENGTH, Polarity.WEAKNESS)]
    strength, weakness = likelihoods(both, Sentiment.FAULT)
    assert weakness > strength
    strength, weakness = likelihoods(both, Sentiment.PRAISE)
    assert strength > weakness


def test_a_judge_is_asked_about_the_likeliest_by_where_they_stand() -> None:
    far = [candidate(number) for number in range(5)]
    near = replace(candidate(9), near=0.7, on_area=True)
    assert likeliest([*far, near], 2) == [near, far[0]]
    assert likeliest([], 2) == []


RANDOM = st.builds(
    lambda number, opens, early, near, answers, polarity: replace(
        candidate(number), opens=opens, early=early, near=near, answers=answers, polarity=polarity
    ),
    st.integers(0, 6), st.booleans(), st.floats(0, 1), st.floats(-1, 1), st.floats(-12, 12),
    st.sampled_from(Polarity),
)  # fmt: skip


@given(st.lists(RANDOM, min_size=1, max_size=12), st.sampled_from([None, *Sentiment]))
def test_a_likelihood_is_a_probability_that_the_order_of_the_others_does_not_change(
    candidates: list[Candidate], sought: Sentiment | None
) -> None:
    likely = likelihoods(candidates, sought)
    assert all(0 <= each <= 1 for each in likely)
    assert likelihoods(candidates[::-1], sought) == pytest.approx(likely[::-1])
    assert features_of(candidates, sought).shape == (len(candidates), len(AFTER))


def test_the_weights_that_come_with_the_program_are_of_its_features() -> None:
    weights = bundled_weights()
    assert tuple(weights["before"].of) == tuple(BEFORE)
    assert tuple(weights["after"].of) == AFTER
