"""Markdown adapter, the only importer of markdown-it: blocks, and what the front matter states."""

from __future__ import annotations

import re
from datetime import date, datetime

from markdown_it import MarkdownIt

from ingest.reading.encoding import decode
from ingest.reading.raised import note_mark
from ingest.reading.readers.html import parse_html
from ingest.reading.readers.html_blocks import html_blocks
from ingest.reading.readers.visible_text import visible_line
from ingest.types import ExtractedPages, Hints
from rag.errors import NoText

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w -]*?)\s*:[ \t]+(.+?)\s*$", re.MULTILINE)
_DATE_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
_NOTE = re.compile(r"^ {0,3}\[\^(\w{1,20})\]:[ \t]*", re.MULTILINE)
_NOTE_CALL = re.compile(r"(?<=\S)\[\^\w{1,20}\]")


def read_markdown(data: bytes) -> ExtractedPages:
    """Read Markdown as headings, paragraphs, items and rows; front matter becomes hints.

    HTML inside it counts as on a web page, so that comments and hidden elements are left out.
    """
    text = decode(data).lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = renderer.render(_with_raised_notes(text[front.end() :] if front else text))
    tree = parse_html(f"<html><body><div>{html}</div></body></html>".encode())
    lines = html_blocks(tree)
    if not lines:
        raise NoText("It has no words in it.", "Check that it is the file you meant.")
    hints = _hints(front[1]) if front else Hints()
    return ExtractedPages(pages=(lines,), hints=hints, format="markdown")


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
