"""Pure: the one page that a pack opens with: five questions to speak, the grades, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.citation.line import Line
from rag.inspection.frameworks import framework_named
from rag.packs.enquiry.templates import ACROSS_WORDS, spoken
from rag.packs.types import (
    AreaGrade,
    Cause,
    Changes,
    History,
    Inspection,
    LaterStanding,
    LineOfEnquiry,
    Pack,
    RecommendationChange,
)

MOST_QUESTIONS = 5
MOST_SPOKEN = 24
"""Words of a question that can be spoken in one breath."""
MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class SpokenQuestion:
    """A question of fewer than 25 words, and the line that is the reason to ask it."""

    text: str
    cause: Cause
    why: Line
    key: str
    """That of the line of enquiry, where the whole of it stands."""


@dataclass(frozen=True, slots=True)
class NewestGrades:
    """The grades that the newest inspection of one service gave, each with the one before it under
    the same framework; None where there is none."""

    inspection: Inspection
    grades: tuple[tuple[AreaGrade, AreaGrade | None], ...]
    before: Inspection | None = None


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What a councillor takes into the room on one page."""

    questions: tuple[SpokenQuestion, ...]
    grades: tuple[NewestGrades, ...]
    movements: tuple[Line, ...]
    changes: Changes | None = None
    """The newest two reports that can be set side by side."""
    concerns: tuple[RecommendationChange, ...] = ()
    """What the later of them still finds fault with."""


def first_page(pack: Pack) -> FirstPage:
    """The page, its questions in the order of the pack."""
    changes = max(pack.changes, key=_day_of_later, default=None)
    concerns: list[RecommendationChange] = []
    for item in changes.items if changes else ():
        if item.since is LaterStanding.STILL_A_CONCERN:
            concerns.append(item)
    return FirstPage(
        spoken_questions(pack.enquiries),
        newest_grades(pack.history),
        pack.history.movements[:MOST_CHANGES],
        changes,
        tuple(concerns[:MOST_CHANGES]),
    )


def spoken_questions(enquiries: Sequence[LineOfEnquiry]) -> tuple[SpokenQuestion, ...]:
    """The first questions in words short enough to be spoken, no two alike; one that names no
    matter only where there are too few others."""
    questions: dict[str, SpokenQuestion] = {}
    general: dict[str, SpokenQuestion] = {}
    for enquiry in enquiries:
        text = _spoken(enquiry)
        if enquiry.why:
            question = SpokenQuestion(text, enquiry.cause, enquiry.why[0], enquiry.key)
            kept = general if ACROSS_WORDS in text else questions
            kept.setdefault(text, question)
    return (*questions.values(), *general.values())[:MOST_QUESTIONS]


def _spoken(enquiry: LineOfEnquiry) -> str:
    """The reader's own wording where it is short; else the words of the reason for asking."""
    own = enquiry.question.text
    if len(own.split()) <= MOST_SPOKEN:
        return own
    item = enquiry.why[0].text if enquiry.why else ""
    return spoken(enquiry.cause, enquiry.theme, item, own, _month(enquiry), MOST_SPOKEN)


def _month(enquiry: LineOfEnquiry) -> str:
    """The month of the inspection, or of the document, that gives the reason."""
    citations = enquiry.why[0].citations if enquiry.why else ()
    for citation in citations:
        day = citation.inspected[-1] if citation.inspected else citation.date
        if day:
            return f"{day:%B %Y}"
    return "that time"


def newest_grades(history: History) -> tuple[NewestGrades, ...]:
    """The grades of the newest graded inspection of each service, the newest first."""
    by_service: dict[object, list[Inspection]] = {}
    for inspection in history.inspections:
        if inspection.judged:
            service = framework_named(inspection.framework).service
            by_service.setdefault(service, []).append(inspection)
    newest = [_newest(inspections) for inspections in by_service.values()]
    return tuple(sorted(newest, key=lambda one: _day(one.inspection), reverse=True))


def _newest(inspections: Sequence[Inspection]) -> NewestGrades:
    in_order = sorted(inspections, key=_day)
    last, earlier = in_order[-1], in_order[:-1]
    before = earlier[-1] if earlier and earlier[-1].framework == last.framework else None
    was = {grade.area: grade for grade in before.judged} if before else {}
    return NewestGrades(last, tuple((now, was.get(now.area)) for now in last.judged), before)


def _day(inspection: Inspection) -> date:
    return inspection.speaks_for or inspection.inspected_from or date.min


def _day_of_later(changes: Changes) -> date:
    return _day(changes.later)
