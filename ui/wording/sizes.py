"""Pure: how large something is, in words."""

from __future__ import annotations

_MIB = 2**20


def size_words(size: int) -> str:
    """A number of bytes as it is told: "less than 1 MB", "12 MB", "1.5 GB"."""
    if size < _MIB:
        return "less than 1 MB"
    return f"{size / 2**30:.1f} GB" if size >= 1000 * _MIB else f"{size // _MIB} MB"
