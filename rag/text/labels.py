"""Things told apart by a number alone: "ward 43", "Option 2", "indicator 7b"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rag.text.calendar import MONTHS
from rag.text.lexicon import lists, words
from rag.text.tokens import STOP, stem

_LABEL = re.compile(r"\b([A-Za-z]{3,}) (\d{1,4}[a-z]?)\b(?!\s*(?:%|per cent)|[.,/:]\d|\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = frozenset(name[:3].casefold() for name in MONTHS)


@lru_cache(maxsize=8192)
def labels(text: str) -> Mapping[str, frozenset[str]]:
    """The numbers that a text gives to each thing that it tells apart so, by the thing's stem."""
    found: dict[str, set[str]] = {}
    for word, number in _LABEL.findall(text):
        plain = word.casefold()
        light = plain in STOP or plain in words(lists.Words.LIGHT)
        if light or plain[:3] in _MONTHS or _YEAR.fullmatch(number):
            continue
        found.setdefault(stem(plain), set()).add(number)
    return {thing: frozenset(numbers) for thing, numbers in found.items()}


def names_another(asked: str, text: str) -> bool:
    """Whether a text tells of another of the numbered things that is asked about, and not of it."""
    wanted, told = labels(asked), labels(text)
    return any(thing in told and not numbers & told[thing] for thing, numbers in wanted.items())
