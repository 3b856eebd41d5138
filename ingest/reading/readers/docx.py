"""Word adapter, the only importer of python-docx for reading: blocks in document order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from string import ascii_lowercase
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.reading.packages import refuse_bomb
from ingest.reading.raised import begins_note, note_mark, raised_text, without_marks
from ingest.reading.readers.visible_text import stated_title, visible_line
from ingest.reading.table_cells import MOST_COLUMNS, TableCell, cell_lines
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

_DAMAGED = "Open it in Word and save a fresh copy, or save it as PDF."

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_RUN, _TEXT, _BOX, _SDT = qn("w:r"), qn("w:t"), qn("w:txbxContent"), qn("w:sdt")
_PROMPTING = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
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
_RAISED_HALF_POINTS = 4
_ROMAN = (
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv")),
    (1, "i"),
)
_WHITE = 235
_OFF = ("0", "false", "off")

Element = Any


def read_docx(data: bytes) -> ExtractedPages:
    """Read the body of a Word document: headings, paragraphs, items and table rows in order.

    Headers, footers, comments, deleted and hidden text, the prompts of empty fields and the marks
    that call notes are left out; footnotes and endnotes come last.
    Raises Unreadable for a damaged file or a zip bomb, NoText when it has no words.
    """
    refuse_bomb(data, "Word document")
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


class _Word:
    """An open document and what its styles mean."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def lines(self) -> Iterator[ExtractedLine]:
        yield from self._blocks(self._document.element.body, in_table=False)
        for kind in ("footnote", "endnote"):
            yield from self._notes(kind)

    def _blocks(self, parent: Element, *, in_table: bool) -> Iterator[ExtractedLine]:
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child, in_table=in_table)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _WRAPPERS and not _is_prompt(child):
                yield from self._blocks(child, in_table=in_table)

    def _paragraph(self, paragraph: Element, *, in_table: bool) -> Iterator[ExtractedLine]:
        runs = list(self._shown_runs(paragraph, in_table=in_table))
        worded = [run for run in runs if _run_text(run).strip()]
        bold = all(map(_is_bold, worded))
        if line := visible_line(self._words(runs)):
            starred = self._is_raised(worded[0])
            role = LineRole.NOTE if begins_note(line, starred=starred) else self._role(paragraph)
            yield ExtractedLine(text=without_marks(line), role=role, bold=bold)
        for box in paragraph.iter(_BOX):
            if not any(ancestor.tag in _SKIPPED - {_BOX} for ancestor in box.iterancestors()):
                yield from self._blocks(box, in_table=True)

    def _words(self, runs: Sequence[Element]) -> str:
        """The text of runs, without the raised marks of notes in it."""
        parts = []
        for raised, together in groupby(runs, self._is_raised):
            parts.append((raised, "".join(map(_run_text, together))))
        words = ""
        for at, (raised, text) in enumerate(parts):
            after = parts[at + 1][1] if at + 1 < len(parts) else ""
            # What is raised as a whole is no mark beside other words.
            words += raised_text(words, text, after) if raised and len(parts) > 1 else text
        return words

    def _table(self, table: Element) -> Iterator[ExtractedLine]:
        rows: list[list[TableCell]] = []
        # By the column of the grid: the row and the place in it of the cell above.
        above: dict[int, tuple[int, int]] = {}
        heads = 0
        for row in _own(table, _TR):
            if row.xpath("w:trPr/w:del | w:trPr/w:hidden"):
                continue
            if row.xpath("w:trPr/w:tblHeader") and heads == len(rows):
                heads += 1
            rows.append(self._row(row, rows, above))
        yield from cell_lines(rows, heads or None)

    def _row(
        self, row: Element, rows: list[list[TableCell]], above: dict[int, tuple[int, int]]
    ) -> list[TableCell]:
        cells: list[TableCell] = []
        if before := _number(row, "w:trPr/w:gridBefore"):
            cells.append(TableCell(columns=before))
        column = before
        for cell in _own(row, _TC):
            span = max(_number(cell, "w:tcPr/w:gridSpan"), 1)
            merged = cell.xpath("w:tcPr/w:vMerge")
            if merged and merged[0].get(qn("w:val"), "continue") == "continue" and column in above:
                at, place = above[column]
                grown = rows[at][place]
                rows[at][place] = replace(grown, rows=len(rows) - at + 1)
            else:
                above[column] = (len(rows), len(cells))
                cells.append(TableCell(tuple(self._blocks(cell, in_table=True)), span))
            column += span
        return cells

    def _shown_runs(self, element: Element, *, in_table: bool) -> Iterator[Element]:
        for child in element:
            if child.tag == _RUN:
                if not self._is_hidden(child, in_table=in_table):
                    yield child
            elif child.tag not in _SKIPPED and not _is_prompt(child):
                yield from self._shown_runs(child, in_table=in_table)

    def _is_hidden(self, run: Element, *, in_table: bool) -> bool:
        """Whether nobody sees the run: marked hidden, minute, or white on a white page,
        by itself or by its styles.

        In tables and text boxes white stands on the colour of the cell or the box.
        """
        style = _value(run, "w:rPr/w:rStyle")
        if style in self._prompts or self._is_set(run, "w:vanish"):
            return True
        size = self._value_of(run, "w:sz") or ""
        if size.isdigit() and int(size) < _MINUTE_HALF_POINTS:
            return True
        return (
            not in_table and _is_white(self._value_of(run, "w:color")) and not self._is_shaded(run)
        )

    def _is_raised(self, run: Element) -> bool:
        """Whether a run stands above the line, by itself or by its styles."""
        if self._value_of(run, "w:vertAlign") == "superscript":
            return True
        return _figure(self._value_of(run, "w:position")) >= _RAISED_HALF_POINTS

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

    @cached_property
    def _prompts(self) -> frozenset[str]:
        return self._styles_with("self::*[w:name/@w:val = 'Placeholder Text']")

    def _notes(self, kind: str) -> Iterator[ExtractedLine]:
        """The notes that the body calls, in that order, each with its mark."""
        notes = self._notes_by_number(kind)
        form = _number_form(self._document.element.body, kind)
        number = 0
        for reference in self._document.element.body.iter(qn(f"w:{kind}Reference")):
            note = notes.pop(reference.get(qn("w:id")), None)
            if note is None or not self._is_shown(reference):
                continue
            mark = ""
            if reference.get(qn("w:customMarkFollows"), "0") in _OFF:
                number += 1
                mark = note_mark(numbered(number, form))
            lines = (line.text for line in self._blocks(note, in_table=False))
            if text := " ".join(filter(None, (mark, *lines))):
                yield ExtractedLine(text=text, role=LineRole.NOTE)

    def _notes_by_number(self, kind: str) -> dict[str | None, Element]:
        notes = {}
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).findall(qn(f"w:{kind}")):
                    if note.get(qn("w:type")) in (None, "normal"):
                        notes[note.get(qn("w:id"))] = note
        return notes

    def _is_shown(self, reference: Element) -> bool:
        if any(ancestor.tag in _SKIPPED - {_BOX} for ancestor in reference.iterancestors()):
            return False
        run = next(reference.iterancestors(_RUN), None)
        return run is None or not self._is_hidden(run, in_table=True)


