"""Text as a reader of the page sees it: nothing invisible, one kind of space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Invisible letters and marks that Unicode does not class as control or format characters:
# grapheme joiner, Hangul and Khmer fillers, variation selectors.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_UNUSUAL = re.compile(r"[^\x20-\x7e\n\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u20ac]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# PDFium and word processors mark a hyphen that stands only because the line ended there.
_HYPHEN_AT_LINE_END = re.compile(r"[\u00ad\u0002\ufffe][ \t]*(?=\n|$)")
_SPACES = re.compile(r" {2,}")
# Bullets of the Symbol and Wingdings fonts stand in the private use area.
_SYMBOL_BULLET = re.compile("(?m)^( *)[\uf020-\uf0ff](?![\uf020-\uf0ff])")
_REPLACED = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\t": " ",
    "\u2800": " ",
}

_TEMPLATE_TITLE = re.compile(
    r"^(microsoft (word|powerpoint|excel) - |untitled|document\d*$|slide ?\d*$|title$|\W*$)"
    r"|\b(draft|version|final|template)\b|\.(docx?|pdf|pptx?|xlsx?|indd|rtf|odt|pub|qxd|html?|tmp)$",
    re.IGNORECASE,
)


def visible_text(text: str) -> str:
    """Drop zero-width, bidi, control and unassigned characters; make every space a plain one.

    Line ends become "\\n", a discretionary hyphen at a line end becomes "-", ligatures their
    letters, runs of spaces one space.
    """
    if not (text.isascii() and text.isprintable()):
        text = _HYPHEN_AT_LINE_END.sub("-", _LINE_ENDS.sub("\n", text))
        text = _SYMBOL_BULLET.sub(r"\1•", text)
        text = _UNUSUAL.sub(lambda match: _visible(match[0]), text)
    return _SPACES.sub(" ", text)


def visible_line(text: str) -> str:
    """The visible text on one line, trimmed: what a reader gives for a block."""
    return " ".join(visible_text(text).split())


@lru_cache(maxsize=4096)
def _visible(char: str) -> str:
    if char in _REPLACED:
        return _REPLACED[char]
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return "" if category[0] == "C" or _INVISIBLE.match(char) else char


def stated_title(stated: str) -> str | None:
    """The title that a file states, unless it is a file name or what the program filled in."""
    title = visible_line(stated)
    return None if _TEMPLATE_TITLE.search(title) else title
