"""Ruled tables of PDF files tell the headings of their cells, over columns, rows and pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.cleaning.clean import clean
from ingest.pages.page_images import picture
from ingest.reading.readers.pdf.reader import read_pdf
from ingest.reading.tables import table_lines
from ingest.types import LineRole

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=11, leading=15)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
YEARS = [
    ["Measure", "2023/24", "2024/25", "Target"],
    ["Assessments done in time", "71%", "64%", "85%"],
    ["Children who had three or more placements in one year", "9%", "13%", "8%"],
    ["Care leavers in work", "58%", "52%", "60%"],
]


def wrapped(rows: Sequence[Sequence[str]]) -> list[list[Paragraph]]:
    return [[Paragraph(cell, CELL) for cell in row] for row in rows]


def made(*flowables: Flowable) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build(list(flowables))
    return buffer.getvalue()


def rows(data: bytes) -> list[list[str]]:
    """The rows of the tables of each page."""
    pages = []
    for page in clean(read_pdf(data)):
        found = [page.text_of(block) for block in page.blocks if block.role is LineRole.ROW]
        pages.append(found)
    return pages


def test_a_row_tells_the_heading_of_each_figure() -> None:
    table = Table(wrapped(YEARS), colWidths=[120, 60, 60, 60], style=GRID)
    above = Paragraph("The council reports these figures every year.", TEXT)
    after = Paragraph("The next report is due in the spring of 2026.", TEXT)
    (page,) = clean(read_pdf(made(above, table, after)))
    assert [(block.role, page.text_of(block)) for block in page.blocks] == [
        (LineRole.PARAGRAPH, "The council reports these figures every year."),
        (LineRole.ROW, "Measure | 2023/24 | 2024/25 | Target"),
        (LineRole.ROW, "Assessments done in time | 2023/24: 71% | 2024/25: 64% | Target: 85%"),
        (
            LineRole.ROW,
            "Children who had three or more placements in one year | 2023/24: 9% | "
            "2024/25: 13% | Target: 8%",
        ),
        (LineRole.ROW, "Care leavers in work | 2023/24: 58% | 2024/25: 52% | Target: 60%"),
        (LineRole.PARAGRAPH, "The next report is due in the spring of 2026."),
    ]


@pytest.mark.parametrize("repeated", [0, 1])
def test_a_table_that_goes_on_over_the_page_keeps_its_headings(repeated: int) -> None:
    long = [YEARS[0], *([f"Indicator {n}", f"{n}%", f"{n + 1}%", "75%"] for n in range(1, 60))]
    first, second = rows(made(Table(long, repeatRows=repeated, style=GRID)))
    assert first[0] == "Measure | 2023/24 | 2024/25 | Target"
    at = len(first)
    assert (second[0] == first[0]) is bool(repeated)
    second = second[repeated:]
    assert second[0] == f"Indicator {at} | 2023/24: {at}% | 2024/25: {at + 1}% | Target: 75%"
    assert len(first) + len(second) == len(long)


def test_another_table_on_the_next_page_keeps_its_own_headings() -> None:
    one = Table([["Homes", "Open", "Shut"], *([f"Home {n}", "1", "2"] for n in range(30))],
                style=GRID, colWidths=[90, 50, 50])  # fmt: skip
    other = Table([["Teams", "Full", "Short"], ["North", "3", "4"]], style=GRID,
                  colWidths=[90, 50, 50])  # fmt: skip
    _, second = rows(made(Spacer(1, 60), one, Spacer(1, 200), other))
    assert second == ["Teams | Full | Short", "North | Full: 3 | Short: 4"]


def test_cells_that_span_several_head_each_of_them() -> None:
    table = Table(
        [
            ["Area", "Visits", "", "Cost"],
            ["", "2023", "2024", ""],
            ["North", "12", "14", "£3m"],
            ["South", "7", "9", "£2m"],
        ],
        style=[*GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))],
    )
    assert rows(made(table))[0][2:] == [
        "North | Visits, 2023: 12 | Visits, 2024: 14 | Cost: £3m",
        "South | Visits, 2023: 7 | Visits, 2024: 9 | Cost: £2m",
    ]


def test_tables_side_by_side_are_two() -> None:
    left = Table([["Fostering", "Number"], ["Approved", "64"], ["Left", "19"]], style=GRID)
    right = Table([["Adoption", "Number"], ["Approved", "22"], ["Left", "3"]], style=GRID)
    (found,) = rows(made(Table([[left, right]], colWidths=[220, 220])))
    assert sorted(found) == sorted(
        ["Fostering | Number", "Approved | Number: 64", "Left | Number: 19",
         "Adoption | Number", "Approved | Number: 22", "Left | Number: 3"]
    )  # fmt: skip


def test_a_raised_mark_is_no_part_of_a_figure_in_a_cell() -> None:
    table = Table(wrapped([["Homes", "2024"], ["Open", "312<super>4</super>"], ["Shut", "9"]]),
                  colWidths=[90, 60], style=GRID)  # fmt: skip
    assert rows(made(table)) == [["Homes | 2024", "Open | 2024: 312", "Shut | 2024: 9"]]


def test_the_note_of_a_mark_above_a_table_is_known_below_it() -> None:
    above = Paragraph("There were 312<super>4</super> homes in the autumn of the year.", TEXT)
    table = Table([["Homes", "2024"], ["Open", "3"], ["Shut", "9"]], style=GRID)
    note = Paragraph("4 Provisional.", ParagraphStyle("note", fontSize=7))
    (lines,) = read_pdf(made(above, table, note)).pages
    assert (lines[-1].role, lines[-1].text) == (LineRole.NOTE, "\u2074 Provisional.")


def test_running_text_in_columns_or_in_a_frame_is_no_table() -> None:
    words = "The leaders of the council know their services well and act on what they learn. " * 4

    def framed(canvas: Canvas) -> None:
        for left in (60, 320):
            canvas.rect(left, 500, 230, 260)
            Paragraph(words, TEXT).wrapOn(canvas, 210, 260)
            paragraph = Paragraph(words, TEXT)
            paragraph.wrapOn(canvas, 210, 260)
            paragraph.drawOn(canvas, left + 10, 510)
        canvas.line(60, 630, 550, 630)

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    framed(canvas)
    canvas.save()
    assert rows(buffer.getvalue()) == [[]]


def test_a_row_is_boxed_on_its_page_cell_by_cell() -> None:
    data = made(Table(wrapped(YEARS), colWidths=[120, 60, 60, 60], style=GRID))
    row = "Children who had three or more placements in one year | 2023/24: 9% | 2024/25: 13%"
    boxes = picture(data, 1, f"{row} | Target: 8%").boxes
    assert len(boxes) == 3 + 3, "the heading of the row takes three lines"
    assert boxes[-3].left < boxes[-2].left < boxes[-1].left
    assert not picture(data, 1, f"{row} | Target: 80%").boxes


WORD = st.sampled_from(["Homes", "Visits", "Plans", "Carers", "Panels", "Teams"])


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(2, 8), st.data())
def test_every_cell_of_a_ruled_table_is_read(across: int, down: int, data: st.DataObject) -> None:
    heads = [f"{data.draw(WORD)} {n}" for n in range(across)]
    grid = [heads]
    for n in range(down):
        figures = [str(data.draw(st.integers(0, 99_999))) for _ in range(across - 1)]
        grid.append([f"{data.draw(WORD)} row {n}", *figures])
    expected = [line.text for line in table_lines(grid)]
    assert rows(made(Table(grid, style=GRID))) == [expected]
