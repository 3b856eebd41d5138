"""Which sources a question is about: council, year, latest, kind, publisher, as the library knows.

A scope prefers documents, it never hides them: what it does not cover ranks below what it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.question.held import (
    NOWHERE,
    HeldDocuments,
    documents_at,
    held_documents,
    month_count,
)
from rag.text.calendar import MONTH, SEASONS, SHORT_MONTHS, month_number
from rag.text.councils import Mention, find_absent_councils, known_mentions
from rag.text.lexicon import cue, lists
from rag.types import Document, Kind, ScopePart

T = TypeVar("T")
Fit = NDArray[np.float64]
"""A number from 0 to 1 for each document."""
YEAR = re.compile(
    r"""
    (?<![\d£$€,.])                                  # no sum of money, no part of a figure
    (20[0-4]\d|19[89]\d)
    (?:\s?[-\u2013/]\s?(\d\d|20\d\d)(?!\d))?        # "2019-20", "2019/2020"
    (?![\d%]|,\d)
    """,
    re.VERBOSE,
)
_MONTH = re.compile(
    rf"\b({MONTH}|{'|'.join(SHORT_MONTHS)}|sept)\.?\s+(?:of\s+)?(20\d\d)\b",
    re.IGNORECASE,
)
_SEASON = re.compile(rf"\b({'|'.join(SEASONS)})\s+(20\d\d)", re.IGNORECASE)
_ENDS_OF_YEAR = {"start": (1, 2, 3, 4), "end": (10, 11, 12)}
_END_OF_YEAR = re.compile(
    r"\b(?:(?P<start>early|(?:the )?start of)|(?P<end>late|(?:the )?end of))\s+(20\d\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|after|from|than in|than|compared (?:with|to)|against)\s+"
    r"(?:the\s+)?(?:\w+\s+)?(20\d\d)",
    re.IGNORECASE,
)
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
YEARS_AWAY = re.compile(
    rf"\b({'|'.join(_COUNTS)}|\d{{1,2}}) years (later|on|earlier|before)\b", re.IGNORECASE
)
YEAR_LONG = timedelta(days=366)
"""For so long a plan or an article tells how things stand."""
_KINDS = {
    Kind.NEWS: lists.Scope.NEWS,
    Kind.COUNCIL_DOCUMENT: lists.Scope.COUNCIL_DOCUMENT,
    Kind.INSPECTION_REPORT: lists.Scope.INSPECTION_REPORT,
}
_KEY_WORDS = {"send": "special educational needs", "present": "newest"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question says of the sources it wants; empty fields say nothing.

    `absent` are councils that it names and the library is not about; `years` are in the order of
    mention, `years_beside` those that are named beside each of several councils ("Slough 2015 or
    Plymouth 2018"); `months` are (year, month); `present` is a question of how things stand.
    `from_filter` are those of the councils that a filter stands for, `aside` the parts that the
    reader took away.
    """

    councils: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    years_beside: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[int, int], ...] = ()
    latest: bool = False
    since: int | None = None
    kinds: frozenset[Kind] = frozenset()
    publishers: tuple[str, ...] = ()
    send: bool = False
    present: bool = False
    from_filter: tuple[str, ...] = ()
    aside: tuple[ScopePart, ...] = ()

    @property
    def own_councils(self) -> tuple[str, ...]:
        """The councils that the question itself names."""
        return tuple(name for name in self.councils if name not in self.from_filter)

    @property
    def aside_names(self) -> tuple[str, ...]:
        """The councils and years that the reader took away."""
        names: list[str] = []
        for part in self.aside:
            what, _, name = part.key.partition(":")
            if what in ("council", "year", "since"):
                names.append(name)
        return tuple(names)

    @property
    def words(self) -> str:
        """The scope as a reader is told it: "Croydon, 2017"."""
        latest = ["latest"] if self.latest else []
        kinds = [kind.plural for kind in sorted(self.kinds)]
        return ", ".join(
            [*self.own_councils, *map(str, self.years), *latest, *kinds, *self.publishers]
        )

    @property
    def parts(self) -> tuple[ScopePart, ...]:
        """The scope as a reader may take it apart: (council:Croydon, "Croydon")."""
        keys = _keys("council", (*self.own_councils, *self.absent))
        keys += [self.year_key(year) for year in self.years]
        keys += ["latest"] if self.latest else []
        keys += [*_keys("kind", sorted(self.kinds)), *_keys("publisher", self.publishers)]
        keys += ["send"] if self.send else []
        keys += ["present"] if self.present and not self.latest else []
        return tuple(ScopePart(key, _month_words(self, key) or key_words(key)) for key in keys)

    def year_key(self, year: int) -> str:
        """A year on its own after "since" opens a period; beside another it is one of two."""
        return f"since:{year}" if self.since == year and len(self.years) == 1 else f"year:{year}"


