"""Every comparator in turn."""

from __future__ import annotations

from collections.abc import Callable

from rag.claims.comparators import (
    attribution,
    contrast,
    councils,
    dates,
    direction,
    grades,
    names,
    negation,
    numbers,
    quantifiers,
    stance,
    status,
)
from rag.text.parse import ParsedSource, ParsedText
from rag.types import Comparison

Comparator = Callable[[ParsedText, ParsedSource], tuple[Comparison, ...]]
COMPARATORS: tuple[Comparator, ...] = (
    numbers.compare, dates.compare, grades.compare, names.compare, attribution.compare,
    councils.compare, direction.compare, negation.compare, quantifiers.compare, stance.compare,
    status.compare, contrast.compare,
)  # fmt: skip


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """What every comparator finds, in the order in which a reader is told."""
    return tuple(found for comparator in COMPARATORS for found in comparator(claim, source))
