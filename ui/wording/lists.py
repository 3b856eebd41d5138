"""Pure: counts and lists in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def count_words(number: int, one: str, many: str) -> str:
    """`number` with its noun: "1 page", "2 pages"."""
    return f"{number:,} {one if number == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted(names: Sequence[str], order: Iterable[str]) -> str:
    """How many of each name, in the order given: "2 supported and 1 not found"."""
    return listed([f"{names.count(n)} {n.casefold()}" for n in order if n in names])
