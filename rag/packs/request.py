"""What a pack is to be about, read out of the words asked for: one council, a topic, a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.errors import UnclearSubject
from rag.inspection.reports import newest_first, reports
from rag.packs.briefing.themes import themes_in
from rag.question.filters import Filters, resolved_filters
from rag.question.scope import (
    YEAR,
    Scope,
    held_councils,
    read_scope,
    scope_fit,
    share_council,
)
from rag.text.councils import known_mentions
from rag.text.lexicon import cue, lists
from rag.text.tokens import STOP, content_terms, shortened, terms
from rag.types import Document, Kind, Passage

LONGEST = 200
"""Of the words asked for, in characters."""
_MOST_NAMED = 12
"""Councils that an error names."""
_MOSTLY = 0.6
"""The share of the words of a topic of no theme that a text on it has."""
_EMPTY = "The library is empty: add documents first, then make a pack."
_ONE_YEAR = (
    "A pack is about one inspection or about all of them: name the year of one report, or no year."
)
_SPACES = re.compile(r"[\s,.;:?!()\"\u201c\u201d]+")


@dataclass(frozen=True, slots=True)
class PackSubject:
    """What a pack is about; `topic` is empty for everything, `inspection` the name of the report
    that it keeps to, or empty."""

    words: str
    council: str
    topic: str = ""
    inspection: str = ""

    def tells(self, text: str) -> bool:
        """Whether a text is on the topic: by a theme that the topic names, else by its words."""
        if not self.topic:
            return True
        themes = themes_in(self.topic)
        if themes:
            return not themes.isdisjoint(themes_in(text))
        asked, said = set(content_terms(self.topic)), set(terms(text))
        return len(asked & said) >= _MOSTLY * len(asked)


def on_subject(passages: Iterable[Passage], subject: PackSubject) -> bool:
    """Whether any sentence of the passages is on the subject's topic."""
    return any(subject.tells(sentence.text) for p in passages for sentence in p.sentences)


def read_subject(
    documents: Sequence[Document],
    words: str = "",
    *,
    council: str = "",
    topic: str = "",
    year: int | None = None,
    inspection: str = "",
) -> PackSubject:
    """The subject of a pack: from `words` ("care leavers in Croydon", "the 2024 report on
    Croydon"), and what is chosen beside them, which wins.

    Raises UnclearSubject, which says what to type instead, and BadFilter for a council or a report
    that is chosen and not held.
    """
    if not documents:
        raise UnclearSubject(_EMPTY)
    asked = " ".join(shortened(words, LONGEST).split())
    scope = read_scope(asked, documents)
    name = _council(scope, documents, council)
    about = [d for d in reports(documents) if share_council((name,), d)]
    report = (
        _chosen_report(about, documents, inspection)
        if inspection
        else _report(about, scope, asked, (year,) if year else scope.years)
    )
    on = " ".join(topic.split()) or _topic(asked, name)
    return PackSubject(asked or _named(name, on, report), name, on, report.name if report else "")


def _named(council: str, topic: str, report: Document | None) -> str:
    """A subject that was chosen and not typed, in words."""
    told = f"{topic} in {council}" if topic else council
    day = report and report.description.speaks_for
    return f"{told}, inspected {day:%B %Y}" if day else told


# ---------------------------------------------------------------- the council


def _council(scope: Scope, documents: Sequence[Document], council: str) -> str:
    """The one council that is chosen, named, or held."""
    held = held_councils(documents)
    if council:
        (name,) = resolved_filters(Filters(councils=frozenset({council})), documents).councils
        return name
    if len(scope.councils) > 1:
        raise UnclearSubject(
            f"A pack is about one council: name {_either(scope.councils)} alone, and make another "
            "pack for the other."
        )
    if scope.councils:
        return scope.councils[0]
    if scope.absent:
        raise UnclearSubject(f"No document is about {_either(scope.absent)}. {_offer(held)}")
    if len(held) == 1:
        return held[0]
    raise UnclearSubject(f"Name one council. {_offer(held)}")


