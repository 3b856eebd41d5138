"""Grades: what a sentence or table row judges, and how; and which of them a question asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.inspection.frameworks import (
    APART,
    AREAS,
    CATALOGUE,
    OVERALL,
    Framework,
    Grade,
    alternatives,
    areas_named,
)
from rag.text.lexicon import any_of, cue, lists
from rag.types import Passage, Sentence

_NAMED_SCALES = tuple(scale for scale in CATALOGUE.scales.values() if scale.named)
GRADE = f"({alternatives(*_NAMED_SCALES)})"
NAMED_GRADE = re.compile(rf"\b{GRADE}\b", re.IGNORECASE)
"""A grade of any framework, as a text names it."""
_FIGURES = {scale.printed for scale in CATALOGUE.scales.values() if scale.printed}
PRINTED_GRADE = "|".join((GRADE, *sorted(_FIGURES)))
"""What ends a row of a table of judgements, as part of a longer expression."""

_AREA = r"(?P<area>[\w][\w\u2019', .-]{4,120}?)"
_ROW = r"^(?:\d{1,2}(?:\.\d)?\.?\s+)?(?P<area>[A-Z][\w\u2019', -]{4,120}?),?:?\s+{grade}\.?$"
"""A row of a table of judgements: "3.", "1.2", then what is judged and its grade."""
_NOT_A_ROW = re.compile(r"\b(?:is|are|was|were|be|has|have)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade as a document states it."""

    areas: frozenset[str]
    grade: Grade
    passage: Passage
    sentence: Sentence

    @property
    def rank(self) -> int:
        """The place of the grade on its own scale, 1 the lowest."""
        return self.grade.rank

    @property
    def of_another_body(self) -> bool:
        """Whether it judges a body beside the council: a safeguarding board."""
        return not APART.isdisjoint(self.areas)


def judgements(
    passages: Iterable[Passage], framework: Framework | None = None
) -> tuple[Judgement, ...]:
    """Every grade that the passages state, in reading order; of one framework, or of any."""
    stated = []
    for passage in passages:
        for sentence in passage.sentences:
            read = read_grade(sentence.text, framework, early=sentence.page <= 2)
            if read:
                stated.append(Judgement(read[0], read[1], passage, sentence))
    return tuple(stated)


@lru_cache(maxsize=8_192)
def read_grade(
    text: str, framework: Framework | None = None, *, early: bool = True
) -> tuple[frozenset[str], Grade] | None:
    """The areas and the grade that a sentence, heading or table row states, or None.

    Of one framework where it is known, else of any. `early` says that the text stands on one of the
    first two pages, where outcomes in a sentence stand.
    """
    frameworks = tuple(CATALOGUE.frameworks.values()) if framework is None else (framework,)
    for each in frameworks if early else ():
        outcome = _outcome(text, each)
        if outcome is not None:
            return frozenset({OVERALL}), outcome
    for form in _forms(frameworks):
        match = form.pattern.search(text)
        if match is None or (form.is_row and _is_prose(match["area"])):
            continue
        for each in form.frameworks:
            areas = _areas_of(match["area"], each, known=framework is not None)
            grade = _grade(match["grade"], areas, each)
            if grade is not None:
                return areas, grade
    return None


def _outcome(text: str, framework: Framework) -> Grade | None:
    for word, sentence in framework.outcomes.items():
        if re.search(sentence, text, re.IGNORECASE):
            return _grade(word, {OVERALL}, framework)
    return None


def _areas_of(text: str, framework: Framework, *, known: bool) -> frozenset[str]:
    """The areas of a framework that a text names, in the words of its reports too where the text is
    known to be of one."""
    printed = framework.areas if known else ()
    named = areas_named(text, {**CATALOGUE.areas, **framework.areas}, printed)
    return named.intersection(framework.areas)


