"""Answers that a report prints as such: its dates, its inspector, what it asks to be improved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rag.answering.compose import AnswerDraft
from rag.citation.quote import join_neighbours, quotes_within
from rag.inspection.grades import GRADE, Area, full_grade
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.recommendations import recommendations_of
from rag.inspection.reports import grades_of, newest_first
from rag.library.corpus import Corpus
from rag.question.intent import AnswerType
from rag.retrieval.search import Retrieved, fitting_reports
from rag.text.lexicon import any_of, cue, lists
from rag.types import Document, Kind


def reports_with_grade(
    library: Corpus, found: Retrieved, documents: Sequence[Document]
) -> list[Document]:
    """Where the question knows an inspection by its finding ("when it was found inadequate"), the
    reports whose overall grade that is; else, or when there is none, all of the documents."""
    named = _found_to_be().search(found.question)
    if not named or found.scope.years or found.scope.latest:
        return list(documents)
    grade = full_grade(named.group("grade"))
    overall = ((d, grades_of(library, d).get(Area.OVERALL)) for d in documents)
    return [d for d, row in overall if row and row.grade == grade] or list(documents)


@cache
def _found_to_be() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lists.Asks.FOUND_TO_BE)}(?P<grade>{GRADE})\b", re.IGNORECASE)


def printed_answer(library: Corpus, found: Retrieved) -> AnswerDraft | None:
    """The printed lines that the question asks for, from the newest report that fits it."""
    wanted = _wanted(found)
    quotes_within = fitting_reports(found) if wanted and found.scope.councils else []
    reports = newest_first(reports_with_grade(library, found, quotes_within))
    if not reports:
        return None
    lines = printed_facts_of(library, reports[0])
    quotes = tuple(lines[name] for name in wanted if name in lines)
    return AnswerDraft(quotes, sure=True) if quotes else None


def _wanted(found: Retrieved) -> list[lists.Printed]:
    question = found.question
    led = cue(lists.Asks.LED).search(question) and not cue(lists.Asks.OTHER_INSPECTORATE).search(
        question
    )
    dated = AnswerType.COMING not in found.asked and (
        cue(lists.Asks.INSPECTED).search(question) or (led and AnswerType.DATE in found.asked)
    )
    before = cue(lists.Scope.BEFORE).search(question)
    dates = lists.Printed.PREVIOUS_DATES if before else lists.Printed.DATES
    return ([lists.Printed.LEAD_INSPECTOR] if led else []) + ([dates] if dated else [])


def recommendations_answer(library: Corpus, found: Retrieved) -> AnswerDraft | None:
    """The first items that the one report asked about lists, where the question asks for them."""
    if not (found.scope.councils and cue(lists.Asks.IMPROVEMENT).search(found.question)):
        return None
    if Kind.COUNCIL_DOCUMENT in found.scope.kinds:  # the council's improvement plan, not the report
        return None
    reports = fitting_reports(found)
    if len(reports) != 1:
        return None
    items = recommendations_of(library, reports[0])
    return AnswerDraft(tuple(join_neighbours(quotes_within(items))), sure=True) if items else None
