"""OpenDocument texts (.odt) and sheets (.ods): blocks in order, cells as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.reading.packages import damaged, read_part, refuse_bomb
from ingest.reading.raised import begins_note, note_mark, raised_text, without_marks
from ingest.reading.readers.visible_text import stated_title, visible_line
from ingest.reading.sheets import SheetLimits, first_title, refuse_many_sheets, sheet_lines
from ingest.reading.table_cells import MOST_COLUMNS, TableCell, cell_lines
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

_NS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_DC = "http://purl.org/dc/elements/1.1/"
_MOST_REPEATED = 1_000
"""How often a filled row or cell is laid out again where it says that it repeats."""
_LAST_ROW = 1_048_576
_MOST_DEPTH = 200

Element = Any


def _name(space: str, local: str) -> str:
    return f"{{{_NS.format(space)}}}{local}"


_P, _H, _SPAN = _name("text", "p"), _name("text", "h"), _name("text", "span")
_ITEM, _NOTE = _name("text", "list-item"), _name("text", "note")
_TABLE, _ROW = _name("table", "table"), _name("table", "table-row")
_CELL, _COVERED = _name("table", "table-cell"), _name("table", "covered-table-cell")
_COLUMN, _STYLE_NAME = _name("table", "table-column"), _name("text", "style-name")
_ROWS_HEAD = _name("table", "table-header-rows")
_ROW_GROUPS = (_ROWS_HEAD, _name("table", "table-row-group"), _name("table", "table-rows"))
_COLUMN_GROUPS = tuple(
    _name("table", f"table-{kind}") for kind in ("columns", "column-group", "header-columns")
)
_SPACES = {
    _name("text", "tab"): " ",
    _name("text", "s"): " ",
    _name("text", "line-break"): "\n",
    _name("text", "soft-page-break"): "",
}
# Deleted text, comments, hidden text, the prompts of empty fields and the shapes of a sheet.
_SKIPPED = frozenset(
    _name(space, local)
    for space, local in (
        ("text", "tracked-changes"),
        ("text", "hidden-text"),
        ("text", "hidden-paragraph"),
        ("text", "placeholder"),
        ("office", "annotation"),
        ("office", "annotation-end"),
        ("office", "forms"),
        ("table", "shapes"),
        ("table", "tracked-changes"),
        ("text", "ruby-text"),
    )
)


def read_odt(data: bytes) -> ExtractedPages:
    """Read an OpenDocument text: headings, paragraphs, items and table rows in order, notes last.

    Raises Unreadable for a damaged file or a bomb, NoText when it has no words.
    """
    package = _Package.opened(data, "OpenDocument text")
    lines = (*package.blocks(package.body("text")), *package.notes)
    if not any(char.isalnum() for line in lines for char in line.text):
        raise NoText("It is a document with no words in it.", "Check that it is the one you meant.")
    return ExtractedPages((lines,), hints=Hints(title=package.title), format="odt")


def read_ods(data: bytes) -> ExtractedPages:
    """Read an OpenDocument sheet: a page a sheet, tables as rows that tell their headings.

    Hidden sheets, rows and columns are left out. Raises Unreadable for a damaged file, a bomb or
    more rows and cells than are read, NoText when it has no words or figures.
    """
    package = _Package.opened(data, "OpenDocument spreadsheet")
    sheets = [sheet for sheet in package.body("spreadsheet") if sheet.tag == _TABLE]
    sheets = [sheet for sheet in sheets if not package.is_hidden_sheet(sheet)]
    refuse_many_sheets(len(sheets))
    limits = SheetLimits()
    pages: list[tuple[ExtractedLine, ...]] = []
    title = package.title
    for sheet in sheets:
        name = visible_line(sheet.get(_name("table", "name")) or "")
        pages.append(tuple(sheet_lines(name, package.sheet_rows(sheet, limits))))
        title = title or first_title(pages[-1], name)
    if not any(char.isalnum() for page in pages for line in page for char in line.text):
        raise NoText("It is a workbook with nothing in its sheets.", "Check that it is the one.")
    return ExtractedPages(tuple(pages), hints=Hints(title=title), format="ods")


@dataclass
class _Package:
    """The parts of a document, and what its styles mean."""

    content: Element
    styles: Element | None
    title: str | None
    what: str

    def __post_init__(self) -> None:
        self.notes: list[ExtractedLine] = []

    @classmethod
    def opened(cls, data: bytes, what: str) -> _Package:
        refuse_bomb(data, what)
        content = read_part(data, "content.xml", what)
        try:
            styles = read_part(data, "styles.xml", what)
        except Unreadable:
            styles = None
        try:
            title = read_part(data, "meta.xml", what).findtext(f".//{{{_DC}}}title")
        except Unreadable:
            title = None
        return cls(content, styles, stated_title(title or ""), what)

    def body(self, kind: str) -> Element:
        """The element that holds the text or the sheets; raises Unreadable where there is none."""
        body = self.content.find(f"{_name('office', 'body')}/{_name('office', kind)}")
        if body is None:
            raise damaged(self.what)
        return body

    def blocks(
        self, parent: Element, role: LineRole = LineRole.PARAGRAPH, depth: int = 0
    ) -> Iterator[ExtractedLine]:
        """The blocks inside an element in order; `role` is that of its paragraphs."""
        if depth > _MOST_DEPTH:
            return
        for child in parent:
            if child.tag in (_P, _H):
                yield from self._paragraph(child, LineRole.HEADING if child.tag == _H else role)
            elif child.tag == _TABLE:
                yield from self._table(child, depth)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                inner = LineRole.ITEM if child.tag == _ITEM else role
                yield from self.blocks(child, inner, depth + 1)

    def sheet_rows(self, sheet: Element, limits: SheetLimits) -> list[list[str]]:
        """The rows of a sheet without what is hidden, each cell as it is shown."""
        hidden = self._hidden_columns(sheet)
        rows: list[list[str]] = []
        number = 0
        for row in _rows(sheet):
            again = _count(row, "number-rows-repeated")
            number += again
            if number > _LAST_ROW:
                break
            if row.get(_name("table", "visibility")) in ("collapse", "filter"):
                continue
            cells = self._cells(row)
            texts = [text for at, text in enumerate(cells) if at not in hidden]
            for _ in range(min(again, _MOST_REPEATED) if any(texts) else 1):
                limits.take(texts)
                rows.append(texts)
        return rows

    def _cells(self, row: Element) -> list[str]:
        """The cells of a row; one that covers others of the row stands in each."""
        texts: list[str] = []
        covering, covered = "", 0
        for cell in row:
            if cell.tag not in (_CELL, _COVERED):
                continue
            text = " ".join(line.text for line in self.blocks(cell))
            again = min(_count(cell, "number-columns-repeated"), MOST_COLUMNS - len(texts))
            for _ in range(again):
                inside = cell.tag == _COVERED and covered > 0
                texts.append(covering if inside else text)
                covered -= inside
            if cell.tag == _CELL:
                covering, covered = text, _count(cell, "number-columns-spanned") - 1
        return texts

    def _table(self, table: Element, depth: int) -> Iterator[ExtractedLine]:
        rows: list[list[TableCell]] = []
        heads = 0
        for row in _rows(table):
            heads += row.getparent().tag == _ROWS_HEAD
            cells = []
            for cell in row:
                if cell.tag == _CELL:
                    across = _count(cell, "number-columns-spanned")
                    down = _count(cell, "number-rows-spanned")
                    again = min(_count(cell, "number-columns-repeated"), MOST_COLUMNS)
                    read = tuple(self.blocks(cell, depth=depth + 1))
                    cells += [TableCell(read, across, down)] * again
            rows.append(cells)
        yield from cell_lines(rows, heads or None)

    def _paragraph(self, paragraph: Element, role: LineRole) -> Iterator[ExtractedLine]:
        if self._is_hidden(paragraph):
            return
        boxes: list[Element] = []
        text = visible_line(self._words(paragraph, "", boxes))
        if text:
            role = LineRole.NOTE if begins_note(text) else role
            yield ExtractedLine(without_marks(text), role)
        for box in boxes:
            yield from self.blocks(box)

    def _words(self, element: Element, before: str, boxes: list[Element], depth: int = 0) -> str:
        """The running text of an element; the frames that stand in it are put into `boxes`."""
        words = element.text or ""
        for child in element:
            if child.tag == _NOTE:
                self._take_note(child)
            elif child.tag in _SPACES:
                words += _SPACES[child.tag]
            elif child.tag == _SPAN:
                inner = self._words(child, before + words, boxes, depth + 1)
                raised = self._is_raised(child)
                after = child.tail or ""
                if not self._is_hidden(child):
                    words += raised_text(before + words, inner, after) if raised else inner
            elif isinstance(child.tag, str) and child.tag.startswith(
                f"{{{_NS.format('drawing')}}}"
            ):
                boxes.append(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str) and depth < _MOST_DEPTH:
                words += self._words(child, before + words, boxes, depth + 1)
            words += child.tail or ""
        return words

    def _take_note(self, note: Element) -> None:
        mark = note_mark(note.findtext(_name("text", "note-citation")) or "")
        body = note.find(_name("text", "note-body"))
        texts = () if body is None else (line.text for line in self.blocks(body))
        if text := " ".join(filter(None, (mark, *texts))):
            self.notes.append(ExtractedLine(text, LineRole.NOTE))

    # --- styles

    def is_hidden_sheet(self, sheet: Element) -> bool:
        """Whether a sheet is not shown."""
        style = self._style(sheet.get(_name("table", "style-name")))
        told = () if style is None else style.iter(_name("style", "table-properties"))
        return any(properties.get(_name("table", "display")) == "false" for properties in told)

    def _hidden_columns(self, sheet: Element) -> set[int]:
        hidden: set[int] = set()
        at = 0
        for column in _columns(sheet):
            again = min(_count(column, "number-columns-repeated"), MOST_COLUMNS)
            if column.get(_name("table", "visibility")) in ("collapse", "filter"):
                hidden.update(range(at, at + again))
            at += again
        return hidden

    def _is_raised(self, span: Element) -> bool:
        place = (self._property(span, _name("style", "text-position")) or "").split()
        return bool(place) and (place[0] == "super" or _percent(place[0]) > 0)

    def _is_hidden(self, element: Element) -> bool:
        return self._property(element, _name("text", "display")) == "none"

    def _property(self, element: Element, name: str) -> str | None:
        """A text property of an element's style, or of one that it rests on."""
        style = self._style(element.get(_STYLE_NAME))
        for _ in range(20):
            if style is None:
                return None
            for properties in style.iter(_name("style", "text-properties")):
                if (value := properties.get(name)) is not None:
                    return str(value)
            style = self._style(style.get(_name("style", "parent-style-name")))
        return None

    def _style(self, name: str | None) -> Element | None:
        return None if name is None else self._styles.get(name)

    @cached_property
    def _styles(self) -> dict[str, Element]:
        styles = {}
        for part in (self.styles, self.content):
            if part is not None:
                for style in part.iter(_name("style", "style")):
                    styles[style.get(_name("style", "name"))] = style
        return styles


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == _ROW:
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _columns(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == _COLUMN:
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from _columns(child)


def _count(element: Element, name: str) -> int:
    stated = element.get(_name("table", name)) or "1"
    return max(int(stated), 1) if stated.isdecimal() and len(stated) < 9 else 1


def _percent(place: str) -> float:
    try:
        return float(place.rstrip("%"))
    except ValueError:
        return 0.0
