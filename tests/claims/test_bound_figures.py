"""A figure of a claim is held against the figure that is given of the same thing and time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.comparators.bound_figures import crossed_figures, of_another_time
from rag.text.parse import parse

FORMS = (
    "{a}% of agencies and {b}% of homes were rated good.",
    "The inspectors rated {a}% of agencies, against {b}% of homes.",
    "Good were {a}% of agencies, while of the homes {b}% were.",
    "Agencies and homes were rated good in {a}% and {b}% of cases respectively.",
    "{a}% of agencies were rated good. This compares with {b}% of homes.",
)
ROUND = (
    "{b}% of homes and {a}% of agencies were rated good.",
    "Homes and agencies were rated good in {b}% and {a}% of cases respectively.",
)
TWO = st.lists(st.integers(2, 98), min_size=2, max_size=2, unique=True)


def crossed(claim: str, said: str) -> dict[str, str]:
    """The figures of a claim that are said of something else, with what is said in their stead."""
    found = crossed_figures(parse(claim), parse(said))
    return {claim[mark.start : mark.end]: q.written for mark, q in found.items()}


def elsewhen(claim: str, said: str) -> list[tuple[str, str]]:
    """The times that a claim and a sentence give for one figure, where they are not one."""
    found = of_another_time(parse(claim), parse(said))
    return [(each.claimed.written, each.said.written) for each in found]


@given(st.sampled_from(FORMS + ROUND), st.sampled_from(FORMS + ROUND), TWO)
def test_two_figures_are_each_said_of_their_own_thing_in_whatever_order(
    one: str, other: str, figures: list[int]
) -> None:
    a, b = figures
    assert not crossed(one.format(a=a, b=b), other.format(a=a, b=b))
    swapped = crossed(one.format(a=a, b=b), other.format(a=b, b=a))
    assert swapped == {f"{a}%": f"{b}%", f"{b}%": f"{a}%"}


@pytest.mark.parametrize(
    ("claim", "said", "wanted"),
    [
        (
            "In June 2024 there were 287 people waiting.",
            "There were 412 people waiting in June 2024, against 287 in June 2023.",
            {"287": "412"},
        ),
        (
            "In July 2016, 233 children were on a plan.",
            "At 4 July 2016, 393 children were on a plan. This is up from 233 at 31 March 2015.",
            {"233": "393"},
        ),
        (
            "Plans fell from 399 in March 2016 to 360 in June 2017.",
            "In June 2017 there were 399 plans. In March 2016 there were 360.",
            {"399": "360", "360": "399"},
        ),
        ("The motion was lost by 19 votes to 15.", "Lost: 15 voted for it, 19 against.", {}),
        ("There were 212 empty homes in 2025.", "There were 212 empty homes in 2025.", {}),
        ("There were 212 empty homes and 30 garages.", "It had 30 homes and 9 garages.", {}),
    ],
)
def test_a_figure_of_another_thing_or_time_is_none_of_the_claim_s(
    claim: str, said: str, wanted: dict[str, str]
) -> None:
    assert crossed(claim, said) == wanted


@pytest.mark.parametrize(
    ("claim", "said", "wanted"),
    [
        (
            "The consultation of 2024 had 2,940 responses.",
            "Our last consultation, in 2019, had 2,940 responses.",
            [("2024", "2019")],
        ),
        ("In 2019 we had 2,940 responses.", "Our last, in 2019, had 2,940 responses.", []),
        ("In 2024 we had 2,940 responses.", "We had 2,940 responses.", []),
        ("In May 2025 we had 40.", "We had 40 in 2025.", []),
        ("In 2024 we had 40.", "Homes | 2023: 40 | 2024: 60", []),
    ],
)
def test_a_figure_that_is_said_of_another_time_alone_is_told_with_that_time(
    claim: str, said: str, wanted: list[tuple[str, str]]
) -> None:
    assert elsewhen(claim, said) == wanted


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_held_against_each_other(claim: str, said: str) -> None:
    crossed(claim, said)
    elsewhen(claim, said)
