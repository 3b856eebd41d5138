"""A paper as a Word file: real headings, footnotes, lists and table headers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from ui.export.charts import chart_picture
from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperFigure,
    PaperSection,
    PaperWords,
    Paragraph,
    Table,
)
from ui.export.writers.word_layout import CELL, HEIGHT, QUIET, ROOM, lay_out, steady
from ui.export.writers.word_notes import Footnotes, element

_SHADE = "E6EAF0"
_TALLEST = int(HEIGHT * 0.62)
"""Of a figure: its caption and some words go with it."""


def word(paper: Paper) -> bytes:
    """The bytes of a .docx file."""
    return _Writer(paper).bytes()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = docx.Document()
        lay_out(self._document, paper)
        self._notes = Footnotes(self._document, paper.notes)
        self._styles = {style.name: style.style_id for style in self._document.styles}

    def bytes(self) -> bytes:
        self._paragraph("Title").add_run(self._paper.title)
        self._paragraph("Subtitle").add_run(self._paper.subtitle)
        for block in self._paper.about:
            self._block(block)
        if self._paper.contents:
            _contents(self._document, self._paper.sections, self._paper.contents)
        for number, section in enumerate(self._paper.sections):
            heading = self._paragraph(f"Heading {section.level}")
            heading.add_run(section.heading)
            heading.paragraph_format.page_break_before = bool(self._paper.contents) and not number
            _bookmark(heading, number)
            for block in section.blocks:
                self._block(block)
        self._notes.attach()
        return steady(self._document)

    def _block(self, block: PaperBlock) -> None:
        match block:
            case Paragraph():
                paragraph = self._paragraph(QUIET if block.quiet else "Normal")
                paragraph.paragraph_format.keep_with_next = block.leads or None
                self._words(paragraph, block.words)
            case Items():
                for item in block.items:
                    self._words(self._paragraph("List Bullet"), item)
            case Table():
                self._table(block)
            case PaperFigure():
                self._figure(block)

    def _paragraph(self, style: str) -> WordParagraph:
        """A new paragraph at the end; python-docx by itself would look each style up by name."""
        paragraph: WordParagraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]
        return paragraph

    def _words(self, paragraph: WordParagraph, words: PaperWords) -> None:
        for run in words:
            if run.text:
                paragraph.add_run(run.text).bold = run.strong or None
            self._notes.mark(paragraph, run.notes)

    def _table(self, block: Table) -> None:
        caption = self._paragraph("Caption")
        caption.add_run(block.caption)
        caption.paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=0, cols=len(block.header), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _describe(table, block.caption)
        head = table.add_row()
        _mark_header(head)
        for cell, name in zip(head.cells, block.header, strict=True):
            self._cell(cell).add_run(name).bold = True
        for row in block.rows:
            for cell, words in zip(_whole(table.add_row()).cells, row, strict=True):
                self._words(self._cell(cell), words)
        _set_widths(table, block.widths)
        self._paragraph(QUIET)

    def _cell(self, cell: Any) -> WordParagraph:
        paragraph: WordParagraph = cell.paragraphs[0]
        paragraph._p.style = self._styles[CELL]
        return paragraph

    def _figure(self, block: PaperFigure) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(
            io.BytesIO(chart_picture(block.drawing)), width=ROOM
        )
        if shape.height > _TALLEST:
            shape.width = Length(int(shape.width * _TALLEST / shape.height))
            shape.height = Length(_TALLEST)
        about = shape._inline.docPr
        about.set("descr", f"{block.caption} {block.text}")
        about.set("title", block.caption)
        self._paragraph("Caption").add_run(f"Figure: {block.caption}")


# ---------------------------------------------------------------- finding the way


def _contents(document: Document, sections: Sequence[PaperSection], depth: int) -> None:
    """The headings down to a level as links; no heading of its own, to be passed over quickly."""
    document.add_paragraph().add_run("In this paper").bold = True
    for number, section in enumerate(sections):
        if section.level > depth:
            continue
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Mm(6 * (section.level - 1))
        line.paragraph_format.space_after = Pt(2)
        link = element("hyperlink", anchor=f"_Part{number}")
        run = line.add_run(section.heading)
        run._r.addprevious(link)
        link.append(run._r)


def _bookmark(heading: WordParagraph, number: int) -> None:
    # Numbers of bookmarks are shared with those of the notes, which begin at 1.
    identity = str(1_000_000 + number)
    start = element("bookmarkStart", id=identity, name=f"_Part{number}")
    heading.runs[0]._r.addprevious(start)
    heading.runs[-1]._r.addnext(element("bookmarkEnd", id=identity))


# ---------------------------------------------------------------- tables


def _describe(table: Any, caption: str) -> None:
    """What the table is, for who cannot see it; and that its first row is its header."""
    properties = table._tbl.tblPr
    name = element("tblCaption", val=caption)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(name)
        return
    look.addnext(name)
    for band, value in (("firstRow", "1"), ("firstColumn", "0"), ("noVBand", "1")):
        look.set(qn(f"w:{band}"), value)


def _mark_header(row: Any) -> None:
    """Repeat the row on each page, and shade it."""
    _whole(row)._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell in row.cells:
        shade = element("shd", val="clear", color="auto", fill=_SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _whole(row: Any) -> Any:
    """The row, told not to break over a page unless it is longer than one."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    return row


def _set_widths(table: Any, shares: Sequence[int]) -> None:
    widths = [int(ROOM * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
