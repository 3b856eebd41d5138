"""Names in a sentence: "A, B and C"."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Some names in a sentence, the last two joined by a word."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last
