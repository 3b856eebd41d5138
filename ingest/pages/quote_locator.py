"""Pure: where a quote stands among the characters of a printed page, and what to box to show it.

A quote is cleaned text and a page is raw, so both are compared without white space, hyphens and
bullets. Only a quote whose every letter is found is marked: a wrong mark is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from ingest.cleaning.layout import BULLETS
from ingest.reading.readers.visible_text import visible_text
from ingest.reading.tables import BETWEEN_CELLS

Range = tuple[int, int]
"""Characters `start` to `end`, half open."""

_DROPPED = frozenset(f"{BULLETS}-\u2010\u2011")
_LINE_ENDS = frozenset("\r\n\ufffe\u0002")
_SURE_INSIDE_WORDS = 20
"""Letters from which on words may begin or end inside a word of the page, which some files glue."""
_PIECE = 6
"""Letters that a piece of an interrupted quote must have at least."""
_LONGEST_GAP = 600
"""Letters between two pieces of an interrupted quote: a running head, or footnotes, at most."""
_MOST_PIECES = 4
_MOST_PLACES = 200
"""Places looked at, so that no page of repeated words takes for ever."""
_AGREEING = 8
"""Letters beside a place that must be those of the passage: fewer may agree by chance."""
_FURTHEST_CELL = 120
"""Letters between two cells of a row at most: what a cell that spans several rows takes up."""
_COLUMN_HEADING = re.compile(r": ")
_FURTHEST = 2000
"""Letters before and after a place that are compared with the passage around the quote."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in any unit, from the top-left corner of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top

    def joined(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def turned(self) -> Rect:
        """The same with across and down exchanged."""
        return Rect(self.top, self.left, self.bottom, self.right)


# ---------------------------------------------------------------- finding the words


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of `text` that are compared, and where in the text each of them stands."""

    text: str
    letters: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Letters:
        letters: list[str] = []
        places: list[int] = []
        for at, char in enumerate(text):
            compared = _compared(char)
            letters.append(compared)
            places += [at] * len(compared)
        return cls(text, "".join(letters), places)

    def range(self, start: int, end: int) -> Range:
        """The characters of the text that the letters `start` to `end` stand for."""
        return self.places[start], self.places[end - 1] + 1

    def inside_word(self, at: int) -> bool:
        """Whether letter `at` goes on a word that the letter before it began."""
        if not 0 < at < len(self.letters):
            return False
        before, after = self.places[at - 1], self.places[at]
        return after - before <= 1 and self.text[before].isalnum() and self.text[after].isalnum()

    def line_starts(self) -> list[int]:
        """Which letters begin a line of the text."""
        starts = []
        for at, (before, after) in enumerate(pairwise(self.places), 1):
            if after - before > 1 and not _LINE_ENDS.isdisjoint(self.text[before + 1 : after]):
                starts.append(at)
        return starts


@lru_cache(maxsize=4096)
def _compared(char: str) -> str:
    return "".join(c for c in visible_text(char) if not c.isspace() and c not in _DROPPED)


def find(page: str, marked: str, around: str = "") -> tuple[Range, ...]:
    """Where the words `marked` stand in the text of a page; nothing when they do not.

    Of a table's row, told with the headings of its columns, its cells are found one after another.
    Of several places, that which fits the passage `around` the words is taken, or else the first.
    There is more than one range when whole lines that are not of the quote stand between.
    """
    if BETWEEN_CELLS in marked:
        return _cells(_Letters.of(page), marked.split(BETWEEN_CELLS))
    printed, quote = _Letters.of(page), _Letters.of(marked)
    if not quote.letters:
        return ()
    places = _places(printed, quote.letters)
    if places:
        at = _fitting(places, printed.letters, quote.letters, _Letters.of(around).letters)
        return (printed.range(at, at + len(quote.letters)),)
    pieces = _pieces(printed, quote.letters)
    return tuple(printed.range(start, end) for start, end in pieces)


def _cells(printed: _Letters, cells: Sequence[str]) -> tuple[Range, ...]:
    """Where the cells of a row stand after its first, each near the one before it."""
    first = _Letters.of(cells[0]).letters
    if not first:
        return ()
    for at in _places(printed, first):
        found = [(at, at + len(first))]
        for cell in cells[1:]:
            value = _after(printed, cell, found[-1][1])
            if value is None:
                break
            found.append(value)
        if len(found) == len(cells):
            return tuple(printed.range(start, end) for start, end in found)
    return ()


def _after(printed: _Letters, cell: str, start: int) -> Range | None:
    """Where a cell stands next, as it reads or without the heading of its column."""
    wordings = [cell]
    wordings += [cell[match.end() :] for match in _COLUMN_HEADING.finditer(cell)]
    for wording in wordings:
        letters = _Letters.of(wording).letters
        end = start + _FURTHEST_CELL + len(letters)
        at = printed.letters.find(letters, start, end) if letters else -1
        while at >= 0 and (printed.inside_word(at) or printed.inside_word(at + len(letters))):
            at = printed.letters.find(letters, at + 1, end)
        if at >= 0:
            return at, at + len(letters)
    return None


def _places(printed: _Letters, quote: str) -> list[int]:
    """Where the quote stands in one piece, as whole words if it does so anywhere."""
    places = list(islice(_occurrences(printed.letters, quote), _MOST_PLACES))
    whole = []
    for at in places:
        if not printed.inside_word(at) and not printed.inside_word(at + len(quote)):
            whole.append(at)
    return whole or (places if len(quote) >= _SURE_INSIDE_WORDS else [])


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _fitting(places: Sequence[int], printed: str, quote: str, around: str) -> int:
    """The place whose neighbourhood agrees longest with that of the quote in its passage."""
    if len(places) == 1 or not around:
        return places[0]
    sides = [_sides(around, at, quote) for at in islice(_occurrences(around, quote), 5)]

    def agreement(place: int) -> int:
        before, after = _sides(printed, place, quote)
        most = 0
        for passage_before, passage_after in sides:
            letters = _agree(before, passage_before) + _agree(after, passage_after)
            most = max(most, letters)
        return most if most >= _AGREEING else 0

    return max(places, key=agreement)


def _sides(text: str, at: int, quote: str) -> tuple[str, str]:
    """What stands before (backwards) and after the quote at a place."""
    end = at + len(quote)
    return text[max(at - _FURTHEST, 0) : at][::-1], text[end : end + _FURTHEST]


def _agree(left: str, right: str) -> int:
    """How many letters they begin with alike."""
    for n, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return n
    return min(len(left), len(right))


def _pieces(printed: _Letters, quote: str) -> list[Range]:
    """Where the quote stands with whole lines between its parts: running heads, hidden lines."""
    if len(quote) < 2 * _PIECE:
        return []
    starts = printed.line_starts()
    for at in islice(_occurrences(printed.letters, quote[:_PIECE]), _MOST_PLACES):
        if not printed.inside_word(at):
            pieces = _chain(printed.letters, quote, at, starts)
            if pieces and not printed.inside_word(pieces[-1][1]):
                return pieces
    return []


def _chain(printed: str, quote: str, at: int, starts: Sequence[int]) -> list[Range]:
    """Follow the quote from place `at`, over gaps from a line's end to a line's start."""
    pieces: list[Range] = []
    while len(pieces) < _MOST_PIECES:
        same = _agree(quote, printed[at : at + len(quote)])
        if same == len(quote):
            return [*pieces, (at, at + same)]
        # The last end of a line up to where they part.
        ends = bisect_right(starts, at + same)
        end = max(starts[ends - 1], at) if ends else at
        quote = quote[end - at :]
        following = _resumes(printed, quote, end, starts)
        if end - at < _PIECE or following is None:
            return []
        pieces.append((at, end))
        at = following
    return []


def _resumes(printed: str, quote: str, end: int, starts: Sequence[int]) -> int | None:
    head = quote[: 2 * _PIECE]
    if len(head) < _PIECE:
        return None
    for at in starts[bisect_right(starts, end) : bisect_left(starts, end + _LONGEST_GAP)]:
        if printed.startswith(head, at):
            return at
    return None


# ---------------------------------------------------------------- boxing them


_FAR = 1.5
"""How far apart, in heights of the line, words of one line are that belong to different cells."""


def lines(rects: Sequence[Rect]) -> tuple[Rect, ...]:
    """Join the rectangles of characters in reading order: one for each line, column or cell."""
    if _runs_down(rects):
        return tuple(line.turned() for line in _joined_lines(rect.turned() for rect in rects))
    return tuple(_joined_lines(rects))


def _runs_down(rects: Sequence[Rect]) -> bool:
    """Whether most characters stand above or below their neighbours, not beside them."""
    down = 0
    for a, b in pairwise(rects):
        fallen = abs(b.top + b.bottom - a.top - a.bottom)
        down += fallen > abs(b.left + b.right - a.left - a.right)
    return 2 * down > len(rects) - 1


def _joined_lines(rects: Iterable[Rect]) -> Iterator[Rect]:
    line: Rect | None = None
    for rect in rects:
        if line is None:
            line = rect
        elif _beside(line, rect):
            line = line.joined(rect)
        else:
            yield line
            line = rect
    if line is not None:
        yield line


def _beside(line: Rect, rect: Rect) -> bool:
    overlap = min(line.bottom, rect.bottom) - max(line.top, rect.top)
    apart = max(rect.left - line.right, line.left - rect.right)
    return overlap >= 0.5 * min(line.height, rect.height) and apart <= _FAR * max(
        line.height, rect.height
    )