def _own(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, or cells of a row, that are not those of a table inside it."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS and not _is_prompt(child):
            yield from _own(child, tag)


def _is_prompt(control: Element) -> bool:
    """Whether a content control shows its prompt ("Click here to enter text")."""
    return control.tag == _SDT and control.find(_PROMPTING) is not None


def _is_bold(run: Element) -> bool:
    marks = run.xpath("w:rPr/w:b")
    return any(mark.get(qn("w:val"), "1") not in _OFF for mark in marks)


def _number_form(body: Element, kind: str) -> str:
    """How the notes are numbered, in Word's own terms."""
    stated = _value(body, f".//w:sectPr/w:{kind}Pr/w:numFmt")
    return stated or ("decimal" if kind == "footnote" else "lowerRoman")


def numbered(number: int, form: str) -> str:
    """A number as Word prints it in one of its forms: "4", "iv" or "d"."""
    if form == "lowerLetter" and number <= len(ascii_lowercase):
        return ascii_lowercase[number - 1]
    if form != "lowerRoman":
        return str(number)
    roman = ""
    for value, letters in _ROMAN:
        roman += letters * (number // value)
        number %= value
    return roman


def _number(element: Element, path: str) -> int:
    return min(max(_figure(_value(element, path)), 0), MOST_COLUMNS)


def _figure(value: str | None) -> int:
    """A whole number as an attribute gives it, 0 for anything else."""
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else 0


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
