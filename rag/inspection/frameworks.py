"""Which rules an inspection followed, told from the report's own first page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

from rag.inspection.grades import Area, Judgement
from rag.text.lexicon import cue, lists
from rag.types import Passage


class Framework(StrEnum):
    """The rules that an inspection followed: grades of two frameworks are not one scale."""

    SINGLE = "single inspection framework"
    ILACS = "ILACS"
    UNGRADED = "ILACS without an overall judgement"
    """From April 2026 there is no overall effectiveness judgement; none is ever inferred."""
    SEND = "area SEND"
    VISIT = "focused or monitoring visit"
    OTHER = "another framework"


UNGRADED_FROM = date(2026, 4, 1)
"""From this day on inspections of children's services give no overall judgement."""
OPENING_WORDS = 45
"""A letter says within so many words that it is of a visit."""
_CHILDREN = (Area.LEADERS, Area.HELP, Area.CARE, Area.LEAVERS, Area.OVERALL)
AREAS: Mapping[Framework, tuple[Area, ...]] = {
    Framework.SINGLE: (
        Area.OVERALL, Area.HELP, Area.CARE, Area.ADOPTION, Area.LEAVERS, Area.LEADERS, Area.BOARD,
    ),
    Framework.ILACS: _CHILDREN,
    Framework.UNGRADED: _CHILDREN,
    Framework.SEND: (Area.OVERALL,),
    Framework.VISIT: (),
    Framework.OTHER: tuple(Area),
}  # fmt: skip
"""What each framework judges, in the order in which its reports print it."""
SCALES = (
    frozenset({Framework.SINGLE}),
    frozenset({Framework.ILACS, Framework.UNGRADED}),
    frozenset({Framework.SEND}),
)
"""Frameworks whose grades of one area are of one scale."""


def framework_of(
    title: str,
    opening: Sequence[Passage],
    grades: Mapping[Area, Judgement],
    unjudged: Collection[Area],
    began: date | None,
) -> Framework:
    """The framework of a report with these first passages, grades and areas said not to be judged,
    of an inspection that began on that day."""
    text = " \n ".join((title, *(passage.text for passage in opening)))
    if not grades and cue(lists.Framework.VISIT).search(" ".join(text.split()[:OPENING_WORDS])):
        return Framework.VISIT
    if cue(lists.Framework.SEND).search(text):
        return Framework.SEND
    if cue(lists.Framework.SINGLE).search(text):
        return Framework.SINGLE
    if not cue(lists.Framework.ILACS).search(text):
        return Framework.OTHER
    told = Area.OVERALL in unjudged or (began is not None and began >= UNGRADED_FROM)
    return Framework.UNGRADED if told and Area.OVERALL not in grades else Framework.ILACS


def of_one_scale(one: Framework, other: Framework) -> bool:
    """Whether grades under two frameworks may be set beside each other as higher and lower."""
    return any({one, other} <= scale for scale in SCALES)


def of_one_service(one: Framework, other: Framework) -> bool:
    """Whether inspections under two frameworks are of the same service: what one asks for, the next
    may answer. Those of special educational needs are of a partnership of their own."""
    return (one is Framework.SEND) == (other is Framework.SEND)
