"""Word documents to blocks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
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


def raised(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).font.superscript = True


def element(tag: str, value: str | None = None) -> Any:
    made = OxmlElement(tag)
    if value is not None:
        made.set(qn("w:val"), value)
    return made


def test_the_raised_mark_of_a_note_is_no_part_of_a_figure() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("There were 312")
    raised(paragraph, "4")
    paragraph.add_run(" visits and 18")
    paragraph.add_run("5,6").font.subscript = False
    paragraph.runs[-1].font.superscript = True
    paragraph.add_run(" plans.")
    lifted = paragraph.add_run("7")
    lifted._r.get_or_add_rPr().append(element("w:position", "8"))
    document.styles.add_style("Mark", 2).font.superscript = True
    paragraph.add_run("8", style="Mark")
    assert texts(read_docx(saved(document))) == ["There were 312 visits and 18 plans."]


def test_ordinals_and_units_stay() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("On the 1")
    raised(paragraph, "s")
    raised(paragraph, "t")
    paragraph.add_run(" a hall of 40 m")
    raised(paragraph, "2")
    paragraph.add_run(" gave off CO")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run(".")
    assert texts(read_docx(saved(document))) == ["On the 1st a hall of 40 m² gave off CO2."]


def test_a_paragraph_that_begins_with_a_raised_mark_is_a_note() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    raised(paragraph, "4")
    paragraph.add_run("Provisional.")
    (line,) = read_docx(saved(document)).pages[0]
    assert (line.role, line.text) == (LineRole.NOTE, "⁴ Provisional.")


NOTES = (
    '<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:{0} w:type="separator" w:id="-1"><w:p/></w:{0}>'
    '<w:{0} w:id="1"><w:p><w:r><w:{0}Ref/></w:r><w:r><w:t xml:space="preserve"> Provisional.'
    "</w:t></w:r></w:p></w:{0}>"
    '<w:{0} w:id="2"><w:p><w:r><w:t>Never called.</w:t></w:r></w:p></w:{0}></w:{0}s>'
)


@pytest.mark.parametrize(("kind", "mark"), [("footnote", "¹"), ("endnote", "ⁱ")])
def test_notes_come_last_each_with_its_mark(kind: str, mark: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("There were 312")
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), "1")
    paragraph.add_run()._r.append(reference)
    paragraph.add_run(" visits.")
    part = Part(
        PackURI(f"/word/{kind}s.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
        NOTES.format(kind).encode(),
        document.part.package,
    )
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
    document.part.relate_to(part, relation)
    lines = [(line.role, line.text) for line in read_docx(saved(document)).pages[0]]
    assert lines == [
        (LineRole.PARAGRAPH, "There were 312 visits."),
        (LineRole.NOTE, f"{mark} Provisional."),
    ]


def test_the_prompt_of_an_empty_field_is_no_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Decision: ")
    control, settings, content = (element(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
    settings.append(element("w:showingPlcHdr"))
    content.append(paragraph.add_run("Click to enter text.")._r)
    control.append(settings)
    control.append(content)
    paragraph._p.append(control)
    document.styles.add_style("Placeholder Text", 2)
    paragraph.add_run("Choose an item.", style="Placeholder Text")
    assert texts(read_docx(saved(document))) == ["Decision:"]


def filled(rows: list[list[str]]) -> tuple[Any, Any]:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return document, table


def test_merged_cells_of_a_table_stand_in_each_of_their_places() -> None:
    document, table = filled(
        [
            ["", "Visits", "", "Target"],
            ["", "2023", "2024", ""],
            ["North", "547", "612", "600"],
            ["", "48", "51", ""],
        ]
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    raised(table.cell(3, 2).paragraphs[0], "4")
    assert texts(read_docx(saved(document))) == [
        "Visits | Target",
        "2023 | 2024 | Target",
        "North | Visits, 2023: 547 | Visits, 2024: 612 | Target: 600",
        "North | Visits, 2023: 48 | Visits, 2024: 51",
    ]


def test_the_note_under_a_table_is_a_note() -> None:
    document, table = filled([["Ward", "Homes"], ["North", "31*"], ["", ""]])
    note = table.cell(2, 0).merge(table.cell(2, 1)).paragraphs[0]
    note.text = "* Provisional."
    lines = [(line.role, line.text) for line in read_docx(saved(document)).pages[0]]
    assert lines[1:] == [(LineRole.ROW, "North | Homes: 31"), (LineRole.NOTE, "* Provisional.")]


def test_a_table_that_lays_out_minutes_is_read_as_running_text() -> None:
    minutes = "The panel heard that {} of the plans had come late and asked for a report on why."
    long = " ".join(minutes.format(count) for count in ("one", "two"))
    document, table = filled([["1.", "Late plans"], ["2.", "Visits"]])
    for cell in (table.cell(0, 1), table.cell(1, 1)):
        cell.add_paragraph(long)
    lines = [(line.role, line.text) for line in read_docx(saved(document)).pages[0]]
    assert lines[:2] == [(LineRole.PARAGRAPH, "1. Late plans"), (LineRole.PARAGRAPH, long)]


def test_a_box_of_one_cell_is_read_as_running_text() -> None:
    document, _ = filled([["Visits are up."]])
    (line,) = read_docx(saved(document)).pages[0]
    assert line.role is LineRole.PARAGRAPH


def test_a_table_within_a_table_is_read_as_one_of_its_own() -> None:
    document, table = filled([["Homes by ward", "Notes"]])
    inner = table.cell(0, 0).add_table(2, 2)
    for cell, text in zip(
        (cell for row in inner.rows for cell in row.cells),
        ("Ward", "Homes", "North", "31"),
        strict=True,
    ):
        cell.text = text
    assert "North | Homes: 31" in texts(read_docx(saved(document)))


def test_a_deleted_row_is_left_out() -> None:
    document, table = filled([["Ward", "Homes"], ["North", "31"], ["South", "9"]])
    table.rows[2]._tr.get_or_add_trPr().append(element("w:del"))
    assert texts(read_docx(saved(document)))[-1] == "North | Homes: 31"
