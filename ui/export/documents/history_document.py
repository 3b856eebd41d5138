"""Pure: a council's judgements over time as tables, a figure and the figure in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rag.citation.line import Line
from rag.inspection.frameworks import Framework
from rag.inspection.grades import Area
from rag.packs.types import AreaGrade, History, Inspection
from ui.export.footnotes import Notes, named_files, told_by
from ui.export.paper import (
    Items,
    PaperBlock,
    PaperFigure,
    PaperSection,
    PaperWords,
    Paragraph,
    Table,
    paper_words,
)
from ui.wording.dates import spoken_date, spoken_span
from ui.wording.lists import listed

HEADING = "Judgements over time"
NOT_JUDGED = "not judged"
NO_GRADE = "no grade"
MOST_COLUMNS = 4
"""Inspections that stand side by side in one table."""
KEY = (
    "“Not judged” means that the report says so, or that its framework gives no such judgement; "
    "“no grade” that the report gives none for this. Grades of two frameworks stand in tables of "
    "their own, for they are not one scale."
)
HEADINGS = {
    Framework.SINGLE: "Under the single inspection framework",
    Framework.ILACS: "Under ILACS, with an overall judgement",
    Framework.UNGRADED: "Under ILACS, without an overall judgement",
    Framework.SEND: "Inspections of the area's SEND arrangements",
    Framework.VISIT: "Focused and monitoring visits",
    Framework.OTHER: "Under another framework",
}
NONE = "No inspection report about this council is held."
_CAPTION = "Grades of {}. The tables that follow say the same in words."
_UNGRADED = "Inspected without grades in the report: {}."


def history_sections(history: History, notes: Notes, level: int = 1) -> tuple[PaperSection, ...]:
    """The judgements of a council: what follows from them, a figure, a table a framework."""
    notes.begin_part()
    graded = [each for each in history.inspections if each.judged]
    if not history.inspections:
        return (PaperSection(HEADING, (Paragraph(paper_words(NONE)),), level),)
    moved = Items(tuple(line_words(line, notes) for line in history.movements))
    opening: list[PaperBlock] = [moved] if moved.items else []
    if any(day_of(each) for each in graded):
        opening.append(
            PaperFigure(history, _CAPTION.format(history.council), history_in_words(history))
        )
    tables = [
        PaperSection(HEADINGS[framework], tuple(_tables(framework, rows, notes)), level + 1)
        for framework, rows in by_framework(graded)
    ]
    bare = [when(each) for each in history.inspections if not each.judged]
    ending = [Paragraph(paper_words(_UNGRADED.format(listed(bare))))] if bare else []
    head = PaperSection(
        HEADING, (*opening, Paragraph(paper_words(KEY), quiet=True), *ending), level
    )
    return (head, *tables)


def history_in_words(history: History) -> str:
    """Every grade of a council's inspections, one inspection a sentence."""
    return " ".join(
        f"{when(each)} ({each.framework}): {_grades(each)}."
        for each in history.inspections
        if each.judged
    )


def history_table(history: History) -> Table:
    """A grade a row, for a spreadsheet; the row or sentence that gives it beside it."""
    header = ("Council", "Inspected", "Published", "Framework", "Area", "Grade", "Quote", "Source")
    rows = tuple(
        tuple(paper_words(cell) for cell in _row(history.council, each, judged))
        for each in history.inspections
        for judged in each.judged
    )
    return Table(f"Judgements of {history.council}", header, rows, (2, 2, 2, 2, 2, 2, 4, 4))


def line_words(line: Line, notes: Notes) -> PaperWords:
    """A line of a pack with its notes."""
    return told_by(line.source, line.text, line.citations, notes)


def day_of(inspection: Inspection) -> date | None:
    """The day that an inspection stands at: its last, else that of its report."""
    return inspection.inspected_to or inspection.inspected_from or inspection.published


def when(inspection: Inspection) -> str:
    """When an inspection was, or when its report came out."""
    last = inspection.inspected_to or inspection.inspected_from
    if last:
        return f"Inspected {spoken_span(inspection.inspected_from or last, last)}"
    if inspection.published:
        return f"Published {spoken_date(inspection.published)}"
    return f"Undated: {inspection.title}"


def by_framework(
    inspections: Iterable[Inspection],
) -> list[tuple[Framework, list[Inspection]]]:
    """Inspections by framework, in the order in which the frameworks first occur."""
    groups: dict[Framework, list[Inspection]] = {}
    for each in inspections:
        groups.setdefault(each.framework, []).append(each)
    return list(groups.items())


def areas_of(inspections: Iterable[Inspection]) -> tuple[Area, ...]:
    """The areas that any of the inspections judges, in their order."""
    graded = {judged.area for each in inspections for judged in each.judged}
    return tuple(area for area in Area if area in graded)


def area_name(area: Area, framework: Framework) -> str:
    """What is judged, under a framework: the outcome of an area SEND inspection is no council's."""
    overall_of_send = framework is Framework.SEND and area is Area.OVERALL
    return "the area's SEND arrangements" if overall_of_send else str(area)


def _grades(inspection: Inspection) -> str:
    return ", ".join(
        f"{area_name(each.area, inspection.framework)} {each.grade or NOT_JUDGED}"
        for each in inspection.judged
    )


def _tables(framework: Framework, rows: Sequence[Inspection], notes: Notes) -> Iterable[Table]:
    for start in range(0, len(rows), MOST_COLUMNS):
        yield _table(framework, rows[start : start + MOST_COLUMNS], notes)


def _table(framework: Framework, side_by_side: Sequence[Inspection], notes: Notes) -> Table:
    """An area a row, an inspection a column."""
    rows = tuple(
        (
            paper_words(capital(area_name(area, framework))),
            *(_cell(each, area, notes) for each in side_by_side),
        )
        for area in areas_of(side_by_side)
    )
    header = ("Judged", *(when(each) for each in side_by_side))
    return Table(f"Grades, {framework}", header, rows, (3, *(3 for _ in side_by_side)))


def _cell(inspection: Inspection, area: Area, notes: Notes) -> PaperWords:
    judged = next((each for each in inspection.judged if each.area is area), None)
    if judged is None:
        return paper_words(NO_GRADE)
    cited = judged.line.citations if judged.line else ()
    grade = capital(judged.grade) if judged.grade else NOT_JUDGED
    return paper_words(grade, *notes.numbers(cited, repeat=True))


def _row(council: str, inspection: Inspection, judged: AreaGrade) -> tuple[str, ...]:
    cited = judged.line.citations if judged.line else ()
    return (
        council,
        _iso(inspection.inspected_to or inspection.inspected_from),
        _iso(inspection.published),
        str(inspection.framework),
        area_name(judged.area, inspection.framework),
        judged.grade or NOT_JUDGED,
        " ".join(each.quote for each in cited),
        named_files(cited),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def uncapital(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
