"""Pure: the raised marks of a page's lines, left out of the text, and the notes that they lead to.

A mark is known by how it is set, smaller than its line and above its baseline, and not by what it
reads: so "312" with a raised 4 is 312, and a raised "st" or the 2 of "m2" is still part of its
word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.types import ExtractedLine, LineRole

Run = tuple[int, int]
"""Characters `start` to `end` of a line, half open."""

RAISED_BY_NATURE = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
MAY_BE_RAISED = re.compile(rf"[\d*\u2020\u2021\u00a7\u00b6\u2016{RAISED_BY_NATURE}]+")
"""Signs that notes are marked with; only how they are set tells whether they are marks."""
SMALLEST, LARGEST = 0.3, 0.85
"""A raised character's size, in sizes of its line."""
LOWEST, HIGHEST = 0.12, 0.95
"""How far its baseline is above that of its line, in sizes of the line."""
_LOW = 0.6
"""The height of a raised digit as drawn, in sizes of its font; others are 0.65 and more."""

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*\u2020\u2021\u00a7\u00b6\u2016]{1,3})[\])]?")
_MARKS = re.compile(rf"{_MARK.pattern}(?:[,;\u2013 -]*{_MARK.pattern})*")
_MEASURE = re.compile(r"(?:^|[\s\d/(])(?:k|c|m|d)?m$|(?:^|[\s\d])(?:ft|yd|in|mi)$", re.IGNORECASE)
_MONEY = re.compile(r"[£$€]\s*[\d,.]+\s*\w*$")
_POWER = re.compile(r"[\u00d7x*]\s*10$")
_FRACTION = re.compile(r"^\s*[/\u2044]")
_SENTENCE_END = re.compile(r"[.!?;:)\]\u2019\u201d]\s*$")
_NOTE_TEXT = re.compile(r"^\W{0,3}[^\W_]")
_CLOSING = tuple(",.;:!?)]\u2019\u201d")
_PLAIN = str.maketrans(RAISED_BY_NATURE, "1230456789")
_RAISED = str.maketrans("1230456789", RAISED_BY_NATURE)
_MARK_ALONE = re.compile(r"^(\d{1,3}|[*\u2020\u2021\u00a7]{1,3})(?:\s+|(?=[A-Z]))")
_NEAR = 1.0
"""How far a mark may stand after the word that it belongs to, in sizes of the line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one character is set: its size, and in points from the bottom-left corner of the page
    where its baseline begins; `up` is the way that it stands, of length 1."""

    size: float
    x: float
    y: float
    up: tuple[float, float] = (0.0, 1.0)

    def is_raised(self, line: Setting) -> bool:
        """Whether it is set smaller than, and above the baseline of, the characters of a line."""
        if not SMALLEST * line.size <= self.size <= LARGEST * line.size:
            return False
        rise = (self.x - line.x) * line.up[0] + (self.y - line.y) * line.up[1]
        return LOWEST * line.size <= rise <= HIGHEST * line.size

    def draws_raised(self, bottom: float, top: float) -> bool:
        """Whether a digit that is drawn from `bottom` to `top` is a small and raised one of its
        font, which is set like all the others."""
        if self.up != (0.0, 1.0) or not self.size:
            return False
        return bottom - self.y > LOWEST * self.size and 0 < top - bottom < _LOW * self.size


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """A line with its marks: pieces of text, each after the mark that stands before it, if any.

    `right` is where its last character ends; `line.text` is what remains without the marks.
    `printed` has a character for each of the page's text from `start` on, those blank that the
    text leaves out.
    """

    line: ExtractedLine
    pieces: tuple[tuple[str, str], ...]
    right: float
    printed: str = ""
    start: int = 0

    @property
    def begins_marked(self) -> bool:
        """Whether a mark stands before all its text."""
        return bool(self.pieces[0][0])

    @property
    def ends_marked(self) -> bool:
        """Whether a mark stands after all its text."""
        return bool(self.pieces[-1][0]) and not self.pieces[-1][1].strip()


def pieces(raw: str, raised: Sequence[Run]) -> tuple[tuple[str, str], ...]:
    """The text of a line, cut at its marks: (mark, the text that follows it).

    What is raised and no mark stays in the text: fractions, powers, and the 2 of square metres.
    """
    cut: list[tuple[str, str]] = []
    mark, text, at = "", "", 0
    for start, end in raised:
        text += raw[at:start]
        at = end
        kept = _kept(raw[start:end], text, raw[end:])
        if kept is not None:
            text += kept
            continue
        if mark or text.strip():
            cut.append((mark, text))
        mark, text = raw[start:end].strip("[]() ").translate(_PLAIN), ""
    cut.append((mark, text + raw[at:]))
    return tuple(cut)


def blanked(raw: str, raised: Iterable[Run]) -> str:
    """A line with its marks blank, and as long as it was."""
    for start, end in raised:
        kept = _kept(raw[start:end], raw[:start], raw[end:])
        if kept is None or len(kept) == end - start:
            raw = raw[:start] + (kept or "\0" * (end - start)) + raw[end:]
    return raw


