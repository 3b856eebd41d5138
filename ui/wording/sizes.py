"""Pure: how large something is, in words."""

from __future__ import annotations

from ui.wording.translation import tr

_MIB = 2**20


def size_words(size: int) -> str:
    """A number of bytes as it is told: "less than 1 MB", "12 MB", "1.5 GB"."""
    if size < _MIB:
        return tr("less than 1 MB")
    return (
        tr("{:.1f} GB").format(size / 2**30)
        if size >= 1000 * _MIB
        else tr("{} MB").format(size // _MIB)
    )
