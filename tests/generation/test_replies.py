"""A model's short reply is read where it has the form that was asked for, and else not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.generation.replies import MOST_READ, numbers_pointed_to

SHOWN = 24


@pytest.mark.parametrize(
    ("reply", "numbers"),
    [
        ("2, 5", (2, 5)),
        ("[5][2]", (5, 2)),
        ("[2], [5]", (2, 5)),
        ("5 and 2.", (5, 2)),
        ("Sentences 2 and 5", (2, 5)),
        ("The answers are: 12; 3", (12, 3)),
        ("**7**", (7,)),
        ("2\n5\n2", (2, 5)),
        ("<think>1 says nothing, so 4.</think>\n4", (4,)),
        ("none", ()),
        ("NONE.", ()),
        ("[]", ()),
    ],
)
def test_numbers_and_none_are_read_in_the_model_s_order(
    reply: str, numbers: tuple[int, ...]
) -> None:
    assert numbers_pointed_to(reply, SHOWN) == numbers


@pytest.mark.parametrize(
    "reply",
    [
        "", "all", "1-24", "-3", "2.5", "0", "25", "2, 99", "Sentence", "2, because it says so",
        "none, 2", "Care leavers were judged good.", "9" * 5000, "1 " * 5000, "\u0662", "\u00b2",
        ", ".join(str(n) for n in range(1, MOST_READ + 2)),
    ],
)  # fmt: skip
def test_a_reply_in_any_other_form_says_nothing(reply: str) -> None:
    assert numbers_pointed_to(reply, SHOWN) is None


@given(st.text(), st.integers(0, SHOWN))
def test_no_reply_names_what_was_not_shown_or_anything_twice(reply: str, count: int) -> None:
    numbers = numbers_pointed_to(reply, count) or ()
    assert all(1 <= number <= count for number in numbers)
    assert len(set(numbers)) == len(numbers) <= MOST_READ


@given(
    st.lists(st.integers(1, SHOWN), min_size=1, max_size=MOST_READ, unique=True),
    st.sampled_from(("{}", "[{}]", "({})", "#{}", "Sentence {}")),
    st.sampled_from((", ", ",", "; ", " ", "\n", " and ", " & ")),
    st.sampled_from(("", ".", "\n")),
)
def test_any_list_of_shown_numbers_is_read_back(
    numbers: list[int], form: str, between: str, end: str
) -> None:
    reply = between.join(form.format(number) for number in numbers) + end
    assert numbers_pointed_to(reply, SHOWN) == tuple(numbers)
