"""Keeps what was read within the bounds that everything after it is made for, and says so."""

from __future__ import annotations

from dataclasses import replace

from ingest.types import ExtractedLine, ExtractedPages
from rag.bounds import LONGEST_WORD, without_long_words

LONGEST_PAGE = 2_000_000
"""Characters: six hundred pages of print in one, as a plain text without page breaks may be."""


def bounded_reading(reading: ExtractedPages) -> tuple[ExtractedPages, str]:
    """A reading without words and pages that are longer than any, and what a reader must know of
    that; "" where there were none."""
    words = 0
    cut: list[int] = []
    pages: list[tuple[ExtractedLine, ...]] = []
    for number, page in enumerate(reading.pages, 1):
        lines: list[ExtractedLine] = []
        left = LONGEST_PAGE
        for line in page:
            text, dropped = without_long_words(line.text)
            words += dropped
            if len(text) > left:
                cut.append(number)
                break
            left -= len(text)
            lines.append(replace(line, text=text) if dropped else line)
        pages.append(tuple(lines))
    if not words and not cut:
        return reading, ""
    return replace(reading, pages=tuple(pages)), _told(words, cut)


def _told(words: int, cut: list[int]) -> str:
    told: list[str] = []
    if words:
        runs = "A run of characters was" if words == 1 else f"{words:,} runs of characters were"
        told.append(f"{runs} left out: no word has more than {LONGEST_WORD} letters.")
    if cut:
        pages = f"page {cut[0]}" if len(cut) == 1 else f"{len(cut):,} pages"
        told.append(
            f"Of {pages} the first {LONGEST_PAGE:,} characters were read: split it into parts."
        )
    return " ".join(told)
