"""A speech is parted into claims, and what is no claim is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.splitting import split_claims
from rag.text.clauses import kind_of
from rag.types import PartKind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Caseloads are too high in Croydon.", PartKind.CLAIM),
        ("Councillor Wood said nobody was sacked.", PartKind.CLAIM),
        ("Why was nothing done?", PartKind.QUESTION),
        ("I think that was wrong.", PartKind.OPINION),
        ("It is a disgrace.", PartKind.OPINION),
        ("We will never let that happen again.", PartKind.OPINION),
        ("Members said that we will open two homes.", PartKind.CLAIM),
        ("They should be ashamed.", PartKind.OPINION),
        ("Please support the motion.", PartKind.INSTRUCTION),
        ("Let us look at the figures.", PartKind.INSTRUCTION),
        ("\u201cWe are on a journey,\u201d said nobody.", PartKind.QUOTATION),
        ("\u201cWe made a mistake in leaving it so late.\u201d", PartKind.QUOTATION),
        ("Well done everybody!", PartKind.OPINION),
        ("Inspectors found that it was not used when it ought to have been.", PartKind.CLAIM),
        ("I said that they should be ashamed.", PartKind.OPINION),
    ],
)
def test_a_sentence_is_a_claim_or_named_as_something_else(sentence: str, kind: PartKind) -> None:
    assert kind_of(sentence) is kind


def test_a_sentence_that_says_two_things_is_halved() -> None:
    parts = split_claims(
        "Caseloads are too high in Croydon and the council has agreed to hire 50 workers."
    )
    assert [part.claim for part in parts] == [
        "Caseloads are too high in Croydon",
        "Croydon has agreed to hire 50 workers.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Plans are clear and timely.",
        "Leaders have improved visits and the quality of plans.",
        "Wiltshire and Swindon are judged together.",
        "James Stroyan is the director of children and young people's services named there.",
        "The job was shared for a while before a director was appointed.",
    ],
)
def test_halves_that_cannot_stand_are_left_together(sentence: str) -> None:
    assert len(split_claims(sentence)) == 1


def test_a_claim_takes_its_council_from_the_one_before() -> None:
    parts = split_claims("Croydon was inspected in 2017. It spent £12 million on agency staff.")
    assert parts[1].claim == "Croydon spent £12 million on agency staff."


def test_a_council_that_only_the_library_knows_is_taken_too() -> None:
    text = "Wrenmoor was inspected in 2017. It spent £12 million on agency staff."
    assert (
        split_claims(text, ["Wrenmoor"])[1].claim == "Wrenmoor spent £12 million on agency staff."
    )
    assert split_claims(text)[1].claim == "It spent £12 million on agency staff."


def test_what_is_not_a_claim_is_not_checked() -> None:
    assert all(part.claim == "" for part in split_claims("Why? Shame on them! Please vote."))


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_every_piece_stands_where_it_says(text: str) -> None:
    for part in split_claims(text):
        assert text[part.start : part.start + len(part.text)] == part.text
