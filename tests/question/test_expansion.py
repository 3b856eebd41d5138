"""Councillors' abbreviations and slips are understood."""

from __future__ import annotations

import pytest

from rag.question.expansion import concepts, expanded, expansions, explained
from rag.text.vocabulary import Vocabulary

HELD = Vocabulary.of(
    {"caseload": 4, "safeguard": 3, "children": 9, "child": 9, "foster": 2, "once": 1}
)


@pytest.mark.parametrize(
    "short",
    ["LAC", "MASH", "EHCP", "LADO", "NEET", "UASC", "IRO", "CAFCASS", "CIN", "ICPC", "EHCPs"],
)
def test_the_abbreviations_of_councillors_are_known(short: str) -> None:
    ((written, forms),) = expansions(f"How is {short} work going?")
    assert written == short
    assert forms


def test_an_abbreviation_is_spelt_out_for_the_encoder_once() -> None:
    once = expanded("How many UASC are there?")
    assert once.startswith("How many UASC (unaccompanied asylum")
    assert expanded(once) == once


def test_an_abbreviation_is_one_concept_of_several_forms() -> None:
    first, *_ = concepts("UASC figures", HELD)
    assert first.own == ("uasc",)
    assert any("asylum" in form for form in first.forms)


def test_each_thing_is_named_once_and_small_words_not_at_all() -> None:
    found = concepts("What of the caseloads, and the caseload?", HELD)
    assert [concept.own for concept in found] == [("caseload",)]


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("caseload", "caseload"),
        ("casload", "caseload"),
        ("safegaurd", "safeguard"),
        ("fostr", "foster"),
        ("zebra", None),
        ("cild", None),  # too short to be sure of
        ("onec", None),
        ("2019x", None),
    ],
)
def test_small_slips_are_put_right(term: str, meant: str | None) -> None:
    assert HELD.corrected(term) == meant


def test_a_slip_keeps_what_was_written_too() -> None:
    (concept,) = concepts("casloads", HELD)
    assert concept.forms == (("casload",), ("caseload",))


@pytest.mark.parametrize("repeat", range(3))
def test_a_slip_is_put_right_by_the_vocabulary_that_is_asked(repeat: int) -> None:
    # Each vocabulary is let go before the next is made, which may then stand where it stood.
    for word in ("caseload", "foster", "inspector", "threshold", "pathway", "safeguard"):
        slip = word[:2] + word[3:]
        assert Vocabulary.of({word: 2}).corrected(slip) == word
        (concept,) = concepts(slip, Vocabulary.of({word: 2}))
        assert concept.forms[1:] == ((word,),)
        assert Vocabulary.of({}).corrected(slip) is None


def test_abbreviations_are_explained_unless_the_text_does_or_they_have_too_many_meanings() -> None:
    meanings = dict(explained("The DCS and two PAs met PA Media at the ILACS of EHC plans."))
    assert meanings == {
        "DCS": "director of children's services",
        "ILACS": "inspection of local authority children's services",
        "EHC": "education, health and care",
    }
    assert not explained("The director of children's services (DCS) left.")
