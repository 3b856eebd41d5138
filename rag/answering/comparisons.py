"""Comparisons: evidence from each side, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import AnswerDraft
from rag.answering.conclusions import of_councils, of_figures
from rag.answering.extractive import of_answer_type
from rag.answering.selection import in_turn, judged_answers, selected_quotes
from rag.citation.line import Conclusion
from rag.citation.quote import QUOTED_WORDS, Quote
from rag.inspection.frameworks import OVERALL
from rag.inspection.grades import Judgement
from rag.inspection.movement import grade_movement
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.question.comparison import ComparisonSide, by_year
from rag.question.held import held_documents
from rag.question.intent import FIGURES, AnswerType, Intent
from rag.retrieval.search import Retrieved, retrieved_within
from rag.text.lexicon import lists
from rag.types import Document

MOST_ON_A_SIDE = 3
FALLOFF, ASIDE = 4.0, -1.0
"""As `selected_quotes` takes them: the judge is asked about the question of both sides, and is less
sure of a sentence that tells of one."""
WORDS_BESIDE_GRADE = 25


def comparison_answer(
    library: Corpus, retrieved: Retrieved, sides: Sequence[ComparisonSide]
) -> AnswerDraft | None:
    """The best quotes of each side, the first of each first; None when nothing is compared.

    Where there is nothing to quote of one side, the draft quotes nothing.
    """
    if not sides:
        return None
    room = QUOTED_WORDS // len(sides)
    groups: list[list[Quote]] = []
    answers: tuple[float, ...] = ()
    for side in sides:
        evidence = retrieved_within(retrieved, side.documents, side.scope).quotable
        chosen = selected_quotes(evidence, room, most=MOST_ON_A_SIDE, falloff=FALLOFF, aside=ASIDE)
        groups.append(chosen)
        answers += judged_answers(evidence, chosen)
    if not all(groups):
        return AnswerDraft(())
    quotes = in_turn(groups)
    conclusions = _conclusions(retrieved, sides, quotes[: len(sides)])
    return AnswerDraft(tuple(quotes), conclusions, answers=answers)


def _conclusions(
    retrieved: Retrieved, sides: Sequence[ComparisonSide], quotes: Sequence[Quote]
) -> tuple[Conclusion, ...]:
    question = retrieved.question
    if not (question.asks_for(*FIGURES) or question.wants(Intent.LARGER)):
        return ()
    rows = [(side.label, quote.text) for side, quote in zip(sides, quotes, strict=True)]
    return of_figures(rows, over_time=by_year(sides))


# ---------------------------------------------------------------- grades


def grade_comparison(
    library: Corpus, retrieved: Retrieved, sides: Sequence[ComparisonSide]
) -> AnswerDraft | None:
    """One area's grade on each side, and what follows; None when fewer than two sides have one.

    Where the report of a year does not judge the area and says so, its words stand for that side.
    """
    area = retrieved.question.areas_meant[0]
    rows: list[tuple[str, Judgement]] = []
    ungraded: list[ComparisonSide] = []
    for side in sides:
        judgement = _judgement_of(library, retrieved, side, area)
        if judgement:
            rows.append((side.label, judgement))
        else:
            ungraded.append(side)
    if len(rows) < (2 if by_year(sides) else len(sides)):
        return None
    quotes = [quote_of(judgement) for _, judgement in rows]
    if by_year(sides):
        if area == OVERALL:
            quotes += _unjudged(library, retrieved, ungraded)
        return AnswerDraft(tuple(quotes), grade_movement(rows, area), sure=True)
    quotes += _beside_grades(library, retrieved, sides)
    return AnswerDraft(tuple(quotes), of_councils(rows), sure=True)


def _unjudged(
    library: Corpus, retrieved: Retrieved, sides: Sequence[ComparisonSide]
) -> list[Quote]:
    """Where the reports of some sides say that they give no overall judgement."""
    quotes: list[Quote] = []
    for side in sides:
        for document in _reports_of(retrieved, side):
            facts = printed_facts_of(library, document)
            if lists.Printed.NO_OVERALL in facts:
                quotes.append(facts[lists.Printed.NO_OVERALL])
    return quotes


def _reports_of(retrieved: Retrieved, side: ComparisonSide) -> list[Document]:
    held = held_documents(retrieved.documents).by_name
    return reports(held[name] for name in side.documents)


def _judgement_of(
    library: Corpus, retrieved: Retrieved, side: ComparisonSide, area: str
) -> Judgement | None:
    for document in _reports_of(retrieved, side):
        grades = grades_of(library, document)
        if area in grades:
            return grades[area]
    return None


def _beside_grades(
    library: Corpus, retrieved: Retrieved, sides: Sequence[ComparisonSide]
) -> list[Quote]:
    """Where a date or a length of time is asked for too, each side's sentence that tells it."""
    quotes: list[Quote] = []
    if retrieved.question.asks_for(AnswerType.DATE, AnswerType.DURATION):
        for side in sides:
            alone = retrieved_within(retrieved, side.documents, side.scope)
            telling = of_answer_type(alone.quotable)
            quotes += selected_quotes(telling, WORDS_BESIDE_GRADE, most=1)
    return quotes
