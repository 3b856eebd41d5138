"""Which sources a question is about: council, year, latest, kind, publisher, as the library knows.

A scope prefers documents, it never hides them: what it does not cover ranks below what it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.text.councils import find_absent_councils, find_councils_fuzzy
from rag.text.lexicon import any_of, cue, lists
from rag.types import Document, Kind, ScopePart

YEAR = re.compile(
    r"""
    (?<![\d£$€,.])                                  # no sum of money, no part of a figure
    (20[0-4]\d|19[89]\d)
    (?:\s?[-\u2013/]\s?(\d\d|20\d\d)(?!\d))?        # "2019-20", "2019/2020"
    (?![\d%]|,\d)
    """,
    re.VERBOSE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    rf"\b({any_of(lists.Words.MONTH)}|{'|'.join(_MONTHS)}|sept)\.?\s+(?:of\s+)?(20\d\d)\b",
    re.IGNORECASE,
)
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
_SEASON = re.compile(rf"\b({'|'.join(_SEASONS)})\s+(20\d\d)", re.IGNORECASE)
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
YEAR_LONG = timedelta(days=366)
"""For so long a plan or an article tells how things stand."""
_KINDS = (Kind.NEWS, Kind.COUNCIL_DOCUMENT, Kind.INSPECTION_REPORT)
_KEY_WORDS = {"send": "special educational needs", "present": "newest"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question says of the sources it wants; empty fields say nothing.

    `absent` are councils that it names and the library is not about; `years` are in the order of
    mention; `months` are (year, month); `present` is a question of how things stand. `given` are
    those of the councils that a filter stands for, `aside` the parts that the reader took away.
    """

    councils: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[tuple[int, int], ...] = ()
    latest: bool = False
    since: int | None = None
    kinds: frozenset[Kind] = frozenset()
    publishers: tuple[str, ...] = ()
    send: bool = False
    present: bool = False
    given: tuple[str, ...] = ()
    aside: tuple[ScopePart, ...] = ()

    @property
    def read(self) -> tuple[str, ...]:
        """The councils that the question itself names."""
        return tuple(name for name in self.councils if name not in self.given)

    @property
    def aside_names(self) -> tuple[str, ...]:
        """The councils and years that the reader took away."""
        split = (part.key.partition(":") for part in self.aside)
        return tuple(name for what, _, name in split if what in ("council", "year", "since"))

    @property
    def words(self) -> str:
        """The scope as a reader is told it: "Croydon, 2017"."""
        parts = [*self.read, *map(str, self.years)]
        if self.latest:
            parts.append("latest")
        parts += [kind.plural for kind in sorted(self.kinds)]
        return ", ".join([*parts, *self.publishers])

    @property
    def parts(self) -> tuple[ScopePart, ...]:
        """The scope as a reader may take it apart: (council:Croydon, "Croydon")."""
        keys = [
            *(f"council:{name}" for name in (*self.read, *self.absent)),
            *(_year_key(self, year) for year in self.years),
            *(["latest"] if self.latest else []),
            *(f"kind:{kind}" for kind in sorted(self.kinds)),
            *(f"publisher:{name}" for name in self.publishers),
            *(["send"] if self.send else []),
            *(["present"] if self.present and not self.latest else []),
        ]
        return tuple(ScopePart(key, _month_words(self, key) or key_words(key)) for key in keys)


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
    held = (*held_councils(documents), *outside)
    named = find_councils_fuzzy(question, held)
    years = tuple(dict.fromkeys(int(m.group(1)) for m in YEAR.finditer(question)))
    since = _SINCE.search(question)
    scope = Scope(
        councils=tuple(name for name in named if name not in outside),
        absent=(
            *(name for name in named if name in outside),
            *find_absent_councils(question, held),
        ),
        years=years,
        months=_months(question),
        latest=bool(cue(lists.Scope.LATEST).search(question)),
        since=int(since.group(1)) if since else None,
        kinds=frozenset(
            kind for kind in _KINDS if cue(lists.Scope(f"scope.{kind}")).search(question)
        ),
        publishers=_publishers(question, documents),
        send=bool(cue(lists.Scope.SEND).search(question)),
        present=not years and bool(cue(lists.Scope.PRESENT).search(question)),
    )
    return _without(scope, without) if without else scope


def held_councils(documents: Iterable[Document]) -> tuple[str, ...]:
    """Every council that a document held is about."""
    return tuple(dict.fromkeys(c for d in documents for c in d.description.councils))


def _months(question: str) -> tuple[tuple[int, int], ...]:
    """The months named: by their names, by their season, or as an end of a year."""
    found: list[tuple[str, tuple[int, ...]]] = [
        *((m[2], (_month(m[1]),)) for m in _MONTH.finditer(question)),
        *((m[2], _SEASONS[m[1].casefold()]) for m in _SEASON.finditer(question)),
        *((m[3], _ENDS_OF_YEAR[_end(m)]) for m in _END_OF_YEAR.finditer(question)),
    ]
    return tuple((int(year), month) for year, months in found for month in months)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _end(match: re.Match[str]) -> str:
    return "start" if match["start"] else "end"


