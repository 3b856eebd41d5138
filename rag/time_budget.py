"""How long a question, a check and a pack may take: past that they tell what they have, and say so.

What reads many sentences or documents looks at the clock between two of them. A single one is short
enough (`rag.bounds`) not to be waited for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from rag.errors import OutOfTime

ANSWER_SECONDS = 30
CHECK_SECONDS = 120
PACK_SECONDS = 900
"""Unless the settings say otherwise."""
T = TypeVar("T")
S = TypeVar("S")
_end: ContextVar[float] = ContextVar("end", default=math.inf)


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """A block that may take so long; one inside another has no more than is left of that."""
    before = _end.set(min(_end.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _end.reset(before)


def is_over() -> bool:
    """Whether the time of the work in hand is over; never where none was set."""
    return time.monotonic() > _end.get()


def look_at_the_clock() -> None:
    """Raise OutOfTime where the time of the work in hand is over."""
    if is_over():
        raise OutOfTime("The time allowed was over before everything was read.")


def done_in_time(work: Callable[[S], T], items: Iterable[S]) -> Iterator[T]:
    """What `work` makes of one item after another, until the time is over."""
    for item in items:
        try:
            look_at_the_clock()
            made = work(item)
        except OutOfTime:
            return
        yield made
