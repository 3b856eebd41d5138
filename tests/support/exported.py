"""A hand-written pack about an invented council, for what is exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import fakes
from ofsted import CARE, HELP, ILACS, LEADERS, LEAVERS, OVERALL, SINGLE, UNGRADED

from rag.citation.line import Line
from rag.packs.types import (
    AreaGrade,
    Briefing,
    Cause,
    Changes,
    Disagreement,
    EventKind,
    History,
    Inspection,
    LaterStanding,
    LineOfEnquiry,
    Pack,
    Post,
    Precision,
    RecommendationChange,
    SourceFile,
    Term,
    Theme,
    Timeline,
    TimelineEvent,
)
from rag.types import Citation, Voice

MADE = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
REQUIRES = "requires improvement to be good"


def cited(quote: str, source: Citation = fakes.REPORT, page: int = 5) -> Citation:
    """A citation of other words of one of the three sources."""
    return replace(source, quote=quote, context=quote, page=page, paragraph=None)


def line(quote: str, source: Citation = fakes.REPORT, page: int = 5) -> Line:
    """A line that quotes an inspector."""
    return Line(quote, (cited(quote, source, page),), Voice.INSPECTOR, "Inspectors, March 2024")


def concluded(text: str, *citations: Citation) -> Line:
    """A line of the program's own."""
    return Line(text, citations, Voice.PROGRAM)


def inspection(framework: str, day: date, grades: Sequence[tuple[str, str | None]]) -> Inspection:
    """An inspection that gives grades in rows of a table."""
    judged = tuple(
        AreaGrade(area, grade, line(f"{area.capitalize()} {grade or 'is not judged'}", page=1))
        for area, grade in grades
    )
    name = f"reports/fallowmere-{day.year}.pdf"
    return Inspection(
        name, f"Inspection of {day.year}", ("Fallowmere",), framework, day, day, day, judged
    )


def history() -> History:
    """Four inspections under three frameworks, the last without an overall grade."""
    good = (OVERALL, HELP, CARE, LEADERS)
    return History(
        "Fallowmere",
        (
            inspection(SINGLE, date(2015, 6, 1), [(a, "inadequate") for a in good]),
            inspection(ILACS, date(2019, 2, 4), [(a, REQUIRES) for a in good]),
            inspection(ILACS, date(2023, 5, 4), [(a, "good") for a in good]),
            inspection(
                UNGRADED,
                date(2026, 6, 4),
                [(OVERALL, None), (HELP, "good"), (LEAVERS, REQUIRES)],
            ),
        ),
        (concluded("The overall grade went up from 2019 to 2023.", cited("Overall good")),),
    )


def changes() -> Changes:
    """Three items, one better, one not, one passed over in silence."""
    held = history().inspections
    return Changes(
        "Fallowmere",
        held[1],
        held[2],
        (
            RecommendationChange(
                line("The timeliness of visits to children", page=2),
                LaterStanding.IMPROVED,
                (line("Visits to children are now timely.", page=3),),
            ),
            RecommendationChange(
                line("The quality of supervision", page=2),
                LaterStanding.STILL_A_CONCERN,
                (line("Supervision is not yet regular.", page=4),),
            ),
            RecommendationChange(
                line("The offer to care leavers over 21", page=2), LaterStanding.NOT_MENTIONED
            ),
        ),
    )


def enquiry(number: int) -> LineOfEnquiry:
    """A question with its ground."""
    why = line(f"Caseloads in team {number} are too high, and some children wait too long.")
    return LineOfEnquiry(
        f"key-{number}",
        "Workforce",
        Cause.STILL_A_CONCERN,
        concluded(f"How many cases does a social worker in team {number} hold?", *why.citations),
        (why, line(fakes.PLAN.quote, fakes.PLAN, 2)),
        ("A figure for each team, and its date.", "Who answers for it."),
        ("How do you know?", "By when will it be lower, and who will see to it?"),
    )


def timeline(events: int = 6) -> Timeline:
    """Events of three kinds and precisions, a year and a half apart."""
    kinds, exact = list(EventKind), list(Precision)
    return Timeline(
        "Fallowmere",
        tuple(
            TimelineEvent(
                date(2015 + n, 1 + n % 12, 1),
                exact[n % 3],
                kinds[n % len(kinds)],
                line(f"The event of number {n} came about.", page=n + 1),
                date(2024, 3, 4),
                date(2015 + n, 1 + n % 12, 20) if n % 3 == 0 else None,
            )
            for n in range(events)
        ),
    )


def briefing() -> Briefing:
    """A little of everything that a briefing holds."""
    promised = line(fakes.PLAN.quote, fakes.PLAN, 2)
    reported = line(fakes.ARTICLE.quote, fakes.ARTICLE, 1)
    return Briefing(
        (Theme("workforce", (line(fakes.REPORT.quote),)),),
        (Post("Director", "Ada Example", line("Ada Example, director"), date(2024, 3, 4)),),
        (promised,),
        (reported,),
        (Disagreement(promised, reported, "24 against nine posts"),),
        ("adoption",),
        (Term("MASH", "safeguarding hub", line("safeguarding hub (MASH)")),),
    )


def sources() -> tuple[SourceFile, ...]:
    """The three files."""
    return tuple(
        SourceFile(
            each.document, each.title, each.publisher, each.kind, each.date, each.sha256,
            "2026-11-20T10:00:00+00:00",
        )
        for each in (fakes.REPORT, fakes.PLAN, fakes.ARTICLE)
    )  # fmt: skip


def pack(enquiries: int = 3) -> Pack:
    """A whole pack."""
    return Pack(
        "care leavers in Fallowmere",
        "Fallowmere",
        MADE.isoformat(),
        history(),
        (changes(),),
        tuple(enquiry(n) for n in range(1, enquiries + 1)),
        timeline(),
        briefing(),
        sources(),
    )
