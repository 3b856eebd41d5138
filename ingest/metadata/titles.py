"""The title of a document: the largest letters of its first page, its headline, its first line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import dropwhile, takewhile
from pathlib import PurePosixPath

from ingest.metadata import dates
from ingest.metadata.councils_about import council_called
from ingest.metadata.face import SEGMENT_EDGE, DocumentFace, is_addressee
from ingest.types import ExtractedLine, ExtractedPages, LineRole

_LONGEST = 200
_LONGEST_LINE = 140
_LABEL = re.compile(
    r"^(?:inspection\s+(?:dates?|period)|dates?\b|(?:report\s+)?published\b|publication\s+date|"
    r"(?:deputy\s+)?lead\s+inspector|judge?ment\b|by\s+[A-Z]|page\s+\d|version\b|"
    r"(?:author|contact|portfolio holder|to|from|cc|ref|status|subject)\s*:|"
    r"(?:(?:our\s+)?reference|(?:agenda\s+)?item)\s*:|"
    r"(?:our\s+)?ref(?:erence)?\s+(?:number\b|[\dA-Z]*\d)|"
    r"(?:press|news|media)\s+(?:release|statement)\b|for immediate release|draft\b.{0,60}$|"
    r"report\s+(?:reference|ref|to|of|by|author|no)\b\.?\s*:|"
    r"report\s+(?:to|of|by)\s+(?:the\s+)?(?:\w+\s+){0,6}(?:cabinet|council|committee|panel|board|"
    r"executive|director|head)\b|(?:cabinet|executive|council)\s*[-–,|]|agenda\s+item\b|\()",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:agenda\s+)?item(?:\s+no\.?)?\s*\d+\w?\s*[:.–-]\s*", re.IGNORECASE)
_CALLED = re.compile(r"^(?:report )?(?:title|subject)\s*:\s*(?P<title>\S.*)$", re.IGNORECASE)
_LABELS = 10
"""The lines among which a paper may say what it is called."""
_COMMITTEE = re.compile(r"^[\w ,&’'()-]{3,70}\b(?:Committee|Panel|Commission|Board|Executive)$")
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"^[#>*=\s]+|[*=\s]+$")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d{1,2}$")
_TITLED_BY_READER = ("xlsx", "ods", "csv", "pptx", "email")
_SENTENCE_END = re.compile(r"(?<=[.?!])[”\"’']?\s+(?=[A-Z“\"‘'])")


def title_of(face: DocumentFace, reading: ExtractedPages, is_name: Callable[[str], object]) -> str:
    """The title that the document gives itself, else its file name made readable; `is_name` says
    whether a line is but the name of who publishes it."""
    lines = reading.pages[0] if reading.pages else ()
    readable_name = " ".join(re.split(r"[-_\s]+", PurePosixPath(face.name).stem))
    title = (
        _of_web_page(face)
        or _of_sheet_or_message(face)
        or _of_letter(face, is_name)
        or _headed(lines)
        or _largest(lines)
        or _first(lines, is_name)
        or face.hints.title
    )
    return _shortened(title or readable_name or face.name)


def _of_sheet_or_message(face: DocumentFace) -> str | None:
    """The title over the first table, of the first slide or of a message, as read."""
    return face.hints.title if face.format in _TITLED_BY_READER else None


def _of_web_page(face: DocumentFace) -> str | None:
    """The title in a page's metadata, unless its own title says another."""
    stated, whole = face.hints.title, face.hints.page_title
    if face.format != "html" or not stated:
        return None
    if not whole or _plain(stated) in _plain(whole):
        return stated
    headings = (line for line in face.head if _plain(line) and _plain(line) in _plain(whole))
    return next(headings, stated)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _of_letter(face: DocumentFace, is_name: Callable[[str], object]) -> str | None:
    """What a letter is about: the line under its salutation, else one over whom it goes to."""
    if not face.letter:
        return None
    subject = _clean(" ".join(face.letter.subject))
    if subject:
        return subject
    for line in face.mastheads:
        if not (is_name(line) or is_addressee(line) or _LABEL.match(line)):
            return _clean(line)
    return None


def _headed(lines: Sequence[ExtractedLine]) -> str | None:
    """The first heading, where the format has headings; a council's name takes in the next."""
    headings = []
    for line in lines[:20]:
        text = _clean(line.text)
        if line.role is LineRole.HEADING and _LETTER.search(text) and not _LABEL.match(text):
            headings.append(text)
    if not headings:
        return None
    return ": ".join(headings[:2]) if council_called(headings[0]) else headings[0]


def _largest(lines: Sequence[ExtractedLine]) -> str | None:
    """The largest lettering at the top of the page, and the smaller titles under it."""
    body = _body_size(lines)
    top = [line for line in lines if _LETTER.search(line.text)][:15]
    sizes = [line.size or 0 for line in top]
    largest = max(sizes, default=0)
    if not body or largest <= body * 1.15:
        return None
    block: list[ExtractedLine] = []
    for line in top[sizes.index(largest) :]:
        small = (line.size or 0) <= body * 1.05
        if small and line.bold and council_called(" ".join(one.text for one in block)):
            small = False  # a council's name alone is no title
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


def _first(lines: Sequence[ExtractedLine], is_name: Callable[[str], object]) -> str | None:
    """What the paper says that it is called; else the headline: the first line with words that is
    no letterhead, with the lines that it is wrapped over."""
    all_texts = [_clean(line.text) for line in lines]
    called = next(filter(None, map(_CALLED.match, all_texts[:_LABELS])), None)
    if called:
        return called["title"]
    texts = [_ITEM.sub("", text) for text in all_texts if not _is_passed_over(text, is_name)]
    texts = list(dropwhile(lambda text: not _LETTER.search(text), texts))
    if not texts:
        return next((text for text in all_texts if _LETTER.search(text)), None)
    wrapped = takewhile(lambda text: text[:1].islower(), texts[1:6])
    joined = " ".join((texts[0], *wrapped))
    return _SENTENCE_END.split(joined)[0] if len(joined) > _LONGEST_LINE else joined


def _is_passed_over(text: str, is_name: Callable[[str], object]) -> bool:
    """Whether a line is a label, a date or the name of who speaks, and so no title."""
    if _ITEM.match(text) and len(text.split()) > 3:
        return False
    if _LABEL.match(text) or dates.date_at_start(text) or _COMMITTEE.match(text):
        return True
    return bool(is_name(SEGMENT_EDGE.split(text)[0]))


def _clean(text: str) -> str:
    return _FOOTNOTE.sub("", _MARKUP.sub("", " ".join(text.split())))


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= _LONGEST:
        return title
    return title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"
