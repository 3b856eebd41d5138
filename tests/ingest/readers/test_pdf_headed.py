"""A table without rules is told by its bold headings; running text under such headings is none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from ingest.reading.readers.pdf.reader import read_pdf
from ingest.types import LineRole

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=10, leading=12)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
BOLD = ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")
TEXT = "The committee asked for this to be set out, and it is given below for each of the services."
ACTIONS = ["Action", "Owner", "Due"]


def rows(data: bytes) -> list[str]:
    lines = (line for page in read_pdf(data).pages for line in page)
    return [line.text for line in lines if line.role is LineRole.ROW]


def made(*flowables: Flowable) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([Paragraph(TEXT, CELL), *flowables, Paragraph(TEXT, CELL)])
    return buffer.getvalue()


def wrapped(*grid: Sequence[str], widths: Sequence[int], style: Sequence[Any] = ()) -> Table:
    head, *body = grid
    cells = [[Paragraph(cell, HEAD) for cell in head]]
    cells += [[Paragraph(cell, CELL) for cell in row] for row in body]
    return Table(cells, colWidths=list(widths), style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *style])


def test_words_in_columns_have_their_headings() -> None:
    table = Table(
        [
            ACTIONS,
            ["Publish the strategy", "Head of Homes", "June 2025"],
            ["Fill the vacant posts", "Director", "July 2025"],
        ],
        colWidths=[200, 140, 90],
        style=[BOLD],
    )
    assert rows(made(table)) == [
        "Action | Owner | Due",
        "Action: Publish the strategy | Owner: Head of Homes | Due: June 2025",
        "Action: Fill the vacant posts | Owner: Director | Due: July 2025",
    ]


def test_the_names_of_two_lists_are_not_read_as_one() -> None:
    table = Table(
        [
            ["Inspectors", "Auditors"],
            ["Ada Marsh, lead inspector", "Tom Reed, auditor"],
            ["Ben Firth, inspector", "Una Vale, auditor"],
            ["Cy Holt, inspector", ""],
        ],
        colWidths=[200, 200],
        style=[BOLD],
    )
    assert rows(made(table)) == [
        "Inspectors | Auditors",
        "Inspectors: Ada Marsh, lead inspector | Auditors: Tom Reed, auditor",
        "Inspectors: Ben Firth, inspector | Auditors: Una Vale, auditor",
        "Inspectors: Cy Holt, inspector",
    ]


def test_a_cell_may_run_over_several_lines() -> None:
    table = wrapped(
        ACTIONS,
        ["Publish the strategy and send it to partners", "Head of Homes", "June 2025"],
        ["Fill the posts", "Director for Children and for Families", "July 2025"],
        widths=[120, 110, 90],
    )
    assert rows(made(table))[1:] == [
        "Action: Publish the strategy and send it to partners | Owner: Head of Homes"
        " | Due: June 2025",
        "Action: Fill the posts | Owner: Director for Children and for Families | Due: July 2025",
    ]


@pytest.mark.parametrize("at", ["TOP", "MIDDLE", "BOTTOM"])
def test_a_label_over_two_lines_keeps_its_figures(at: str) -> None:
    table = wrapped(
        ["Indicator", "2023", "2024"],
        ["Children whose plan was reviewed in time", "91%", "88%"],
        ["Staff turnover", "18%", "21%"],
        widths=[140, 70, 70],
        style=[("VALIGN", (0, 0), (-1, -1), at)],
    )
    assert rows(made(table)) == [
        "Indicator | 2023 | 2024",
        "Children whose plan was reviewed in time | 2023: 91% | 2024: 88%",
        "Staff turnover | 2023: 18% | 2024: 21%",
    ]


def test_one_column_of_figures_has_its_heading() -> None:
    money = [["Heading", "£000"], ["Employees", "4,120"], ["Premises", "310"], ["Total", "4,430"]]
    right = ("ALIGN", (1, 0), (1, -1), "RIGHT")
    assert rows(made(Table(money, colWidths=[220, 80], style=[BOLD, right]))) == [
        "Heading | £000",
        "Employees | £000: 4,120",
        "Premises | £000: 310",
        "Total | £000: 4,430",
    ]


def test_one_column_of_figures_is_a_table_without_a_heading_too() -> None:
    money = [["Employees", "4,120"], ["Premises", "310"], ["Transport", "95"]]
    right = ("ALIGN", (1, 0), (1, -1), "RIGHT")
    assert rows(made(Table(money, colWidths=[220, 80], style=[right]))) == [
        "Employees | 4,120",
        "Premises | 310",
        "Transport | 95",
    ]


def test_columns_go_on_over_the_page_under_their_headings() -> None:
    wards = [[f"Ward {n}", str(100 + n), str(200 + n)] for n in range(60)]
    right = ("ALIGN", (1, 0), (-1, -1), "RIGHT")
    table = Table(
        [["Ward", "Children", "Homes"], *wards], colWidths=[150, 80, 80], style=[BOLD, right]
    )
    assert rows(made(table))[-1] == "Ward 59 | Children: 159 | Homes: 259"


def test_a_ruled_table_and_one_without_rules_may_stand_on_one_page() -> None:
    ruled = Table(
        [["Council", "Board"], ["Fallowmere Council", "Marlhaven Health Board"]],
        style=[BOLD, ("GRID", (0, 0), (-1, -1), 0.5, "black")],
    )
    plain = Table(
        [["Officers", "Advisers"], ["Ada Marsh", "Tom Reed"], ["Ben Firth", "Una Vale"]],
        colWidths=[200, 200],
        style=[BOLD],
    )
    assert rows(made(ruled, Paragraph(TEXT, CELL), plain)) == [
        "Council | Board",
        "Council: Fallowmere Council | Board: Marlhaven Health Board",
        "Officers | Advisers",
        "Officers: Ada Marsh | Advisers: Tom Reed",
        "Officers: Ben Firth | Advisers: Una Vale",
    ]


def test_bold_headings_that_stand_again_head_the_rows_below_them() -> None:
    table = Table(
        [["Council", "Board"], ["Ada Marsh", "Tom Reed"], ["Police", "Court"], ["Cy Holt", "Una"]],
        style=[
            BOLD,
            ("FONT", (0, 2), (-1, 2), "Helvetica-Bold"),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ],
    )
    assert rows(made(table)) == [
        "Council | Board",
        "Council: Ada Marsh | Board: Tom Reed",
        "Police | Court",
        "Police: Cy Holt | Court: Una",
    ]


def test_a_bold_total_heads_nothing() -> None:
    table = Table(
        [
            ["Area", "2023", "2024"],
            ["North", "4", "5"],
            ["All areas", "4", "5"],
            ["South", "1", "2"],
        ],
        style=[
            BOLD,
            ("FONT", (0, 2), (-1, 2), "Helvetica-Bold"),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ],
    )
    assert rows(made(table))[2:] == [
        "All areas | 2023: 4 | 2024: 5",
        "South | 2023: 1 | 2024: 2",
    ]


def test_an_address_of_many_lines_is_a_cell_and_running_text_is_none() -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    address = " ".join(f"{n} Mill Lane" for n in range(12))
    told = made(
        wrapped(
            ["Council", "Board"], ["Fallowmere", address], ["Ada Marsh", "Tom Reed"],
            widths=[150, 250], style=grid,
        )
    )  # fmt: skip
    assert rows(told)[1] == f"Council: Fallowmere | Board: {address}"
    text = made(
        wrapped(
            ["Body", "Action"], ["Fallowmere", TEXT * 3], ["Marlhaven", TEXT],
            widths=[150, 250], style=grid,
        )
    )  # fmt: skip
    assert rows(text) == []


def test_a_web_address_that_runs_over_the_line_is_one_word() -> None:
    long = "www.marlhavenandfallowmerepartnershipboard .health.example"
    grid = [BOLD, ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    table = Table(
        [["Council", "Board"], ["Fallowmere", long.replace(" ", "\n")], ["Ada", "Tom"]], style=grid
    )
    assert rows(made(table))[1] == f"Council: Fallowmere | Board: {long.replace(' ', '')}"


@pytest.mark.parametrize(
    "lines",
    [
        ["Homes are let in time and", "The repairs take too long and"],
        ["\u2022 Homes are let in time", "\u2022 The repairs take too long"],
    ],
)
def test_running_text_and_lists_under_two_bold_headings_are_no_table(lines: list[str]) -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 780, "What goes well")
    canvas.drawString(320, 780, "What does not")
    canvas.setFont("Helvetica", 11)
    for at in range(12):
        canvas.drawString(60, 760 - 13 * at, lines[0].lower() if at else lines[0])
        canvas.drawString(320, 760 - 13 * at, lines[1].lower() if at else lines[1])
    canvas.save()
    assert rows(made.getvalue()) == []


def test_a_list_of_contents_under_bold_headings_is_no_table() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 780, "Contents")
    canvas.drawRightString(500, 780, "Page")
    canvas.setFont("Helvetica", 11)
    for at, title in enumerate(("Summary", "Findings", "What must improve")):
        canvas.drawString(60, 760 - 14 * at, title)
        canvas.drawRightString(500, 760 - 14 * at, str(3 + at))
    canvas.save()
    assert rows(made.getvalue()) == []
