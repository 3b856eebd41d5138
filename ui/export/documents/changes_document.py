"""Pure: what became of what an earlier report asked for, as a counted table."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citation.line import Line
from rag.packs.types import Changes, LaterStanding, RecommendationChange
from ui.export.documents.history_document import line_words, uncapital, when
from ui.export.footnotes import Notes, named_files
from ui.export.paper import PaperBlock, PaperSection, PaperWords, Paragraph, Run, Table, paper_words
from ui.wording.lists import count_words, listed

HEADING = "What became of what inspectors asked for"
NONE = "No earlier report with a list of what must improve is held, or no later one to set it by."
NONE_ON = "Nothing on “{}” was found among what an earlier report asked for."
SILENT = (
    "“Not mentioned” means that no sentence about it was found in the later report, not that "
    "nothing was done."
)
LATER = {
    LaterStanding.IMPROVED: "Improved",
    LaterStanding.STILL_A_CONCERN: "Still a concern",
    LaterStanding.MENTIONED: "Mentioned",
    LaterStanding.NOT_MENTIONED: "Not mentioned",
}
_HEADER = ("Asked for", "Later", "In the later report's words")


def changes_sections(
    changes: Sequence[Changes], notes: Notes, level: int = 1, topic: str = ""
) -> tuple[PaperSection, ...]:
    """A section for each pair of reports under one heading; `topic` is what they keep to."""
    none = NONE_ON.format(topic) if topic else NONE
    told: PaperBlock = Paragraph(paper_words(SILENT if changes else none), quiet=bool(changes))
    return (
        PaperSection(HEADING, (told,), level),
        *(_pair(each, notes, level + 1) for each in changes),
    )


def changes_table(changes: Sequence[Changes]) -> Table:
    """An item a row, for a spreadsheet, with the words and sources of both reports."""
    header = ("Council", "Earlier", "Later", "Asked for", "Source", "Since", "Later words",
              "Later source")  # fmt: skip
    rows = tuple(
        tuple(paper_words(cell) for cell in _row(each, item))
        for each in changes
        for item in each.items
    )
    return Table("What became of what inspectors asked for", header, rows, (2, 2, 2, 4, 4, 2, 4, 4))


def counted_changes(changes: Changes) -> str:
    """How many items there are, and what became of how many."""
    found = [item.since for item in changes.items]
    told = [
        f"{found.count(since)} {name.casefold()}" for since, name in LATER.items() if since in found
    ]
    return f"{count_words(len(found), 'item', 'items')}: {listed(told)}."


def _pair(changes: Changes, notes: Notes, level: int) -> PaperSection:
    notes.begin_part()
    heading = f"{when(changes.earlier)}, then {uncapital(when(changes.later))}"
    if not changes.items:
        return PaperSection(
            heading, (Paragraph(paper_words("The earlier report lists no items.")),), level
        )
    rows = tuple(_cells(item, notes) for item in changes.items)
    table = Table(f"{changes.council}: {heading}", _HEADER, rows, (5, 2, 6))
    return PaperSection(heading, (Paragraph(paper_words(counted_changes(changes))), table), level)


def _cells(item: RecommendationChange, notes: Notes) -> tuple[PaperWords, ...]:
    asked = line_words(_bare(item.item), notes)
    later = [run for line in item.later for run in (*line_words(_bare(line), notes), Run(" "))]
    return (
        asked,
        paper_words(LATER[item.since]),
        tuple(later) or paper_words("No words about it were found."),
    )


def _bare(line: Line) -> Line:
    """The line without its source's name, which the heading has told."""
    return Line(line.text, line.citations, line.voice)


def _row(changes: Changes, item: RecommendationChange) -> tuple[str, ...]:
    later = [each for line in item.later for each in line.citations]
    return (
        changes.council,
        when(changes.earlier),
        when(changes.later),
        item.item.text,
        named_files(item.item.citations),
        LATER[item.since],
        " ".join(line.text for line in item.later),
        named_files(later),
    )
