"""E-mail messages (.eml): who wrote to whom and when, and the text; attachments are named."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from itertools import islice

from ingest.reading.encoding import decode
from ingest.reading.readers.html import parse_html
from ingest.reading.readers.html_blocks import html_blocks
from ingest.reading.readers.text import text_lines
from ingest.reading.readers.visible_text import visible_line
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

MAX_PARTS = 200
MAX_TEXT_BYTES = 5 * 1024 * 1024
_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_HEADER = 1_000
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_email(data: bytes) -> ExtractedPages:
    """Read a message: its headers as lines, then its text; who sent it and when are hints.

    Attachments are not read, only named. Raises Unreadable for a broken or over-long message,
    NoText when it has no words.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        heads = tuple(_head_lines(message))
        lines = _body_lines(message)
        attached = tuple(_attached(message))
        hints = Hints(
            title=_header(message, "Subject"), publisher=_sender(message), published=_sent(message)
        )
    except _BROKEN as error:
        raise Unreadable("It is a damaged e-mail message.", "Save it again, or as PDF.") from error
    if not any(char.isalnum() for line in lines for char in line.text):
        named = f" It has attachments ({', '.join(attached)})." if attached else ""
        raise NoText(
            f"It is an e-mail message with no words in it.{named}",
            "Save its attachments and add them.",
        )
    named_last = (_plain(f"Attachments: {', '.join(attached)}"),) if attached else ()
    return ExtractedPages(((*heads, *lines, *named_last),), hints=hints, format="email")


def _head_lines(message: EmailMessage) -> Iterator[ExtractedLine]:
    for name in _HEADERS:
        if value := _header(message, name):
            yield _plain(f"{name}: {value}")


def _plain(text: str) -> ExtractedLine:
    return ExtractedLine(text, LineRole.PARAGRAPH)


def _header(message: EmailMessage, name: str) -> str | None:
    return visible_line(str(message.get(name) or ""))[:_LONGEST_HEADER] or None


def _sender(message: EmailMessage) -> str | None:
    sender = message.get("From")
    addresses = getattr(sender, "addresses", ())
    return visible_line(addresses[0].display_name)[:200] or None if addresses else None


def _sent(message: EmailMessage) -> date | None:
    sent = getattr(message.get("Date"), "datetime", None)
    return sent.date() if sent is not None and sent.year >= 1900 else None


def _body_lines(message: EmailMessage) -> tuple[ExtractedLine, ...]:
    if sum(1 for _ in islice(message.walk(), MAX_PARTS + 1)) > MAX_PARTS:
        raise Unreadable(f"It has more than {MAX_PARTS} parts.", "Save its text as PDF.")
    body = message.get_body(("plain", "html"))
    if body is None:
        return ()
    content = body.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable("Its text is longer than is read.", "Save its text as PDF, in parts.")
    text = _decoded(data, body.get_content_charset())
    if body.get_content_type() == "text/html":
        return html_blocks(parse_html(text.encode())) if text.strip() else ()
    return tuple(text_lines(text.replace("\f", "\n")))


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return decode(data) if data.strip() else ""


def _attached(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        if name := visible_line(part.get_filename() or "")[:200]:
            yield name
