"""A paper as a PDF that a screen reader can follow, typeset by Typst.

Every text goes in as data, never as markup; nothing is fetched, and the fonts are Typst's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from rag.errors import ExportError
from ui import PRODUCT
from ui.export.charts import chart_picture
from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperFigure,
    PaperSection,
    PaperWords,
    Paragraph,
    Table,
    text_of,
)

_TEMPLATE = Path(__file__).with_name("paper.typ")
_BREAK = "\u200b"
_LONG_CELL = 1_000
_NARROW = 24
"""Letters of a word that stand in a column."""
_WAYS: tuple[tuple[Literal["ua-1", "1.7"], bool], ...] = (
    ("ua-1", False),
    ("ua-1", True),
    ("1.7", True),
)
"""Standards, and whether fonts of the system may help out: letters that no font of Typst's has
(an Arabic name) need one, and a letter that none has is no accessible PDF at all."""


def pdf(paper: Paper) -> bytes:
    """The bytes of a tagged PDF, PDF/UA-1 unless a letter is in no font. Raises ExportError."""
    inputs = {"paper": json.dumps(_Record(paper).paper)}
    problem = ""
    for standard, system_fonts in _WAYS:
        try:
            return typst.compile(
                _TEMPLATE.read_bytes(),
                None,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=standard,
                ignore_system_fonts=not system_fonts,
                timestamp=paper.made,
            )
        except typst.TypstError as error:
            problem = error.message
    raise ExportError(f"The PDF could not be made ({problem}): take a Word file instead.")


class _Record:
    """A paper as JSON; whether a note's mark is its first is told in reading order."""

    def __init__(self, paper: Paper) -> None:
        self._seen: set[int] = set()
        self.paper = {
            "title": soft(paper.title),
            "subtitle": soft(paper.subtitle),
            "author": PRODUCT,
            "made": paper.made.timetuple()[:6],
            "contents": paper.contents,
            "notes": [soft(note.text) for note in paper.notes],
            "about": list(map(self._block, paper.about)),
            "sections": list(map(self._section, paper.sections)),
        }

    def _section(self, section: PaperSection) -> dict[str, Any]:
        blocks = list(map(self._block, section.blocks))
        return {"heading": soft(section.heading), "level": section.level, "blocks": blocks}

    def _block(self, block: PaperBlock) -> dict[str, Any]:
        match block:
            case Paragraph():
                look = {"quiet": block.quiet, "leads": block.leads}
                return {"kind": "paragraph", "words": self._words(block.words), **look}
            case Items():
                return {"kind": "items", "items": list(map(self._words, block.items))}
            case Table():
                return self._table(block)
            case PaperFigure():
                alternative = f"{block.caption} {block.text}"
                picture = {"alt": alternative, "picture": list(chart_picture(block.drawing))}
                return {"kind": "figure", "caption": soft(block.caption), **picture}

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": soft(table.caption),
            "header": [soft(name, _NARROW) for name in table.header],
            "rows": list(map(self._row, table.rows)),
            "widths": table.widths,
        }

    def _row(self, row: Sequence[PaperWords]) -> dict[str, Any]:
        """A row, which may break over pages only where it would fill much of one."""
        breaks = max([len(text_of(cell)) for cell in row]) > _LONG_CELL
        return {"cells": [self._words(cell, _NARROW) for cell in row], "breaks": breaks}

    def _words(self, words: PaperWords, longest: int = 64) -> list[dict[str, Any]]:
        runs = []
        for run in words:
            notes = list(map(self._mark, run.notes))
            runs.append({"text": soft(run.text, longest), "strong": run.strong, "notes": notes})
        return runs

    def _mark(self, number: int) -> dict[str, Any]:
        first = number not in self._seen
        self._seen.add(number)
        return {"number": number, "first": first}


def soft(text: str, longest: int = 64) -> str:
    """The text with places to break in the words that are longer than a line or a column; a
    fingerprint of 64 letters stays whole, for it is there to be copied."""
    if len(text) <= longest:
        return text
    parts = re.compile(f".{{1,{longest // 2}}}")
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _BREAK.join(parts.findall(word[0])), text)