def _offer(held: Sequence[str]) -> str:
    if not held:
        return "No document in the library is known to be about a council: say so on its page."
    names = sorted(held)
    more = len(names) - _MOST_NAMED
    listed = ", ".join(names[:_MOST_NAMED]) + (f" and {more} others" if more > 0 else "")
    return (
        f"The library is about {listed}: type for instance “{names[0]}”, or “care leavers in "
        f"{names[0]}”."
    )


def _either(names: Sequence[str]) -> str:
    return " or ".join(names)


# ---------------------------------------------------------------- the report


def _chosen_report(
    about: Sequence[Document], documents: Sequence[Document], inspection: str
) -> Document:
    (name,) = resolved_filters(Filters(documents=frozenset({inspection})), documents).documents
    found = next((d for d in about if d.name == name), None)
    if found is None:
        raise UnclearSubject(f"{name} is no inspection report about this council. {_held(about)}")
    return found


def _report(
    about: Sequence[Document], scope: Scope, words: str, years: Sequence[int]
) -> Document | None:
    """The report of the year that is named, or the latest where that is asked for."""
    if len(set(years)) > 1 or (scope.since and scope.since in years):
        raise UnclearSubject(_ONE_YEAR)
    if not years:
        latest = scope.latest and cue(lists.Subject.REPORT).search(words)
        return newest_first(about)[0] if latest and about else None
    found = [d for d in about if years[0] in d.description.years]
    if not found:
        raise UnclearSubject(f"No inspection report of {years[0]} is held. {_held(about)}")
    fit = scope_fit(Scope(years=(years[0],), months=scope.months, send=scope.send), found)
    best = [d for d in found if fit[d.name] == max(fit.values())]
    if len(best) > 1:
        names = _either([d.name for d in best])
        raise UnclearSubject(f"There are several reports of {years[0]}: choose {names}.")
    return best[0]


def _held(about: Iterable[Document]) -> str:
    years = sorted({max(d.description.years) for d in about if d.description.years})
    if not years:
        return "No dated inspection report about this council is held: name no year."
    return f"Those held are of {', '.join(map(str, years))}: name one of these years, or none."


def until_the_next(documents: Sequence[Document], inspection: str) -> list[Document]:
    """A report, and the papers and articles from its inspection until the next report of its kind
    of service; those without a date cannot be placed and are left out."""
    ordered = newest_first(reports(documents))[::-1]
    at = next(n for n, d in enumerate(ordered) if d.name == inspection)
    report, later = ordered[at], ordered[at + 1 :]
    send = bool(cue(lists.Scope.SEND).search(report.description.title))
    same = (d for d in later if bool(cue(lists.Scope.SEND).search(d.description.title)) is send)
    first, end = _began(report), next((_began(d) for d in same), None)
    papers = (d for d in documents if d.description.kind is not Kind.INSPECTION_REPORT)
    return [report, *(d for d in papers if _lies(d.description.appeared_on, first, end))]


def _began(report: Document) -> date | None:
    d = report.description
    return d.inspected_from or d.inspected_to or d.published


def _lies(day: date | None, first: date | None, end: date | None) -> bool:
    return day is not None and (not first or first <= day) and (not end or day < end)


# ---------------------------------------------------------------- the topic


def _topic(words: str, council: str) -> str:
    """What is left of the words without the council, years and words that every pack is about."""
    for mention in reversed(known_mentions(words, (council,))):
        words = f"{words[: mention.start]} {words[mention.end :]}"
    left = cue(lists.Subject.IDLE).sub(" ", YEAR.sub(" ", words))
    told = [word for word in _SPACES.split(left) if word]
    while told and _is_idle(told[0]):
        told = told[1:]
    while told and _is_idle(told[-1]):
        told = told[:-1]
    return " ".join(told)


def _is_idle(word: str) -> bool:
    plain = word.casefold().replace("\u2019", "'").removesuffix("'s")
    return plain in STOP or not any(char.isalnum() for char in plain)
