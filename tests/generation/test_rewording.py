"""One word may put what another says where both are of a family or listed; never the opposite."""

from __future__ import annotations

import pytest

from rag.generation.faithfulness.rewording import in_one_form, opposite, puts
from rag.text.lexicon import groups, lists, swaps
from rag.text.tokens import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("decide", "decision"),
        ("describe", "description"),
        ("assessment", "assess"),
        ("introduction", "introduce"),
        ("reliable", "rely"),
        ("frequently", "often"),
        ("hired", "recruited"),
        ("children", "pupils"),
    ],
)
def test_a_word_may_stand_for_another(one: str, other: str) -> None:
    assert puts(stem(one), stem(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("contact", "contain"),
        ("commission", "committee"),
        ("interim", "internal"),
        ("complex", "complaint"),
        ("progress", "programme"),
        ("nurse", "counsellor"),
        ("primary", "secondary"),
        ("month", "year"),
        ("director", "member"),
        ("increase", "decrease"),
        ("pupils", "children"),
        ("4", "40"),
    ],
)
def test_a_word_does_not_stand_for_a_different_thing(one: str, other: str) -> None:
    assert not puts(stem(one), stem(other))


OPPOSITES = """
rise fall
increase decrease
improve worsen
good poor
early late
more less
many few
always never
before after
weak strong
safe unsafe
clear unclear
adequate inadequate
accept refuse
open close
first last
internal external
temporary permanent
"""


@pytest.mark.parametrize("pair", OPPOSITES.split("\n")[1:-1])
def test_no_list_holds_opposites(pair: str) -> None:
    one, other = map(stem, pair.split())
    assert not puts(one, other)
    assert not puts(other, one)


def test_each_group_holds_more_than_one_word() -> None:
    assert all(len({stem(word) for word in group}) > 1 for group in groups(lists.Rewording.SAME))


@pytest.mark.parametrize("name", [lists.Phrases.SAME, lists.Phrases.WHO])
def test_each_phrase_has_what_is_put_in_its_place(name: str) -> None:
    assert all(new.strip() == new and new for _, new in swaps(name))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Work is yet to begin.", "Work has not begin."),
        ("Every plan is read each week.", "all plan is read weekly."),
        (
            "The plan, due to a shortage of staff, fell.",
            "The plan, because of too few staff, fell.",
        ),
        ("It rose from 30 to 45.", "It rose from 30 then to 45."),
        ("Pupils from 9 to 11 years old", "Pupils from 9 to 11 years old"),
    ],
)
def test_phrases_that_say_the_same_are_put_in_one_form(text: str, form: str) -> None:
    assert in_one_form(text) == form


def test_a_prefix_that_denies_is_told_from_a_word_that_begins_so() -> None:
    assert opposite("unregistered") == "registered"
    assert opposite("unit") == ""
    assert opposite("registered") == ""
