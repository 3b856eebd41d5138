"""A council's judgements over time: every grade with the row that gives it, none filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rag.citation.line import Line, concluding_line, line_of
from rag.inspection.frameworks import ANOTHER, AREAS, area_order, framework_named
from rag.inspection.grades import Judgement
from rag.inspection.movement import grade_movement
from rag.inspection.reports import framework_of, grades_of, quote_of, reports, unjudged_in
from rag.library.corpus import Corpus
from rag.packs.types import AreaGrade, History, Inspection
from rag.question.scope import share_council, time_order
from rag.types import Document

Row = tuple[Inspection, Judgement, Line]
"""An area's grade at an inspection and the line that gives it."""


def history(library: Corpus, council: str) -> History:
    """Every inspection of a council held, oldest first, and how its grades moved."""
    about = [d for d in reports(library.documents()) if share_council((council,), d)]
    inspections = _once(inspection(library, d) for d in sorted(about, key=time_order))
    return History(council, inspections, tuple(_movements(_rows(library, inspections))))


def inspection(library: Corpus, document: Document) -> Inspection:
    """An inspection report's judgements; an area of which it says that none is given has None."""
    about = document.description
    return Inspection(
        document.name,
        about.title,
        about.councils,
        framework_of(library, document).name,
        about.inspected_from,
        about.inspected_to,
        about.published,
        tuple(_area_grades(library, document)),
    )


def _once(inspections: Iterable[Inspection]) -> tuple[Inspection, ...]:
    """The inspections without those whose report is held twice, under another name."""
    distinct: dict[tuple[object, ...], Inspection] = {}
    for inspected in inspections:
        grades = tuple((row.area, row.grade) for row in inspected.judged)
        days: tuple[object, ...] = (inspected.inspected_from, inspected.inspected_to)
        key = days if all(days) else (inspected.document,)
        distinct.setdefault((inspected.framework, *key, grades), inspected)
    return tuple(distinct.values())


def _area_grades(library: Corpus, document: Document) -> Iterator[AreaGrade]:
    framework = framework_of(library, document)
    grades, unjudged = grades_of(library, document), unjudged_in(library, document)
    for area in AREAS if framework is ANOTHER else framework.areas:
        if area in grades:
            yield AreaGrade(area, grades[area].grade.word, line_of(library, quote_of(grades[area])))
        elif area in unjudged:
            yield AreaGrade(area, None, line_of(library, unjudged[area]))
        elif area in framework.unjudged:
            yield AreaGrade(area, None)


# ---------------------------------------------------------------- how grades moved


def _rows(library: Corpus, inspections: Iterable[Inspection]) -> list[Row]:
    """The grades of the inspections with their lines, each table row once."""
    rows: list[Row] = []
    for inspected in inspections:
        grades = grades_of(library, library.entry(inspected.document).document)
        seen: list[Judgement] = []
        for judged in inspected.judged:
            if judged.grade and judged.line and grades[judged.area] not in seen:
                seen.append(grades[judged.area])
                rows.append((inspected, grades[judged.area], judged.line))
    return rows


def _movements(rows: Sequence[Row]) -> Iterator[Line]:
    """What follows from the grades under the frameworks of one series, area by area."""
    for series in dict.fromkeys(map(_series, rows)):
        own = [row for row in rows if _series(row) == series]
        names = _occasions([row[0] for row in own])
        for areas in dict.fromkeys(judgement.areas for _, judgement, _ in own):
            yield from _moved([row for row in own if row[1].areas == areas], names)
        yield from _apart(own, names)


def _series(row: Row) -> str:
    return framework_named(row[0].framework).series


def _moved(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[Line]:
    graded = [(names[inspected.document], judgement) for inspected, judgement, _ in rows]
    for conclusion in grade_movement(graded, *_in_order(rows[0][1].areas)):
        yield concluding_line(conclusion.text, (line for _, _, line in rows))


def _apart(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[Line]:
    """Areas judged together at one inspection and apart at the next: no movement is told, since the
    later grades are of less than the earlier one was."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        by_document.setdefault(row[0].document, []).append(row)
    for before, after in pairwise(by_document.values()):
        for row in before:
            apart = [later for later in after if later[1].areas < row[1].areas]
            if len(apart) == len(row[1].areas):
                text = _apart_in_words(row, apart, names)
                yield concluding_line(text, (line for _, _, line in (row, *apart)))


def _apart_in_words(row: Row, apart: Sequence[Row], names: Mapping[str, str]) -> str:
    together = " and ".join(_areas_in_words(row[1]))
    grades = ", ".join(f"{_areas_in_words(later[1])[0]} {later[1].grade.word}" for later in apart)
    return (
        f"{together[0].upper()}{together[1:]} were judged together in {names[row[0].document]} "
        f"({row[1].grade.word}), and apart in {names[apart[0][0].document]} ({grades})."
    )


def _areas_in_words(judgement: Judgement) -> list[str]:
    """The areas of a judgement as its report calls them."""
    return list(map(judgement.grade.framework.name_of, _in_order(judgement.areas)))


def _in_order(areas: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(areas, key=area_order))


def _occasions(inspections: Iterable[Inspection]) -> Mapping[str, str]:
    """What to call each inspection: its year, with the month where a year has two."""
    days = {each.document: each.speaks_for for each in inspections}
    years = Counter(day.year for day in days.values() if day)
    names: dict[str, str] = {}
    for document, day in days.items():
        if day is None:
            names[document] = "an undated report"
        else:
            names[document] = str(day.year) if years[day.year] == 1 else f"{day:%B %Y}"
    return names
