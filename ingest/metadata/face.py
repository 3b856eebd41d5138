"""The parts of a document by which one tells what it is: letterhead, title, foot, letter, site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from ingest.metadata import dates
from ingest.types import ExtractedLine, ExtractedPages, Hints
from rag.types import Page

HEAD_LINES = 40
_FOOT_LINES = 30
_LONGEST_MASTHEAD = 9
"""Words of a line that may be a letterhead."""
_DEAR = re.compile(r"^Dear\b.{1,90}$")
_SIGNED = re.compile(r"^Yours\s+(?:sincerely|faithfully|truly)\b", re.IGNORECASE)
_POST = re.compile(
    r"\b(?:director|chief executive|chief constable|commissioner|leader of|head of|chair|manager|"
    r"officer|secretary of state|councillor|cllr|minister|nurse|independent scrutineer)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Professor|Prof|Cllr|Councillor|Lord)\.?\s+[A-Z]"
)
_SITE_EDGE = re.compile(r"\s+(?:[|\u2013\u2014\u00bb:]|-)\s+")
SEGMENT_EDGE = re.compile(r"\s+[|\u2013\u2014\u2022-]\s+|\.\s+(?=[A-Z])")
"""Where the name over a paper ends, and what else stands on its line begins."""
_ENDS_A_SENTENCE = re.compile(r"[.!?:;]$")
_CONTACT = re.compile(
    r"^(?:t|f|e|w|tel|telephone|textphone|phone|fax|e-?mail|website|direct)\b.{0,12}[:\d]|@|www\.|"
    r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}$|^page \d|^\d+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: the lines over its salutation, those of its subject, those of who signs."""

    above: tuple[str, ...]
    subject: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentFace:
    """What the rules look at."""

    name: str
    format: str
    hints: Hints
    head: tuple[str, ...]
    """Lines of the first page that have words or figures, the first of them."""
    foot: tuple[str, ...]
    """The last lines of the last page."""
    ends: tuple[str, ...]
    """The lines of the first page and of the last."""
    letter: Letter | None
    text: str
    site_names: tuple[str, ...] = ()
    """What may be the name of the site of a web page, the likeliest first."""
    host: str = ""
    mastheads: tuple[str, ...] = ()
    """Short lines that stand over everything else."""

    @property
    def head_text(self) -> str:
        """The head as one text: what is laid out in lines may run on over a line's end, blocks
        stand apart."""
        return ("\n" if self.format in ("pdf", "text") else "\n\n").join(self.head)

    @property
    def blocks(self) -> str:
        """The whole text, its blocks apart."""
        return self.text.replace("\n", "\n\n")


def face_of(name: str, reading: ExtractedPages, pages: Sequence[Page]) -> DocumentFace:
    """The parts of the document `name`, from its lines as read and its pages as cleaned."""
    lines = [[" ".join(line.text.split()) for line in page] for page in reading.pages]
    first, last = (lines[0], lines[-1]) if lines else ([], [])
    head = tuple(filter(None, first))[:HEAD_LINES]
    last_words = tuple(filter(None, last))
    letter = _letter(reading.pages, tuple(filter(None, chain.from_iterable(lines))))
    texts = [page.text for page in pages] or list(map("\n".join, lines))
    return DocumentFace(
        name=name,
        format=reading.format,
        hints=reading.hints,
        head=head,
        foot=last_words[-_FOOT_LINES:],
        ends=(*filter(None, first), *last_words),
        letter=letter,
        text="\n".join(texts),
        site_names=_site_names(reading.hints),
        host=(urlsplit(reading.hints.source_url or "").hostname or "").removeprefix("www."),
        mastheads=_mastheads(letter.above if letter else head),
    )


def is_addressee(line: str) -> bool:
    """Whether a line over a salutation names somebody to whom the letter goes."""
    return bool(_POST.search(line) or _PERSON.match(line))


def _letter(pages: Sequence[Sequence[ExtractedLine]], lines: tuple[str, ...]) -> Letter | None:
    """The letter that a document is; None where nobody is greeted near its beginning."""
    first = [line for line in pages[0] if line.text.strip()] if pages else []
    for at, line in enumerate(first[:HEAD_LINES]):
        if _DEAR.match(" ".join(line.text.split())):
            above = tuple(" ".join(one.text.split()) for one in first[:at])
            signed = [n for n, words in enumerate(lines) if _SIGNED.match(words)]
            closing = lines[signed[-1] + 1 :][:20] if signed else ()
            return Letter(above, _subject(first[at + 1 :]), closing)
    return None


def _subject(lines: Sequence[ExtractedLine]) -> tuple[str, ...]:
    """The lines under a salutation that say what the letter is about."""
    subject: list[str] = []
    for line in lines[:4]:
        words = " ".join(line.text.split())
        if subject and line.bold != lines[0].bold:
            break
        if _ENDS_A_SENTENCE.search(words) or len(words) > 160 or (subject and not line.bold):
            break
        subject.append(words)
        if not line.bold and len(subject) == 1 and not _runs_on(lines, words):
            break
    return tuple(subject)


def _runs_on(lines: Sequence[ExtractedLine], words: str) -> bool:
    return len(lines) > 1 and lines[1].text[:1].islower() and len(words) > 60


def _mastheads(lines: Sequence[str]) -> tuple[str, ...]:
    """The short lines at the very top, as far as the first date, addressee or sentence."""
    found: list[str] = []
    for line in lines[:6]:
        if not _WORD.search(line) or _CONTACT.search(line):
            continue
        if dates.date_at_start(line) or is_addressee(line):
            break
        if len(SEGMENT_EDGE.split(line)[0].split()) > _LONGEST_MASTHEAD:
            break
        found.append(line)
    return tuple(found[:4])


def _site_names(hints: Hints) -> tuple[str, ...]:
    """What may be the name of the site of a web page, the likeliest first."""
    parts = _SITE_EDGE.split(hints.page_title or "")
    stated = (hints.publisher or "").strip()
    if len(parts) < 2 or (stated and stated not in parts):
        return tuple(filter(None, (stated,)))
    last_is_title = parts[-1].casefold() == (hints.title or "").casefold()
    return (parts[0], parts[-1]) if last_is_title else (parts[-1], parts[0])
