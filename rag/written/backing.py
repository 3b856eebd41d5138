"""Pure: what a statement says that words of a source do not; backed is where there is nothing.

What a statement adds is looked for in every respect in which a language model has been seen to
stray: figures, dates, names, who speaks, denials, how many, causes, whether a thing is so or only
planned, and words that the source neither has nor has in other words. Strict on purpose: what is
left out is quoted, and a wrong sentence with a citation under it costs more than a lost one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import alpha2digit

from rag.comparators import grades
from rag.comparators.alike import puts
from rag.comparators.compare import compare
from rag.comparators.grades import judges
from rag.comparators.moments import Moment, is_of, moments
from rag.comparators.people import bodies
from rag.comparators.polarity import denied, focus
from rag.comparators.quantities import Quantity, Sort, quantities
from rag.comparators.reading import Reading, Source, Token, read
from rag.cues import cue, words
from rag.judgements import NAMED_GRADE, full_grade
from rag.types import Description, Finding, Kind
from rag.vocabulary import expansions
from rag.words import stem
from rag.written.company import Place, changes, misplaced, strayed

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CAPITAL = re.compile(r"(?<![.!?:\u201c\"]\s)(?<!^)(?<!^[\u201c\"])\b[A-Z][\w\u2019'-]+")
ROUNDING = 0.02
"""By how much figures may differ that are the same ("a fifth", "12 months" and "a year")."""
_SPEAKERS = (Kind.INSPECTION_REPORT, Kind.COUNCIL_DOCUMENT, Kind.NEWS)


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that may back a statement: what is said, the heading above, and the document."""

    said: str
    heading: str
    about: Description


def strays(statement: str, unit: Unit) -> dict[str, int]:
    """In which respects, and how often, a statement says what the source does not; empty where the
    source backs it."""
    found = {name: look(statement, unit) for name, look in _LOOKS.items()}
    return {name: count for name, count in found.items() if count}


# ---------------------------------------------------------------- figures and dates


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Place, ...]:
    """The figures of a text, in digits or words, those of its dates aside: what each measures, its
    value, and where; a number that measures nothing (an age, a stage) is of no sort."""
    measured = [
        Place((q.sort, _value(q)), q.mark.start, q.mark.end) for q in quantities(text) if not q.part
    ]
    taken = [(m.mark.start, m.mark.end) for m in moments(text)]
    taken += [(q.mark.start, q.mark.end) for q in quantities(text)]
    free = _blank(text, taken)
    rest = [
        Place((None, float(m.group().replace(",", ""))), *m.span()) for m in _NUMERAL.finditer(free)
    ]
    return tuple(sorted([*measured, *rest], key=lambda place: place.start))


def _value(quantity: Quantity) -> float:
    """The number as written, whatever is said to lie above or below it."""
    if math.isinf(quantity.high):
        return round(quantity.low, 4)
    return round(quantity.high if quantity.low == 0 else (quantity.low + quantity.high) / 2, 4)


@lru_cache(maxsize=4096)
def numerals(text: str) -> frozenset[float]:
    """Every number that a text names, in figures or in words."""
    plain = alpha2digit(text, "en")
    return frozenset(float(n.replace(",", "").rstrip(".")) for n in _NUMERAL.findall(plain))


def _stray_figures(statement: str, unit: Unit) -> int:
    """How many figures the source does not have, as a quantity or, of what is only counted, as a
    number."""
    said = quantities(unit.said)
    held = numerals(unit.said) | numerals(unit.about.title)
    ours = [q for q in quantities(statement) if not any(_same_figure(q, s) for s in said)]
    stray = [q for q in ours if q.sort is not Sort.COUNT or not numerals(q.written) <= held]
    marks = [(m.mark.start, m.mark.end) for m in moments(statement)]
    rest = _blank(statement, [*marks, *((q.mark.start, q.mark.end) for q in quantities(statement))])
    return len(stray) + len(numerals(rest) - held)


