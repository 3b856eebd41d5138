"""A council's judgements over time: every grade with the row that gives it, none filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rag.citation.line import Line, concluding_line, line_of
from rag.citation.quote import Quote
from rag.inspection.frameworks import AREAS, SCALES, Framework, framework_of
from rag.inspection.grades import Area, Judgement, read_unjudged
from rag.inspection.movement import grade_movement
from rag.inspection.printed_facts import printed_facts_of as printed_lines
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.packs.types import AreaGrade, History, Inspection
from rag.question.scope import share_council, time_order
from rag.text.lexicon import lists
from rag.types import Document, Passage

_OPENING_PAGES = 2
Row = tuple[Inspection, Judgement, Line]
"""An area's grade at an inspection and the line that gives it."""


def history(library: Corpus, council: str) -> History:
    """Every inspection of a council held, oldest first, and how its grades moved."""
    about = [d for d in reports(library.documents()) if share_council((council,), d)]
    inspections = _once(inspection(library, d) for d in sorted(about, key=time_order))
    return History(council, inspections, tuple(_movements(_rows(library, inspections))))


def inspection(library: Corpus, document: Document) -> Inspection:
    """An inspection report's judgements; an area of which it says that none is given has None."""
    grades = grades_of(library, document)
    unjudged = _unjudged(library, document)
    described = document.description
    opening = library.analysed(document, _opening)
    framework = framework_of(described.title, opening, grades, unjudged, described.inspected_from)
    return Inspection(
        document.name,
        described.title,
        described.councils,
        framework,
        described.inspected_from,
        described.inspected_to,
        described.published,
        tuple(_judged(library, framework, grades, unjudged)),
    )


def _once(inspections: Iterable[Inspection]) -> tuple[Inspection, ...]:
    """The inspections without those whose report is held twice, under another name."""
    held: dict[tuple[object, ...], Inspection] = {}
    for each in inspections:
        grades = tuple((row.area, row.grade) for row in each.judged)
        days = (each.inspected_from, each.inspected_to)
        held.setdefault((each.framework, *(days if all(days) else (each.document,)), grades), each)
    return tuple(held.values())


def _opening(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(p for p in passages if p.page <= _OPENING_PAGES)


def _judged(
    library: Corpus,
    framework: Framework,
    grades: Mapping[Area, Judgement],
    unjudged: Mapping[Area, Quote],
) -> Iterator[AreaGrade]:
    for area in AREAS[framework]:
        if area in grades:
            yield AreaGrade(area, grades[area].grade, line_of(library, quote_of(grades[area])))
        elif area in unjudged:
            yield AreaGrade(area, None, line_of(library, unjudged[area]))
        elif framework is Framework.UNGRADED and area is Area.OVERALL:
            yield AreaGrade(area, None)


# ---------------------------------------------------------------- what a report does not judge


def _unjudged(library: Corpus, document: Document) -> Mapping[Area, Quote]:
    """Where a report says of an area that it gives no judgement."""
    found = dict(library.analysed(document, _read_unjudged))
    said = printed_lines(library, document).get(lists.Printed.NO_OVERALL)
    return {Area.OVERALL: said, **found} if said else found


def _read_unjudged(passages: Sequence[Passage]) -> Mapping[Area, Quote]:
    found: dict[Area, Quote] = {}
    for passage in _opening(passages):
        for n, sentence in enumerate(passage.sentences):
            for area in read_unjudged(sentence.text):
                found.setdefault(area, Quote(passage, n, n))
    return found


# ---------------------------------------------------------------- how grades moved


def _rows(library: Corpus, inspections: Iterable[Inspection]) -> list[Row]:
    """The grades of the inspections with their lines, each table row once."""
    found: list[Row] = []
    for each in inspections:
        grades = grades_of(library, library.entry(each.document).document)
        lines = {row.area: row.line for row in each.judged if row.grade}
        seen: list[Judgement] = []
        for area, line in lines.items():
            if line and grades[area] not in seen:
                seen.append(grades[area])
                found.append((each, grades[area], line))
    return found


def _movements(rows: Sequence[Row]) -> Iterator[Line]:
    """What follows from the grades under each framework, area by area."""
    for scale in SCALES:
        held = [row for row in rows if row[0].framework in scale]
        named = _occasions([row[0] for row in held])
        for areas in dict.fromkeys(judgement.areas for _, judgement, _ in held):
            of_area = [row for row in held if row[1].areas == areas]
            yield from _moved(of_area, _in_order(areas), named)
        yield from _split(held, named)


def _moved(rows: Sequence[Row], areas: Sequence[Area], named: Mapping[str, str]) -> Iterator[Line]:
    graded = [(named[each.document], judgement) for each, judgement, _ in rows]
    for conclusion in grade_movement(graded, *areas):
        yield concluding_line(conclusion.text, (line for _, _, line in rows))


def _split(rows: Sequence[Row], named: Mapping[str, str]) -> Iterator[Line]:
    """Areas judged together at one inspection and apart at the next: no movement is told, since the
    later grades are of less than the earlier one was."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        by_document.setdefault(row[0].document, []).append(row)
    for before, after in pairwise(by_document.values()):
        for row in before:
            apart = [r for r in after if r[1].areas < row[1].areas]
            if len(apart) == len(row[1].areas):
                yield concluding_line(_told_apart(row, apart, named), (r[2] for r in (row, *apart)))


def _told_apart(row: Row, apart: Sequence[Row], named: Mapping[str, str]) -> str:
    together = " and ".join(area.value for area in _in_order(row[1].areas))
    grades = ", ".join(f"{_in_order(r[1].areas)[0].value} {r[1].grade}" for r in apart)
    return (
        f"{together[0].upper()}{together[1:]} were judged together in {named[row[0].document]} "
        f"({row[1].grade}), and apart in {named[apart[0][0].document]} ({grades})."
    )


def _in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=list(Area).index))


def _occasions(inspections: Iterable[Inspection]) -> Mapping[str, str]:
    """What to call each inspection: its year, with the month where a year has two."""
    days = {each.document: each.speaks_for for each in inspections}
    years = Counter(day.year for day in days.values() if day)
    return {
        name: "an undated report" if day is None
        else str(day.year) if years[day.year] == 1 else f"{day:%B %Y}"
        for name, day in days.items()
    }  # fmt: skip
