"""Tables of a web page made plain before its text is read, and notes and terms told as shown.

trafilatura forgets how far a cell spans and what is raised; all of it is settled in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from secrets import token_hex

from ingest.reading.raised import begins_note, note_mark, raised_text
from ingest.reading.readers.html_hidden import Element, drop_keeping_tail
from ingest.reading.readers.visible_text import visible_line
from ingest.reading.table_cells import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Rows,
    TableCell,
    cell_lines,
)
from ingest.types import ExtractedLine, LineRole

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "li", "dt", "dd", "blockquote", "pre")
_STOPS = frozenset((*_BLOCKS, "td", "th", "div", "body", "caption", "section", "article", "ol"))
_NOTES = re.compile(r"\b(?:foot|end)notes?\b|^doc-(?:end|foot)notes?$", re.IGNORECASE)
_NOTE_ID = re.compile(r"^(?:fn|footnote|endnote|_?ftn|_?edn|cite_note)[-_:]?\w*\d+$", re.IGNORECASE)
_NOTE_LINK = re.compile(r"^#_?(?:fn|footnote|endnote|note|ftn|edn|cite)", re.IGNORECASE)
_BACK_LINK = re.compile(r"^[↩↑⏎^\s\ufe0e]+$")
_RAISED_STYLE = re.compile(r"vertical-align:\s*super", re.IGNORECASE)
_FILE_LINK = re.compile(r"^(?:PDF|Word|DOCX?|XLSX?)(?: file)?[ ,(]*\d+(?:\.\d+)? ?[KM]B\)?$", re.I)
_MOST_MARKS = 5_000
_LONGEST_BOX = 200
"""Words from which on a table of one row or column is no box in a text but the page."""
_MOST_LINKS = 0.5
"""What share of a table's letters may stand in links."""


def plain_marks(tree: Element) -> None:
    """Take out, in place, the raised marks of notes, and set that of each note before it."""
    for note in list(_notes(tree)):
        _number_note(note)
    for link in list(tree.iter("a"))[:_MOST_MARKS]:
        text = visible_line(link.text_content())
        goes_back = link.get("href", "").startswith("#") and _BACK_LINK.match(text)
        if goes_back or _FILE_LINK.match(text):
            drop_keeping_tail(link)
    for raised in list(filter(_is_raised, tree.iter("sup", "span", "a")))[:_MOST_MARKS]:
        if raised.getparent() is not None:
            _replace_by_text(
                raised, raised_text(_before(raised), raised.text_content(), raised.tail or "")
            )


def plain_tables(tree: Element) -> Tables:
    """Take the tables of a page out, in place, each leaving a mark.

    One that lays the whole page out is left as it is, and so is one that is mostly links.
    """
    lines: dict[str, tuple[ExtractedLine, ...]] = {}
    page = token_hex(8)
    for table in reversed(list(tree.iter("table"))):
        rows = list(_rows(table))[:MOST_ROWS]
        cells = [list(_cells(row)) for row in rows]
        if sum(map(len, cells)) > MOST_CELLS or _leads_elsewhere(table):
            continue
        read = [[_table_cell(cell) for cell in row] for row in cells]
        if _lays_page_out(read):
            continue
        mark = f"table-{page}-{len(lines)}"
        lines[mark] = tuple(cell_lines(read, _heading_rows(rows, cells)))
        _leave(table, mark)
    return Tables(lines)


@dataclass(frozen=True, slots=True)
class Tables:
    """The lines of each table of a page, by the mark that stands in its place."""

    lines: Mapping[str, tuple[ExtractedLine, ...]]

    def at(self, table: Element) -> tuple[ExtractedLine, ...] | None:
        """The lines of the table that left its mark here, None where none did."""
        return self.lines.get("".join(table.itertext()).strip().partition(" ")[0])


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _table_cell(cell: Element) -> TableCell:
    return TableCell(tuple(_blocks(cell)), _span(cell, "colspan"), _span(cell, "rowspan"))


def _blocks(cell: Element) -> Iterator[ExtractedLine]:
    if next(cell.iter("table"), None) is not None:
        # Marked as a row, which no cell of a table of figures holds.
        yield ExtractedLine("table", LineRole.ROW)
    inner = [block for block in cell.iter(*_BLOCKS) if next(block.iterchildren(*_BLOCKS), 0) == 0]
    texts = [(block.tag, visible_line(block.text_content())) for block in inner]
    whole = visible_line(_spaced(cell))
    if sum(len(text) for _, text in texts) * 2 < len(whole):
        texts = [("td", whole)]
    for tag, text in texts:
        if text:
            yield ExtractedLine(text, LineRole.HEADING if tag in _HEADINGS else LineRole.PARAGRAPH)


