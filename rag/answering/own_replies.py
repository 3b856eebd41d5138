"""What the program says of itself where a question asks the documents nothing: a greeting, what is
held, what a short form stands for, where questions to ask are made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rag.answering.matters import asks_next_inspection
from rag.library.corpus import Corpus
from rag.listing import listed
from rag.question.held import held_documents
from rag.question.intent import Intent
from rag.retrieval.search import Retrieved
from rag.types import Answer

HELP = (
    "Ask about a council, a year or a finding of the documents held: \u201cWhat must be improved?"
    "\u201d, \u201cHow did the grade change?\u201d."
)
NO_REASONS = "They give no reasons beside what was shown."
WHOSE_WORDS = "Before its words stands who says them."
MOST_NAMED = 8
"""Councils that are named where there are many."""


def own_reply(retrieved: Retrieved) -> str | None:
    """What is said to a question that the documents need not answer; None where they must."""
    question = retrieved.question
    if question.wants(Intent.HOLDINGS):
        return _holdings(retrieved)
    if question.wants(Intent.WHAT_TO_ASK):
        of = f" of {listed(question.scope.councils)}" if question.scope.councils else ""
        return f"Prepare makes a pack{of}: questions to ask, each with the finding behind it."
    if question.wants(Intent.GREETING):
        return HELP
    return question.meaning or None


def whose_words(before: Answer, held: Collection[str]) -> Answer | None:
    """What an answer quoted once more, to who asks who said that: each quote stands after whose
    words it is. None where it quoted nothing, or something that is `held` no more."""
    cited = {citation.document for citation in before.citations}
    if not cited or not cited.issubset(held):
        return None
    return replace(before, notice=WHOSE_WORDS, choices=())


def tells_no_more(answer: Answer, before: Answer) -> bool:
    """Whether all that an answer quotes was quoted by the one before."""
    shown = {(citation.document, citation.quote) for citation in before.citations}
    return all((citation.document, citation.quote) in shown for citation in answer.citations)


def councils_named(councils: Sequence[str]) -> str:
    """Councils in a sentence, of many the first and how many more there are."""
    more = len(councils) - MOST_NAMED
    return listed([*councils[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])])


def _holdings(retrieved: Retrieved) -> str:
    held = held_documents(retrieved.documents)
    count = len(held.names)
    told = f"{count} {'document is' if count == 1 else 'documents are'} held"
    if held.earliest and held.latest:
        told += f", of {held.earliest.year} to {held.latest.year}"
    return (
        f"{told}, about {councils_named(sorted(held.councils))}." if held.councils else f"{told}."
    )


def is_of_nothing_held(library: Corpus, retrieved: Retrieved) -> bool:
    """Whether a question names no council, area or grade, and nothing that any document tells of:
    the weather."""
    question = retrieved.question
    if question.scope.councils or question.scope.absent or question.scope.years or question.grades:
        return False
    if question.parts_judged or question.presuppositions.names:
        return False
    if asks_next_inspection(retrieved):
        return False
    vocabulary = library.vocabulary()
    named_terms = (item.concept.own for item in retrieved.weighed if not item.generic)
    own = [terms for terms in named_terms if question.matter.issuperset(terms)]
    return bool(own) and not any(vocabulary.corrected(term) for terms in own for term in terms)
