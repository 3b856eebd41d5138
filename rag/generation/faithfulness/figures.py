"""Pure: whether a statement's figures and dates are those of its source, each in its place."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import permutations

from text_to_num import alpha2digit

from rag.generation.faithfulness.context_words import FigureChange, Place, changes, misplaced
from rag.generation.faithfulness.source import SourceSpan
from rag.text.dates import DateMention, is_of, moments
from rag.text.parse import parse
from rag.text.quantities import Quantity, Unit, quantities
from rag.types import Description

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[-\u2013/] ?(?:19|20)?(\d\d)\b")
_BOUND = re.compile(
    r"\b(?:by|until|from|since|before|after|between)"
    r"(?: (?:the )?(?:early|late|mid|end of|start of))?[ -]*(?:the )?$",
    re.IGNORECASE,
)
COUNTED = 5
"""How many words after a number may name what it counts."""
EARLIEST = 1900
"""Numbers of a title above this one are years."""
ROUNDING = 0.02
"""By how much figures may differ that are the same ("a fifth", "12 months" and "a year")."""


# ---------------------------------------------------------------- figures


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


def stray_figures(statement: str, unit: SourceSpan) -> int:
    """How many figures the source does not have, as a quantity or, of what is only counted, as a
    number."""
    said = quantities(unit.said)
    held = numerals(unit.said) | {n for n in numerals(unit.about.title) if n > EARLIEST}
    ours = [q for q in quantities(statement) if not any(_same_figure(q, s) for s in said)]
    stray = [q for q in ours if not _is_told_otherwise(q, said, held)]
    marks = [(m.mark.start, m.mark.end) for m in moments(statement)]
    rest = _blank(statement, [*marks, *((q.mark.start, q.mark.end) for q in quantities(statement))])
    return len(stray) + len(numerals(rest) - held)


def _same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one sort and one value, but for rounding."""
    a, b = _value(one), _value(other)
    return one.sort is other.sort and abs(a - b) <= ROUNDING * max(a, b)


def _is_told_otherwise(figure: Quantity, said: Iterable[Quantity], held: frozenset[float]) -> bool:
    """Whether a source has the number of what is only counted, or two figures of which one is that
    many times the other ("trebled")."""
    if figure.sort is Unit.COUNT:
        return numerals(figure.written) <= held
    if figure.sort is not Unit.TIMES:
        return False
    times = _value(figure)
    return any(
        one.sort is other.sort and abs(_value(other) - times * _value(one)) <= ROUNDING
        for one, other in permutations(said, 2)
    )


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


# ---------------------------------------------------------------- where they stand


def misplaced_values(statement: str, unit: SourceSpan) -> int:
    """How many figures and dates stand elsewhere than in the source, and changes the other way."""
    ours, theirs = figures(statement), figures(unit.said)
    told, held = changes(statement, ours), changes(unit.said, theirs)
    turned = sum(change.turned() in held for change in told)
    kept = {value for change in told if change in held for value in (change.earlier, change.later)}
    bound = {date for date, _ in _bound(statement) & _bound(unit.said)}
    dates = misplaced(statement, unit.said, dated(statement), dated(unit.said), bound)
    counted = _counted_else(statement, unit.said)
    return turned + misplaced(statement, unit.said, ours, theirs, kept) + dates + counted


def _counted_else(statement: str, said: str) -> int:
    """How many numbers of a statement count what in its source another number counts: "227
    children" for "227 episodes of 44 children"."""
    theirs = _counts(said)
    return sum(
        _counts_else(value, noun, theirs) for value, (noun, *_) in _counts(statement) if noun
    )


def _counts_else(value: float, noun: str, theirs: Iterable[tuple[float, tuple[str, ...]]]) -> bool:
    """Whether a source counts a thing by another number, and by this one something else."""
    same = [nouns for number, nouns in theirs if number == value]
    others = [nouns for number, nouns in theirs if number != value]
    if not same or not all(nouns[0] for nouns in same):
        return False
    return all(noun not in nouns for nouns in same) and any(n[0] == noun for n in others)


@lru_cache(maxsize=4096)
def _counts(text: str) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """Each number of a text that may count something, with the stems of the next telling words; the
    first is empty where none stands right after the number."""
    found = []
    for quantity in quantities(text):
        if quantity.sort is Unit.COUNT:
            tokens = parse(text).tokens
            after = [t for t in tokens if t.start > quantity.mark.start][:COUNTED]
            nouns = [t.stem if t.carries and not t.word[0].isdigit() else "" for t in after]
            found.append((_value(quantity), tuple(nouns) or ("",)))
    return tuple(found)


def _bound(text: str) -> frozenset[tuple[Hashable, Hashable]]:
    """Each date of a text with the figure that stands nearest to it."""
    near = {
        date.what: min(
            figures(text), key=lambda f: max(f.start - date.end, date.start - f.end)
        ).what
        for date in dated(text)
        if figures(text)
    }
    return frozenset(near.items())


@lru_cache(maxsize=4096)
def kept_changes(statement: str, said: str) -> frozenset[FigureChange]:
    """The changes of figures that a statement tells as its source does."""
    held = changes(said, figures(said))
    return frozenset(c for c in changes(statement, figures(statement)) if c in held)


def dated(text: str) -> tuple[Place, ...]:
    """The dates of a text, each with its place."""
    return tuple(Place((m.year, m.first, m.last), m.mark.start, m.mark.end) for m in moments(text))


# ---------------------------------------------------------------- dates


def stray_dates(statement: str, unit: SourceSpan) -> int:
    """How many dates the source neither has nor, where it dates nothing itself, is of."""
    said, claimed = moments(unit.said), moments(statement)
    spans = _spans(statement) - _spans(f"{unit.said} {unit.about.title}")
    stray = [m for m in claimed if not _is_told(m, (*said, *moments(unit.about.title)))]
    free = [m for m in said if not any(m.meets(c) for c in claimed)]
    return len(spans) + sum(
        bool(_like(m, free)) or _is_bound(m, statement) or not _speaks_of(m, unit.about)
        for m in stray
    )


def _is_bound(moment: DateMention, statement: str) -> bool:
    """Whether a date is one by or from which something is so, which only the words can tell."""
    return bool(_BOUND.search(statement[: moment.mark.start]))


def _spans(text: str) -> frozenset[tuple[str, str]]:
    """The years that a text gives as two ("2015-16")."""
    return frozenset(_SPAN.findall(text))


def _like(moment: DateMention, others: Iterable[DateMention]) -> list[DateMention]:
    return [m for m in others if m.names_month == moment.names_month]


def _is_told(moment: DateMention, said: Iterable[DateMention]) -> bool:
    """Whether a date is one of those said, or less exact than one."""
    return any(
        moment.meets(m)
        and moment.first <= m.first
        and m.last <= moment.last
        and _day(moment) in ("", _day(m))
        for m in said
    )


def _day(moment: DateMention) -> str:
    day = re.match(r"\d{1,2}(?!\d)", moment.written)
    return day.group() if day else ""


def _speaks_of(moment: DateMention, about: Description) -> bool:
    if _day(moment):
        return any(d.day == int(_day(moment)) and is_of(moment, about) for d in about.days)
    return is_of(moment, about)
