"""What a text says of up and down, better and worse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag.text.lexicon import cue, lists
from rag.text.negation_scope import negated_at
from rag.text.parse import ParsedText
from rag.text.quantities import quantities
from rag.types import TextSpan

_FROM_TO = re.compile(r"\bfrom\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared|up|down)\s+(?:to|with|from)\b", re.IGNORECASE)


OPPOSITES = {"up": "down", "down": "up", "better": "worse", "worse": "better"}


@dataclass(frozen=True, slots=True)
class Trend:
    """A change told at `mark`: up, down, better or worse."""

    way: str
    mark: TextSpan
    written: str


def trends(reading: ParsedText) -> tuple[Trend, ...]:
    """The changes that a text tells of; a change that is denied is none."""
    told = [
        Trend(way, TextSpan(*match.span()), " ".join(match.group().split()))
        for way in OPPOSITES
        for match in cue(lists.Direction(f"direction.{way}")).finditer(_unwished(reading.text))
        if not negated_at(reading, match.start())
    ]
    return (*sorted(told, key=lambda move: move.mark.start), *_by_figures(reading.text))


def _unwished(text: str) -> str:
    """The text without what is still to get better: an area for improvement has not improved."""
    return cue(lists.Direction.WISHED).sub(lambda match: "\0" * len(match.group()), text)


def _by_figures(text: str) -> Iterator[Trend]:
    """A change told by its figures alone: "from 34% to 21%", "31% compared with 23%"."""
    figures = quantities(text)
    for first, second in pairwise(figures):
        if first.sort is not second.sort:
            continue
        between = text[first.mark.end : second.mark.start]
        earlier = _FROM_TO.search(text[max(0, first.mark.start - 8) : first.mark.start])
        mark = TextSpan(first.mark.start, second.mark.end)
        written = f"from {first.written} to {second.written}"
        if earlier and re.search(r"\bto\b", between) and first.low != second.low:
            yield Trend("up" if second.low > first.low else "down", mark, written)
        elif _COMPARED.search(between) and first.low != second.low:
            written = f"{first.written} against {second.written}"
            yield Trend("up" if first.low > second.low else "down", mark, written)
