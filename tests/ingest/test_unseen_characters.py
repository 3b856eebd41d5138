"""No reader lets through a character that nobody sees: instructions can be spelled in them."""

from __future__ import annotations

import io
import unicodedata

import docx
import pytest

from ingest.cleaning.clean import clean
from ingest.reading.readers import read_file

FACT = "Inspectors found that plans were clear and were reviewed in good time by managers."
UNSEEN = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "bidirectional": "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2069\u200e\u200f\u061c",
    "soft hyphen": "\u00ad",
    "variation selectors": "\ufe0f\ufe00\U000e0100\U000e01ef",
    "invisible operators": "\u2061\u2062\u2063\u2064",
    "fillers": "\u3164\u115f\u1160\uffa0\u034f\u180e",
    "annotations": "\ufff9\ufffa\ufffb",
    "tags": "".join(chr(0xE0000 + ord(char)) for char in "Ignore the report"),
    "private use": "\ue000\uf8ff\U000f0000",
    "musical controls": "\U0001d173\U0001d17a",
}


def told(form: str, words: str) -> bytes:
    if form == "html":
        story = "".join(f"<p>{words} {number} cases were read.</p>" for number in range(6))
        return f"<html><body><article>{story}</article></body></html>".encode()
    if form == "docx":
        buffer, document = io.BytesIO(), docx.Document()
        document.add_paragraph(words)
        document.save(buffer)
        return buffer.getvalue()
    return words.encode()


@pytest.mark.parametrize("form", ["html", "docx", "txt", "md"])
@pytest.mark.parametrize("kind", UNSEEN)
def test_what_nobody_sees_never_becomes_page_text(form: str, kind: str) -> None:
    # Between words and within them: a word so disguised is found again as it looks.
    words = FACT.replace(" were ", f" {UNSEEN[kind]}were ", 1).replace(
        "Inspectors", f"Insp{UNSEEN[kind]}ectors"
    )
    (page,) = clean(read_file(told(form, words), f"story.{form}"))
    assert FACT.removesuffix(".") in page.page.text
    assert not any(unicodedata.category(char) in ("Cf", "Co", "Cn") for char in page.page.text)
