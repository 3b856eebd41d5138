"""Answers that a report prints as such: its dates, its inspector, what it asks to be improved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.compose import AnswerDraft
from rag.citation.quote import Quote, join_neighbours
from rag.inspection.frameworks import OVERALL
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.recommendations import recommendations_of
from rag.inspection.reports import grades_of, newest_first
from rag.judge.thresholds import ANSWERS
from rag.library.corpus import Corpus
from rag.question.intent import AnswerType, Intent
from rag.question.question import Question
from rag.retrieval.search import Retrieved, answers_of, fitting_reports
from rag.text.lexicon import cue, lists
from rag.types import Document, Kind

MOST_ITEMS = 8
"""Items of a list that is shown: of more, each would be cut to a few words."""
ITEM_FALLOFF = 2.5
"""How far below the best an item's log odds may lie and still be of the matter asked about."""


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


def of_its_kind(question: Question, documents: Sequence[Document]) -> list[Document]:
    """Of the documents, those on special educational needs where the question is, and only then."""
    send: list[Document] = []
    others: list[Document] = []
    for document in documents:
        of_send = cue(lists.Scope.SEND).search(document.description.title)
        (send if of_send else others).append(document)
    return send if question.scope.send else others or list(documents)


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
    """What the report asked about lists to be improved, the newest where several may be meant, if
    the question asks for that: those on the matter that it names, the likeliest first, or the whole
    list."""
    if not (retrieved.scope.councils and retrieved.question.wants(Intent.RECOMMENDATIONS)):
        return None
    if Kind.COUNCIL_DOCUMENT in retrieved.scope.kinds:
        return None  # the council's improvement plan is meant, not the report
    fitting = of_its_kind(retrieved.question, fitting_reports(retrieved))
    if not fitting or len(retrieved.scope.councils) > 1:
        return None
    newest = newest_first(fitting)[0]
    items = asked_for(library, retrieved, recommendations_of(library, newest))
    return list_draft(items) if items else None


def list_draft(items: Sequence[Quote]) -> AnswerDraft:
    """The first items of a list, as many as there is room for in short."""
    return AnswerDraft(tuple(join_neighbours(items[:MOST_ITEMS])), sure=True, whole_list=True)


def asked_for(library: Corpus, retrieved: Retrieved, items: Sequence[Quote]) -> list[Quote]:
    """Those of a report's items that answer by a judge of meaning, the likeliest first; in their
    own order where all do nearly alike, or where there is no judge."""
    answers = answers_of(library, retrieved, items)
    if not answers:
        return list(items)
    best = max(answers)
    if best < ANSWERS:
        return []
    telling = [at for at, worth in enumerate(answers) if worth > best - ITEM_FALLOFF]
    if len(telling) < len(items):
        telling.sort(key=lambda at: -answers[at])
    return [items[at] for at in telling]
