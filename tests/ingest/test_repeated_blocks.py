"""What an article says twice is kept once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning.layout import BlockDraft
from ingest.cleaning.repeated_blocks import without_repeats
from ingest.types import LineRole

TEXT = "The director said that the service had failed children and that she was sorry for it."


def kept(*texts: str, role: LineRole = LineRole.PARAGRAPH) -> list[str]:
    return [d.text for d in without_repeats([BlockDraft(text, role) for text in texts])]


def test_a_caption_said_twice_is_kept_once() -> None:
    assert kept("Jo Marsh, the director", TEXT, "Jo Marsh, the director") == [
        "Jo Marsh, the director",
        TEXT,
    ]


def test_a_pull_quote_goes_and_the_text_it_is_pulled_from_stays() -> None:
    assert kept("\u201cThe service had failed children\u201d", TEXT) == [TEXT]


def test_a_pull_quote_may_be_pulled_from_two_paragraphs() -> None:
    parts = ["It will take time to mend.", "We have begun to do so now."]
    assert kept(*parts, "to mend. We have begun") == parts


def test_of_a_text_and_its_halves_one_stays() -> None:
    """Each of them stands in the others: to drop all three would lose the words."""
    halves = ["The director is sorry.", "She has said so twice."]
    for order in ([*halves, " ".join(halves)], [" ".join(halves), *halves]):
        assert kept(*order) == [" ".join(halves)]


def test_short_answers_headings_rows_and_items_may_repeat() -> None:
    assert kept("Agreed.", TEXT, "Agreed.") == ["Agreed.", TEXT, "Agreed."]
    for role in (LineRole.HEADING, LineRole.ROW):
        assert len(kept("What we will do", "What we will do", role=role)) == 2
    item = [
        BlockDraft("failed children and that", LineRole.ITEM),
        BlockDraft(TEXT, LineRole.PARAGRAPH),
    ]
    assert without_repeats(item) == item


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=9).map(" ".join), max_size=8))
def test_no_run_of_words_is_lost(texts: list[str]) -> None:
    left = " | ".join(kept(*texts))
    assert all(" ".join(text.split()) in left for text in texts if len(text.split()) < 3)
    words = " ".join(" ".join(kept(*texts)).split())
    assert all(text in words for text in texts if len(text.split()) > 1)


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=9).map(" ".join), max_size=8))
def test_what_is_kept_once_has_no_more_repeats_of_whole_blocks(texts: list[str]) -> None:
    left = [text for text in kept(*texts) if len(text.split()) > 1]
    assert len(left) == len(set(left))
