"""What a report says must get better: the items under its own heading for that."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose import Draft
from rag.cues import cue
from rag.look import Look
from rag.reports import fitting_reports
from rag.select import Quote, fitting, join_neighbours
from rag.types import Kind, Passage
from rag.view import View

FEWEST_WORDS = 4


def improvements(library: View, found: Look) -> Draft | None:
    """The first items that the one report asked about lists, where the question asks for them."""
    if not (found.scope.councils and cue("asks.improvement").search(found.question)):
        return None
    if Kind.COUNCIL_DOCUMENT in found.scope.kinds:  # the council's improvement plan, not the report
        return None
    reports = fitting_reports(found)
    if len(reports) != 1:
        return None
    items = library.derived(reports[0], "improvements", _items)
    return Draft(tuple(join_neighbours(fitting(items))), sure=True) if items else None


def _items(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    heading = cue("printed.improvements_heading")
    return tuple(
        Quote(passage, n, n)
        for passage in passages
        if passage.heading and heading.search(passage.heading)
        for n, sentence in enumerate(passage.sentences)
        if sentence.text != passage.heading and len(sentence.text.split()) >= FEWEST_WORDS
    )
