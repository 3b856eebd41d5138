"""Presentations: a page a slide, as it is shown."""

from __future__ import annotations

import io
from typing import Any

import pptx
import pytest
from made_files import repacked
from pptx.util import Inches

from ingest.reading.readers import pptx as reader
from ingest.reading.readers.pptx import read_pptx
from ingest.types import LineRole
from rag.errors import NoText, Unreadable


def deck() -> Any:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Homes in 2024"
    slide.placeholders[1].text_frame.text = "Homes let rose to 612"
    return show


def saved(show: Any) -> bytes:
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def lines(show: Any) -> list[list[tuple[LineRole, str]]]:
    pages = read_pptx(saved(show)).pages
    return [[(line.role, line.text) for line in page] for page in pages]


def test_a_slide_is_a_page_with_its_title_and_points() -> None:
    show = deck()
    frame = show.slides[0].placeholders[1].text_frame
    mark = frame.paragraphs[0].add_run()
    mark.text = "4"
    mark._r.get_or_add_rPr().set("baseline", "30000")
    frame.add_paragraph().text = "Plans were late"
    assert lines(show) == [
        [
            (LineRole.HEADING, "Homes in 2024"),
            (LineRole.ITEM, "Homes let rose to 612"),
            (LineRole.ITEM, "Plans were late"),
        ]
    ]
    assert read_pptx(saved(show)).hints.title == "Homes in 2024"


def test_a_table_on_a_slide_tells_its_headings() -> None:
    show = deck()
    shapes = show.slides[0].shapes
    table = shapes.add_table(3, 3, Inches(1), Inches(4), Inches(5), Inches(2)).table
    rows = (("Ward", "Homes", ""), ("North", "547", "612"), ("South", "48", "51"))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    assert lines(show)[0][-1] == (LineRole.ROW, "South | Homes: 48 | Homes: 51")


def test_what_is_not_on_the_slide_is_no_text_and_a_hidden_slide_keeps_its_number() -> None:
    show = deck()
    slide = show.slides[0]
    slide.notes_slide.notes_text_frame.text = "secret"
    slide.shapes.add_textbox(-Inches(9), 0, Inches(1), Inches(1)).text_frame.text = "secret"
    hidden = show.slides.add_slide(show.slide_layouts[1])
    hidden.shapes.title.text = "secret"
    hidden._element.set("show", "0")
    last = show.slides.add_slide(show.slide_layouts[1])
    last.shapes.title.text = "Plans"
    pages = lines(show)
    assert "secret" not in str(pages)
    assert [len(page) for page in pages] == [2, 0, 1]


def test_shapes_of_a_group_are_read() -> None:
    show = deck()
    group = show.slides[0].shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "In a group"
    assert (LineRole.PARAGRAPH, "In a group") in lines(show)[0]


def test_a_presentation_without_words_says_so() -> None:
    with pytest.raises(NoText):
        read_pptx(saved(pptx.Presentation()))


def test_more_slides_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SLIDES", 0)
    with pytest.raises(Unreadable, match="more than 0 slides"):
        read_pptx(saved(deck()))


@pytest.mark.parametrize("part", ["ppt/presentation.xml", "ppt/slides/slide1.xml"])
@pytest.mark.parametrize("content", ["", "not xml", "<x/>"])
def test_a_damaged_presentation_is_refused(part: str, content: str) -> None:
    with pytest.raises((Unreadable, NoText)):
        read_pptx(repacked(saved(deck()), {part: content}))
