"""Pure: a model's short reply -> the numbers that it points to; in no other form is it read."""

from __future__ import annotations

import re

MOST_READ = 8
"""A model that points to more has not chosen."""
_LONGEST = 200
"""Letters of a reply that is no more than numbers."""
_DIGITS = 3
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL | re.IGNORECASE)
"""What some models say to themselves first."""
_EMPHASIS = re.compile(r"[*_`]+")
_PIECE = re.compile(r"[0-9]+|[a-z]+|\S", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_WORDS = "and the are is sentence sentences number numbers answer answers"
_BESIDE = frozenset((*"[](),;:#&", *_WORDS.split()))
"""What may stand between the numbers."""
_NOTHING = ("none", "[none]", "[]", "none of the sentences", "none of them")


def numbers_pointed_to(reply: str, count: int) -> tuple[int, ...] | None:
    """The numbers of a reply, each once, in its order; empty where it says that none will do, and
    None where it is no such reply or names what was not among the `count` shown."""
    text = _EMPHASIS.sub("", _THOUGHT.sub("", reply)).strip().casefold().removesuffix(".")
    if text in _NOTHING:
        return ()
    pieces = _PIECE.findall(text) if len(text) <= _LONGEST else []
    digits = [piece for piece in pieces if _NUMBER.fullmatch(piece)]
    known = all(piece in _BESIDE or _NUMBER.fullmatch(piece) for piece in pieces)
    if not digits or not known or any(len(number) > _DIGITS for number in digits):
        return None
    numbers = tuple(dict.fromkeys(int(number) for number in digits))
    chosen = len(numbers) <= MOST_READ and all(1 <= number <= count for number in numbers)
    return numbers if chosen else None
