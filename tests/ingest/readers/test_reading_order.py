"""Pieces of text on a page come in the order in which a reader reads them."""

from __future__ import annotations

from ingest.reading.readers.reading_order import PlacedText, lines_in_order
from ingest.types import LineRole


def piece(text: str, left: float, top: float, height: float = 12, width: float = 0) -> PlacedText:
    return PlacedText(text, left, left + (width or 5.0 * len(text)), top, top - height)


LEFT = [f"Left column line number {n}" for n in range(6)]
RIGHT = [f"Right column line number {n}" for n in range(6)]
COLUMNS = [piece(text, 50, 700 - 15 * n) for n, text in enumerate(LEFT)] + [
    piece(text, 320, 701 - 15 * n) for n, text in enumerate(RIGHT)
]


def test_lines_of_one_column_come_from_the_top_down() -> None:
    lines = lines_in_order(
        [piece("second", 50, 600), piece("third", 50, 580), piece("first", 50, 700)]
    )
    assert [line.text for line in lines] == ["first", "second", "third"]


def test_the_left_column_comes_before_the_right() -> None:
    assert [line.text for line in lines_in_order(COLUMNS)] == [*LEFT, *RIGHT]


def test_a_heading_over_both_columns_comes_first_and_a_note_under_them_last() -> None:
    heading = piece("A heading over both of the columns of the page", 50, 740, 18, width=450)
    note = piece("A note under both of the columns of the page", 50, 500, width=450)
    lines = lines_in_order([*COLUMNS, note, heading])
    assert [line.text for line in lines] == [heading.text, *LEFT, *RIGHT, note.text]
    assert lines[0].size is not None
    assert lines[1].size is not None
    assert lines[0].size > 1.12 * lines[1].size, "larger type is a heading"


def test_pieces_of_one_line_are_one_line() -> None:
    (line,) = lines_in_order([piece("area.", 95, 700), piece("12. The", 50, 701)])
    assert (line.text, line.role) == ("12. The area.", LineRole.LINE)


def test_the_cells_of_a_row_stand_together_and_not_in_columns() -> None:
    cells = [
        piece(text, left, 700 - 15 * n)
        for n in range(6)
        for text, left in ((f"Referrals {n}", 50), (f"{n}12", 300), (f"{n}98", 400))
    ]
    lines = lines_in_order(cells)
    assert lines[2].text == "Referrals 2 | 212 | 298"
    assert {line.role for line in lines} == {LineRole.ROW}


def test_letters_without_tails_do_not_make_a_line_a_footnote() -> None:
    lines = lines_in_order([piece("with tails pqg", 50, 700, 14), piece("care", 50, 680, 11.5)] * 2)
    assert len({line.size for line in lines}) == 1
