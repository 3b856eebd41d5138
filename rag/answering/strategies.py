"""Question -> answer: the forms that an answer can take, in the order in which they are tried."""

from __future__ import annotations

from rag.answering.comparisons import compared
from rag.answering.compose import Composed, Draft, compose
from rag.answering.extractive import quoted
from rag.answering.grade_answers import councils_graded, graded
from rag.answering.reports import improvements, printed
from rag.citation.verify import source_of
from rag.library.corpus import View
from rag.question.comparison import sides
from rag.retrieval.search import Look


def draft(library: View, found: Look) -> Draft:
    """Choose the quotes that answer; none when nothing does.

    What has a form of its own (a line that every report prints, a grade, a list) comes before what
    must be weighed.
    """
    apart = sides(found.question, found.scope, found.documents)
    return (
        printed(library, found)
        or councils_graded(library, found)
        or graded(library, found, apart)
        or compared(library, found, apart)
        or improvements(library, found)
        or quoted(library, found)
    )


def finish(library: View, made: Draft) -> Composed:
    """The draft as an answer of at most 120 words, every quote checked on its page."""
    return compose(made, lambda passage: source_of(library, passage))
