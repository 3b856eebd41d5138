"""The table of everything held: searched, narrowed, sorted and cut into parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import source

from rag.library.tables import LibraryEntry
from rag.types import Kind
from ui.web.session.library_table import (
    ROWS,
    Column,
    LibraryRow,
    TableQuery,
    chosen_column,
    councils_of,
    row_of,
    table_page,
)


def row(title: str, **fields: object) -> LibraryRow:
    """A row of which only what is given is out of the ordinary."""
    made: dict[str, object] = {
        "name": f"{title}.pdf", "title": title, "publisher": "", "kind": Kind.OTHER,
        "councils": (), "day": None, "pages": 1, "added": "",
        "sought": title.casefold(), **fields,
    }  # fmt: skip
    return LibraryRow(**made)  # type: ignore[arg-type]


HELD = tuple(
    row_of(LibraryEntry(document, "v", pages, pages * 10))
    for pages, document in enumerate(
        (
            source("r/f.pdf", "Fallowmere", when="2024-10-07", title="Inspection of Fallowmere"),
            source("n/g.html", "Thornbeck", kind=Kind.NEWS, title="a gazette story",
                   publisher="Fallowmere Gazette"),
            source("plan.docx", "Thornbeck", "Ashmere", kind=Kind.COUNCIL_DOCUMENT,
                   when="2023-01-01", title="Plan", publisher="Thornbeck Council"),
        ),
        start=1,
    )
)  # fmt: skip


def titles(wanted: TableQuery, rows: tuple[LibraryRow, ...] = HELD) -> list[str]:
    return [one.title for one in table_page(rows, wanted).rows]


def test_a_row_bears_the_date_of_publication_or_else_of_the_inspection() -> None:
    assert [one.day for one in HELD] == [date(2024, 10, 7), None, date(2023, 1, 1)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["a gazette story", "Inspection of Fallowmere", "Plan"]),
        ("fallowmere", ["a gazette story", "Inspection of Fallowmere"]),
        ("STORY gazette", ["a gazette story"]),
        ("ashmere", ["Plan"]),
        ("r/f.pdf", ["Inspection of Fallowmere"]),
        ("thornbeck council plan", ["Plan"]),
        ("nothing such", []),
    ],
)
def test_a_search_wants_every_word_in_title_file_publisher_or_council(
    words: str, found: list[str]
) -> None:
    assert titles(TableQuery(words=words)) == found


def test_a_word_is_not_found_across_the_end_of_a_field() -> None:
    assert titles(TableQuery(words="storyn/g")) == []


def test_kind_and_council_narrow_the_table() -> None:
    assert titles(TableQuery(kind=Kind.NEWS)) == ["a gazette story"]
    assert titles(TableQuery(council="Thornbeck")) == ["a gazette story", "Plan"]
    assert titles(TableQuery(kind=Kind.NEWS, council="Ashmere")) == []
    assert councils_of(HELD) == ("Ashmere", "Fallowmere", "Thornbeck")


def test_what_needs_checking_is_found_by_its_doubts() -> None:
    rows = (row("sure"), row("unsure", doubts=("Who published it was not found.",)))
    assert TableQuery(doubtful=True).narrows
    assert titles(TableQuery(doubtful=True), rows) == ["unsure"]


@pytest.mark.parametrize(
    ("column", "rising"),
    [
        (Column.TITLE, ["a gazette story", "Inspection of Fallowmere", "Plan"]),
        (Column.KIND, ["Plan", "Inspection of Fallowmere", "a gazette story"]),
        (Column.COUNCILS, ["Inspection of Fallowmere", "a gazette story", "Plan"]),
        (Column.PAGES, ["Inspection of Fallowmere", "a gazette story", "Plan"]),
    ],
)
def test_every_column_sorts_both_ways(column: Column, rising: list[str]) -> None:
    assert titles(TableQuery(column=column)) == rising
    assert titles(TableQuery(column=column, falling=True)) == rising[::-1]


@pytest.mark.parametrize("falling", [False, True])
def test_what_is_not_known_comes_last_either_way(falling: bool) -> None:
    assert titles(TableQuery(column=Column.DATE, falling=falling))[-1] == "a gazette story"
    assert titles(TableQuery(column=Column.PUBLISHER, falling=falling))[-1].startswith("Inspection")


def test_equals_stand_in_the_order_of_their_titles_either_way() -> None:
    rows = tuple(row(title, pages=7) for title in ("c", "a", "b"))
    for falling in (False, True):
        assert titles(TableQuery(column=Column.PAGES, falling=falling), rows) == ["a", "b", "c"]


def test_a_column_is_turned_round_when_it_is_chosen_again() -> None:
    by_title = chosen_column(TableQuery(part=4), Column.TITLE)
    assert (by_title.falling, by_title.part) == (True, 1)
    newest_first = chosen_column(by_title, Column.ADDED)
    assert newest_first.falling
    assert not chosen_column(newest_first, Column.ADDED).falling
    assert not chosen_column(newest_first, Column.KIND).falling


MANY = tuple(row(f"{n:04}") for n in range(2 * ROWS + 1))


def test_parts_follow_one_another_without_a_gap() -> None:
    parts = [table_page(MANY, TableQuery(part=n)) for n in (1, 2, 3)]
    assert [one.title for part in parts for one in part.rows] == [one.title for one in MANY]
    assert [part.first for part in parts] == [1, 51, 101]
    assert {(part.parts, part.matching, part.all) for part in parts} == {(3, 101, 101)}


@pytest.mark.parametrize(("asked", "given_"), [(0, 1), (-3, 1), (9, 3)])
def test_a_part_past_the_end_is_the_nearest_there_is(asked: int, given_: int) -> None:
    assert table_page(MANY, TableQuery(part=asked)).number == given_


def test_no_match_is_one_empty_part() -> None:
    part = table_page(MANY, TableQuery(words="zzz"))
    assert (part.rows, part.parts, part.first, part.matching, part.all) == ((), 1, 0, 0, 101)


@given(
    st.lists(st.tuples(st.text(max_size=3), st.integers(0, 3), st.none() | st.dates())),
    st.sampled_from(Column),
    st.booleans(),
)
def test_sorting_loses_and_adds_nothing(
    made: list[tuple[str, int, date | None]], column: Column, falling: bool
) -> None:
    rows = tuple(row(title, pages=pages, day=day) for title, pages, day in made)
    shown = table_page(rows, TableQuery(column=column, falling=falling)).rows
    assert len(shown) == min(len(rows), ROWS)
    if len(rows) <= ROWS:
        assert sorted(map(repr, shown)) == sorted(map(repr, rows))