def _spaced(element: Element) -> str:
    """All its text, with a space at each line break."""
    for line_end in element.iter("br"):
        line_end.tail = f" {line_end.tail or ''}"
    return str(element.text_content())


def _span(cell: Element, name: str) -> int:
    stated = (cell.get(name) or "").strip()
    # A rowspan of 0 reaches to the end of the table.
    most = MOST_COLUMNS if name == "colspan" else MOST_ROWS
    number = int(stated) if stated.isdecimal() and len(stated) < 7 else 1
    return min(number, most) or (most if name == "rowspan" else 1)


def _heading_rows(rows: list[Element], cells: list[list[Element]]) -> int | None:
    """How many rows at the top the page calls headings; None where it does not tell."""
    heads = 0
    for row, of_row in zip(rows, cells, strict=True):
        in_head = row.getparent().tag == "thead"
        named = len(of_row) > 1 and all(
            cell.tag == "th" or not visible_line(cell.text_content()) for cell in of_row
        )
        if not in_head and not (named and any(cell.tag == "th" for cell in of_row)):
            break
        heads += 1
    if heads:
        return heads
    first = [row[0].tag for row in cells if row]
    return 0 if first and all(tag == "th" for tag in first) else None


def _leads_elsewhere(table: Element) -> bool:
    links = sum(len(link.text_content()) for link in table.iter("a"))
    return links > _MOST_LINKS * len(table.text_content())


def _leave(table: Element, mark: str) -> None:
    """Leave the mark of a table and its words, by which its weight on the page is judged."""
    caption = table.find("caption")
    if caption is not None:
        heading = table.makeelement("h4")
        heading.text = visible_line(caption.text_content())
        table.addprevious(heading)
        table.remove(caption)
    words = visible_line(_spaced(table))
    for child in list(table):
        table.remove(child)
    row, cell = table.makeelement("tr"), table.makeelement("td")
    cell.text, table.text = f"{mark} {words}", None
    row.append(cell)
    table.append(row)


def _lays_page_out(rows: Rows) -> bool:
    """Whether a table holds other tables, or in one column or row all that a page says."""
    cells = [cell for row in rows for cell in row]
    if any(block.role is LineRole.ROW for cell in cells for block in cell.blocks):
        return True
    narrow = len(rows) == 1 or max(map(len, rows), default=0) <= 1
    return narrow and sum(len(cell.text.split()) for cell in cells) > _LONGEST_BOX


def _notes(tree: Element) -> Iterator[Element]:
    for item in tree.iter("li"):
        around = item.getparent()
        if around is None or around.tag not in ("ol", "ul"):
            continue
        told = [around, around.getparent()]
        marks = [e.get(name) or "" for e in told if e is not None for name in ("class", "role")]
        if _NOTE_ID.match(item.get("id") or "") or any(map(_NOTES.search, marks)):
            yield item


def _number_note(item: Element) -> None:
    listed = item.getparent()
    if listed.tag != "ol" or begins_note(visible_line(item.text_content())):
        return
    start = listed.get("start") or "1"
    place = (int(start) if start.isdecimal() and len(start) < 5 else 1) + sum(
        1 for _ in item.itersiblings("li", preceding=True)
    )
    first = next(item.iter("p"), item)
    first.text = f"{note_mark(str(place))} {(first.text or '').lstrip()}"


def _is_raised(element: Element) -> bool:
    if element.tag == "a":
        return _NOTE_LINK.match(element.get("href") or "") is not None
    return element.tag == "sup" or _RAISED_STYLE.search(element.get("style") or "") is not None


def _before(element: Element) -> str:
    """The end of the running text of its block before an element."""
    while True:
        previous = element.getprevious()
        if previous is not None:
            if previous.tag == "br" and not previous.tail:
                return ""
            text = previous.tail or (previous.text_content() if previous.tag != "br" else "")
            if str(text).strip():
                return str(text)[-20:]
            element = previous
            continue
        parent = element.getparent()
        if parent is None:
            return ""
        if (parent.text or "").strip() or parent.tag in _STOPS:
            return (parent.text or "")[-20:]
        element = parent


def _replace_by_text(element: Element, text: str) -> None:
    element.tail = text + (element.tail or "")
    drop_keeping_tail(element)