def _grade(word: str, areas: Collection[str], framework: Framework) -> Grade | None:
    """A grade on the scale of the areas; None where they have no such grade, or no one scale."""
    scales = set(map(framework.scale_of, areas))
    scale = scales.pop() if len(scales) == 1 else None
    read = scale.read(word) if scale else None
    return Grade(framework, scale, *read) if scale and read else None


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of words that gives a grade, and the frameworks whose reports use it."""

    pattern: re.Pattern[str]
    is_row: bool
    frameworks: tuple[Framework, ...]


@cache
def _forms(frameworks: tuple[Framework, ...]) -> tuple[_Form, ...]:
    """The rows, then the sentences, of frameworks; a form that several share stands once."""
    users: dict[tuple[str, bool], list[Framework]] = {}
    for framework in frameworks:
        for row in (_ROW, *framework.rows):
            users.setdefault((_expression(row, framework), True), []).append(framework)
    for framework in frameworks:
        for sentence in framework.prose:
            users.setdefault((_expression(sentence, framework), False), []).append(framework)
    forms: list[_Form] = []
    for (expression, is_row), own in users.items():
        forms.append(_Form(re.compile(expression, re.IGNORECASE), is_row, tuple(own)))
    return tuple(forms)


def _expression(form: str, framework: Framework) -> str:
    """A form with its places filled; a figure is a grade only in a row of the framework's own."""
    scales = set(_NAMED_SCALES)
    if form != _ROW:
        scales.update(filter(None, (framework.scale, *framework.scales.values())))
    grade = rf"\b(?P<grade>{alternatives(*scales)})"
    return form.replace("{area}", _AREA).replace("{grade}", grade)


def _is_prose(label: str) -> bool:
    """Whether what stands before a grade tells something, or gives another grade: no row does."""
    return bool(_NOT_A_ROW.search(label) or NAMED_GRADE.search(label))


def read_unjudged(text: str) -> frozenset[str]:
    """The areas of which a table row says that no judgement is given."""
    match = _unjudged_row().match(text)
    return areas_in(match.group(1)) if match and not _is_prose(match.group(1)) else frozenset()


@cache
def _unjudged_row() -> re.Pattern[str]:
    return re.compile(rf"^(.{{4,120}}?),?:?\s+{any_of(lists.Printed.UNJUDGED)}\.?$", re.IGNORECASE)


def areas_in(text: str) -> frozenset[str]:
    """The areas that a text names; a board's judgement is never taken for the council's."""
    return areas_named(text, CATALOGUE.areas)


def best_per_area(stated: Sequence[Judgement]) -> dict[str, Judgement]:
    """For each area its first statement: the table on the first pages before headings and prose."""
    best: dict[str, Judgement] = {}
    for judgement in stated:
        for area in judgement.areas:
            best.setdefault(area, judgement)
    return best


# ---------------------------------------------------------------- what a question asks of grades


def areas_asked(question: str) -> frozenset[str]:
    """The areas whose grades a question asks for: of its last sentence, else of the whole."""
    last = [part for part in re.split(r"(?<=[.!?])\s+", question) if part.strip()][-1:]
    return areas_in("".join(last)) or areas_in(question)


def areas_meant(question: str) -> tuple[str, ...]:
    """The areas that a question about grades is to be answered for, in the order in which areas are
    shown: those that it names, else overall effectiveness."""
    named = areas_asked(question) - {OVERALL}
    return tuple(area for area in AREAS if area in named) or (OVERALL,)


def grades_named(text: str) -> tuple[str, ...]:
    """The grades that a text names, in order of mention, each by its plain word: "to be good" is
    left away, so that a text that says it and one that does not agree."""
    return tuple(plain_grade(match.group()) for match in NAMED_GRADE.finditer(text))


@cache
def plain_grade(word: str) -> str:
    """A grade by its plain word, in lower case: "requires improvement" with "to be good" or not."""
    for scale in _NAMED_SCALES:
        step = scale.read(word)
        if step:
            return scale.words[step[1] - 1].casefold()
    return word.casefold()


def tells_outcome(text: str) -> bool:
    """Whether a text tells an outcome that is a sentence of its own, as inspections of special
    educational needs do."""
    frameworks = CATALOGUE.frameworks.values()
    return any(_outcome(text, framework) is not None for framework in frameworks)


def judges(text: str) -> bool:
    """Whether a text gives an inspectorate's grade, not praise in the same words."""
    return bool(NAMED_GRADE.search(text)) and bool(cue(lists.Claims.JUDGES).search(text))


def areas_judged(text: str) -> frozenset[str]:
    """The areas whose grades a claim tells: those it names, all that have a theme of their own, or
    the overall one."""
    if cue(lists.Claims.ALL_AREAS).search(text):
        return frozenset(area.name for area in CATALOGUE.areas.values() if area.theme)
    return (areas_in(text) - {OVERALL}) or frozenset({OVERALL})
