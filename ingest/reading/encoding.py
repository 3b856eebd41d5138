"""Bytes to text, the encoding found out: the only importer of charset-normalizer."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from rag.errors import Unreadable

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western programs write when they do not write UTF-8: a freer guess mistakes an English
# text with three curly quotes in it for Chinese.
_WESTERN = ["cp1252", "mac_roman", "iso8859_15", "cp850"]
_SAMPLE = 65_536
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1a\x1b\x08")
_MOST_CONTROLS = 0.02


def decode(data: bytes) -> str:
    """The text of the bytes, by byte order mark, as UTF-8, or by the likeliest Western encoding.

    Raises Unreadable when they are not text.
    """
    if not is_text(data):
        raise Unreadable("It is not a text file.", "Save it as PDF, .docx or plain text.")
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    best = from_bytes(data, cp_isolation=_WESTERN).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in some encoding: hardly a control character among them."""
    sample = data[:_SAMPLE]
    if _encoding(sample) != "utf-8":
        return True
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)
    return b"\0" not in sample and controls <= len(sample) * _MOST_CONTROLS


def _encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _unmarked_utf16(data[:_SAMPLE]) or "utf-8"


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is nought."""
    half = len(sample) // 2
    for name, noughts in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        letters = sample[0::2] if name == "utf-16-le" else sample[1::2]
        if half and noughts.count(0) > 0.8 * half and letters.count(0) < 0.05 * half:
            return name
    return None
