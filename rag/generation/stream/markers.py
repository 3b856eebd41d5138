"""Pure: the numbers of passages in a model's sentence, and the sentence without them.

Read are [1], [1, 2], [1][2], [Passage 1, p. 3], 【1†source】, ^1, [^1], ¹, (passage 1), "According
to passage 1,", and (1) where it ends a clause and there is such a passage: otherwise a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.lexicon import any_of, lists

_NOUN = any_of(lists.Written.PASSAGE)
_TOKEN = re.compile(
    r"(?P<page>(?:pages?|pp?|paras?|paragraphs?)\.?\s*\d+(?:\s*[-–]\s*\d+)?)"
    r"|(?P<range>\d+\s*[-–]\s*\d+)|(?P<number>\d+)"
    rf"|(?:{_NOUN}|{any_of(lists.Written.BESIDE)}|and)\b|†[^\d\s]*|[\s,;&^#:.]",
    re.IGNORECASE,
)
_NUMBERS = r"\d+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)\d+)*"
_SQUARE = re.compile(r"\^?\[([^\[\]\n]{1,80})\]|[【〔［]([^】〕］\n]{1,80})[】〕］]")
_ROUND = re.compile(r"\(([^()\n]{1,40})\)")
_CARET = re.compile(r"\^\s?(\d{1,3}(?:\s*,\s*\d{1,3})*)\^?")
_RAISED = re.compile(
    r"(?<=[.,;:!?)\]”’\"'])([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=[a-z]{4})([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?=\s*(?:[.,;:]|$))"
)
_BEFORE = re.compile(
    rf"^\W*(?:{any_of(lists.Written.ACCORDING)}\s+(?:the\s+)?{_NOUN}\s+({_NUMBERS})(?:\s*,\s*|\s+)"
    rf"|(?:the\s+)?{_NOUN}\s+({_NUMBERS})\s*(?::\s*|{any_of(lists.Written.SAYS)}\s+(?:that\s+)?))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?:\s*[,;–—-]+\s*|\s+)(?:(?:as|see|source|from|according\s+to)\s*:?\s+)?{_NOUN}\s*:?\s+"
    rf"({_NUMBERS})(?=\s*[.!?]?\s*$)",
    re.IGNORECASE,
)
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:!?\]】]|[\[【(^]|$)")
_NAMED = re.compile(_NOUN, re.IGNORECASE)
_WIDEST = 20
"""The most passages that a range stands for."""
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class UnmarkedText:
    """A text without its markers, and the numbers in them."""

    text: str
    numbers: tuple[int, ...]


def unmarked(text: str, count: int) -> UnmarkedText:
    """Take the markers out of a sentence; there are `count` passages, numbered from 1."""
    found: list[int] = []

    def taken(match: re.Match[str]) -> str:
        numbers = numbers_in(_inside(match))
        found.extend(numbers)
        return "" if numbers else match[0]

    def taken_round(match: re.Match[str]) -> str:
        return taken(match) if _is_marker(match, count) else match[0]

    bare = _BEHIND.sub(taken, _BEFORE.sub(taken, text))
    if bare != text:
        bare = bare[:1].upper() + bare[1:]
    for pattern in (_SQUARE, _CARET, _RAISED):
        bare = pattern.sub(taken, bare)
    bare = _ROUND.sub(taken_round, bare)
    return UnmarkedText(bare, tuple(found))


def _inside(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "").translate(_LOWERED)


def _is_marker(match: re.Match[str], count: int) -> bool:
    """Whether a round bracket with numbers is a marker: it says so, or nothing else fits."""
    if _NAMED.search(match[1]):
        return True
    ends = _ENDS_CLAUSE.match(match.string, match.end())
    return bool(ends) and all(1 <= number <= count for number in numbers_in(match[1]))


def numbers_in(content: str) -> list[int]:
    """The passages that the inside of a bracket names; none where it holds anything else."""
    numbers: list[int] = []
    at = 0
    while at < len(content):
        token = _TOKEN.match(content, at)
        if token is None:
            return []
        numbers += _of(token)
        at = token.end()
    return numbers


def _of(token: re.Match[str]) -> list[int]:
    if token["number"]:
        return [int(token["number"])]
    if not token["range"]:
        return []
    low, high = (int(one) for one in re.findall(r"\d+", token["range"]))
    return list(range(low, high + 1)) if low <= high < low + _WIDEST else [low, high]
