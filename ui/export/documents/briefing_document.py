"""Pure: the briefing for a new member as sections of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.citation.line import Line
from rag.packs.types import Briefing, Disagreement, Inspection, Post, Term, Theme
from rag.types import Voice
from ui.export.documents.history_document import NOT_JUDGED, area_name, capital, day_of, when
from ui.export.footnotes import Notes, line_words
from ui.export.paper import Items, PaperSection, PaperWords, Run, Table, paper_words, paragraph
from ui.wording.dates import spoken_date
from ui.wording.translation import N_, tr

HEADING = "Briefing for a new member"
NOTHING = N_("Nothing of this was found in the documents.")
REPORTED = N_("What the council is doing, as others report it")
AGREED = N_("No two of the documents were found to disagree.")
POSTS = N_(
    "Each as its source gives it, at the date of that source; a post may have changed hands."
)


def briefing_sections(
    briefing: Briefing, inspections: Sequence[Inspection], notes: Notes
) -> tuple[PaperSection, ...]:
    """What the service was judged, what was found, who is who, and what is not covered."""
    notes.begin_part()
    return (
        PaperSection(HEADING),
        _judged(inspections, notes),
        PaperSection("Main findings", () if briefing.findings else (paragraph(NOTHING),), 2),
        *[_theme(theme, notes) for theme in briefing.findings],
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
    return tr("What the council says that it is doing") if own else tr(REPORTED)


def _listed(heading: str, items: Sequence[PaperWords], none: str, level: int = 2) -> PaperSection:
    return PaperSection(heading, (Items(tuple(items)) if items else paragraph(none),), level)


def _judged(inspections: Sequence[Inspection], notes: Notes) -> PaperSection:
    """The grades of the newest inspection that gave any."""
    heading = "How the service was judged"
    graded = [inspection for inspection in inspections if inspection.judged]
    if not graded:
        return PaperSection(heading, (paragraph(NOTHING),), 2)
    last = sorted(graded, key=lambda inspection: day_of(inspection) or date.min)[-1]
    items = []
    for judged in last.judged:
        grade = f"{capital(area_name(judged.area, last.framework))}: {judged.grade or NOT_JUDGED}"
        items.append(paper_words(grade, *notes.numbers(judged.citations, repeat=True)))
    opening = paragraph(f"{when(last)} ({last.framework}).")
    return PaperSection(heading, (opening, Items(tuple(items))), 2)


def _theme(theme: Theme, notes: Notes) -> PaperSection:
    items = [line_words(line, notes) for line in theme.lines]
    return _listed(capital(theme.name), items, NOTHING, 3)


def _lines(heading: str, lines: Sequence[Line], notes: Notes) -> PaperSection:
    return _listed(heading, [line_words(line, notes) for line in lines], NOTHING)


def _people(people: Sequence[Post], notes: Notes) -> PaperSection:
    if not people:
        return PaperSection("Who is who", (paragraph(NOTHING),), 2)
    rows = []
    for post in people:
        name = paper_words(post.name, *notes.numbers(post.line.citations, repeat=True))
        rows.append((paper_words(post.post), name, paper_words(spoken_date(post.as_of))))
    table = Table("Who is who", ("Post", "Name", "As of"), tuple(rows), (5, 4, 3))
    return PaperSection("Who is who", (paragraph(POSTS), table), 2)


def _disagreements(disagreements: Sequence[Disagreement], notes: Notes) -> PaperSection:
    items: list[PaperWords] = []
    for pair in disagreements:
        one, other = line_words(pair.one, notes), line_words(pair.other, notes)
        items.append((*paper_words(f"{pair.respect}. "), *one, Run(" But "), *other))
    return _listed("Where the sources disagree", items, AGREED)


def _uncovered(themes: Sequence[str]) -> PaperSection:
    items = [paper_words(capital(theme)) for theme in themes]
    none = "Something was found on every theme looked for."
    return _listed("On what nothing was found", items, none)


def _glossary(terms: Sequence[Term], notes: Notes) -> PaperSection:
    items: list[PaperWords] = []
    for term in terms:
        numbers = notes.numbers(term.line.citations, repeat=True)
        items.append((Run(term.short, strong=True), Run(f": {term.meaning}", numbers)))
    return _listed(
        "Abbreviations", items, "No explanation of an abbreviation was found in the documents."
    )