def _same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one sort and one value, but for rounding."""
    a, b = _value(one), _value(other)
    return one.sort is other.sort and abs(a - b) <= ROUNDING * max(a, b)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _misplaced(statement: str, unit: Unit) -> int:
    """How many figures and dates stand elsewhere than in the source, and changes the other way."""
    ours, theirs = figures(statement), figures(unit.said)
    told, held = changes(statement, ours), changes(unit.said, theirs)
    turned = sum((later, earlier) in held for earlier, later in told)
    kept = {value for change in told & held for value in change}
    free = [place for place in ours if place.what not in kept]
    dates = misplaced(statement, unit.said, _dated(statement), _dated(unit.said))
    return turned + misplaced(statement, unit.said, free, theirs) + dates


def _dated(text: str) -> tuple[Place, ...]:
    return tuple(Place((m.year, m.first, m.last), m.mark.start, m.mark.end) for m in moments(text))


def _stray_dates(statement: str, unit: Unit) -> int:
    """How many dates the source neither has nor, where it dates nothing itself, is of."""
    said, claimed = moments(unit.said), moments(statement)
    stray = [m for m in claimed if not _is_told(m, (*said, *moments(unit.about.title)))]
    free = [m for m in said if not any(m.meets(c) for c in claimed)]
    return sum(bool(_like(m, free)) or not _speaks_of(m, unit.about) for m in stray)


def _like(moment: Moment, others: Iterable[Moment]) -> list[Moment]:
    return [m for m in others if m.names_month == moment.names_month]


def _is_told(moment: Moment, said: Iterable[Moment]) -> bool:
    """Whether a date is one of those said, or less exact than one."""
    return any(
        moment.meets(m)
        and moment.first <= m.first
        and m.last <= moment.last
        and _day(moment) in ("", _day(m))
        for m in said
    )


def _day(moment: Moment) -> str:
    day = re.match(r"\d{1,2}(?!\d)", moment.written)
    return day.group() if day else ""


def _speaks_of(moment: Moment, about: Description) -> bool:
    days = [d for d in (about.inspected_from, about.inspected_to, about.published) if d]
    if _day(moment):
        return any(d.day == int(_day(moment)) and is_of(moment, about) for d in days)
    return is_of(moment, about)


# ---------------------------------------------------------------- names and speakers


def _stray_names(statement: str, unit: Unit) -> int:
    calendar = frozenset(map(stem, words("words.calendar")))
    return len(_named(statement) - _known(unit) - calendar)


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """The words written with a capital, but for the first of each sentence."""
    found = _CAPITAL.findall(text)
    return frozenset(stem(word.casefold().replace("\u2019", "'")) for word in found)


@lru_cache(maxsize=4096)
def _known(unit: Unit) -> frozenset[str]:
    """The stems that a source brings along: of its words, its heading, and whom it is by."""
    about = unit.about
    labels = (about.title, about.publisher or "", about.agency or "", *about.councils, unit.heading)
    forms = (form for _, forms in expansions(unit.said) for form in forms)
    stems = {token.stem for text in (unit.said, *labels, *forms) for token in read(text).tokens}
    stems |= {initials.casefold() for initials in _initials(unit.said)}
    return frozenset(stems | {stem(w) for w in words(f"words.speaks_{about.kind.value}")})


def _initials(text: str) -> Iterator[str]:
    """What the names in a text may be cut to: "ICB" for "Integrated Care Board"."""
    for name in bodies(text):
        letters = "".join(word[0] for word in name.name.split() if word[0].isupper())
        for start in range(len(letters) - 1):
            yield from (letters[start:end] for end in range(start + 2, len(letters) + 1))


def _stray_voices(statement: str, unit: Unit) -> int:
    """Whether inspectors, the council or the press are said to say what another does."""
    return sum(
        bool(cue(f"speakers.{kind.value}").search(statement)) and not _speaks(kind, unit)
        for kind in _SPEAKERS
    )


def _speaks(kind: Kind, unit: Unit) -> bool:
    told = cue(f"speakers.{kind.value}").search(unit.said)
    return unit.about.kind is kind or bool(told)


# ---------------------------------------------------------------- what comparators find


_MINDED = frozenset({"number", "date", "grade", "name", "attribution", "council", "direction"})
"""The aspects in which a comparator's difference is one; the finer looks here mind the rest."""


