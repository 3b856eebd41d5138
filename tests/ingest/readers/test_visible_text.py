"""Nothing invisible gets into a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.readers.visible_text import stated_title, visible_line, visible_text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("zero\u200bwidth\u2060joined\ufeff", "zerowidthjoined"),
        ("bidi \u202etxet\u202c end", "bidi txet end"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("nul\0 bell\x07", "nul bell"),
        ("no\u00a0break\u2009thin\ttab", "no break thin tab"),
        ("of\ufb01ce a\ufb00airs", "office affairs"),
        ("co\u00adoperate", "cooperate"),
        ("multi\u00ad\nagency", "multi-\nagency"),
        ("\uf0b7 Item", "• Item"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("£5 – “quoted” café 😀", "£5 – “quoted” café 😀"),
    ],
)
def test_what_is_not_seen_is_dropped(raw: str, shown: str) -> None:
    assert visible_text(raw) == shown


@given(st.text())
def test_no_text_keeps_an_invisible_character(raw: str) -> None:
    shown = visible_line(raw)
    assert all(unicodedata.category(char)[0] != "C" for char in shown)
    assert visible_line(shown) == shown


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Annual report 2024", "Annual report 2024"),
        ("Microsoft Word - report_final.doc", None),
        ("report_v2.pdf", None),
        ("Wirral - draft report", None),
        ("Untitled", None),
        ("Document1", None),
        ("", None),
    ],
)
def test_a_file_name_is_no_title(stated: str, title: str | None) -> None:
    assert stated_title(stated) == title
