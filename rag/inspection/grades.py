"""Grades: what a sentence or table row judges, and how; and which of them a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rag.text.lexicon import any_of, cue, lists
from rag.types import Passage, Sentence


class Area(StrEnum):
    """What is judged, under the old and the new frameworks alike."""

    OVERALL = "overall effectiveness"
    HELP = "help and protection"
    CARE = "children in care"
    LEAVERS = "care leavers"
    LEADERS = "leaders"
    ADOPTION = "adoption"
    BOARD = "safeguarding children board"


RANKS = {
    "inadequate": 1,
    "requires improvement to be good": 2,
    "adequate": 2,
    "good": 3,
    "outstanding": 4,
    "widespread and/or systemic failings": 1,
    "inconsistent experiences and outcomes": 2,
    "positive experiences and outcomes": 3,
}
"""Grades from the lowest, each under its own framework: those of local area partnerships for
special educational needs are the last three."""
GRADE = r"(outstanding|good|requires? improvement(?: to be good)?|inadequate)"
NAMED_GRADE = re.compile(rf"\b{GRADE}\b", re.IGNORECASE)

_GRADE_SPACED = GRADE.replace(" ", r"\ ")
_ROW = re.compile(
    rf"""
    ^(?:\d{{1,2}}(?:\.\d)?\.?\s+)?              # "3.", "1.2"
    ([A-Z][\w\u2019',\ -]{{4,120}}?),?:?\s+     # what is judged
    {_GRADE_SPACED}\.?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_A_ROW = re.compile(r"\b(?:is|are|was|were|be|has|have)\b", re.IGNORECASE)
_PROSE = tuple(
    re.compile(pattern.replace("GRADE", GRADE), re.IGNORECASE)
    for pattern in (
        r"\b(?:graded )?judgement (?:for|about|of) (?:the )?(.{4,90}?) is that "
        r"(?:it is|they are|it) GRADE",
        r"^(Children(?:'s|\u2019s) services in .{2,60}?) (?:are |is )?GRADE(?:\.|$)",
        r"^(?:The )?(.{0,60}?safeguarding (?:children )?board(?: \(\w+\))?) "
        r"(?:is |was judged (?:to be )?)?GRADE\b",
        r"^(Overall effectiveness)\s+(?:is |was )?GRADE",
    )
)
_OUTCOMES = tuple(
    (re.compile(said, re.IGNORECASE), outcome)
    for said, outcome in (
        (
            r"arrangements typically lead to positive experiences and outcomes",
            "positive experiences and outcomes",
        ),
        (
            r"arrangements lead to inconsistent experiences and outcomes",
            "inconsistent experiences and outcomes",
        ),
        (r"widespread and/or systemic failings", "widespread and/or systemic failings"),
    )
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade as a document states it; `rank` orders grades, 1 the lowest."""

    areas: frozenset[Area]
    grade: str
    passage: Passage
    sentence: Sentence

    @property
    def rank(self) -> int:
        """1 inadequate, 2 requires improvement, 3 good, 4 outstanding (three steps for SEND)."""
        return RANKS[self.grade]

    @property
    def of_partnership(self) -> bool:
        """Whether it judges a local area partnership, which no council's grade compares with."""
        return any(self.grade == outcome for _, outcome in _OUTCOMES)


def judgements(passages: Iterable[Passage]) -> tuple[Judgement, ...]:
    """Every grade that the passages state, in reading order."""
    found = []
    for passage in passages:
        for sentence in passage.sentences:
            read = read_grade(sentence.text, early=sentence.page <= 2)
            if read:
                found.append(Judgement(read[0], read[1], passage, sentence))
    return tuple(found)


def read_grade(text: str, *, early: bool = True) -> tuple[frozenset[Area], str] | None:
    """The areas and the grade that a sentence, heading or table row states, or None.

    `early` says that it stands on one of the first two pages, where SEND outcomes stand.
    """
    outcome = _outcome(text) if early else None
    if outcome:
        return frozenset({Area.OVERALL}), outcome
    for pattern in (_ROW, *_PROSE):
        match = pattern.search(text)
        if match and not (pattern is _ROW and _is_prose(match.group(1))):
            areas = areas_in(match.group(1))
            if areas:
                return areas, full_grade(match.group(2))
    return None


def _is_prose(named: str) -> bool:
    """Whether what stands before a grade tells something, or gives another grade: no row does."""
    return bool(_NOT_A_ROW.search(named) or NAMED_GRADE.search(named))


def read_unjudged(text: str) -> frozenset[Area]:
    """The areas of which a table row says that no judgement is given."""
    match = _unjudged_row().match(text)
    return areas_in(match.group(1)) if match and not _is_prose(match.group(1)) else frozenset()


@cache
def _unjudged_row() -> re.Pattern[str]:
    return re.compile(rf"^(.{{4,120}}?),?:?\s+{any_of(lists.Printed.UNJUDGED)}\.?$", re.IGNORECASE)


def _outcome(text: str) -> str | None:
    return next((outcome for said, outcome in _OUTCOMES if said.search(text)), None)


def full_grade(grade: str) -> str:
    """A grade as the framework writes it, in lower case."""
    grade = grade.casefold()
    return "requires improvement to be good" if grade.startswith("require") else grade


def areas_in(text: str) -> frozenset[Area]:
    """The areas that a text names; a board's judgement is never taken for the council's."""
    found = frozenset(
        area for area in Area if cue(lists.Areas(f"areas.{area.name.lower()}")).search(text)
    )
    if Area.BOARD in found:
        return frozenset({Area.BOARD})
    if Area.LEADERS in found and Area.HELP not in found:
        # "The impact of leaders on social work practice with children and families"
        return frozenset({Area.LEADERS})
    return found


def best_per_area(found: Sequence[Judgement]) -> dict[Area, Judgement]:
    """For each area its first statement: the table on the first pages before headings and prose."""
    best: dict[Area, Judgement] = {}
    for judgement in found:
        for area in judgement.areas:
            best.setdefault(area, judgement)
    return best


# ---------------------------------------------------------------- what a question asks of grades


def areas_asked(question: str) -> frozenset[Area]:
    """The areas whose grades a question asks for: of its last sentence, else of the whole."""
    last = [part for part in re.split(r"(?<=[.!?])\s+", question) if part.strip()][-1:]
    return areas_in("".join(last)) or areas_in(question)


def areas_meant(question: str) -> tuple[Area, ...]:
    """The areas that a question about grades is to be answered for, in the order of the framework:
    those that it names, else overall effectiveness."""
    named = areas_asked(question) - {Area.OVERALL}
    return tuple(area for area in Area if area in named) or (Area.OVERALL,)


def grades_named(text: str) -> tuple[str, ...]:
    """The grades that a text names, in full, in order of mention."""
    return tuple(full_grade(match.group(1)) for match in NAMED_GRADE.finditer(text))


def tells_outcome(text: str) -> bool:
    """Whether a text tells the outcome of an inspection of special educational needs."""
    return any(said.search(text) for said, _ in _OUTCOMES)


def judges(text: str) -> bool:
    """Whether a text gives an inspectorate's grade, not praise in the same words."""
    return bool(NAMED_GRADE.search(text)) and bool(cue(lists.Claims.JUDGES).search(text))


def areas_judged(text: str) -> frozenset[Area]:
    """The areas whose grades a claim tells: those it names, all of them, or the overall one."""
    named = areas_in(text)
    if cue(lists.Claims.ALL_AREAS).search(text):
        return frozenset({Area.HELP, Area.CARE, Area.LEAVERS, Area.LEADERS})
    return (named - {Area.OVERALL}) or frozenset({Area.OVERALL})