def _kept(run: str, before: str, after: str) -> str | None:
    """What stands in the text for a raised run; None for a mark."""
    plain = run.strip().translate(_PLAIN)
    if plain in ("2", "3") and _MEASURE.search(before) and not _MONEY.search(before):
        return plain.translate(_RAISED)
    if plain.isdigit() and _POWER.search(before):
        return plain.translate(_RAISED)
    if plain == "0":
        return "\u00b0"
    if not _MARKS.fullmatch(plain) or _FRACTION.match(after):
        return run
    return None


def joined(cut: Iterable[tuple[str, str]]) -> str:
    """The text of a line without its marks."""
    text = ""
    for _, piece in cut:
        # "school[1]that": a mark may stand where a space would.
        if text and piece.lstrip()[:1] in _CLOSING:
            piece = piece.lstrip()
        glued = text[-1:].isalnum() and piece[:1].isalnum()
        text += f" {piece}" if glued else piece
    return text


# ---------------------------------------------------------------- lines and notes


def without_marks(
    lines: Iterable[LaidOutLine], known: dict[str, float] | None = None
) -> list[ExtractedLine]:
    """The lines of a page without raised marks; each note at its foot a line of role NOTE.

    Fragments that a mark had broken off their line are put back. `known` are the marks of the
    page so far, each with the size of the type that it stands in; those found are added.
    """
    told: list[ExtractedLine] = []
    marks = {} if known is None else known
    for now in _whole_lines(lines):
        if (now.begins_marked and _NOTE_TEXT.match(now.pieces[0][1])) or _continues(told, now):
            told += _notes(now.pieces, now.line)
        elif _is_plain_note(now.line, marks):
            told.append(_plain_note(now.line))
        elif now.line.text:
            told.append(now.line)
            marks.update((mark, now.line.size or 0) for mark, _ in now.pieces if mark)
    return told


def _whole_lines(lines: Iterable[LaidOutLine]) -> Iterator[LaidOutLine]:
    """The lines with what a mark broke off put back, and a mark alone before its note's words."""
    whole: LaidOutLine | None = None
    for now in lines:
        if whole is None:
            whole = now
        elif _goes_on(whole, now) or not whole.line.text:
            whole = _grown(whole, now)
        else:
            yield whole
            whole = now
    if whole is not None:
        yield whole


def _goes_on(before: LaidOutLine, now: LaidOutLine) -> bool:
    """Whether a line is the rest of the line before it, which a mark broke in two."""
    if not (before.ends_marked or now.begins_marked):
        return False
    above, below = before.line, now.line
    if above.top is None or above.bottom is None or below.top is None or below.bottom is None:
        return False
    middle = (below.top + below.bottom) / 2
    beside = above.bottom < middle < above.top + 0.2 * (above.top - above.bottom)
    reach = _NEAR * max(above.size or 0, below.size or 0)
    left = below.left or 0.0
    return beside and before.right - reach < left < before.right + reach


def _grown(before: LaidOutLine, now: LaidOutLine) -> LaidOutLine:
    mark, text = now.pieces[0]
    text = text.strip()
    apart = text and text[0] not in _CLOSING
    text = f" {text}" if apart else text
    cut = [*before.pieces]
    if mark:
        cut.append((mark, text))
    else:
        cut[-1] = (cut[-1][0], cut[-1][1] + text)
    cut += now.pieces[1:]
    line = before.line if before.line.text else now.line
    line = replace(line, text=" ".join(joined(cut).split()))
    return LaidOutLine(line, tuple(cut), now.right)


def _continues(told: Sequence[ExtractedLine], now: LaidOutLine) -> bool:
    """Whether a line directly after a note, set as it is, may begin further notes."""
    line = now.line
    if not told or len(now.pieces) == 1:
        return False
    last = told[-1]
    if last.top is None or line.top is None:
        return False
    near = 0 < last.top - line.top < 2 * (line.size or 0)
    return last.role is LineRole.NOTE and last.size == line.size and near


def _notes(cut: Sequence[tuple[str, str]], line: ExtractedLine) -> Iterator[ExtractedLine]:
    """The notes of a line: a mark after a whole sentence begins another."""
    mark, text = cut[0]
    for following, rest in cut[1:]:
        if _SENTENCE_END.search(text) and _NOTE_TEXT.match(rest):
            yield _note(mark, text, line)
            mark, text = following, rest
        else:
            text = joined((("", text), ("", rest)))
    yield _note(mark, text, line)


def _note(mark: str, text: str, line: ExtractedLine) -> ExtractedLine:
    words = " ".join(text.split())
    if not mark:
        return replace(line, text=words)
    return replace(line, text=f"{mark.translate(_RAISED)} {words}", role=LineRole.NOTE)


def _is_plain_note(line: ExtractedLine, marks: Mapping[str, float]) -> bool:
    """Whether a line begins with a mark of the text above, in smaller type and not raised."""
    match = _MARK_ALONE.match(line.text)
    return bool(match and line.size and line.size < 0.95 * marks.get(match[1], 0))


def _plain_note(line: ExtractedLine) -> ExtractedLine:
    match = _MARK_ALONE.match(line.text)
    return line if match is None else _note(match[1], line.text[match.end() :], line)
