"""Comparisons: evidence from each side, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import AnswerDraft
from rag.answering.conclusions import of_councils, of_figures
from rag.answering.extractive import of_answer_type, pointed
from rag.answering.selection import selected_quotes
from rag.citation.line import Conclusion
from rag.citation.quote import QUOTED_WORDS, Quote
from rag.inspection.grades import Area, Judgement, areas_meant
from rag.inspection.movement import grade_movement
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.question.comparison import ComparisonSide, by_year
from rag.question.intent import AnswerType
from rag.retrieval.search import Retrieved, retrieved_within
from rag.text.lexicon import cue, lists

MOST_ON_A_SIDE = 2
WORDS_BESIDE_GRADE = 25


def comparison_answer(
    library: Corpus, found: Retrieved, sides: Sequence[ComparisonSide]
) -> AnswerDraft | None:
    """The best quotes of each side, the first of each first; none unless every side has one."""
    if not sides:
        return None
    room = QUOTED_WORDS // len(sides)
    chosen = [_best_of(library, found, side, room) for side in sides]
    if not all(chosen):
        return AnswerDraft(())
    first = [quotes[0] for quotes in chosen]
    more = [quote for quotes in chosen for quote in quotes[1:]]
    return AnswerDraft((*first, *more), _concluded(found, sides, first))


def _best_of(library: Corpus, found: Retrieved, side: ComparisonSide, room: int) -> list[Quote]:
    alone = retrieved_within(library, found, side.documents, side.scope)
    evidence = pointed(alone.quotable, found.asked) or alone.quotable
    return selected_quotes(evidence, room, most=MOST_ON_A_SIDE)


def _concluded(
    found: Retrieved, sides: Sequence[ComparisonSide], first: Sequence[Quote]
) -> tuple[Conclusion, ...]:
    figures = AnswerType.NUMBER in found.asked or AnswerType.PERCENT in found.asked
    if not (figures or cue(lists.Asks.LARGER).search(found.question)):
        return ()
    rows = [(side.label, quote.text) for side, quote in zip(sides, first, strict=True)]
    return of_figures(rows, over_time=by_year(sides))


# ---------------------------------------------------------------- grades


def grade_comparison(
    library: Corpus, found: Retrieved, sides: Sequence[ComparisonSide]
) -> AnswerDraft | None:
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
        return AnswerDraft((*quotes, *unjudged), grade_movement(rows, area), sure=True)
    beside = _beside_grades(library, found, sides)
    return AnswerDraft((*quotes, *beside), of_councils(rows), sure=True)


def _unjudged(library: Corpus, found: Retrieved, sides: Sequence[ComparisonSide]) -> list[Quote]:
    """Where the reports of some sides say that they give no overall judgement."""
    documents = (d for side in sides for d in reports(found.documents, side.documents))
    lines = (printed_facts_of(library, document) for document in documents)
    return [said[lists.Printed.NO_OVERALL] for said in lines if lists.Printed.NO_OVERALL in said]


def _grade_of(
    library: Corpus, found: Retrieved, side: ComparisonSide, area: Area
) -> Judgement | None:
    documents = reports(found.documents, side.documents)
    tables = (grades_of(library, document) for document in documents)
    return next((grades[area] for grades in tables if area in grades), None)


def _beside_grades(
    library: Corpus, found: Retrieved, sides: Sequence[ComparisonSide]
) -> list[Quote]:
    """Where a date or a length of time is asked for too, each side's sentence that tells it."""
    if AnswerType.DATE not in found.asked and AnswerType.DURATION not in found.asked:
        return []
    looks = (retrieved_within(library, found, side.documents, side.scope) for side in sides)
    return [
        q
        for alone in looks
        for q in selected_quotes(of_answer_type(alone.quotable), WORDS_BESIDE_GRADE, most=1)
    ]
