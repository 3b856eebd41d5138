"""Question -> answer: the forms that an answer can take, in the order in which they are tried."""

from __future__ import annotations

from rag.answering.coming import next_inspection_answer
from rag.answering.comparisons import comparison_answer
from rag.answering.compose import AnswerDraft, ComposedAnswer, compose
from rag.answering.extractive import extractive_answer
from rag.answering.grade_answers import councils_with_grade, grade_answer
from rag.answering.overview import overview_answer
from rag.answering.progress import progress_answer
from rag.answering.promises import promises_answer
from rag.answering.reports import printed_answer, recommendations_answer
from rag.citation.verify import source_of
from rag.library.corpus import Corpus
from rag.question.comparison import comparison_sides
from rag.retrieval.search import Retrieved


def answer_draft(library: Corpus, retrieved: Retrieved) -> AnswerDraft:
    """Choose the quotes that answer; none when nothing does.

    What has a form of its own (a line that every report prints, a grade, a list) comes before what
    must be weighed.
    """
    sides = comparison_sides(retrieved.question, retrieved.documents)
    return (
        next_inspection_answer(library, retrieved)
        or printed_answer(library, retrieved)
        or promises_answer(library, retrieved)
        or councils_with_grade(library, retrieved)
        or (None if sides else overview_answer(library, retrieved))
        or progress_answer(library, retrieved)
        or grade_answer(library, retrieved, sides)
        or comparison_answer(library, retrieved, sides)
        or recommendations_answer(library, retrieved)
        or extractive_answer(library, retrieved)
    )


def composed_answer(library: Corpus, draft: AnswerDraft) -> ComposedAnswer:
    """The draft as an answer of at most 120 words, every quote checked on its page."""
    return compose(draft, lambda passage: source_of(library, passage))
