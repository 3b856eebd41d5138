"""Raised marks of notes are left out of a PDF's text, and its notes are lines of their own."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from ingest.cleaning.clean import clean
from ingest.pages.page_images import picture
from ingest.reading.readers.pdf.marks import pieces
from ingest.reading.readers.pdf.reader import read_pdf
from ingest.types import ExtractedLine, LineRole

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15)
NOTE = ParagraphStyle("note", fontName="Helvetica", fontSize=8, leading=10)


def page(*text: str, notes: Sequence[str] = ()) -> bytes:
    """A page of paragraphs of reportlab's markup, with notes in small type at its foot."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for markup, style, top in (
        *((markup, BODY, 760 - 60 * n) for n, markup in enumerate(text)),
        *((markup, NOTE, 120 - 30 * n) for n, markup in enumerate(notes)),
    ):
        paragraph = Paragraph(markup, style)
        _, height = paragraph.wrap(440, 200)
        paragraph.drawOn(canvas, 72, top - height)
    canvas.save()
    return buffer.getvalue()


def lines(data: bytes) -> list[ExtractedLine]:
    return [line for page in read_pdf(data).pages for line in page]


def stored(data: bytes) -> list[tuple[LineRole, str]]:
    found = []
    for sheet in clean(read_pdf(data)):
        for block in sheet.blocks:
            found.append((block.role, sheet.text_of(block)))
    return found


def said(*text: str) -> str:
    return " ".join(line.text for line in lines(page(*text)))


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("There were 312<super>4</super> children.", "There were 312 children."),
        ("It cost £41 million<super>6</super> in all.", "It cost £41 million in all."),
        ("Some 64%<super>8</super>, and 9<super>7</super>; none.", "Some 64%, and 9; none."),
        ("They live in homes.<super>12</super> They plan.", "They live in homes. They plan."),
        ("In schools<super>[1]</super>, all of them.", "In schools, all of them."),
        ("Two marks<super>3,4</super> on it.", "Two marks on it."),
        ("A daggered<super>\u2020</super> word.", "A daggered word."),
    ],
)
def test_a_raised_mark_is_no_part_of_a_figure_or_a_word(markup: str, read: str) -> None:
    assert said(markup) == read


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("On the 31<super>st</super> of March.", "On the 31st of March."),
        ("A hall of 240 m<super>2</super> in all.", "A hall of 240 m\u00b2 in all."),
        ("It cost £6m<super>2</super> in all.", "It cost £6m in all."),
        ("Less CO<sub>2</sub> is made.", "Less CO2 is made."),
        ("It was 2024 and 1999.", "It was 2024 and 1999."),
    ],
)
def test_what_is_raised_or_lowered_and_no_mark_stays(markup: str, read: str) -> None:
    assert said(markup) == read


def test_a_note_begins_with_its_mark_raised_and_stands_by_itself() -> None:
    data = page(
        "There were 312<super>4</super> children, and 9<super>5</super> homes.",
        notes=[
            "<super>4</super> Provisional. <super>5</super> Not audited.",
            "<super>6</super>Full-time workers only, as the council counts them in its own "
            "returns to the department each year in the spring of that year.",
        ],
    )
    assert stored(data) == [
        (LineRole.PARAGRAPH, "There were 312 children, and 9 homes."),
        (LineRole.NOTE, "\u2074 Provisional."),
        (LineRole.NOTE, "\u2075 Not audited."),
        (
            LineRole.NOTE,
            "\u2076 Full-time workers only, as the council counts them in its own "
            "returns to the department each year in the spring of that year.",
        ),
    ]


def test_a_note_whose_mark_is_not_raised_is_known_by_the_mark_in_the_text() -> None:
    data = page(
        "There were 312<super>4</super> children.", "4 homes closed.", notes=["4 Provisional."]
    )
    assert [(line.role, line.text) for line in lines(data)] == [
        (LineRole.LINE, "There were 312 children."),
        (LineRole.LINE, "4 homes closed."),
        (LineRole.NOTE, "\u2074 Provisional."),
    ]


def test_the_raised_figures_of_a_font_are_marks_too() -> None:
    data = typst.compile(
        b"The council housed 214#footnote[Excludes 12 households.] households in 2024"
        b"#footnote[Calendar year.].\n\n#table(columns: 2, [Homes], [1,204])"
    )
    assert isinstance(data, bytes)
    texts = [line.text for line in lines(data)]
    assert texts[0] == "The council housed 214 households in 2024."
    assert texts[-2:] == ["\u00b9 Excludes 12 households.", "\u00b2 Calendar year."]
    assert [line.role for line in lines(data)][-2:] == [LineRole.NOTE, LineRole.NOTE]


def test_a_quote_is_boxed_on_its_page_although_marks_stand_in_it() -> None:
    data = page(
        "There were 312<super>4</super> children in a hall of 240 m<super>2</super>.",
        notes=["<super>4</super> Provisional."],
    )
    assert picture(data, 1, "There were 312 children in a hall of 240 m\u00b2.").boxes
    assert picture(data, 1, "\u2074 Provisional.").boxes


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99_999), st.integers(1, 99), st.sampled_from(["", "%", ".", ","]))
def test_every_figure_is_read_without_its_mark(figure: int, mark: int, after: str) -> None:
    assert said(f"It was {figure:,}{after}<super>{mark}</super> there.") == (
        f"It was {figure:,}{after} there."
    )


@given(st.text(max_size=40), st.data())
def test_what_is_not_raised_stays_in_its_order(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    raised = ((start, end),) if end > start else ()
    text = "".join(piece for _, piece in pieces(raw, raised))
    assert text.startswith(raw[:start])
    assert text.endswith(raw[end:])
