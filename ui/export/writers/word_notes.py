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
                _refer(paragraph, number)
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
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, _bytes(root), main.package
        )
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _bytes(root: Any) -> bytes:
    return bytes(serialize_part_xml(root))


def _element(tag: str, text: str = "", /, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    if text:
        element.text = text
        element.set(qn("xml:space"), "preserve")
    return element


def _within(outer: Any, *inner: Any) -> Any:
    outer.extend(inner)
    return outer


def _mark(paragraph: Paragraph, number: int) -> None:
    """The mark itself, inside a bookmark that later lines refer to."""
    run = paragraph.add_run()
    run._r.style = _STYLE_IDS[REFERENCE]
    run._r.append(_element("footnoteReference", id=str(number)))
    run._r.addprevious(_element("bookmarkStart", id=str(number), name=f"_Note{number}"))
    run._r.addnext(_element("bookmarkEnd", id=str(number)))


def _refer(paragraph: Paragraph, number: int) -> None:
    """A field that shows the number of a note marked before."""
    field(paragraph, f"NOTEREF _Note{number} \\f \\h", str(number), REFERENCE)


def field(paragraph: Paragraph, code: str, shown: str, style: str | None = None) -> None:
    """A field with what it shows until Word works it out anew."""
    for piece in (
        _element("fldChar", fldCharType="begin"),
        _element("instrText", f" {code} "),
        _element("fldChar", fldCharType="separate"),
        _element("t", shown),
        _element("fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run()._r
        run.style = _STYLE_IDS[style] if style else None
        run.append(piece)


def _separator(kind: str, identity: int) -> Any:
    spacing = _within(_element("pPr"), _element("spacing", after="0", line="240", lineRule="auto"))
    line = _within(_element("p"), spacing, _within(_element("r"), _element(kind)))
    return _within(_element("footnote", type=kind, id=str(identity)), line)


def _footnote(number: int, note: Note) -> Any:
    style = _within(_element("pPr"), _element("pStyle", val=_STYLE_IDS[TEXT]))
    look = _within(_element("rPr"), _element("rStyle", val=_STYLE_IDS[REFERENCE]))
    mark = _within(_element("r"), look, _element("footnoteRef"))
    said = _within(_element("r"), _element("t", f" {note.text}"))
    return _within(_element("footnote", id=str(number)), _within(_element("p"), style, mark, said))


def _add_styles(document: Document) -> None:
    mark = document.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    said = document.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    said.base_style = document.styles["Normal"]
    said.font.size = Pt(9)
    said.paragraph_format.space_after = Pt(2)
    said.paragraph_format.line_spacing = 1.0


def _add_settings(document: Document) -> None:
    told = _element("footnotePr")
    told.extend(_element("footnote", id=str(identity)) for identity in _SEPARATORS.values())
    settings = document.settings.element
    following = [settings.find(qn(f"w:{name}")) for name in _AFTER_SETTINGS]
    next(each for each in following if each is not None).addprevious(told)