def _publishers(question: str, documents: Iterable[Document]) -> tuple[str, ...]:
    names = {d.description.publisher for d in documents if d.description.kind is Kind.NEWS}
    low = question.casefold()
    return tuple(sorted(name for name in names if name and name.casefold() in low))


# ---------------------------------------------------------------- the parts of a scope


def key_words(key: str) -> str:
    """The key of a part as a reader is told it: "kind:news" is "press reports"."""
    what, _, value = key.partition(":")
    if what == "kind" and value in list(Kind):
        return Kind(value).plural
    if what == "since":
        return f"{value} and since"
    return _KEY_WORDS.get(key, value or key)


def _year_key(scope: Scope, year: int) -> str:
    """A year on its own after "since" opens a period; beside another it is one of two."""
    return f"since:{year}" if scope.since == year and len(scope.years) == 1 else f"year:{year}"


def _month_words(scope: Scope, key: str) -> str:
    """The months that a question names of a year, from the first to the last of them."""
    what, _, value = key.partition(":")
    months = [month for year, month in scope.months if what == "year" and str(year) == value]
    if not months:
        return ""
    season = next((name for name, held in _SEASONS.items() if list(held) == months), "")
    named = [date(2000, month, 1).strftime("%B") for month in (months[0], months[-1])]
    return f"{season or ' to '.join(dict.fromkeys(named))} {value}"


def _without(scope: Scope, keys: Collection[str]) -> Scope:
    """The scope without the parts of these keys; what else it says stays as it was."""
    gone = {year for year in scope.years if _year_key(scope, year) in keys}
    return replace(
        scope,
        councils=tuple(name for name in scope.councils if f"council:{name}" not in keys),
        absent=tuple(name for name in scope.absent if f"council:{name}" not in keys),
        years=tuple(year for year in scope.years if year not in gone),
        months=tuple(month for month in scope.months if month[0] not in gone),
        latest=scope.latest and "latest" not in keys,
        since=None if gone else scope.since,  # what is left of a period is no longer one
        kinds=frozenset(kind for kind in scope.kinds if f"kind:{kind}" not in keys),
        publishers=tuple(name for name in scope.publishers if f"publisher:{name}" not in keys),
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


def scope_fit(scope: Scope, documents: Sequence[Document]) -> Mapping[str, float]:
    """For each document how well it fits, 0 to 1: council first, then time, then kind."""
    timed = _timed(scope, documents)
    return {
        d.name: 0.55 * is_about(scope, d) + 0.27 * timed[d.name] + 0.18 * _kind_fit(scope, d)
        for d in documents
    }


def _kind_fit(scope: Scope, document: Document) -> float:
    score = 1.0
    is_send = bool(cue(lists.Scope.SEND).search(document.description.title))
    if scope.kinds and document.description.kind not in scope.kinds:
        score -= 0.6
    if is_send != scope.send:
        score -= 0.4
    return score


def _timed(scope: Scope, documents: Sequence[Document]) -> dict[str, float]:
    if scope.months or scope.years:
        return {d.name: _year_fit(scope, d) for d in documents}
    if not (scope.latest or scope.present):
        return {d.name: 1.0 for d in documents}
    older = 0.0 if scope.latest else 1.0 - 0.7
    newest: dict[tuple[str, ...], date] = {}
    for d in documents:
        newest[_series(d)] = max(newest.get(_series(d), date.min), time_order(d))
    return {d.name: 1.0 if _stands(scope, d, newest[_series(d)]) else older for d in documents}


def _stands(scope: Scope, document: Document, newest: date) -> bool:
    """Whether a document is the newest of its series, or still stands beside it: minutes do not
    take the place of a plan as one inspection takes the place of another."""
    if scope.latest or document.description.kind is Kind.INSPECTION_REPORT:
        return time_order(document) == newest
    return newest - time_order(document) <= YEAR_LONG


def _series(document: Document) -> tuple[str, ...]:
    """Documents of one series follow one another: one kind, about the same councils."""
    return (*document.description.councils, document.description.kind)


def _year_fit(scope: Scope, document: Document) -> float:
    if scope.months and _inspected_in(scope, document):
        return 1.0
    if time_order(document).year in scope.years:
        return 0.95
    if scope.years and document.description.years & set(scope.years):
        return 0.9
    return 0.0


def _inspected_in(scope: Scope, document: Document) -> bool:
    d = document.description
    if not (d.inspected_from and d.inspected_to):
        return False
    first = (d.inspected_from.year, d.inspected_from.month)
    last = (d.inspected_to.year, d.inspected_to.month)
    return any(first <= month <= last for month in scope.months)
