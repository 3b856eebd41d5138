"""Pure: the tracker as a section of a paper: what was asked for, promised, noted and done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.packs.tracker import TrackedItem, TrackedKind, TrackedStatus, TrackerNote, asked_for
from rag.packs.types import Pack
from ui.export.documents.tracker_dates import (
    HEADING,
    IMPROVED,
    STATUS,
    due_words,
    groups,
    since_words,
)
from ui.export.footnotes import Notes, line_words
from ui.export.paper import PaperBlock, PaperSection, PaperWords, Table, paper_words, paragraph

_HEADER = ("In the source's words", "Since, or by when", "Marked", "Noted")
_WIDTHS = (6, 3, 2, 4)
_LEFT_OUT = (
    "In all {:,}; what nothing was noted of stands under what became of what inspectors asked for."
)
_HOW = (
    "What inspectors asked for, and the dates that documents give for what is to be done, with "
    "what whoever prepared the pack marked and noted. Neither changes what a source says."
)


def tracker_sections(
    pack: Pack,
    items: Sequence[TrackedItem],
    noted: Mapping[str, TrackerNote],
    today: date,
    notes: Notes,
) -> tuple[PaperSection, ...]:
    """A table for each group; of what a later report finds improved, what was noted."""
    notes.begin_part()
    sections = [PaperSection(HEADING, (paragraph(_HOW, quiet=True),))]
    for heading, group, none in groups(items, today):
        rows = [_row(item, noted, today, notes) for item in group]
        block = _table(heading, pack, rows) if rows else paragraph(none)
        sections.append(PaperSection(heading, (block,), 2))
    _, improved = asked_for(items)
    if improved:
        rows = [_row(item, noted, today, notes) for item in improved if item.key in noted]
        blocks: list[PaperBlock] = [_table(IMPROVED, pack, rows)] if rows else []
        blocks.append(paragraph(_LEFT_OUT.format(len(improved)), quiet=True))
        sections.append(PaperSection(IMPROVED, tuple(blocks), 2))
    return tuple(sections)


def _table(heading: str, pack: Pack, rows: Sequence[tuple[PaperWords, ...]]) -> Table:
    return Table(f"{heading}: {pack.council}", _HEADER, tuple(rows), _WIDTHS)


def _row(
    item: TrackedItem, noted: Mapping[str, TrackerNote], today: date, notes: Notes
) -> tuple[PaperWords, ...]:
    kept = noted.get(item.key, TrackerNote())
    told = since_words(item) if item.kind is TrackedKind.ASKED else due_words(item, today)
    marked = "" if kept.status is TrackedStatus.OPEN else STATUS[kept.status]
    return (
        line_words(item.line, notes),
        paper_words(told),
        paper_words(marked),
        paper_words(kept.words),
    )
