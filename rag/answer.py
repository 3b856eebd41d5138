"""Question -> answer: the forms that an answer can take, in the order in which they are tried."""

from __future__ import annotations

from rag.compared import compared
from rag.compose import Composed, Draft, compose
from rag.graded import councils_graded, graded
from rag.improvements import improvements
from rag.look import Look
from rag.printed import printed
from rag.quoted import quoted
from rag.sides import sides
from rag.sources import source_of
from rag.view import View


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
