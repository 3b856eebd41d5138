"""Pure: what a model wrote as Markdown or HTML -> plain words; no address and no markup remains."""

from __future__ import annotations

import html
import re
import unicodedata

_IN_ROUND = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_REPLACED = (
    (re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL), " "),
    (re.compile(r"<!--.*?(?:-->|$)", re.DOTALL), " "),
    (re.compile(r"<sup>\s*\[?(\d{1,3})\]?\s*</sup>", re.IGNORECASE), r"[\1]"),
    (re.compile(rf"!\[[^\]\n]*\](?:{_IN_ROUND}|\[[^\]\n]*\])"), " "),
    (re.compile(rf"\[(\^?\d{{1,3}})\]{_IN_ROUND}"), r"[\1]"),
    (re.compile(rf"\[([^\[\]\n]*)\]{_IN_ROUND}"), r"\1"),
    (re.compile(r"</?[a-z!?][^<>]*(?:>|$)", re.IGNORECASE), " "),
    (re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE), " "),
    (re.compile(r"\b(?:javascript|data|vbscript|mailto):\S+", re.IGNORECASE), " "),
    (re.compile(r"\bwww\.\S+", re.IGNORECASE), " "),
    (re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE), " "),
    (re.compile(r"(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"\*\*|__|~~|`+|\\(?=[*_\[\]()#`~-])"), ""),
)
UNSEEN = ("Cc", "Cf", "Cs", "Co")
_GAP = re.compile(r"\s+([.,;:!?])")


def plain(text: str) -> str:
    """The words alone: emphasis, tags, images and addresses gone, links by their text."""
    text = visible(html.unescape(text))
    for pattern, instead in _REPLACED:
        text = pattern.sub(instead, text)
    return text


def tidy(text: str) -> str:
    """One space between words, none before a stop."""
    return _GAP.sub(r"\1", " ".join(text.split()))


def visible(text: str) -> str:
    """The text without characters that are not seen: zero width, turning of direction, halves."""
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in UNSEEN)
