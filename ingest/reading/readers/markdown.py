"""Markdown adapter, the only importer of markdown-it: blocks, and what the front matter states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from markdown_it import MarkdownIt

from ingest.reading.encoding import decode
from ingest.reading.raised import begins_note, note_mark, without_marks
from ingest.reading.readers.html import parse_html
from ingest.reading.readers.html_hidden import Element, drop_hidden
from ingest.reading.readers.html_tables import Tables, plain_marks, plain_tables
from ingest.reading.readers.visible_text import visible_line
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w -]*?)\s*:[ \t]+(.+?)\s*$", re.MULTILINE)
_DATE_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
_ROLES = {f"h{level}": LineRole.HEADING for level in range(1, 7)} | {"li": LineRole.ITEM}
_CONTAINERS = {"p", "ul", "ol", "div", "section", "article", "blockquote", "pre", "body"}
_NOTE = re.compile(r"^ {0,3}\[\^(\w{1,20})\]:[ \t]*", re.MULTILINE)
_NOTE_CALL = re.compile(r"(?<=\S)\[\^\w{1,20}\]")
_BLOCKS = _CONTAINERS | {"table"} | {"hr", "dl", "dt", "dd", "details"} | set(_ROLES)


def read_markdown(data: bytes) -> ExtractedPages:
    """Read Markdown as headings, paragraphs, items and rows; front matter becomes hints.

    HTML inside it counts as on a web page, so that comments and hidden elements are left out.
    """
    text = decode(data).lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = renderer.render(_with_raised_notes(text[front.end() :] if front else text))
    tree = parse_html(f"<html><body><div>{html}</div></body></html>".encode())
    drop_hidden(tree)
    plain_marks(tree)
    lines = tuple(_blocks(tree, LineRole.PARAGRAPH, plain_tables(tree)))
    if not lines:
        raise NoText("It has no words in it.", "Check that it is the file you meant.")
    hints = _hints(front[1]) if front else Hints()
    return ExtractedPages(pages=(lines,), hints=hints, format="markdown")


def _blocks(element: Element, role: LineRole, tables: Tables) -> Iterator[ExtractedLine]:
    """The blocks inside an element in order; text of its own is a block of the given role."""
    running: list[str] = [element.text or ""]
    for child in element:
        if child.tag not in _BLOCKS:
            running.append("\n" if child.tag == "br" else child.text_content())
        else:
            yield from _block(running, role)
            running = []
            if child.tag == "table":
                yield from tables.at(child) or ()
            else:
                yield from _blocks(child, _ROLES.get(child.tag, role), tables)
        running.append(child.tail or "")
    yield from _block(running, role)


def _block(running: list[str], role: LineRole) -> Iterator[ExtractedLine]:
    text = visible_line("".join(running))
    if text:
        role = LineRole.NOTE if begins_note(text) else role
        yield ExtractedLine(text=without_marks(text), role=role)


def _with_raised_notes(text: str) -> str:
    """The text with its footnotes ("[^4]: Provisional.") set as notes, without their calls."""
    noted = _NOTE.sub(lambda note: f"\n{note_mark(note[1])} ", text)
    return _NOTE_CALL.sub("", noted)


def _hints(front: str) -> Hints:
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front)}
    source = fields.get("source_url") or fields.get("url") or fields.get("source") or ""
    is_address = re.match(r"https?://\S+$", source) is not None
    return Hints(
        title=_stated(fields, "title"),
        publisher=_stated(fields, "publisher", *([] if is_address else ["source"])),
        published=_date(fields.get("published") or fields.get("date") or ""),
        source_url=source if is_address else None,
        author=_stated(fields, "author", "by"),
    )


def _stated(fields: dict[str, str], *names: str) -> str | None:
    return next((visible_line(fields[name]) or None for name in names if name in fields), None)


def _date(stated: str) -> date | None:
    stated = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|T\d\d:.*| \d\d:.*", "", stated).strip()
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(stated, form).date()
        except ValueError:
            continue
    return None
