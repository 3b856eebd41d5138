"""Answers that a report prints as such: its dates, its inspector, what it asks to be improved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.compose import AnswerDraft
from rag.citation.quote import join_neighbours, quotes_within
from rag.inspection.frameworks import OVERALL
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.recommendations import recommendations_of
from rag.inspection.reports import grades_of, newest_first
from rag.library.corpus import Corpus
from rag.question.intent import AnswerType, Intent
from rag.question.question import Question
from rag.retrieval.search import Retrieved, fitting_reports
from rag.text.lexicon import lists
from rag.types import Document, Kind


def reports_with_grade(
    library: Corpus, question: Question, documents: Sequence[Document]
) -> list[Document]:
    """Where the question knows an inspection by its finding ("when it was found inadequate"), the
    reports whose overall grade that is; else, or when there is none, all of the documents."""
    grade, scope = question.inspected_as, question.scope
    if grade is None or scope.years or scope.latest:
        return list(documents)
    graded: list[Document] = []
    for document in documents:
        overall = grades_of(library, document).get(OVERALL)
        if overall and overall.grade.is_called(grade):
            graded.append(document)
    return graded or list(documents)


def printed_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """The printed lines that the question asks for, from the newest report that fits it."""
    facts = list(_printed_facts(retrieved.question))
    if not facts or not retrieved.scope.councils:
        return None
    fitting = reports_with_grade(library, retrieved.question, fitting_reports(retrieved))
    if not fitting:
        return None
    printed = printed_facts_of(library, newest_first(fitting)[0])
    quotes = tuple(printed[fact] for fact in facts if fact in printed)
    return AnswerDraft(quotes, sure=True) if quotes else None


def _printed_facts(question: Question) -> Iterator[lists.Printed]:
    """What the question asks for that every report prints."""
    led = question.wants(Intent.LEAD_INSPECTOR)
    if led:
        yield lists.Printed.LEAD_INSPECTOR
    dated = question.wants(Intent.INSPECTION_DATES) or (led and question.asks_for(AnswerType.DATE))
    if dated and not question.asks_for(AnswerType.COMING):
        previous = question.wants(Intent.PREVIOUS_INSPECTION)
        yield lists.Printed.PREVIOUS_DATES if previous else lists.Printed.DATES


def recommendations_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """The first items that the one report asked about lists, where the question asks for them."""
    if not (retrieved.scope.councils and retrieved.question.wants(Intent.RECOMMENDATIONS)):
        return None
    if Kind.COUNCIL_DOCUMENT in retrieved.scope.kinds:
        return None  # the council's improvement plan is meant, not the report
    fitting = fitting_reports(retrieved)
    if len(fitting) != 1:
        return None
    items = recommendations_of(library, fitting[0])
    return AnswerDraft(tuple(join_neighbours(quotes_within(items))), sure=True) if items else None
