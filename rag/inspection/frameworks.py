"""Inspectorates, their frameworks, areas and scales, as `frameworks.toml` gives them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from rag.text.lexicon import bounded

OVERALL = "overall effectiveness"
"""The area that is the whole: an inspectorate's own words for it are in the data."""


@dataclass(frozen=True, slots=True)
class Inspectorate:
    """Who inspects, and by what its reports are told."""

    name: str
    named: re.Pattern[str]
    """How a text names it."""
    signed: re.Pattern[str] | None
    """What its reports bear besides, where a name alone tells little."""
    titles: re.Pattern[str] | None
    """How its reports are titled or begin."""
    signs: re.Pattern[str] | None
    """Who signs a letter for it."""
    sites: tuple[str, ...]
    """The hosts of its web pages."""
    partner: str
    """With whom it inspects jointly ..."""
    jointly_led: re.Pattern[str] | None
    """... where any of the text of a report says so."""


@dataclass(frozen=True, slots=True)
class Area:
    """What is judged."""

    name: str
    cues: re.Pattern[str]
    """By which a question or a sentence names it."""
    printed: re.Pattern[str] | None
    """What names it in its own inspectorate's reports alone."""
    theme: str
    """Of a briefing; "" where there is none."""
    apart: bool
    """Whether it is of another body, whose judgement is never taken for the council's."""
    apart_without: str
    """Named with others it is judged alone, unless this one is among them."""


Step = tuple[tuple[str, str], ...]
"""The words for one grade, each with the expression that finds it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades from the lowest, in an inspectorate's own words."""

    name: str
    steps: tuple[Step, ...]
    named: bool
    """Whether the words tell a grade in running text: a figure does not."""
    printed: str = ""
    """The expression of a figure as it ends a row of a table."""
    grade: str = ""
    """What a grade of it is called, where that is not the framework's word: "score"."""

    @property
    def words(self) -> tuple[str, ...]:
        """The plain word for each grade, the lowest first."""
        return tuple(min(dict(step), key=len) for step in self.steps)

    def read(self, text: str) -> tuple[str, int] | None:
        """A grade's word as printed, but in the data's capitals, and its rank, 1 the lowest; None
        for what is no grade of this scale."""
        for rank, step in enumerate(self.steps, 1):
            for word, expression in step:
                if re.fullmatch(expression, text, re.IGNORECASE):
                    return word, rank
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """The rules of an inspection: what is judged, in what words, and how a report says it."""

    name: str
    heading: str
    service: str
    series: str
    areas: Mapping[str, Area]
    """In the order in which its reports print them."""
    scale: Scale | None
    scales: Mapping[str, Scale]
    """Those of areas that have one of their own."""
    called: Mapping[str, str]
    grade: str
    """Its word for a grade: "grade", "rating"."""
    overall: str
    """Its words for the grade of the whole."""
    rows: tuple[str, ...]
    prose: tuple[str, ...]
    outcomes: Mapping[str, str]
    marks: re.Pattern[str] | None
    visit: bool
    since: date | None
    unjudged: frozenset[str]
    """Areas of which it gives no judgement; none is ever inferred."""

    def scale_of(self, area: str) -> Scale | None:
        """The scale on which an area is graded, None where none is."""
        return self.scales.get(area, self.scale)

    def name_of(self, area: str) -> str:
        """What its reports call an area."""
        return self.called.get(area, area)

    def grade_for(self, *areas: str) -> str:
        """How a sentence speaks of the grade of an area, or of several judged together."""
        if areas == (OVERALL,):
            return self.overall
        scale = self.scale_of(areas[0])
        grade = scale.grade if scale and scale.grade else self.grade
        return f"{grade} for {' and '.join(map(self.name_of, areas))}"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade in the words of the report that gives it, never renamed; compared within one scale
    alone. `rank` orders grades, 1 the lowest."""

    framework: Framework
    scale: Scale
    word: str
    rank: int

    def rank_of(self, word: str) -> int | None:
        """Where a grade by some word stands on the same scale; None where it is not on it."""
        step = self.scale.read(word)
        return step[1] if step else None

    @property
    def is_high(self) -> bool:
        """Whether it is in the upper half of its scale."""
        return 2 * self.rank > len(self.scale.steps)

    def is_called(self, word: str) -> bool:
        """Whether a word of a question or claim is this grade, "to be good" or not."""
        return self.rank_of(word) == self.rank


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything that a `frameworks.toml` holds, by name, in its order."""

    inspectorates: dict[str, Inspectorate]
    scales: dict[str, Scale]
    areas: dict[str, Area]
    frameworks: dict[str, Framework]


# ---------------------------------------------------------------- reading the data


def read_catalogue(text: str) -> Catalogue:
    """The catalogue that the text of a TOML file gives. Raises KeyError for a name it lacks."""
    data = tomllib.loads(text)
    catalogue = Catalogue({}, {}, {}, {})
    for row in data["inspectorate"]:
        catalogue.inspectorates[row["name"]] = _inspectorate(row)
    for row in data["scale"]:
        catalogue.scales[row["name"]] = _scale(row)
    for row in data["area"]:
        catalogue.areas[row["name"]] = _area(row)
    rows: dict[str, dict[str, Any]] = {}
    for row in data["framework"]:
        name = row["name"]
        rows[name] = {**rows[row["like"]], **row} if "like" in row else row
        catalogue.frameworks[name] = _framework(rows[name], catalogue.areas, catalogue.scales)
    return catalogue


