"""In plain text a heading is known by its place and its form, and nothing else becomes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunking import split
from ingest.cleaning.clean import clean
from ingest.cleaning.text_headings import heading_lines
from ingest.reading.readers.text import read_text

PROSE = (
    "The Panel voted by seven to four to keep the depot. Its chair asked for a report in the "
    "spring, with the costs of each site."
)
WRAPPED = [
    "The Panel voted by seven to four to keep the depot. Its chair asked for",
    "a report in the spring, with the costs of each site.",
]


def headings(*lines: str) -> list[str]:
    """The headings among some lines."""
    return [lines[n] for n in sorted(heading_lines(lines))]


@pytest.mark.parametrize(
    "heading",
    [
        "Views of the Tenants' Panel",
        "2. How the present contract has gone",
        "19.40 – Where things stand",
        "Was the barrier shut in time?",
        "PETITION: SAVE THE LIDO",
    ],
)
def test_a_short_line_alone_over_a_paragraph_is_its_heading(heading: str) -> None:
    assert headings("", heading, "", PROSE) == [heading]
    assert headings(PROSE, "", heading, "", *WRAPPED) == [heading]
    assert headings("", heading, PROSE) == [heading]
    assert headings("", heading, *WRAPPED) == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "The depot is kept.",
        "Cabinet is asked to agree:",
        "Dear Ms Prior",
        "By Ann Hale, local democracy reporter",
        "8 November 2023 | Ann Hale",
        "Thursday 14 March 2024",
        "which the chair put to the vote",
        "- keep the depot",
    ],
)
def test_a_sentence_a_greeting_a_date_and_an_item_are_no_headings(line: str) -> None:
    assert headings(PROSE, "", line, "", PROSE) == []


def test_a_line_that_is_wrapped_is_no_heading() -> None:
    assert headings(*WRAPPED) == []
    assert (
        headings(
            "", "The Panel voted by seven to four to keep the depot in Mill Street", WRAPPED[1]
        )
        == []
    )


def test_the_items_of_a_list_are_no_headings() -> None:
    items = ["The response to contacts", "The recording of meetings", "The help out of hours"]
    assert headings(PROSE, "", "What must improve", *items, "", PROSE) == []
    assert headings(PROSE, "", "1. Publish the plan", "", "2. Fund the places", "", PROSE) == []


def test_what_stands_over_no_sentence_is_no_heading() -> None:
    assert headings(PROSE, "", "Anneka Frost", "Mill Street, Fallowmere", "", "Present: five") == []


def test_a_passage_of_plain_text_has_its_heading_and_no_other_s() -> None:
    text = f"Repairs\n\n{PROSE}\n\nMoney\n\nThe work cost £3 million. It was paid from reserves."
    repairs, money = split("a.txt", clean(read_text(text.encode())))
    assert (repairs.heading, money.heading) == ("Repairs", "Money")
    assert money.text == "Money The work cost £3 million. It was paid from reserves."


def test_a_heading_that_the_text_repeats_stays() -> None:
    name = "Responding to the public"
    text = (
        f"Grades\n\nGood: {name}; leadership. {PROSE}\n\n{name}\n\nThe force now has 900 officers."
    )
    (page,) = clean(read_text(text.encode()))
    assert page.page.text.count(name) == 2


def test_a_page_of_very_many_short_lines_is_read() -> None:
    assert heading_lines(["Some short line"] * 100_000) == frozenset()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=90).map(str.strip), max_size=30))
def test_any_lines_have_headings_that_are_short_and_not_last(lines: list[str]) -> None:
    found = heading_lines(lines)
    for n in found:
        assert 0 < len(lines[n].split()) <= 14
        assert n < len(lines) - 1
