"""Pure: how many of something, and how large, in words."""

from __future__ import annotations

_MIB = 2**20


def amount(count: int, name: str) -> str:
    """So many of something: "1 document", "1,200 documents"."""
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"


def size_words(size: int) -> str:
    """A number of bytes as it is told: "less than 1 MB", "12 MB", "1.5 GB"."""
    if size < _MIB:
        return "less than 1 MB"
    return f"{size / 2**30:.1f} GB" if size >= 1000 * _MIB else f"{size // _MIB} MB"