def read_scope(
    question: str,
    documents: Sequence[Document],
    *,
    outside: Sequence[str] = (),
    without: Collection[str] = (),
) -> Scope:
    """Read the scope out of a question; pure, and quick enough to do at every keystroke.

    `outside` are councils that only documents left out of `documents` are about: they are absent.
    `without` holds the keys of parts to leave unread.
    """
    known = (*held_councils(documents), *outside)
    councils: list[str] = []
    absent: list[str] = []
    mentions = known_mentions(question, known)
    for name in dict.fromkeys(mention.name for mention in mentions):
        (absent if name in outside else councils).append(name)
    dated = list(YEAR.finditer(question))
    named = dict.fromkeys(int(match[1]) for match in dated)
    years = tuple(named)
    if len(years) == 1 and (away := years_away(question)):
        years = (*years, *_inspected(years[0] + away, councils, documents))
    since = _SINCE.search(question)
    scope = Scope(
        councils=tuple(councils),
        absent=(*absent, *find_absent_councils(question, known)),
        years=years,
        years_beside=_years_beside(mentions, dated),
        months=tuple(_months(question)),
        latest=bool(cue(lists.Scope.LATEST).search(question)),
        since=int(since[1]) if since else None,
        kinds=frozenset(kind for kind, name in _KINDS.items() if cue(name).search(question)),
        publishers=_publishers(question, documents),
        send=bool(cue(lists.Scope.SEND).search(question)),
        present=not years and _is_of_now(question),
    )
    return _without(scope, without) if without else scope


def _inspected(
    year: int, councils: Sequence[str], documents: Sequence[Document]
) -> tuple[int, ...]:
    """The year of the inspection of some councils, or of any, that came next to a year ("slow in
    2017: was that put right three years on?"); none where none came within one of it."""
    held = held_documents(documents)
    near = inspection_near(year, held.years_of(held.reports(councils or None)))
    return () if near is None else (near,)


def inspection_near(year: int, years: Iterable[int]) -> int | None:
    """Of the years of inspections the one next to a year; None where none is within one of it."""
    near = sorted((abs(other - year), other) for other in years)
    return near[0][1] if near and near[0][0] <= 1 else None


def years_away(question: str) -> int:
    """How many years on ("three years later") or, below zero, before a question is of; else 0."""
    counted = YEARS_AWAY.search(question)
    if not counted:
        return 0
    number = counted[1].casefold()
    count = int(number) if number.isdigit() else _COUNTS.index(number) + 1
    return -count if counted[2].casefold() in ("earlier", "before") else count


def _years_beside(
    mentions: Iterable[Mention], years: Iterable[re.Match[str]]
) -> tuple[tuple[str, int], ...]:
    """Where several councils and years are named in turn, which year is named with each council."""
    named: list[tuple[int, str | int]] = [(mention.start, mention.name) for mention in mentions]
    named += [(match.start(), int(match[1])) for match in years]
    in_order = [name for _, name in sorted(named, key=lambda place: place[0])]
    beside: list[tuple[str, int]] = []
    for pair in zip(in_order[::2], in_order[1::2], strict=False):
        match pair:
            case (str(council), int(year)) | (int(year), str(council)):
                beside.append((council, year))
    in_turn = len(beside) > 1 and 2 * len(beside) == len(in_order)
    return tuple(beside) if in_turn else ()


def _is_of_now(question: str) -> bool:
    """Whether a question is of how things stand: in the present tense, or without a verb of the
    past ("care leavers in Croydon")."""
    if cue(lists.Grammar.ASKS_PRESENT).search(question):
        return True
    return not cue(lists.Grammar.ASKS_PAST).search(question)


def held_councils(documents: Sequence[Document]) -> tuple[str, ...]:
    """Every council that a document held is about."""
    return held_documents(documents).councils


def _months(question: str) -> Iterator[tuple[int, int]]:
    """The months named: by their names, by their season, or as an end of a year."""
    for match in _MONTH.finditer(question):
        yield int(match[2]), month_number(match[1])
    for match in _SEASON.finditer(question):
        yield from product([int(match[2])], SEASONS[match[1].casefold()])
    for match in _END_OF_YEAR.finditer(question):
        end = "start" if match["start"] else "end"
        yield from product([int(match[3])], _ENDS_OF_YEAR[end])


