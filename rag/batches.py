"""Items a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The items in their order, at most so many at a time; what `itertools.batched` is in newer
    versions of Python."""
    for at in range(0, len(items), most):
        yield items[at : at + most]
