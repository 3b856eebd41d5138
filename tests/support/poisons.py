"""Texts that no person writes: runs and repetitions that make a careless pattern take for ever."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

_REPEATED = {
    "digits": "1",
    "letters": "a",
    "capitals": "A",
    "figures with commas": "1,111",
    "lone figures": "1,",
    "brackets": "(",
    "two sorts of bracket": "[(",
    "pairs of brackets": "()",
    "percent signs": "%",
    "shares": "5 % ",
    "dates": "1 May 2020 ",
    "dates run together": "1/1/2020-",
    "straight quotes": '"',
    "curly quotes": "\u201c",
    "apostrophes": "'",
    "stops": ".",
    "tags": "<b>",
    "links": "[a](",
    "words": "the council said ",
    "capital words": "Aa ",
    "numbers in words": "one hundred and ",
    "tens": "twenty ",
    "ratios": "1 of the ",
    "right to left": "\u0627",
    "combining marks": "\u0301",
    "dashes": "-",
    "hyphened": "a-",
    "joined": "and ",
    "denied": "not ",
    "money": "\u00a31m ",
    "clauses": "a; ",
    "titles": "Mr A. ",
    "said": "said Jane Smith, ",
    "underscores": "_",
    "cells": "| a ",
    "initials": "A.",
    "pictures": "\U0001f600",
    "years": "2020 ",
    "questions": "a? ",
}


def poisons(length: int) -> Iterator[tuple[str, str]]:
    """Each kind of text by its name, `length` characters long, as nobody has bounded it."""
    for name, part in _REPEATED.items():
        yield name, (part * (length // len(part) + 1))[:length]
    yield "spaces", f"a{' ' * length}a"
    yield "lines", f"a{chr(10) * length}a"


def in_words(text: str, longest: int) -> str:
    """A text cut into words of `longest` characters, as a bounded text may have them."""
    return " ".join(re.findall(rf"\S{{1,{longest}}}", text))


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes; what else the machine does is not counted."""
    started = time.process_time()
    work()
    return time.process_time() - started
