"""Headings in plain text, where nothing but their place and their form tells them.

Precision before all: an item of a list, a signature or a line that is wrapped is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.types import ExtractedLine, LineRole

_MOST_WORDS = 14
_LEAST_PROSE = 6
"""Words of the text that a heading stands over, of one sentence at least."""
_MOST_IN_RUN = 2
"""Short lines one after another, from the third on which they are a list and head nothing."""
_CLOSED = re.compile(r"[.;,:!…][’”'\")\]]*$|\b(?:19|20)\d\d$")
"""How a sentence, a lead to a list or a dated line ends; a question may be a heading."""
_BEGINS = re.compile(r"[A-Z\d‘“\"(]")
_ITEM = re.compile(r"^(?:[-*•·–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_GREETING = re.compile(r"^(?:Dear|Sir|Madam|To|From|Yours|By|cc)\b")
_SENTENCE_END = re.compile(r"[.!?][’”'\")\]]*(?:\s|$)")


_OTHER = "|"
"""What stands for a table's row or a note among the lines."""


def with_headings(lines: Sequence[ExtractedLine]) -> list[ExtractedLine]:
    """The lines of a page of plain text, those with the role that are headings."""
    headings = heading_lines(
        [line.text if line.role is LineRole.LINE else _OTHER for line in lines]
    )
    return [
        replace(line, role=LineRole.HEADING) if n in headings else line
        for n, line in enumerate(lines)
    ]


def heading_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of a page of plain text, by their numbers, that are headings: short, unended, alone
    before a paragraph of sentences, and none of a list."""
    found: set[int] = set()
    for n, line in enumerate(lines):
        if not _is_short(line) or _GREETING.match(line) or "|" in line:
            continue
        if n and lines[n - 1] and not _is_short(lines[n - 1]):
            continue
        if _stands_over_prose(lines, n) and not _is_of_list(lines, n):
            found.add(n)
    return frozenset(found)


def _is_short(line: str) -> bool:
    few = 0 < len(line.split()) <= _MOST_WORDS
    return few and bool(_BEGINS.match(line)) and not _CLOSED.search(line)


def _stands_over_prose(lines: Sequence[str], n: int) -> bool:
    below = _block_below(lines, n)
    text = " ".join(below)
    if len(text.split()) < _LEAST_PROSE or not _SENTENCE_END.search(text):
        return False
    if below[0] != lines[n + 1]:
        return not _is_short(below[0]) or len(below) > 1
    # A line is wrapped where the next word would not have had room in it.
    room = max(map(len, below))
    return len(lines[n]) + 1 + len(below[0].split()[0]) <= room


def _block_below(lines: Sequence[str], n: int) -> list[str]:
    """The lines of the next paragraph."""
    block: list[str] = []
    for line in lines[n + 1 :]:
        if line:
            block.append(line)
        elif block:
            break
    return block


def _is_of_list(lines: Sequence[str], n: int) -> bool:
    """Whether a line ends a list: of items, or of short lines that are not the page's first."""
    above = [line for line in lines[:n] if line]
    run: list[str] = []
    for line in reversed(above):
        if not _is_short(line):
            break
        run.append(line)
    if _ITEM.match(lines[n]) and run and _ITEM.match(run[0]):
        return True
    return len(run) >= _MOST_IN_RUN and len(run) < len(above)
