"""From lines as laid out to pages of whole blocks: the text that every quote is checked against.

Running heads and page numbers go, hard-wrapped and hyphenated lines are joined, table rows and
list items stand alone, captions and pull quotes that repeat the text go, and a block that runs
over a page is marked as going on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse, starmap

from ingest.cleaning import layout, repeated_blocks
from ingest.cleaning.text_headings import with_headings
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.types import Page

AGENCY = re.compile(
    r"^(?:(?:story|article|report)\s+)?(?:taken|(?:originally|first) published|sourced|reproduced|"
    r"syndicated)\s+(?:directly\s+)?(?:from|by|in|on|at)\b",
    re.IGNORECASE,
)
LONGEST_AGENCY_LINE = 20
"""Words from which on a line that begins like one is a sentence of the text."""
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that no page prints, and that a database or a terminal chokes on."""
CLUTTER = re.compile(
    r"^(?:have your say|share this(?: article)?|read more|advertisement|sign up.*newsletter.*|"
    r"most read|related (?:stories|articles)|cookies?|back to top)\W*$", re.IGNORECASE
)  # fmt: skip

LAID_OUT = ("pdf", "image")
"""Formats whose pages are pages of print, with running heads and without web clutter."""

PLAIN = ("text", "email")
"""Formats that say of no line that it is a heading."""

BETWEEN = "\n\n"
"""What stands between two blocks of a stored page; sentences of one block stand one space apart."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, list item or table row: characters `start` to `end` of its page.

    `paragraph` is its printed number ("23"), `goes_on` says that it continues the last block of
    the page before, `note` that it is set small: a footnote, over which the text runs on.
    """

    role: LineRole
    start: int
    end: int
    paragraph: str | None = None
    goes_on: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A stored page and the blocks that its text is made of, in reading order."""

    page: Page
    blocks: tuple[TextBlock, ...]

    def text_of(self, block: TextBlock) -> str:
        """The words of one of its blocks."""
        return self.page.text[block.start : block.end]


def clean(reading: ExtractedPages) -> tuple[CleanPage, ...]:
    """Make the stored pages of a reading; page numbers are those of the file, from 1."""
    pages = [list(map(_tidy, page)) for page in reading.pages]
    if reading.format in LAID_OUT:
        pages = layout.without_running_heads(pages)
    if reading.format in PLAIN:
        pages = list(map(with_headings, pages))
    blocks = list(map(layout.blocks, pages))
    if reading.format not in LAID_OUT:
        blocks = [list(filterfalse(_is_clutter, page)) for page in blocks]
    if reading.format in ("html", "text"):
        # Articles have captions and pull quotes; a form that says "Agreed." twice means it twice.
        blocks = list(map(repeated_blocks.without_repeats, blocks))
    blocks = layout.number_paragraphs(layout.join_hyphens(blocks))
    cleaned = tuple(starmap(_page, enumerate(layout.mark_run_overs(blocks), 1)))
    return tuple(_with_ocr_told(page, reading) for page in cleaned)


def _tidy(line: ExtractedLine) -> ExtractedLine:
    return replace(line, text=" ".join(UNSTORABLE.sub(" ", line.text).split()))


def _is_clutter(block: layout.BlockDraft) -> bool:
    if CLUTTER.match(block.text):
        return True
    return bool(AGENCY.match(block.text)) and len(block.text.split()) < LONGEST_AGENCY_LINE


def _with_ocr_told(page: CleanPage, reading: ExtractedPages) -> CleanPage:
    """The page, which says whether OCR read it and which figures were not surely read."""
    at = page.page.number - 1
    if at not in reading.by_ocr:
        return page
    doubtful = dict.fromkeys(word for line in reading.pages[at] for word in line.doubtful)
    return replace(page, page=replace(page.page, by_ocr=True, doubtful=tuple(doubtful)))


def _page(number: int, drafts: Sequence[layout.BlockDraft]) -> CleanPage:
    blocks: list[TextBlock] = []
    at = 0
    for draft in drafts:
        end = at + len(draft.text)
        blocks.append(TextBlock(draft.role, at, end, draft.paragraph, draft.goes_on, draft.small))
        at = end + len(BETWEEN)
    return CleanPage(Page(number, BETWEEN.join(draft.text for draft in drafts)), tuple(blocks))
