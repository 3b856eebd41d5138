"""All blocks of a tree of HTML in order, for what is no article: Markdown, an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.reading.raised import begins_note, without_marks
from ingest.reading.readers.html_hidden import Element, drop_hidden
from ingest.reading.readers.html_tables import Tables, plain_marks, plain_tables
from ingest.reading.readers.visible_text import visible_line
from ingest.types import ExtractedLine, LineRole

_ROLES = {f"h{level}": LineRole.HEADING for level in range(1, 7)} | {"li": LineRole.ITEM}
_CONTAINERS = {"p", "ul", "ol", "div", "section", "article", "blockquote", "pre", "body", "center"}
_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_BLOCKS = _CONTAINERS | _TABLES | {"hr", "dl", "dt", "dd", "details"} | set(_ROLES)
_MOST_DEPTH = 200


def html_blocks(tree: Element) -> tuple[ExtractedLine, ...]:
    """The headings, paragraphs, items, rows and notes that a reader sees; the tree is changed."""
    drop_hidden(tree)
    plain_marks(tree)
    return tuple(_blocks(tree, LineRole.PARAGRAPH, plain_tables(tree)))


def _blocks(
    element: Element, role: LineRole, tables: Tables, depth: int = 0
) -> Iterator[ExtractedLine]:
    """The blocks inside an element in order; text of its own is a block of the given role."""
    running: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "head":
            continue
        if child.tag not in _BLOCKS and not _holds_blocks(child):
            running.append("\n" if child.tag == "br" else child.text_content())
        else:
            yield from _block(running, role)
            running = []
            lines = tables.at(child) if child.tag == "table" else None
            if lines is not None:
                yield from lines
            elif depth < _MOST_DEPTH:
                yield from _blocks(child, _ROLES.get(child.tag, role), tables, depth + 1)
        running.append(child.tail or "")
    yield from _block(running, role)


def _holds_blocks(element: Element) -> bool:
    return element.tag != "br" and next(element.iter(*_BLOCKS), None) is not None


def _block(running: list[str], role: LineRole) -> Iterator[ExtractedLine]:
    text = visible_line("".join(running))
    if text:
        role = LineRole.NOTE if begins_note(text) else role
        yield ExtractedLine(text=without_marks(text), role=role)
