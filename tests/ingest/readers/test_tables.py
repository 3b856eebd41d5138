"""A table's rows tell the headings of their cells, whatever the format."""

from __future__ import annotations

import pytest

from ingest.reading.tables import Grid, table_lines


def texts(grid: Grid, heads: int | None = None) -> list[str]:
    return [line.text for line in table_lines(grid, heads)]


def test_each_figure_stands_with_the_heading_of_its_column() -> None:
    grid = (("Measure", "2023/24", "Target"), ("Visits in time", "71%", "85%"))
    assert texts(grid) == [
        "Measure | 2023/24 | Target",
        "Visits in time | 2023/24: 71% | Target: 85%",
    ]


def test_headings_over_several_columns_are_joined_with_those_below_them() -> None:
    grid = (("", "Homes", "Homes"), ("", "2023", "2024"), ("Fallowmere", "547", "612"))
    assert texts(grid)[-1] == "Fallowmere | Homes, 2023: 547 | Homes, 2024: 612"


def test_a_table_of_words_takes_its_first_row_for_headings() -> None:
    grid = (("Recommendation", "Action", "By when"), ("Visit more", "Hire staff", "May"))
    assert texts(grid)[1] == "Visit more | Action: Hire staff | By when: May"


def test_pairs_of_label_and_value_have_no_headings() -> None:
    assert texts((("Name", "Jane Moor"), ("Post", "Leader"))) == [
        "Name | Jane Moor",
        "Post | Leader",
    ]


def test_a_grade_says_itself_what_it_is() -> None:
    grid = (("Judgement", "Grade"), ("Overall effectiveness", "Good"))
    assert texts(grid, heads=1) == ["Judgement | Grade", "Overall effectiveness | Good"]


@pytest.mark.parametrize("grid", [(), ((),), (("", ""),)])
def test_an_empty_table_has_no_lines(grid: Grid) -> None:
    assert texts(grid) == []
