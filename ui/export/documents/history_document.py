"""Pure: a council's judgements over time as tables, a figure and the figure in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rag.batches import batches
from rag.inspection.frameworks import area_order, framework_named
from rag.packs.types import AreaGrade, History, Inspection
from ui.export.footnotes import Notes, line_words, source_cell
from ui.export.paper import (
    Items,
    PaperBlock,
    PaperFigure,
    PaperSection,
    PaperWords,
    Table,
    paper_words,
    paragraph,
    text_table,
)
from ui.wording.dates import iso_date, spoken_date, spoken_span
from ui.wording.lists import listed
from ui.wording.translation import N_, tr

HEADING = N_("Judgements over time")
NOT_JUDGED = N_("not judged")
NO_GRADE = N_("no grade")
MOST_COLUMNS = 4
"""Inspections that stand side by side in one table."""
KEY = N_(
    "“Not judged” means that the report says so, or that its framework gives no such judgement; "
    "“no grade” that the report gives none for this. Grades of two frameworks stand in tables of "
    "their own, for they are not one scale."
)
NONE = N_("No inspection report about this council was found in the library.")
_CAPTION = "Grades of {}. The tables that follow say the same in words."
_UNGRADED = "Inspected without grades in the report: {}."


def history_sections(history: History, notes: Notes) -> tuple[PaperSection, ...]:
    """The judgements of a council: what follows from them, a figure, a table a framework."""
    notes.begin_part()
    if not history.inspections:
        return (PaperSection(HEADING, (paragraph(NONE),)),)
    blocks: list[PaperBlock] = []
    if history.movements:
        blocks.append(Items(tuple([line_words(line, notes) for line in history.movements])))
    graded = [inspection for inspection in history.inspections if inspection.judged]
    if any(map(day_of, graded)):
        caption = _CAPTION.format(history.council)
        blocks.append(PaperFigure(history, caption, history_in_words(history)))
    blocks.append(paragraph(KEY, quiet=True))
    ungraded = [when(inspection) for inspection in history.inspections if not inspection.judged]
    if ungraded:
        blocks.append(paragraph(_UNGRADED.format(listed(ungraded))))
    sections = [PaperSection(HEADING, tuple(blocks))]
    for framework, inspections in by_framework(graded):
        tables = tuple(_tables(framework, inspections, notes))
        heading = framework_named(framework).heading
        sections.append(PaperSection(heading, tables, 2))
    return tuple(sections)


def history_in_words(history: History) -> str:
    """Every grade of a council's inspections, one inspection a sentence."""
    sentences = []
    for inspection in history.inspections:
        grades = []
        for judged in inspection.judged:
            area = area_name(judged.area, inspection.framework)
            grades.append(f"{area} {judged.grade or tr(NOT_JUDGED)}")
        if grades:
            opening = f"{when(inspection)} ({inspection.framework})"
            sentences.append(f"{opening}: {', '.join(grades)}.")
    return " ".join(sentences)


def history_table(history: History) -> Table:
    """A grade a row, for a spreadsheet; the row or sentence that gives it beside it."""
    header = ("Council", "Inspected", "Published", "Framework", "Area", "Grade", "Quote", "Source")
    rows: list[Sequence[str]] = []
    for inspection in history.inspections:
        rows += [_row(history.council, inspection, judged) for judged in inspection.judged]
    widths = (2, 2, 2, 2, 2, 2, 4, 4)
    return text_table(f"Judgements of {history.council}", header, rows, widths)


def day_of(inspection: Inspection) -> date | None:
    """The day that an inspection stands at: its last, else that of its report."""
    return inspection.inspected_to or inspection.inspected_from or inspection.published


def when(inspection: Inspection) -> str:
    """When an inspection was, or when its report came out."""
    last = inspection.inspected_to or inspection.inspected_from
    if last:
        return tr("Inspected {}").format(spoken_span(inspection.inspected_from or last, last))
    if inspection.published:
        return tr("Published {}").format(spoken_date(inspection.published))
    return tr("Undated: {}").format(inspection.title)


def by_framework(inspections: Iterable[Inspection]) -> list[tuple[str, list[Inspection]]]:
    """Inspections by framework, in the order in which the frameworks first occur."""
    groups: dict[str, list[Inspection]] = {}
    for inspection in inspections:
        groups.setdefault(inspection.framework, []).append(inspection)
    return list(groups.items())


def areas_of(inspections: Iterable[Inspection]) -> tuple[str, ...]:
    """The areas that any of the inspections judges, in their order."""
    graded = {judged.area for inspection in inspections for judged in inspection.judged}
    return tuple(sorted(graded, key=area_order))


def area_name(area: str, framework: str) -> str:
    """What is judged, as the reports of a framework call it: the outcome of an area SEND inspection
    is no council's."""
    return framework_named(framework).name_of(area)


def _tables(framework: str, inspections: Sequence[Inspection], notes: Notes) -> Iterable[Table]:
    """An area a row, an inspection a column."""
    for columns in batches(inspections, MOST_COLUMNS):
        rows = []
        for area in areas_of(columns):
            cells = [_cell(inspection, area, notes) for inspection in columns]
            rows.append((paper_words(capital(area_name(area, framework))), *cells))
        header = ("Judged", *map(when, columns))
        yield Table(f"Grades, {framework}", header, tuple(rows), (3,) * len(header))


def _cell(inspection: Inspection, area: str, notes: Notes) -> PaperWords:
    for judged in inspection.judged:
        if judged.area is area:
            grade = capital(judged.grade) if judged.grade else NOT_JUDGED
            return paper_words(grade, *notes.numbers(judged.citations, repeat=True))
    return paper_words(NO_GRADE)


def _row(council: str, inspection: Inspection, judged: AreaGrade) -> tuple[str, ...]:
    return (
        council,
        iso_date(inspection.inspected_to or inspection.inspected_from),
        iso_date(inspection.published),
        str(inspection.framework),
        area_name(judged.area, inspection.framework),
        judged.grade or NOT_JUDGED,
        " ".join([citation.quote for citation in judged.citations]),
        source_cell(judged.citations),
    )


def uncapital(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
