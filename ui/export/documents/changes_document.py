"""Pure: what became of what an earlier report asked for, as a counted table."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citation.line import Line
from rag.packs.types import Changes, LaterStanding, RecommendationChange
from ui.export.documents.history_document import uncapital, when
from ui.export.footnotes import Notes, attributed_words, source_cell
from ui.export.paper import (
    PaperSection,
    PaperWords,
    Run,
    Table,
    paper_words,
    paragraph,
    text_table,
)
from ui.wording.lists import count_words, counted
from ui.wording.translation import N_

HEADING = N_("What became of what inspectors asked for")
NONE = N_(
    "No earlier report with a list of what must improve is held, or no later one to set it by."
)
NONE_ON = N_("Nothing on “{}” was found among what an earlier report asked for.")
SILENT = N_(
    "“Not mentioned” means that no sentence about it was found in the later report, not that "
    "nothing was done."
)
LATER = {
    LaterStanding.IMPROVED: N_("Improved"),
    LaterStanding.STILL_A_CONCERN: N_("Still a concern"),
    LaterStanding.MENTIONED: N_("Mentioned"),
    LaterStanding.NOT_MENTIONED: N_("Not mentioned"),
}
NO_ITEMS = N_("No list of what must improve was found in the earlier report.")
_HEADER = ("Asked for", "Later", "In the later report's words")


def changes_sections(
    changes: Sequence[Changes], notes: Notes, topic: str = ""
) -> tuple[PaperSection, ...]:
    """A section for each pair of reports under one heading; `topic` is what they keep to."""
    none = NONE_ON.format(topic) if topic else NONE
    opening = paragraph(SILENT if changes else none, quiet=bool(changes))
    pairs = [_pair(pair, notes) for pair in changes]
    return (PaperSection(HEADING, (opening,)), *pairs)


def changes_table(changes: Sequence[Changes]) -> Table:
    """An item a row, for a spreadsheet, with the words and sources of both reports."""
    header = ("Council", "Earlier", "Later", "Asked for", "Source", "Since", "Later words",
              "Later source")  # fmt: skip
    rows = [_row(pair, item) for pair in changes for item in pair.items]
    return text_table(HEADING, header, rows, (2, 2, 2, 4, 4, 2, 4, 4))


def counted_changes(changes: Changes) -> str:
    """How many items there are, and what became of how many."""
    standings = [LATER[item.since] for item in changes.items]
    count = count_words(len(standings), "item", "items")
    return f"{count}: {counted(standings, LATER.values())}."


def _pair(changes: Changes, notes: Notes) -> PaperSection:
    notes.begin_part()
    heading = f"{when(changes.earlier)}, then {uncapital(when(changes.later))}"
    if not changes.items:
        return PaperSection(heading, (paragraph(NO_ITEMS),), 2)
    rows = tuple([_cells(item, notes) for item in changes.items])
    table = Table(f"{changes.council}: {heading}", _HEADER, rows, (5, 2, 6))
    return PaperSection(heading, (paragraph(counted_changes(changes)), table), 2)


def _cells(item: RecommendationChange, notes: Notes) -> tuple[PaperWords, ...]:
    words = _unattributed(item.item, notes)
    later: list[Run] = []
    for line in item.later:
        later += [*_unattributed(line, notes), Run(" ")]
    none = paper_words("No words about it were found.")
    return (words, paper_words(LATER[item.since]), tuple(later) or none)


def _unattributed(line: Line, notes: Notes) -> PaperWords:
    """The line without its source's name, which the heading has told."""
    return attributed_words("", line.text, line.citations, notes)


def _row(changes: Changes, item: RecommendationChange) -> tuple[str, ...]:
    later = [citation for line in item.later for citation in line.citations]
    return (
        changes.council,
        when(changes.earlier),
        when(changes.later),
        item.item.text,
        source_cell(item.item.citations),
        LATER[item.since],
        " ".join(line.text for line in item.later),
        source_cell(later),
    )
