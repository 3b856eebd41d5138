"""What follows from two quotes is said; what does not follow is not."""

from __future__ import annotations

import pytest
from invented import judged
from ofsted import LEAVERS, OVERALL

from rag.answering.conclusions import figures, of_councils, of_figures
from rag.inspection.movement import grade_movement

RI = "requires improvement to be good"


@pytest.mark.parametrize(
    ("grades", "movement"),
    [
        (["inadequate", "good"], "went up"),
        (["good", "inadequate"], "went down"),
        (["good", "good"], "did not change"),
        (["inadequate", RI, "good"], "went up"),
        (["good", "inadequate", "good"], "went up and down"),
    ],
)
def test_grades_of_several_years_move(grades: list[str], movement: str) -> None:
    rows = [(str(2017 + n), judged(grade)) for n, grade in enumerate(grades)]
    (conclusion,) = grade_movement(rows, OVERALL)
    assert conclusion.text.startswith(f"The overall grade {movement}: {grades[0]} in 2017")
    assert conclusion.quotes == tuple(range(len(grades)))


def test_the_area_is_named() -> None:
    rows = [("2017", judged("good")), ("2024", judged("good"))]
    assert "grade for care leavers" in grade_movement(rows, LEAVERS)[0].text


@pytest.mark.parametrize(
    "grades",
    [
        ["good"],
        ["good", "inconsistent experiences and outcomes"],
        ["inadequate", "widespread and/or systemic failings"],
    ],
)
def test_nothing_follows_from_one_grade_or_from_two_frameworks(grades: list[str]) -> None:
    rows = [(str(n), judged(grade)) for n, grade in enumerate(grades)]
    assert grade_movement(rows, OVERALL) == ()
    assert of_councils(rows) == ()


@pytest.mark.parametrize(
    ("one", "two", "text"),
    [
        ("good", "inadequate", "Fallowmere was judged higher than Thornbeck."),
        ("inadequate", "good", "Thornbeck was judged higher than Fallowmere."),
        ("good", "good", "Fallowmere and Thornbeck were given the same judgement."),
    ],
)
def test_two_councils_are_set_side_by_side(one: str, two: str, text: str) -> None:
    (conclusion,) = of_councils([("Fallowmere", judged(one)), ("Thornbeck", judged(two))])
    assert (conclusion.text, conclusion.quotes) == (text, (0, 1))


COMPARED = [
    (
        "There are 240 children.",
        "There are 180 children.",
        True,
        "lower than for 2017: 180 against",
    ),
    (
        "There are 180 children.",
        "There are 240 children.",
        True,
        "higher than for 2017: 240 against",
    ),
    ("Some 45% were seen.", "Some 45% were seen.", True, "The figure is the same: 45%."),
    (
        "Nine children left.",
        "There are 12 children.",
        False,
        "2024 has the larger figure: 12 against",
    ),
    ("There are 1,240 homes.", "There are 180 homes.", False, "2017 has the larger figure: 1,240"),
]


@pytest.mark.parametrize(("one", "two", "over_time", "said"), COMPARED)
def test_two_figures_are_compared(one: str, two: str, over_time: bool, said: str) -> None:
    (conclusion,) = of_figures([("2017", one), ("2024", two)], over_time=over_time)
    assert said in conclusion.text


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("There are 240 children.", "There are 180 homes."),  # two units
        ("Some 45% were seen.", "There are 180 children."),
        ("There are 240 children in 12 homes.", "There are 180 children."),  # two figures
        ("There are children.", "There are 180 children."),  # no figure
    ],
)
def test_nothing_follows_from_other_figures(one: str, two: str) -> None:
    assert of_figures([("2017", one), ("2024", two)], over_time=True) == ()


def test_nothing_follows_from_one_side_or_three() -> None:
    rows = [("2017", "There are 240 children.")]
    assert of_figures(rows, over_time=True) == ()
    assert of_figures(rows * 3, over_time=True) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At 31 January 2017, 240 children were seen.", [(240.0, "childr")]),
        ("There were twenty-four posts.", [(24.0, "posts")]),
        ("Some 3.5% left.", [(3.5, "%")]),
        ("It is for those aged 16 and over 18.", []),
        ("Under section 47, few were seen.", []),
        ("There were 84 (a rate of 36.7 per 10,000 children).", [(84.0, "")]),
        ("The plan is for 2019-20.", []),
    ],
)
def test_dates_ages_and_rates_are_no_figures(text: str, found: list[tuple[float, str]]) -> None:
    assert figures(text) == found