def _publishers(question: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """The papers named: publishers of the press reports held."""
    low = question.casefold()
    return tuple(sorted(n for n in held_documents(documents).papers if n.casefold() in low))


# ---------------------------------------------------------------- the parts of a scope


def key_words(key: str) -> str:
    """The key of a part as a reader is told it: "kind:news" is "press reports"."""
    what, _, value = key.partition(":")
    if what == "kind" and value in list(Kind):
        return Kind(value).plural
    if what == "since":
        return f"{value} and since"
    return _KEY_WORDS.get(key, value or key)


def _keys(what: str, names: Iterable[str]) -> list[str]:
    return [f"{what}:{name}" for name in names]


def _month_words(scope: Scope, key: str) -> str:
    """The months that a question names of a year, from the first to the last of them."""
    what, _, value = key.partition(":")
    months = [month for year, month in scope.months if what == "year" and str(year) == value]
    if not months:
        return ""
    season = next((name for name, season in SEASONS.items() if list(season) == months), "")
    ends = dict.fromkeys(date(2000, month, 1).strftime("%B") for month in (months[0], months[-1]))
    return f"{season or ' to '.join(ends)} {value}"


def _without(scope: Scope, keys: Collection[str]) -> Scope:
    """The scope without the parts of these keys; what else it says stays as it was."""

    def left(what: str, names: Iterable[T]) -> tuple[T, ...]:
        return tuple(name for name in names if f"{what}:{name}" not in keys)

    gone = {year for year in scope.years if scope.year_key(year) in keys}
    return replace(
        scope,
        councils=left("council", scope.councils),
        absent=left("council", scope.absent),
        years=tuple(year for year in scope.years if year not in gone),
        months=tuple(month for month in scope.months if month[0] not in gone),
        latest=scope.latest and "latest" not in keys,
        # What is left of a period is no longer one.
        since=None if gone else scope.since,
        kinds=frozenset(left("kind", scope.kinds)),
        publishers=left("publisher", scope.publishers),
        send=scope.send and "send" not in keys,
        present=scope.present and {"present", "latest"}.isdisjoint(keys),
        aside=tuple(part for part in scope.parts if part.key in keys),
    )


# ---------------------------------------------------------------- how far a document is in scope


def time_order(document: Document) -> date:
    """The day that a document speaks for, to sort by; one without a date is the oldest."""
    return document.description.speaks_for or date.min


def is_about(scope: Scope, document: Document) -> bool:
    """Whether a document is about a council of the scope, or the scope names none."""
    return not scope.councils or share_council(scope.councils, document)


def share_council(councils: Iterable[str], document: Document) -> bool:
    """Whether a document is about any of the councils."""
    return not set(councils).isdisjoint(document.description.councils)


def documents_about(councils: Iterable[str], documents: Sequence[Document]) -> list[Document]:
    """The documents about any of the councils, in their order."""
    return documents_at(documents, held_documents(documents).about(councils))


def places_in_scope(scope: Scope, held: HeldDocuments) -> NDArray[np.intp]:
    """Where the documents stand that are about a council of the scope; all where it names none."""
    return held.about(scope.councils) if scope.councils else np.arange(len(held.names))


@dataclass(frozen=True, slots=True, eq=False)
class DocumentFit(Mapping[str, float]):
    """How well each document fits a scope, 0 to 1, by its name."""

    held: HeldDocuments
    values_at: Fit

    def __getitem__(self, name: str) -> float:
        return float(self.values_at[self.held.place_of[name]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.held.names)

    def __len__(self) -> int:
        return len(self.held.names)

    def best(self, within: float, among: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
        """Where the documents stand whose fit is `within` so much of the best, of all or of those
        at some places."""
        values = self.values_at if among is None else self.values_at[among]
        chosen = np.flatnonzero(values > np.max(values, initial=0.0) - within)
        return chosen if among is None else among[chosen]


def scope_fit(scope: Scope, documents: Sequence[Document]) -> DocumentFit:
    """For each document how well it fits, 0 to 1: council first, then time, then kind."""
    held = held_documents(documents)
    fit = 0.55 * _council_fit(scope, held) + 0.27 * _time_fit(scope, held)
    fit += 0.18 * _kind_fit(scope, held)
    return DocumentFit(held, fit)


def _council_fit(scope: Scope, held: HeldDocuments) -> Fit:
    if not scope.councils:
        return np.ones(len(held.names))
    fit = np.zeros(len(held.names))
    for council in scope.councils:
        fit[held.of_council.get(council, NOWHERE)] = 1.0
    return fit


def _kind_fit(scope: Scope, held: HeldDocuments) -> Fit:
    fit = np.ones(len(held.names))
    if scope.kinds:
        fit[~np.any([held.kinds[kind] for kind in scope.kinds], axis=0)] -= 0.6
    fit[held.is_send != scope.send] -= 0.4
    return fit


def _time_fit(scope: Scope, held: HeldDocuments) -> Fit:
    """How well each document fits in time."""
    if scope.months or scope.years:
        return _year_fit(scope, held)
    fit = np.ones(len(held.names))
    if scope.latest or scope.present:
        fit[~_stand(scope, held)] = 0.0 if scope.latest else 1.0 - 0.7
    return fit


def _stand(scope: Scope, held: HeldDocuments) -> NDArray[np.bool_]:
    """Which documents are the newest of their series, or still stand beside it: minutes do not
    take the place of a plan as one inspection takes the place of another."""
    newest: NDArray[np.bool_] = held.days == held.newest
    if scope.latest:
        return newest
    beside = held.newest - held.days <= YEAR_LONG.days
    return np.where(held.kinds[Kind.INSPECTION_REPORT], newest, beside)


def _year_fit(scope: Scope, held: HeldDocuments) -> Fit:
    fit = np.zeros(len(held.names))
    for year in scope.years:
        fit[held.of_year.get(year, NOWHERE)] = 0.9
    fit[np.isin(held.years, scope.years)] = 0.95
    first, last = held.inspected.T
    for year, month in scope.months:
        asked = month_count(year, month)
        fit[(first <= asked) & (asked <= last)] = 1.0
    return fit
