"""The parts of a report: what it says on one of its areas, and where it sums up."""

from __future__ import annotations

from invented import passage

from rag.inspection.sections import on_areas, summing_up
from rag.text.lexicon import lists
from rag.types import Passage

LEADERS = "The impact of leaders on social work practice with children and families: good"
CARE = "The experiences and progress of children in care and care leavers: good"
BETTER = "What does the area partnership need to do better?"


def numbers(passages: tuple[Passage, ...]) -> list[int]:
    return [each.number for each in passages]


def test_what_stands_under_a_heading_of_an_area_is_on_it() -> None:
    under = [passage(f"Leaders do thing {n} well.", number=n, heading=LEADERS) for n in range(6)]
    other = passage("Leaders of the youth club were seen.", number=9, heading=CARE)
    assert numbers(on_areas((*under, other), frozenset({"leaders"}))) == [0, 1, 2, 3, 4, 5]


def test_under_a_heading_of_two_areas_a_passage_is_on_those_that_it_names() -> None:
    report = (
        passage("Children in care are settled.", number=1, heading=CARE),
        passage("Advisers keep in touch.", "Care leavers like them.", number=2, heading=CARE),
        passage("Homes are warm.", number=3, heading=CARE),
    )
    assert numbers(on_areas(report, frozenset({"care leavers"}))) == [2]


def test_a_heading_does_not_hold_for_a_passage_that_opens_with_another_area() -> None:
    heading = "The graded judgement for adoption performance is that it is good"
    report = (
        passage("Adoption is prompt.", number=1, heading=heading),
        passage("Care leavers are not in touch.", number=2, heading=heading),
    )
    assert numbers(on_areas(report, frozenset({"adoption"}))) == [1]


def test_a_report_sums_up_under_the_heading_that_is_meant_and_then_on_its_first_pages() -> None:
    first = passage("This is a good council.", number=0, page=1)
    fault = passage("Waits are long.", number=7, page=5, heading=BETTER)
    report = (first, passage("Visits are regular.", number=6, page=4), fault)
    assert summing_up(report, lists.Printed.WEAKNESSES_HEADING) == (fault, first)
    assert summing_up(report, lists.Printed.STRENGTHS_HEADING) == (first,)
    assert summing_up(report, None) == (first,)
