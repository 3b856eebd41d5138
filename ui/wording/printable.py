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
    shown = _ESCAPE.sub("", text)
    kept = (" " if char.isspace() else char for char in shown)
    return " ".join("".join(c for c in kept if unicodedata.category(c)[0] != "C").split())
