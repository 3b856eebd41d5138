"""The title of a document: the largest letters of its first page, its headline, its first line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from pathlib import PurePosixPath

from ingest.metadata import dates
from ingest.metadata.councils_about import council_in_full
from ingest.types import ExtractedLine, ExtractedPages, LineRole

_LONGEST = 200
_LONGEST_LINE = 140
_LABEL = re.compile(
    r"^(?:inspection\s+(?:dates?|period)|dates?\b|(?:report\s+)?published\b|publication\s+date|"
    r"(?:deputy\s+)?lead\s+inspector|judge?ment\b|by\s+[A-Z]|page\s+\d|version\b|"
    r"(?:author|contact|to|from|cc|ref|reference|(?:agenda\s+)?item)\s*:|"
    r"(?:press|news|media)\s+(?:release|statement)\b|for immediate release)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"^[#>*=\s]+|[*=\s]+$")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d{1,2}$")
_SENTENCE_END = re.compile(r"(?<=[.?!])[”\"’']?\s+(?=[A-Z“\"‘'])")


def title_of(name: str, reading: ExtractedPages) -> str:
    """The title that the document gives itself, else its file name made readable."""
    lines = reading.pages[0] if reading.pages else ()
    if reading.format == "html" and reading.hints.title:
        return _shortened(reading.hints.title)
    title = _headed(lines) or _largest(lines) or _first(lines) or reading.hints.title
    readable_name = " ".join(re.split(r"[-_\s]+", PurePosixPath(name).stem))
    return _shortened(title or readable_name or name)


def _headed(lines: Sequence[ExtractedLine]) -> str | None:
    """The first heading, where the format has headings; a council's name takes in the next."""
    headings = []
    for line in lines[:20]:
        text = _clean(line.text)
        if line.role is LineRole.HEADING and _LETTER.search(text) and not _LABEL.match(text):
            headings.append(text)
    if not headings:
        return None
    name_alone = council_in_full(headings[0]) == headings[0]
    return ": ".join(headings[:2]) if name_alone else headings[0]


def _largest(lines: Sequence[ExtractedLine]) -> str | None:
    """The largest lettering at the top of the page, and the smaller titles under it."""
    body = _body_size(lines)
    top = [line for line in lines if _LETTER.search(line.text)][:15]
    sizes = [line.size or 0 for line in top]
    largest = max(sizes, default=0)
    if not body or largest <= body * 1.15:
        return None
    block = []
    for line in top[sizes.index(largest) :]:
        small = (line.size or 0) <= body * 1.05
        if small or _LABEL.match(line.text) or dates.date_at_start(line.text):
            break
        block.append(line)
    return ": ".join(_parts(block)) or None


def _body_size(lines: Sequence[ExtractedLine]) -> float | None:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _parts(block: Sequence[ExtractedLine]) -> list[str]:
    """The titles of a block, lines of one lettering joined; what "and" adds is left out."""
    parts: list[list[ExtractedLine]] = []
    for line in takewhile(lambda line: line.text.strip().lower() != "and", block):
        if parts and _lettering(parts[-1][-1]) == _lettering(line):
            parts[-1].append(line)
        else:
            parts.append([line])
    return [_clean(" ".join(line.text for line in part)) for part in parts[:3]]


def _lettering(line: ExtractedLine) -> tuple[float, bool]:
    return round(line.size or 0, 1), line.bold


def _first(lines: Sequence[ExtractedLine]) -> str | None:
    """The headline: the first line with words, with the lines that it is wrapped over."""
    texts = []
    for line in lines:
        text = _clean(line.text)
        if not (_LABEL.match(text) or dates.date_at_start(text)):
            texts.append(text)
    texts = list(dropwhile(lambda text: not _LETTER.search(text), texts))
    if not texts:
        return None
    wrapped = takewhile(lambda text: text[:1].islower(), texts[1:6])
    joined = " ".join((texts[0], *wrapped))
    return _SENTENCE_END.split(joined)[0] if len(joined) > _LONGEST_LINE else joined


def _clean(text: str) -> str:
    return _FOOTNOTE.sub("", _MARKUP.sub("", " ".join(text.split())))


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= _LONGEST:
        return title
    return title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"
