"""What a judge is given names the source, the heading and the neighbour of a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.judge.inputs import (
    CLS,
    MOST_PIECES,
    SEP,
    answer_texts,
    batch_of,
    entailment_texts,
    model_input,
    reading_texts,
    text_in_place,
)
from rag.judge.port import Span

SPAN = Span("It is good.", "Plans changed.", "Care leavers", "Ofsted, Fallowmere, May 2024")


def letters(text: str) -> list[int]:
    """A tokenizer whose pieces are letters."""
    return [1000 + ord(letter) % 1000 for letter in text]


def test_a_span_is_read_with_its_source_its_heading_and_the_sentence_before() -> None:
    question, text = answer_texts("How good?", SPAN)
    assert question == "How good?"
    assert text == "Ofsted, Fallowmere, May 2024. Care leavers | Plans changed. | It is good."


def test_a_sentence_that_is_only_read_is_asked_nothing() -> None:
    assert reading_texts(SPAN) == answer_texts("", SPAN)


def test_a_source_is_told_with_whose_words_they_are() -> None:
    assert entailment_texts(SPAN, "Poor.")[0] == "Ofsted, Fallowmere, May 2024: It is good."
    assert entailment_texts(Span("It is good."), "Poor.") == ("It is good.", "Poor.")


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_is_longer_than_the_model_reads(first: str, second: str) -> None:
    made = model_input(letters, (first, second))
    assert len(made.ids) == len(made.types) <= 2 * MOST_PIECES + 3
    assert made.ids[0] == CLS
    assert made.ids.count(SEP) == 2
    assert sum(made.types) == min(len(second), MOST_PIECES) + 1


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_batch_holds_each_sequence_whole_and_masks_what_fills_it_up(texts: list[str]) -> None:
    made = [model_input(letters, ("", text)) for text in texts]
    batch = batch_of(made)
    for row, each in enumerate(made):
        assert tuple(batch.ids[row, : len(each.ids)]) == each.ids
        assert int(batch.mask[row].sum()) == len(each.ids)


def test_a_sentence_in_its_place_has_its_heading_and_its_neighbours() -> None:
    texts = ["The motion was put.", "It was lost.", "It fell by 3 votes.", "The meeting ended."]
    assert text_in_place("Votes", texts, 1, 1) == (
        "Votes | The motion was put. It was lost. It fell by 3 votes."
    )
    assert text_in_place("", texts, 3, 3) == "It fell by 3 votes. The meeting ended."
    assert text_in_place("The motion was put.", texts, 0, 0) == "The motion was put. It was lost."
