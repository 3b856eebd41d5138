"""Word documents to blocks."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from ingest.reading.readers.docx import read_docx
from ingest.types import ExtractedPages, LineRole
from rag.errors import NoText, Unreadable


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The same package with some parts changed or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return buffer.getvalue()


def texts(reading: ExtractedPages) -> list[str]:
    return [line.text for line in reading.pages[0]]


def test_blocks_come_in_document_order_with_their_roles() -> None:
    document = docx.Document()
    document.core_properties.title = "Scrutiny of placements"
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.add_heading("Findings", 1)
    document.add_paragraph("Care leavers wait too long.")
    document.add_paragraph("More homes", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Judgement", "Grade", "Overall effectiveness", "Good"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("After the table.").runs[0].bold = True
    reading = read_docx(saved(document))
    assert [(line.role, line.text, line.bold) for line in reading.pages[0][1:]] == [
        (LineRole.PARAGRAPH, "Care leavers wait too long.", False),
        (LineRole.ITEM, "More homes", False),
        (LineRole.ROW, "Judgement | Grade", False),
        (LineRole.ROW, "Overall effectiveness | Good", False),
        (LineRole.PARAGRAPH, "After the table.", True),
    ]
    assert reading.pages[0][0].role is LineRole.HEADING
    assert reading.hints.title == "Scrutiny of placements"


def test_deleted_and_hidden_words_are_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kept")
    for change, tag in (("w:del", "w:delText"), ("w:ins", "w:t")):
        tracked, run, text = OxmlElement(change), OxmlElement("w:r"), OxmlElement(tag)
        text.text = f" {change[2:]}"
        run.append(text)
        tracked.append(run)
        paragraph._p.append(tracked)
    paragraph.add_run(" secret").font.hidden = True
    paragraph.add_run(" secret").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run(" secret").font.size = Pt(1)
    paragraph.add_run(" words.")
    assert texts(read_docx(saved(document))) == ["Kept ins words."]


def test_white_words_in_a_table_stand_on_its_colour() -> None:
    document = docx.Document()
    run = document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("Judgement")
    run.font.color.rgb = RGBColor(255, 255, 255)
    assert texts(read_docx(saved(document))) == ["Judgement"]


@pytest.mark.parametrize(
    ("look", "value"), [("hidden", True), ("size", Pt(1)), ("color", RGBColor(0xFE, 0xFE, 0xFE))]
)
def test_words_that_a_style_hides_are_left_out(look: str, value: object) -> None:
    document = docx.Document()
    for name, kind in (("Ghost", 1), ("Ghost words", 2)):
        font = document.styles.add_style(name, kind).font
        if look == "color":
            font.color.rgb = value
        else:
            setattr(font, look, value)
    document.styles.add_style("Ghost child", 1).base_style = document.styles["Ghost"]
    document.add_paragraph("Kept words.").add_run(" secret", style="Ghost words")
    document.add_paragraph("secret", style="Ghost")
    document.add_paragraph("secret", style="Ghost child").add_run(" too")
    assert texts(read_docx(saved(document))) == ["Kept words."]


def test_a_run_that_unhides_itself_within_a_hiding_style_is_read() -> None:
    document = docx.Document()
    document.styles.add_style("Ghost", 1).font.hidden = True
    document.add_paragraph(style="Ghost").add_run("Shown again").font.hidden = False
    assert texts(read_docx(saved(document))) == ["Shown again"]


def test_a_white_heading_on_the_band_of_its_style_is_read() -> None:
    document = docx.Document()
    band = document.styles.add_style("Band", 1)
    band.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "003366")
    band.element.get_or_add_pPr().append(shade)
    document.add_paragraph("What must improve", style="Band")
    assert texts(read_docx(saved(document))) == ["What must improve"]


def test_a_content_control_is_read() -> None:
    document = docx.Document()
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("Inside a control.")._p)
    control.append(content)
    document.element.body.insert(0, control)
    assert texts(read_docx(saved(document))) == ["Inside a control."]


def test_a_document_without_words_says_so() -> None:
    with pytest.raises(NoText):
        read_docx(saved(docx.Document()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(saved(docx.Document()), {"word/media/a.xml": b"\0" * (64 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match="zip bomb"):
        read_docx(bomb)


def test_declared_entities_are_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for document in (evil, evil.decode().encode("utf-16")):
        with pytest.raises(Unreadable, match="entities"):
            read_docx(repacked(saved(docx.Document()), {"word/document.xml": document}))


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("content", [b"", b"not xml", b"<x/>"])
def test_a_damaged_document_is_refused(part: str, content: bytes) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    with pytest.raises((Unreadable, NoText)):
        read_docx(repacked(saved(document), {part: content}))
