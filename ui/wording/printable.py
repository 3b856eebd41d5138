"""Text that is safe to print: without what would command a terminal."""

from __future__ import annotations

import re
import unicodedata

# Terminal commands: CSI and OSC sequences, whole, and whatever else begins with an escape.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])"
    r"[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?"
)


def printable(text: str) -> str:
    """The text on one line without escape sequences, control and direction characters."""
    plain = ""
    for char in _ESCAPE.sub("", text):
        if char.isspace():
            plain += " "
        elif unicodedata.category(char)[0] != "C":
            plain += char
    return " ".join(plain.split())
