"""How a Word file is laid out: page, language, names, styles."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ui import PRODUCT
from ui.export.paper import Paper
from ui.export.writers.word_notes import field

_LANGUAGE = "en-GB"
_FONT = "Arial"
_INK, GREY = RGBColor(0x12, 0x2B, 0x4A), RGBColor(0x50, 0x50, 0x50)
_MARGIN, WIDTH, HEIGHT = Mm(22), Mm(210), Mm(297)
ROOM = WIDTH - 2 * _MARGIN
QUIET, CELL = "Quiet", "Cell"
_SIZES = {"Normal": 11, "Title": 24, "Subtitle": 13, "Heading 1": 17, "Heading 2": 13.5,
          "Heading 3": 11.5, "Caption": 9.5, "Footer": 9}  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside the Word file, so that the same paper makes the same bytes."""


def lay_out(document: Document, paper: Paper) -> None:
    """Give a new document its page, names and styles."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = _MARGIN
    section.bottom_margin = _MARGIN
    _number_pages(section.footer.paragraphs[0], paper.title)
    _name(document, paper)
    _drop_thumbnail(document)
    _set_language(document)
    _set_styles(document)


def _name(document: Document, paper: Paper) -> None:
    """Title, author and times; nothing of the template's own is kept."""
    properties = document.core_properties
    properties.title, properties.subject = paper.title[:250], paper.subtitle[:250]
    properties.author = properties.last_modified_by = PRODUCT
    properties.comments, properties.keywords, properties.language = "", "", _LANGUAGE
    properties.created = properties.modified = paper.made.replace(tzinfo=None)
    properties.revision = 1


def _drop_thumbnail(document: Document) -> None:
    """The template's picture of itself, which an explorer of files would show for this paper."""
    related = document.part.package.rels
    for key, relationship in list(related.items()):
        if relationship.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del related[key]


def _set_language(document: Document) -> None:
    for language in (
        *document.styles.element.iter(qn("w:lang")),
        *document.settings.element.iter(qn("w:themeFontLang")),
    ):
        language.set(qn("w:val"), _LANGUAGE)


def _set_styles(document: Document) -> None:
    quiet = document.styles.add_style(QUIET, WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style = document.styles["Normal"]
    quiet.font.size, quiet.font.color.rgb = Pt(10), GREY
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = document.styles["Normal"], Pt(10)
    for name, size in _SIZES.items():
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.italic = None
        if name not in ("Normal", "Footer"):
            style.font.color.rgb = _INK
    for name in ("Normal", "List Bullet"):
        spacing = document.styles[name].paragraph_format
        spacing.space_after, spacing.line_spacing = Pt(6), 1.15
    document.styles["List Bullet"].paragraph_format.space_after = Pt(4)
    spacing = document.styles[CELL].paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(2), Pt(2), 1.05
    document.styles["List Bullet"].element.pPr.remove(
        document.styles["List Bullet"].element.pPr.find(qn("w:contextualSpacing"))
    )


def _number_pages(footer: Paragraph, title: str) -> None:
    footer.add_run(f"{title[:80]} \u00b7 page ")
    field(footer, "PAGE", "1")
    footer.add_run(" of ")
    field(footer, "NUMPAGES", "1")


def steady(document: Document) -> bytes:
    """The file, its parts all of one time."""
    saved, steadied = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(steadied, "w") as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), parts.read(name), zipfile.ZIP_DEFLATED)
    return steadied.getvalue()
