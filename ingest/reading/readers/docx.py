"""Word adapter, the only importer of python-docx for reading: blocks in document order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.reading.readers.visible_text import stated_title, visible_line
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_XML_BYTES = 64 * 1024 * 1024
MAX_PARTS = 5000
# XML packs to a tenth or a twentieth of its size; only a bomb packs to a two-hundredth.
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_DAMAGED = "Open it in Word and save a fresh copy, or save it as PDF."

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_RUN, _TEXT, _BOX = qn("w:r"), qn("w:t"), qn("w:txbxContent")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
# Deleted and moved-away text, field codes, and the copy of a drawing for older programs.
_SKIPPED = frozenset(
    {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), qn("w:pPr"), qn("w:rPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", _BOX}
)
_WRAPPERS = frozenset(
    {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo")}
    | {qn("w:customXml"), qn("w:smartTag")}
)
_MINUTE_HALF_POINTS = 4
_WHITE = 235
_OFF = ("0", "false", "off")

Element = Any


def read_docx(data: bytes) -> ExtractedPages:
    """Read the body of a Word document: headings, paragraphs, items and table rows in order.

    Headers, footers, comments, deleted and hidden text are left out; footnotes come last.
    Raises Unreadable for a damaged file or a zip bomb, NoText when it has no words.
    """
    refuse_bomb(data)
    try:
        document = docx.Document(io.BytesIO(data))
        word = _Word(document)
        lines = tuple(word.lines())
        title = document.core_properties.title or ""
    except (KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise Unreadable("It is a damaged Word document.", _DAMAGED) from error
    if not any(char.isalnum() for line in lines for char in line.text):
        raise NoText(
            "It is a Word document with no words in it.",
            "If it holds pictures of pages, run them through OCR first.",
        )
    return ExtractedPages(pages=(lines,), hints=Hints(title=stated_title(title)), format="docx")


def refuse_bomb(data: bytes) -> None:
    """Raise Unreadable unless the package unpacks to a sane size and declares no entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _refuse_sizes(parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(package, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("It is a damaged Word document.", _DAMAGED) from error


def _refuse_sizes(parts: list[zipfile.ZipInfo]) -> None:
    # zipfile reads no more of a part than it declares, so that what is declared is the limit.
    unpacked = sum(part.file_size for part in parts)
    swollen = len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES
    for part in parts:
        long_xml = part.filename.endswith(".xml") and part.file_size > MAX_XML_BYTES
        if long_xml or part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size):
            swollen = True
    if swollen:
        raise Unreadable(
            "It unpacks to far more than a document holds, as a zip bomb does.",
            "Do not open it unless you trust the sender; ask for a PDF.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("It is locked with a password.", "Save a copy without the password.")


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with package.open(part) as stream:
        # Without noughts, so that UTF-16 hides nothing.
        head = stream.read(65_536).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable(
            "It declares XML entities, which no Word document does.",
            "Do not open it unless you trust the sender; ask for a PDF.",
        )


class _Word:
    """An open document and what its styles mean."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def lines(self) -> Iterator[ExtractedLine]:
        yield from self._blocks(self._document.element.body, in_table=False)
        for footnote in self._footnotes():
            yield from self._blocks(footnote, in_table=False)

    def _blocks(self, parent: Element, *, in_table: bool) -> Iterator[ExtractedLine]:
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child, in_table=in_table)
            elif child.tag == _TBL:
                yield from self._rows(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child, in_table=in_table)

    def _paragraph(self, paragraph: Element, *, in_table: bool) -> Iterator[ExtractedLine]:
        words = ""
        bold = True
        for run in self._shown_runs(paragraph, in_table=in_table):
            text = _run_text(run)
            words += text
            if text.strip():
                marks = run.xpath("w:rPr/w:b")
                bold = bold and any(mark.get(qn("w:val"), "1") not in _OFF for mark in marks)
        if line := visible_line(words):
            yield ExtractedLine(text=line, role=self._role(paragraph), bold=bold)
        for box in paragraph.iter(_BOX):
            if not any(ancestor.tag in _SKIPPED - {_BOX} for ancestor in box.iterancestors()):
                yield from self._blocks(box, in_table=True)

    def _rows(self, table: Element) -> Iterator[ExtractedLine]:
        for row in table.iter(_TR):
            if next(row.iterancestors(_TBL)) is not table:
                continue
            cells = []
            for cell in row.iter(_TC):
                if next(cell.iterancestors(_TR)) is row:
                    cells.append(" ".join(line.text for line in self._blocks(cell, in_table=True)))
            text = " | ".join(filter(None, cells))
            if text:
                yield ExtractedLine(text=text, role=LineRole.ROW)

    def _shown_runs(self, element: Element, *, in_table: bool) -> Iterator[Element]:
        for child in element:
            if child.tag == _RUN:
                if not self._is_hidden(child, in_table=in_table):
                    yield child
            elif child.tag not in _SKIPPED:
                yield from self._shown_runs(child, in_table=in_table)

    def _is_hidden(self, run: Element, *, in_table: bool) -> bool:
        """Whether nobody sees the run: marked hidden, minute, or white on a white page,
        by itself or by its styles.

        In tables and text boxes white stands on the colour of the cell or the box.
        """
        if self._is_set(run, "w:vanish"):
            return True
        size = self._value_of(run, "w:sz") or ""
        if size.isdigit() and int(size) < _MINUTE_HALF_POINTS:
            return True
        return (
            not in_table and _is_white(self._value_of(run, "w:color")) and not self._is_shaded(run)
        )

    def _is_shaded(self, run: Element) -> bool:
        """Whether the run stands on a colour, its own, its paragraph's or that of its styles."""
        if run.xpath("ancestor::w:p[1]/w:pPr/w:shd"):
            return True
        shades = "w:rPr/w:shd | w:rPr/w:highlight | w:pPr/w:shd"
        return any(place.xpath(shades) for place in self._places(run))

    def _value_of(self, run: Element, name: str) -> str | None:
        """The value of a run's property, its own or that of its styles."""
        for place in self._places(run):
            value = _value(place, f"w:rPr/{name}")
            if value is not None:
                return value
        return None

    def _is_set(self, run: Element, name: str) -> bool:
        """Whether a property is on, for the run or by the nearest of its styles that tells."""
        for place in self._places(run):
            if marks := place.xpath(f"w:rPr/{name}"):
                return marks[0].get(qn("w:val"), "1") not in _OFF
        return False

    def _places(self, run: Element) -> Iterator[Element]:
        """Where a run's look is told, nearest first: itself, its style, its paragraph's style."""
        yield run
        yield from self._lineage(_value(run, "w:rPr/w:rStyle"))
        yield from self._lineage(_value(run, "ancestor::w:p[1]/w:pPr/w:pStyle"))

    def _role(self, paragraph: Element) -> LineRole:
        style = _value(paragraph, "w:pPr/w:pStyle") or ""
        if style in self._headings or paragraph.xpath("w:pPr/w:outlineLvl[@w:val < 9]"):
            return LineRole.HEADING
        if style in self._lists or paragraph.xpath("w:pPr/w:numPr[not(w:numId/@w:val = 0)]"):
            return LineRole.ITEM
        return LineRole.PARAGRAPH

    @cached_property
    def _styles(self) -> dict[str, Element]:
        styles = self._document.styles.element.xpath("w:style[@w:styleId]")
        return {style.get(qn("w:styleId")): style for style in styles}

    def _styles_with(self, xpath: str) -> frozenset[str]:
        """The styles of which this holds, or of one that they are based on."""
        return frozenset(
            name for name in self._styles if any(s.xpath(xpath) for s in self._lineage(name))
        )

    def _lineage(self, name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "w:basedOn")

    @cached_property
    def _headings(self) -> frozenset[str]:
        name = "translate(w:name/@w:val, 'HT', 'ht')"
        return self._styles_with(
            f"self::*[starts-with({name}, 'heading') or {name} = 'title' or {name} = 'subtitle'"
            " or w:pPr/w:outlineLvl[@w:val < 9]]"
        )

    @cached_property
    def _lists(self) -> frozenset[str]:
        return self._styles_with("self::*[starts-with(w:name/@w:val, 'List ') or w:pPr/w:numPr]")

    def _footnotes(self) -> Iterator[Element]:
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/footnotes") and not relation.is_external:
                notes = parse_xml(relation.target_part.blob).findall(qn("w:footnote"))
                yield from (note for note in notes if note.get(qn("w:type")) is None)


def _run_text(run: Element) -> str:
    text = ""
    for part in run:
        text += part.text or "" if part.tag == _TEXT else _BREAKS.get(part.tag, "")
    return text


def _value(element: Element, xpath: str) -> str | None:
    """The w:val of the first element that the path finds."""
    values = element.xpath(f"({xpath})/@w:val")
    return str(values[0]) if values else None


def _is_white(ink: str | None) -> bool:
    """Whether a colour in six hexadecimal digits is white or nearly so."""
    if ink is None or not re.fullmatch(r"[0-9A-Fa-f]{6}", ink):
        return False
    return min(int(ink[at : at + 2], 16) for at in (0, 2, 4)) > _WHITE
