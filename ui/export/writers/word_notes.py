"""Footnotes for python-docx, which has none: the part that holds them, and the marks in the text.

A note is marked where a line first rests on it; a later line refers to that mark, so that both show
one number and Word renumbers them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from ui.export.paper import Note

REFERENCE, TEXT = "footnote reference", "footnote text"
_STYLE_IDS = {REFERENCE: "footnotereference", TEXT: "footnotetext"}
"""As python-docx makes them from the names that Word knows the styles by."""
_SEPARATORS = {"separator": -1, "continuationSeparator": 0}
_AFTER_SETTINGS = ("endnotePr", "compat", "docVars", "rsids")
"""Settings that must stand after those of footnotes."""


class Footnotes:
    """The footnotes of one Word document."""

    def __init__(self, document: Document, notes: Sequence[Note]) -> None:
        self._document = document
        self._notes = notes
        self._marked: set[int] = set()
        _add_styles(document)
        _add_settings(document)

    def mark(self, paragraph: Paragraph, numbers: Sequence[int]) -> None:
        """Set the marks of notes at the end of a paragraph."""
        for place, number in enumerate(numbers):
            if place:
                paragraph.add_run(", ").font.superscript = True
            if number in self._marked:
                # A field that shows the number of a note marked before.
                field(paragraph, f"NOTEREF _Note{number} \\f \\h", str(number), REFERENCE)
            else:
                _mark(paragraph, number)
                self._marked.add(number)

    def attach(self) -> None:
        """Add the part that holds the notes; to be called once, when every mark is set."""
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for kind, identity in _SEPARATORS.items():
            root.append(_separator(kind, identity))
        for number in sorted(self._marked):
            root.append(_footnote(number, self._notes[number - 1]))
        main = self._document.part
        name, content = PackURI("/word/footnotes.xml"), bytes(serialize_part_xml(root))
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, content, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def element(tag: str, *inner: Any, **attributes: str) -> Any:
    """An element of WordprocessingML that holds text or other elements."""
    whole = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        whole.set(qn(f"w:{key}"), value)
    for content in inner:
        if isinstance(content, str):
            whole.text = content
            whole.set(qn("xml:space"), "preserve")
        else:
            whole.append(content)
    return whole


def _mark(paragraph: Paragraph, number: int) -> None:
    """The mark itself, inside a bookmark that later lines refer to."""
    run = paragraph.add_run()
    run._r.style = _STYLE_IDS[REFERENCE]
    run._r.append(element("footnoteReference", id=str(number)))
    run._r.addprevious(element("bookmarkStart", id=str(number), name=f"_Note{number}"))
    run._r.addnext(element("bookmarkEnd", id=str(number)))


def field(paragraph: Paragraph, code: str, shown: str, style: str | None = None) -> None:
    """A field with what it shows until Word works it out anew."""
    for piece in (
        element("fldChar", fldCharType="begin"),
        element("instrText", f" {code} "),
        element("fldChar", fldCharType="separate"),
        element("t", shown),
        element("fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run()._r
        run.style = _STYLE_IDS[style] if style else None
        run.append(piece)


def _separator(kind: str, identity: int) -> Any:
    spacing = element("spacing", after="0", line="240", lineRule="auto")
    line = element("p", element("pPr", spacing), element("r", element(kind)))
    return element("footnote", line, type=kind, id=str(identity))


def _footnote(number: int, note: Note) -> Any:
    style = element("pPr", element("pStyle", val=_STYLE_IDS[TEXT]))
    look = element("rPr", element("rStyle", val=_STYLE_IDS[REFERENCE]))
    mark = element("r", look, element("footnoteRef"))
    words = element("r", element("t", f" {note.text}"))
    return element("footnote", element("p", style, mark, words), id=str(number))


def _add_styles(document: Document) -> None:
    mark = document.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    text = document.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.line_spacing = 1.0


def _add_settings(document: Document) -> None:
    separators = [element("footnote", id=str(identity)) for identity in _SEPARATORS.values()]
    settings = document.settings.element
    for name in _AFTER_SETTINGS:
        following = settings.find(qn(f"w:{name}"))
        if following is not None:
            following.addprevious(element("footnotePr", *separators))
            return
