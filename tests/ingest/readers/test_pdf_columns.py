"""A table of figures without rules is a table; running text in columns is none."""

from __future__ import annotations

import io

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest.reading.readers.pdf.reader import read_pdf
from ingest.types import LineRole

TEXT = "In the year to March 2024 there were 45 homes, and 64 carers looked after 71 children."


def rows(data: bytes) -> list[str]:
    lines = (line for page in read_pdf(data).pages for line in page)
    return [line.text for line in lines if line.role is LineRole.ROW]


def with_table(*grid: list[str]) -> bytes:
    style = getSampleStyleSheet()["Normal"]
    made = io.BytesIO()
    document = SimpleDocTemplate(made)
    document.build([Paragraph(TEXT * 3, style), Table(list(grid)), Paragraph(TEXT, style)])
    return made.getvalue()


def test_each_figure_has_the_heading_of_its_column() -> None:
    data = with_table(
        ["Measure", "2023/24", "2024/25", "Target"],
        ["Visits in time", "71%", "64%", "85%"],
        ["Re-referrals", "24%", "-", "n/a"],
    )
    assert rows(data) == [
        "Measure | 2023/24 | 2024/25 | Target",
        "Visits in time | 2023/24: 71% | 2024/25: 64% | Target: 85%",
        "Re-referrals | 2023/24: 24% | 2024/25: - | Target: n/a",
    ]


def test_headings_over_two_lines_are_joined() -> None:
    data = with_table(
        ["", "Homes in", "Homes in"],
        ["District", "2023", "2024"],
        ["Fallowmere", "547", "612"],
        ["Marlhaven", "81", "90"],
    )
    assert rows(data)[-1] == "Marlhaven | Homes in, 2023: 81 | Homes in, 2024: 90"


def test_two_columns_of_running_text_are_no_table() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for at in range(12):
        canvas.drawString(60, 760 - 14 * at, "Text on the left with 45 homes, 64")
        canvas.drawString(320, 760 - 14 * at, "and on the right with 71 of 85")
    canvas.save()
    assert rows(made.getvalue()) == []


def test_a_list_of_contents_is_no_table() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for at, title in enumerate(("Summary", "Findings", "What must improve")):
        canvas.drawString(60, 760 - 14 * at, title)
        canvas.drawString(480, 760 - 14 * at, str(3 + at))
    canvas.save()
    assert rows(made.getvalue()) == []
