"""Headings in plain text, where nothing but their place and their form tells them.

Precision before all: an item of a list, a signature or a line that is wrapped is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.types import ExtractedLine, LineRole

_MOST_WORDS = 14
_LEAST_PROSE = 6
"""Words of the text that a heading stands over, of one sentence at least."""
_MOST_IN_RUN = 2
"""Short lines one after another, from the third on which they are a list and head nothing."""
_CLOSED = re.compile(r"[.;,:!…][’”'\")\]]*$|\b(?:19|20)\d\d$")
"""How a sentence, a lead to a list or a dated line ends; a question may be a heading."""
_BEGINS = re.compile(r"[A-Z\d‘“\"(]")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
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


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What is known of a paragraph from one of its lines on."""

    first: str
    lines: int
    words: int
    widest: int
    has_sentence: bool
    is_next: bool = True
    """Whether nothing blank stands before it."""


def heading_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of a page of plain text, by their numbers, that are headings: short, unended, alone
    before a paragraph of sentences, and none of a list."""
    # A page may be a whole file: each line is read once from its end and once from its start.
    below = _paragraphs_below(lines)
    found: set[int] = set()
    nearest, above, run = "", 0, 0
    for n, line in enumerate(lines):
        if not line:
            continue
        is_short = _is_short(line)
        begins = run > 0 or n == 0 or not lines[n - 1]
        if is_short and begins and _stands_over(line, below[n]):
            of_items = run > 0 and _ITEM.match(line) and _ITEM.match(nearest)
            if not of_items and (run < _MOST_IN_RUN or run == above):
                found.add(n)
        nearest, above, run = line, above + 1, run + 1 if is_short else 0
    return frozenset(found)


def _is_short(line: str) -> bool:
    few = 0 < len(line.split()) <= _MOST_WORDS
    return few and bool(_BEGINS.match(line)) and not _CLOSED.search(line)


def _stands_over(line: str, below: _Paragraph | None) -> bool:
    """Whether a short line is the heading of the paragraph below it."""
    if below is None or _GREETING.match(line) or "|" in line:
        return False
    if below.words < _LEAST_PROSE or not below.has_sentence:
        return False
    if not below.is_next:
        return below.lines > 1 or not _is_short(below.first)
    # A line is wrapped where the next word would not have had room in it.
    return len(line) + 1 + len(below.first.split()[0]) <= below.widest


def _paragraphs_below(lines: Sequence[str]) -> list[_Paragraph | None]:
    """For each line what is known of the paragraph that is left below it, if any."""
    below: list[_Paragraph | None] = []
    rest: _Paragraph | None = None
    for n in reversed(range(len(lines))):
        below.append(rest)
        line = lines[n]
        if line:
            rest = _with_line(line, rest if rest and rest.is_next else None)
        elif rest:
            rest = replace(rest, is_next=False)
    return below[::-1]


def _with_line(line: str, rest: _Paragraph | None) -> _Paragraph:
    """A paragraph of a line and the `rest` of it."""
    words, is_end = len(line.split()), _SENTENCE_END.search(line) is not None
    if rest is None:
        return _Paragraph(line, 1, words, len(line), is_end)
    return _Paragraph(
        line,
        rest.lines + 1,
        rest.words + words,
        max(rest.widest, len(line)),
        rest.has_sentence or is_end,
    )