def _differences(statement: str, unit: Unit) -> int:
    source = Source(read(unit.said), read(f"{unit.heading}. {unit.said}"), unit.about)
    found = compare(read(statement), source)
    return sum(c.finding is Finding.DIFFERS and c.aspect in _MINDED for c in found)


def _causes(statement: str, unit: Unit) -> int:
    told = cue("backing.cause").search(statement)
    return bool(told) and not cue("backing.cause").search(unit.said)


def _turned(statement: str, unit: Unit) -> int:
    # What rose or fell between two figures, the figures tell.
    told = changes(statement, figures(statement)) & changes(unit.said, figures(unit.said))
    return len(strayed(statement, unit.said, ("more", "less") if told else ()))


def _denials(statement: str, unit: Unit) -> int:
    """How many words one of the two denies above all and the other says."""
    claim, said = read(statement), read(unit.said)
    ours, theirs = denied(claim), denied(said)
    return _unlike(_first(claim), said, theirs) + _unlike(_first(said), claim, ours)


def _first(reading: Reading) -> list[Token]:
    """The first telling word after each denial; a second one may be of the next phrase."""
    return list(focus(reading, 1))


def _unlike(tokens: Iterable[Token], other: Reading, denied_there: frozenset[int]) -> int:
    """How many denied words another text has, nowhere denied."""
    places = [
        [m for m, t in enumerate(other.tokens) if puts(token.stem, t.stem)] for token in tokens
    ]
    return sum(bool(found) and denied_there.isdisjoint(found) for found in places)


def _grades(statement: str, unit: Unit) -> int:
    """Whether a statement gives a grade that the source does not give."""
    if not judges(statement):
        return 0
    source = Source(read(unit.said), read(unit.said), unit.about)
    agree = any(c.finding is Finding.AGREES for c in grades.compare(read(statement), source))
    return not agree and not _graded(statement) <= _graded(unit.said)


def _graded(text: str) -> frozenset[str]:
    return frozenset(full_grade(match.group(1)) for match in NAMED_GRADE.finditer(text))


def _agents(statement: str, unit: Unit) -> int:
    """Whether something is said to be done by another than in the source."""
    ours, theirs = _by(statement), _by(unit.said)
    return bool(ours and theirs) and not any(puts(a, b) for a in ours for b in theirs)


def _by(text: str) -> list[str]:
    """The first telling word after each "by" that names who did something."""
    reading = read(text)
    found = []
    for match in cue("backing.by").finditer(text):
        after = [t for t in reading.tokens if t.start >= match.end() and t.carries][:1]
        found += [t.stem for t in after if not t.word[0].isdigit()]
    return found


# ---------------------------------------------------------------- words that the source lacks


def foreign(statement: str, unit: Unit) -> tuple[Token, ...]:
    """The telling words of a statement that the source has in no form."""
    known = _known(unit)
    return tuple(t for t in _telling(read(statement)) if not _is_among(t, known))


def _telling(reading: Reading) -> Iterator[Token]:
    """The words that carry meaning and that no other look minds."""
    minded = [(t.start, t.end) for t in _minded(reading.text)]
    for token in reading.tokens:
        if _tells(token) and not any(a <= token.start < b for a, b in minded):
            yield token


def _minded(text: str) -> Iterator[Place]:
    yield from figures(text)
    yield from _dated(text)
    yield from (Place(None, *match.span()) for match in cue("backing.of_time").finditer(text))


def _tells(token: Token) -> bool:
    return (
        token.carries
        and not token.word[0].isdigit()
        and token.word not in words("words.reporting")
        and token.word not in words("words.light")
    )


def _is_among(token: Token, stems: frozenset[str]) -> bool:
    return token.stem in stems or any(puts(token.stem, other) for other in stems)


_LOOKS: Mapping[str, Callable[[str, Unit], int]] = {
    "figure": _stray_figures,
    "place of a figure": _misplaced,
    "date": _stray_dates,
    "name": _stray_names,
    "speaker": _stray_voices,
    "difference": _differences,
    "cause": _causes,
    "turn": _turned,
    "denial": _denials,
    "grade": _grades,
    "agent": _agents,
    "word": lambda statement, unit: len(foreign(statement, unit)),
}
