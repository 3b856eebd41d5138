"""Pure: the briefing for a new member as sections of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.citation.line import Line
from rag.packs.types import Briefing, Disagreement, Inspection, Post, Term, Theme
from rag.types import Voice
from ui.export.documents.history_document import (
    NOT_JUDGED,
    area_name,
    capital,
    day_of,
    line_words,
    when,
)
from ui.export.footnotes import Notes
from ui.export.paper import (
    Items,
    PaperBlock,
    PaperSection,
    PaperWords,
    Paragraph,
    Run,
    Table,
    paper_words,
)
from ui.wording.dates import spoken_date

HEADING = "Briefing for a new member"
NOTHING = "Nothing of this was found in the documents."
REPORTED = "What the council is doing, as others report it"
AGREED = "No two of the documents were found to disagree."
POSTS = "Each as its source gives it, at the date of that source; a post may have changed hands."


def briefing_sections(
    briefing: Briefing, inspections: Sequence[Inspection], notes: Notes
) -> tuple[PaperSection, ...]:
    """What the service was judged, what was found, who is who, and what is not covered."""
    notes.begin_part()
    return (
        PaperSection(HEADING),
        _judged(inspections, notes),
        PaperSection("Main findings", () if briefing.findings else _told(NOTHING), 2),
        *(_theme(theme, notes) for theme in briefing.findings),
        _people(briefing.people, notes),
        _lines(doing_heading(briefing.doing), briefing.doing, notes),
        _lines("What the press and others said", briefing.said, notes),
        _disagreements(briefing.disagreements, notes),
        _uncovered(briefing.uncovered),
        _glossary(briefing.glossary, notes),
    )


def doing_heading(lines: Sequence[Line]) -> str:
    """Whose account of what the council does is given: its own, where it is held."""
    own = not lines or any(line.voice is Voice.COUNCIL for line in lines)
    return "What the council says that it is doing" if own else REPORTED


def _told(text: str) -> tuple[PaperBlock, ...]:
    return (Paragraph(paper_words(text)),)


def _listed(heading: str, items: Sequence[PaperWords], none: str, level: int = 2) -> PaperSection:
    blocks: tuple[PaperBlock, ...] = (Items(tuple(items)),) if items else _told(none)
    return PaperSection(heading, blocks, level)


def _judged(inspections: Sequence[Inspection], notes: Notes) -> PaperSection:
    """The grades of the newest inspection that gave any."""
    graded = sorted((each for each in inspections if each.judged), key=_day)
    if not graded:
        return PaperSection("How the service was judged", _told(NOTHING), 2)
    last = graded[-1]
    items = [
        paper_words(
            f"{capital(area_name(judged.area, last.framework))}: {judged.grade or NOT_JUDGED}",
            *notes.numbers(judged.line.citations if judged.line else (), repeat=True),
        )
        for judged in last.judged
    ]
    opening = Paragraph(paper_words(f"{when(last)} ({last.framework})."))
    return PaperSection("How the service was judged", (opening, Items(tuple(items))), 2)


def _day(inspection: Inspection) -> date:
    return day_of(inspection) or date.min


def _theme(theme: Theme, notes: Notes) -> PaperSection:
    items = [line_words(line, notes) for line in theme.lines]
    return _listed(capital(theme.name), items, NOTHING, 3)


def _lines(heading: str, lines: Sequence[Line], notes: Notes) -> PaperSection:
    return _listed(heading, [line_words(line, notes) for line in lines], NOTHING)


def _people(people: Sequence[Post], notes: Notes) -> PaperSection:
    if not people:
        return PaperSection("Who is who", _told(NOTHING), 2)
    rows = tuple(
        (
            paper_words(each.post),
            paper_words(each.name, *notes.numbers(each.line.citations, repeat=True)),
            paper_words(spoken_date(each.as_of)),
        )
        for each in people
    )
    table = Table("Who is who", ("Post", "Name", "As of"), rows, (5, 4, 3))
    return PaperSection("Who is who", (*_told(POSTS), table), 2)


def _disagreements(found: Sequence[Disagreement], notes: Notes) -> PaperSection:
    items = [
        (
            *paper_words(f"{each.respect}. "),
            *line_words(each.one, notes),
            Run(" But "),
            *line_words(each.other, notes),
        )
        for each in found
    ]
    return _listed("Where the sources disagree", items, AGREED)


def _uncovered(themes: Sequence[str]) -> PaperSection:
    items = [paper_words(capital(theme)) for theme in themes]
    return _listed(
        "What the documents do not cover", items, "Something was found on every theme looked for."
    )


def _glossary(terms: Sequence[Term], notes: Notes) -> PaperSection:
    items = [
        (
            Run(term.short, strong=True),
            Run(f": {term.meaning}", notes.numbers(term.line.citations, repeat=True)),
        )
        for term in terms
    ]
    return _listed("Abbreviations", items, "No abbreviation is explained in the documents.")
