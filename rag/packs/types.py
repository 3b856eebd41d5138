"""The nouns of a committee pack: frozen values, every line with the quotes that back it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.citation.line import Line
from rag.types import Citation, Day, Kind

# ---------------------------------------------------------------- judgements over time


@dataclass(frozen=True, slots=True)
class AreaGrade:
    """One area of an inspection: its grade, or None where the report says it is not judged."""

    area: str
    """Its name in `frameworks.toml`."""
    grade: str | None
    """In the words of the report."""
    line: Line | None = None
    """The row or sentence that gives the grade, or that says that none is given."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the line stands; none where there is no line."""
        return self.line.citations if self.line else ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection report as a row of the record; a date that is not known is None."""

    document: str
    title: str
    councils: tuple[str, ...]
    framework: str
    """Its name in `frameworks.toml`."""
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    judged: tuple[AreaGrade, ...]
    """In the order of the framework; an area that the report does not judge has no row."""

    @property
    def speaks_for(self) -> date | None:
        """The last day of the inspection, else the day of its report."""
        return self.inspected_to or self.published

    @property
    def years(self) -> frozenset[int]:
        """The years that people call it by: of its days and of its report."""
        days = (self.inspected_from, self.inspected_to, self.published)
        return frozenset(day.year for day in days if day)


@dataclass(frozen=True, slots=True)
class History:
    """A council's inspections, oldest first, and what follows from their grades."""

    council: str
    inspections: tuple[Inspection, ...]
    movements: tuple[Line, ...] = ()
    """"The overall grade went up: ...", each in the program's voice, of one framework alone."""


class LaterStanding(StrEnum):
    """What the later report says of something that the earlier asked to be improved."""

    IMPROVED = "improved"
    STILL_A_CONCERN = "still a concern"
    MENTIONED = "mentioned"
    """The later report speaks of it, and says neither that it is better nor that it is not."""
    NOT_MENTIONED = "not mentioned"


@dataclass(frozen=True, slots=True)
class RecommendationChange:
    """An area for improvement of the earlier report and what the later one says about it."""

    item: Line
    since: LaterStanding
    later: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of everything that an earlier report asked for, in the later one."""

    council: str
    earlier: Inspection
    later: Inspection
    items: tuple[RecommendationChange, ...]


# ---------------------------------------------------------------- timeline


class Precision(StrEnum):
    """How exactly a source dates an event."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def last_day(when: date, precision: Precision) -> date:
    """The last day that a date may mean, as exactly as it is given."""
    if precision is Precision.YEAR:
        return date(when.year, 12, 31)
    if precision is Precision.MONTH:
        return when.replace(day=monthrange(when.year, when.month)[1])
    return when


class EventKind(StrEnum):
    """What sort of thing happened, or is to happen."""

    INSPECTION = "inspection"
    APPOINTMENT = "appointment"
    DEPARTURE = "departure"
    ANNOUNCEMENT = "announcement"
    DECISION = "decision"
    DEADLINE = "deadline"
    OTHER = "event"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that a source dates; `when` is the day of the event, or the first day of its month
    or year, and `reported` the date of the source."""

    when: date
    precision: Precision
    kind: EventKind
    line: Line
    reported: date | None
    until: date | None = None
    """The last day, for what lasts longer than one (an inspection)."""
    also: tuple[Line, ...] = ()
    """What other documents say of the same event, the best line of each."""

    @property
    def last(self) -> date:
        """The last day on which it may have been."""
        return last_day(self.until or self.when, self.precision)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated events about a subject, oldest first."""

    subject: str
    events: tuple[TimelineEvent, ...]


# ---------------------------------------------------------------- briefing


@dataclass(frozen=True, slots=True)
class Theme:
    """Findings on one theme ("leadership", "care leavers"), the weightiest first."""

    name: str
    lines: tuple[Line, ...]
    strengths: tuple[Line, ...] = ()
    """Those of the lines that tell what is done well ..."""
    weaknesses: tuple[Line, ...] = ()
    """... and those that tell what is not."""


@dataclass(frozen=True, slots=True)
class Post:
    """Who holds a post, as a source of a date gives it."""

    post: str
    name: str
    line: Line
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources that say different things of one matter, and in what respect."""

    one: Line
    other: Line
    respect: str
    """What differs, in words ("21 against 24 plans")."""


@dataclass(frozen=True, slots=True)
class Term:
    """An abbreviation that occurs in the documents, with its meaning where a document gives it."""

    short: str
    meaning: str
    line: Line


@dataclass(frozen=True, slots=True)
class Briefing:
    """Two pages for a new member."""

    findings: tuple[Theme, ...]
    people: tuple[Post, ...]
    doing: tuple[Line, ...]
    """What the council says that it is doing."""
    said: tuple[Line, ...]
    """What the press and others said."""
    disagreements: tuple[Disagreement, ...]
    uncovered: tuple[str, ...]
    """The themes of which the documents say nothing."""
    glossary: tuple[Term, ...]


# ---------------------------------------------------------------- lines of enquiry


class Cause(StrEnum):
    """Why to ask."""

    STILL_A_CONCERN = "still a concern at the later inspection"
    NO_LATER_EVIDENCE = "no later evidence of action"
    NOTHING_LATER_HELD = "asked for by inspectors, and no later document is held"
    PROMISE_PASSED = "a promise whose date has passed"
    FIGURE_WORSE = "a figure that got worse"
    SOURCES_DISAGREE = "sources that disagree"
    NOT_KNOWN = "something leaders had not known or asked"
    GRADE_FELL = "a grade that fell"
    CRITICISED = "a criticism by inspectors"


@dataclass(frozen=True, slots=True)
class LineOfEnquiry:
    """A question to put to the cabinet member or director, why, and what to listen for."""

    key: str
    """Stable for the same finding, so that a reader's order and edits hold when made again."""
    theme: str
    cause: Cause
    question: Line
    why: tuple[Line, ...]
    good_answer: tuple[str, ...]
    """What a good answer would show: a figure, a date, an owner."""
    follow_ups: tuple[str, ...]
    """If the answer is thin."""
    reworded: bool = False
    """Whether the question is in the words of whoever prepared the pack."""


# ---------------------------------------------------------------- the pack


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document that a pack rests on, so that it can be found again years later."""

    document: str
    title: str
    publisher: str | None
    kind: Kind
    date: Day | None
    sha256: str
    added: str
    """When it was added to the library, ISO 8601 with seconds, UTC."""
    inspected: tuple[Day, ...] = ()
    """The first and last day of the inspection that it reports, where they are known."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that one committee takes into the room on one subject."""

    subject: str
    """As asked for: "care leavers in Croydon", "Croydon"."""
    council: str
    made: str
    """ISO 8601 with seconds, UTC."""
    history: History
    changes: tuple[Changes, ...]
    enquiries: tuple[LineOfEnquiry, ...]
    timeline: Timeline
    briefing: Briefing
    sources: tuple[SourceFile, ...]
    """Every document that it was made from, cited or not."""
    topic: str = ""
    """What it is narrowed to, in words ("care leavers"); nothing where it is on everything."""
    inspection: str = ""
    """The report that it is about, by the name of its document; nothing where it is about all."""
    unmade: tuple[str, ...] = ()
    """The parts that were not made, or not to their end, in the time allowed."""
    asked: tuple[Line, ...] = ()
    """What the newest report of each service asks for, which no later one can tell of."""
