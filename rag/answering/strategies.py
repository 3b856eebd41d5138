"""Question -> answer: the forms that an answer can take, in the order in which they are tried."""

from __future__ import annotations

from rag.answering.comparisons import comparison_answer
from rag.answering.compose import AnswerDraft, ComposedAnswer, compose
from rag.answering.extractive import extractive_answer
from rag.answering.grade_answers import councils_with_grade, grade_answer
from rag.answering.reports import printed_answer, recommendations_answer
from rag.citation.verify import source_of
from rag.library.corpus import Corpus
from rag.question.comparison import comparison_sides
from rag.retrieval.search import Retrieved


def answer_draft(library: Corpus, found: Retrieved) -> AnswerDraft:
    """Choose the quotes that answer; none when nothing does.

    What has a form of its own (a line that every report prints, a grade, a list) comes before what
    must be weighed.
    """
    apart = comparison_sides(found.question, found.scope, found.documents)
    return (
        printed_answer(library, found)
        or councils_with_grade(library, found)
        or grade_answer(library, found, apart)
        or comparison_answer(library, found, apart)
        or recommendations_answer(library, found)
        or extractive_answer(library, found)
    )


def composed_answer(library: Corpus, made: AnswerDraft) -> ComposedAnswer:
    """The draft as an answer of at most 120 words, every quote checked on its page."""
    return compose(made, lambda passage: source_of(library, passage))
