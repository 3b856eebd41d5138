"""When inspectors are to come again: as a report prints it, or as another sentence surely says."""

from __future__ import annotations

from rag.answering.compose import AnswerDraft
from rag.answering.extractive import in_scope, of_answer_type
from rag.answering.matters import asks_next_inspection
from rag.answering.selection import is_answer, selected_quotes
from rag.citation.quote import Quote
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.reports import newest_first, reports
from rag.judge.thresholds import ANSWERS
from rag.library.corpus import Corpus
from rag.listing import listed
from rag.question.intent import AnswerType, Intent
from rag.question.scope import documents_about
from rag.retrieval.search import Retrieved, answers_of
from rag.text.lexicon import lists
from rag.types import Kind

MOST_SENTENCES = 2


def next_inspection_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """When the newest report that tells of it says that the next inspection will be; None where
    something else is asked.

    A draft of no quotes says that no report tells it.
    """
    councils = retrieved.scope.councils
    if not councils or retrieved.scope.years:
        return None
    asked = asks_next_inspection(retrieved)
    if not asked and not _may_ask(retrieved):
        return None
    printed = _printed(library, retrieved)
    if printed and (asked or _answers(library, retrieved, printed)):
        return AnswerDraft((printed,), sure=True)
    if not asked:
        return None
    telling = list(filter(is_answer, of_answer_type(in_scope(retrieved))))
    quotes = selected_quotes(telling, most=MOST_SENTENCES, leaning=False)
    reason = f"No inspection report held about {listed(councils)} says when the next will be."
    return AnswerDraft(tuple(quotes), sure=True, lacking=reason)


def _may_ask(retrieved: Retrieved) -> bool:
    """Whether a day of inspectors is asked for, and not clearly one that is past."""
    question = retrieved.question
    past = question.wants(Intent.INSPECTION_DATES, Intent.PREVIOUS_INSPECTION)
    dated = question.asks_for(AnswerType.DATE) and question.scope.present and not past
    return dated and Kind.INSPECTION_REPORT in question.scope.kinds


def _printed(library: Corpus, retrieved: Retrieved) -> Quote | None:
    """The line on the next inspection in the newest report that has one."""
    about = documents_about(retrieved.scope.councils, retrieved.documents)
    for report in newest_first(reports(about)):
        line = printed_facts_of(library, report).get(lists.Printed.NEXT_INSPECTION)
        if line:
            return line
    return None


def _answers(library: Corpus, retrieved: Retrieved, line: Quote) -> bool:
    """Whether a line answers, by the judge."""
    return any(said >= ANSWERS for said in answers_of(library, retrieved, [line]))
