"""Comparisons: evidence from each side, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import Draft
from rag.answering.conclusions import of_councils, of_figures
from rag.answering.extractive import pointed, typed
from rag.answering.selection import select
from rag.citation.line import Conclusion
from rag.citation.quote import QUOTED_WORDS, Quote
from rag.inspection.grades import Area, Judgement, areas_meant
from rag.inspection.movement import of_grades
from rag.inspection.printed_facts import lines_of
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import View
from rag.question.comparison import Side, by_year
from rag.question.intent import Asks
from rag.retrieval.search import Look, narrowed
from rag.text.lexicon import cue, lists

MOST_ON_A_SIDE = 2
WORDS_BESIDE_GRADE = 25


def compared(library: View, found: Look, sides: Sequence[Side]) -> Draft | None:
    """The best quotes of each side, the first of each first; none unless every side has one."""
    if not sides:
        return None
    room = QUOTED_WORDS // len(sides)
    chosen = [_best_of(library, found, side, room) for side in sides]
    if not all(chosen):
        return Draft(())
    first = [quotes[0] for quotes in chosen]
    more = [quote for quotes in chosen for quote in quotes[1:]]
    return Draft((*first, *more), _concluded(found, sides, first))


def _best_of(library: View, found: Look, side: Side, room: int) -> list[Quote]:
    alone = narrowed(library, found, side.documents, side.scope)
    evidence = pointed(alone.quotable, found.asked) or alone.quotable
    return select(evidence, room, most=MOST_ON_A_SIDE)


def _concluded(
    found: Look, sides: Sequence[Side], first: Sequence[Quote]
) -> tuple[Conclusion, ...]:
    figures = Asks.NUMBER in found.asked or Asks.PERCENT in found.asked
    if not (figures or cue(lists.Asks.LARGER).search(found.question)):
        return ()
    rows = [(side.label, quote.text) for side, quote in zip(sides, first, strict=True)]
    return of_figures(rows, over_time=by_year(sides))


# ---------------------------------------------------------------- grades


def compared_grades(library: View, found: Look, sides: Sequence[Side]) -> Draft | None:
    """One area's grade on each side, and what follows; None when fewer than two sides have one.

    Where the report of a year does not judge the area and says so, its words stand for that side.
    """
    area = areas_meant(found.question)[0]
    graded = [(side.label, _grade_of(library, found, side, area)) for side in sides]
    rows = [(label, row) for label, row in graded if row]
    if len(rows) < (2 if by_year(sides) else len(sides)):
        return None
    quotes = tuple(quote_of(row) for _, row in rows)
    if by_year(sides):
        ungraded = [side for side, (_, row) in zip(sides, graded, strict=True) if row is None]
        unjudged = _unjudged(library, found, ungraded) if area is Area.OVERALL else []
        return Draft((*quotes, *unjudged), of_grades(rows, area), sure=True)
    beside = _beside_grades(library, found, sides)
    return Draft((*quotes, *beside), of_councils(rows), sure=True)


def _unjudged(library: View, found: Look, sides: Sequence[Side]) -> list[Quote]:
    """Where the reports of some sides say that they give no overall judgement."""
    documents = (d for side in sides for d in reports(found.documents, side.documents))
    lines = (lines_of(library, document) for document in documents)
    return [said[lists.Printed.NO_OVERALL] for said in lines if lists.Printed.NO_OVERALL in said]


def _grade_of(library: View, found: Look, side: Side, area: Area) -> Judgement | None:
    documents = reports(found.documents, side.documents)
    tables = (grades_of(library, document) for document in documents)
    return next((grades[area] for grades in tables if area in grades), None)


def _beside_grades(library: View, found: Look, sides: Sequence[Side]) -> list[Quote]:
    """Where a date or a length of time is asked for too, each side's sentence that tells it."""
    if Asks.DATE not in found.asked and Asks.DURATION not in found.asked:
        return []
    looks = (narrowed(library, found, side.documents, side.scope) for side in sides)
    return [q for alone in looks for q in select(typed(alone.quotable), WORDS_BESIDE_GRADE, most=1)]