def _inspectorate(row: Mapping[str, Any]) -> Inspectorate:
    return Inspectorate(
        name=row["name"],
        named=re.compile(row["named"]),
        signed=_pattern(row, "signed"),
        titles=_pattern(row, "titles", re.IGNORECASE),
        signs=_pattern(row, "signs"),
        sites=tuple(row.get("sites", ())),
        partner=row.get("with", ""),
        jointly_led=_pattern(row, "jointly_led", re.IGNORECASE),
    )


def _pattern(row: Mapping[str, Any], key: str, flags: int = 0) -> re.Pattern[str] | None:
    return re.compile(row[key], flags) if key in row else None


def _scale(row: Mapping[str, Any]) -> Scale:
    steps: list[Step] = []
    for grade in row["grades"]:
        forms = {grade: re.escape(grade)} if isinstance(grade, str) else grade
        steps.append(tuple(forms.items()))
    return Scale(
        row["name"],
        tuple(steps),
        row.get("named", True),
        row.get("printed", ""),
        row.get("grade", ""),
    )


def _area(row: Mapping[str, Any]) -> Area:
    return Area(
        name=row["name"],
        cues=_cues(row["cues"]),
        printed=_cues(row["printed"]) if "printed" in row else None,
        theme=row.get("theme", ""),
        apart=row.get("apart", False),
        apart_without=row.get("apart_without", ""),
    )


def _cues(lines: str) -> re.Pattern[str]:
    return re.compile(bounded(filter(None, lines.splitlines())), re.IGNORECASE)


def _framework(
    row: Mapping[str, Any], areas: Mapping[str, Area], scales: Mapping[str, Scale]
) -> Framework:
    grade = row.get("grade", "grade")
    return Framework(
        name=row["name"],
        heading=row["heading"],
        service=row["service"],
        series=row.get("series", row["name"]),
        areas={name: areas[name] for name in row["areas"]},
        scale=scales[row["scale"]] if "scale" in row else None,
        scales={area: scales[name] for area, name in row.get("scales", {}).items()},
        called=row.get("called", {}),
        grade=grade,
        overall=row.get("overall", f"overall {grade}"),
        rows=tuple(row.get("rows", ())),
        prose=tuple(row.get("prose", ())),
        outcomes=row.get("outcomes", {}),
        marks=_cues(row["marks"]) if "marks" in row else None,
        visit=row.get("visit", False),
        since=row.get("since"),
        unjudged=frozenset(row.get("unjudged", ())),
    )


def alternatives(*scales: Scale) -> str:
    """Any of the grades of some scales, as part of a longer expression: the longest first."""
    expressions: set[str] = set()
    for scale in scales:
        for step in scale.steps:
            expressions.update(dict(step).values())
    return "|".join(sorted(expressions, key=lambda text: (-len(text), text)))


CATALOGUE = read_catalogue(
    files("rag.inspection").joinpath("frameworks.toml").read_text(encoding="utf-8")
)
AREAS = tuple(CATALOGUE.areas)
"""The names of the areas in the order in which they are shown."""
APART = frozenset(area.name for area in CATALOGUE.areas.values() if area.apart)
"""The areas of another body: a safeguarding board."""
ANOTHER = next(f for f in CATALOGUE.frameworks.values() if f.marks is None)
"""The framework of a report that bears the marks of none."""


def framework_named(name: str) -> Framework:
    """A framework by its name; the one for all others where the name is of none."""
    return CATALOGUE.frameworks.get(name, ANOTHER)


def area_order(area: str) -> int:
    """The place of an area in the order in which areas are shown."""
    return AREAS.index(area) if area in AREAS else len(AREAS)


def of_one_service(one: str, other: str) -> bool:
    """Whether inspections under two frameworks, by name, are of the same service: what one asks
    for, the next may answer."""
    return framework_named(one).service == framework_named(other).service


# ---------------------------------------------------------------- the areas that a text names


def areas_named(
    text: str, areas: Mapping[str, Area], printed: Collection[str] = ()
) -> frozenset[str]:
    """Which of some areas a text names, those of `printed` in the words of their own reports too.

    A name within a longer one is not meant ("leadership" in "leadership and force management"), and
    a board's judgement is never taken for the council's.
    """
    mentions: list[tuple[Area, re.Match[str]]] = []
    for area in areas.values():
        for pattern in (area.cues, area.printed if area.name in printed else None):
            for match in pattern.finditer(text) if pattern else ():
                mentions.append((area, match))
    named = {area.name: area for area, match in mentions if not _is_within(match, mentions)}
    for area in named.values():
        if area.apart:
            return frozenset({area.name})
    for area in named.values():
        if area.apart_without and area.apart_without not in named:
            return frozenset({area.name})
    return frozenset(named)


def _is_within(match: re.Match[str], mentions: Iterable[tuple[Area, re.Match[str]]]) -> bool:
    """Whether a name is part of a longer one."""
    for _, other in mentions:
        covers = other.start() <= match.start() and match.end() <= other.end()
        if covers and other.span() != match.span():
            return True
    return False
