"""E-mail messages: who wrote what to whom."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from ingest.reading.readers import email_message
from ingest.reading.readers.email_message import read_email
from ingest.types import LineRole
from rag.errors import NoText, Unreadable


def message(text: str = "There were 31 visits.") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Fallowmere Council <press@fallowmere.example>"
    made["To"] = "panel@fallowmere.example"
    made["Date"] = "Mon, 05 May 2025 23:30:00 +0100"
    made["Subject"] = "Café plans"
    if text:
        made.set_content(text)
    return made


def texts(made: EmailMessage) -> list[str]:
    return [line.text for line in read_email(made.as_bytes()).pages[0] if line.text]


def test_the_headers_stand_over_the_text_and_are_hints() -> None:
    reading = read_email(message().as_bytes())
    assert [line.text for line in reading.pages[0] if line.text] == [
        "From: Fallowmere Council <press@fallowmere.example>",
        "To: panel@fallowmere.example",
        "Date: Mon, 05 May 2025 23:30:00 +0100",
        "Subject: Café plans",
        "There were 31 visits.",
    ]
    assert reading.hints.title == "Café plans"
    assert reading.hints.publisher == "Fallowmere Council"
    assert reading.hints.published == date(2025, 5, 5)


def test_a_message_in_html_alone_is_read_as_it_is_shown() -> None:
    made = message("")
    made.set_content(
        "<div>There were 31<sup>2</sup> visits.</div><p style='display:none'>secret</p>"
        "<table><tr><th>Ward</th><th>Homes</th></tr><tr><td>North</td><td>3</td></tr></table>",
        subtype="html",
    )
    assert texts(made)[-3:] == ["There were 31 visits.", "Ward | Homes", "North | Homes: 3"]


def test_attachments_are_named_and_not_read() -> None:
    made = message()
    made.add_attachment(b"secret", maintype="text", subtype="plain", filename="minutes.txt")
    assert texts(made)[-1] == "Attachments: minutes.txt"
    assert "secret" not in str(texts(made))


def test_a_message_that_only_brings_attachments_says_so() -> None:
    made = message("")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="minutes.pdf")
    with pytest.raises(NoText, match=r"minutes\.pdf"):
        read_email(made.as_bytes())


def test_a_wrong_charset_is_found_out() -> None:
    raw = message().as_bytes().replace(b"utf-8", b"no-such-charset")
    assert read_email(raw).pages[0][-1].role is LineRole.LINE


def test_more_parts_and_text_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = message()
    made.add_attachment(b"x", maintype="text", subtype="plain", filename="a.txt")
    for limit, reason in (("MAX_TEXT_BYTES", "longer than"), ("MAX_PARTS", "more than 3 parts")):
        monkeypatch.setattr(email_message, limit, 3)
        if limit == "MAX_PARTS":
            made.add_attachment(b"x", maintype="text", subtype="plain", filename="b.txt")
        with pytest.raises(Unreadable, match=reason):
            read_email(made.as_bytes())
