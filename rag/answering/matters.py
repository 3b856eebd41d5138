"""What a question is of: one council, a matter of its own, or a whole that it leaves unnamed."""

from __future__ import annotations

from collections.abc import Iterator

from rag.inspection.grades import areas_in, grades_named
from rag.library.corpus import Corpus
from rag.question.held import held_documents
from rag.question.intent import AnswerType, Intent
from rag.question.overview import asks_overview
from rag.retrieval.search import Retrieved
from rag.text.tokens import terms
from rag.text.vocabulary import rarity
from rag.types import Kind

TELLING = 2.4
"""What a word must weigh, in nats, to name a matter."""
_NO_PROGRESS = (
    Intent.RECOMMENDATIONS, Intent.OVERVIEW, Intent.REASONS, Intent.PROMISES, Intent.COUNCILS,
    Intent.EXTREME, Intent.LARGER, Intent.PREVIOUS_INSPECTION, Intent.OVER_TIME,
)  # fmt: skip


def names_one(retrieved: Retrieved) -> bool:
    """Whether a question names a council, or there is but one document that it can mean."""
    return bool(retrieved.scope.councils) or len(retrieved.documents) == 1


def names_matter(library: Corpus, retrieved: Retrieved, *, in_main_clause: bool = False) -> bool:
    """Whether the question, or the part of it that asks, names a matter that documents tell of, and
    not all of them."""
    question = retrieved.question
    matter = question.matter
    if in_main_clause:
        matter &= frozenset(terms(question.main_clause))
    unheld = rarity(0, library.passage_count())
    for item in retrieved.weighed:
        told = TELLING <= item.weight < unheld and not item.generic
        if told and matter.issuperset(item.concept.own):
            return True
    return False


def names_no_more(retrieved: Retrieved) -> bool:
    """Whether a question names but a council, a service that is inspected apart, or a grade."""
    service = retrieved.question.service
    named = (item.concept.own for item in retrieved.weighed if not item.generic)
    return all(service.issuperset(own) or grades_named(" ".join(own)) for own in named)


def besides_areas(retrieved: Retrieved) -> Iterator[str]:
    """What the question names besides the areas that are judged."""
    for item in retrieved.weighed:
        words = " ".join(item.concept.own)
        if not item.generic and not areas_in(words):
            yield words


def _is_of_whole(library: Corpus, retrieved: Retrieved) -> bool:
    """Whether a question names neither an area that is judged nor a matter of its own."""
    return not retrieved.question.parts_judged and not names_matter(library, retrieved)


def asks_broadly(library: Corpus, retrieved: Retrieved) -> bool:
    """Whether what is said in sum is asked for: in so many words, or by the kind of question that
    it is where it asks for nothing in particular, of no matter of its own."""
    question = retrieved.question
    if asks_overview(question):
        return True
    broad = question.wants(Intent.BROAD) and not question.wants(Intent.RECOMMENDATIONS)
    anything = question.answer_types == (AnswerType.ANYTHING,)
    return broad and anything and not names_matter(library, retrieved)


def asks_progress(library: Corpus, retrieved: Retrieved) -> bool:
    """Whether no more is asked than whether a council, or one of the areas that are judged, has
    become better or worse."""
    question = retrieved.question
    if not question.wants(Intent.MOVEMENT, Intent.COMPARISON) or question.wants(*_NO_PROGRESS):
        return False
    if question.answer_types != (AnswerType.ANYTHING,) or question.scope.years:
        return False
    others = question.scope.kinds - {Kind.INSPECTION_REPORT}
    if others:
        return False
    if not any(besides_areas(retrieved)):
        return True
    return _is_of_whole(library, retrieved)


def asks_next_inspection(retrieved: Retrieved) -> bool:
    """Whether it is asked when inspectors are to come."""
    coming = retrieved.question.asks_for(AnswerType.COMING)
    return coming and Kind.INSPECTION_REPORT in retrieved.scope.kinds


def names_nothing(library: Corpus, retrieved: Retrieved) -> bool:
    """Whether what is said in sum, what was promised, whether it gets better or when inspectors
    come is asked of no council, area or matter where several councils are held: there is nothing to
    tell which is meant."""
    question = retrieved.question
    if names_one(retrieved) or question.wants(Intent.COUNCILS):
        return False
    if len(held_documents(retrieved.documents).councils) < 2:
        return False
    if asks_next_inspection(retrieved):
        return not retrieved.scope.years
    if not (
        asks_broadly(library, retrieved)
        or question.wants(Intent.PROMISES)
        or asks_progress(library, retrieved)
    ):
        return False
    return _is_of_whole(library, retrieved)
