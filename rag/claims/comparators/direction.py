"""Direction of change: rose or fell, better or worse, more or fewer."""

from __future__ import annotations

from collections.abc import Iterator

from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.text.trends import OPPOSITES, Trend, trends
from rag.types import Comparison

_ASPECT = "direction"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Whether both tell of a change, and of the same one."""
    claimed, said = trends(claim), trends(source.said)
    ways = {move.way for move in said}
    return tuple(c for move in claimed[:2] for c in _one(move, said, ways))


def _one(move: Trend, said: tuple[Trend, ...], ways: set[str]) -> Iterator[Comparison]:
    if move.way in ways:
        same = next(m for m in said if m.way == move.way)
        yield agrees(
            _ASPECT, move.mark, same.mark, f"both tell of the same change ({same.written})"
        )
    elif OPPOSITES[move.way] in ways:
        other = next(m for m in said if m.way == OPPOSITES[move.way])
        words = f"the source says {other.written}, the claim says {move.written}"
        yield differs(_ASPECT, move.mark, other.mark, words)
