"""What a pack is to be about, read out of the words asked for: one council, a topic, a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.citation.quote import sentence_quotes
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

    def covers(self, text: str) -> bool:
        """Whether a text is on the topic: by a theme that the topic names, else by its words."""
        if not self.topic:
            return True
        themes = themes_in(self.topic)
        if themes:
            return not themes.isdisjoint(themes_in(text))
        wanted = set(content_terms(self.topic))
        return len(wanted.intersection(terms(text))) >= _MOSTLY * len(wanted)


def has_sentence_on(passages: Iterable[Passage], subject: PackSubject) -> bool:
    """Whether any sentence of the passages is on the subject's topic."""
    return any(subject.covers(quote.text) for quote in sentence_quotes(passages))


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
    words = " ".join(shortened(words, LONGEST).split())
    scope = read_scope(words, documents)
    council = _council(scope, documents, council)
    about = about_council(reports(documents), council)
    if inspection:
        report: Document | None = _chosen_report(about, documents, inspection)
    else:
        report = _report_of_year(about, scope, words, (year,) if year else scope.years)
    topic = " ".join(topic.split()) or _topic(words, council)
    words = words or _in_words(council, topic, report)
    return PackSubject(words, council, topic, report.name if report else "")


def about_council(documents: Iterable[Document], council: str) -> list[Document]:
    """Those of the documents that are about a council."""
    return [document for document in documents if share_council((council,), document)]


def _in_words(council: str, topic: str, report: Document | None) -> str:
    """A subject that was chosen and not typed, in words."""
    words = f"{topic} in {council}" if topic else council
    day = report and report.description.speaks_for
    return f"{words}, inspected {day:%B %Y}" if day else words


# ---------------------------------------------------------------- the council


def _council(scope: Scope, documents: Sequence[Document], council: str) -> str:
    """The one council that is chosen, named, or held."""
    if council:
        (name,) = resolved_filters(Filters(councils=frozenset({council})), documents).councils
        return name
    if len(scope.councils) > 1:
        raise UnclearSubject(
            f"A pack is about one council: name {' or '.join(scope.councils)} alone, and make "
            "another pack for the other."
        )
    if scope.councils:
        return scope.councils[0]
    held = held_councils(documents)
    if scope.absent:
        raise UnclearSubject(f"No document is about {' or '.join(scope.absent)}. {_offer(held)}")
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


# ---------------------------------------------------------------- the report


def _chosen_report(
    about: Sequence[Document], documents: Sequence[Document], inspection: str
) -> Document:
    (name,) = resolved_filters(Filters(documents=frozenset({inspection})), documents).documents
    for report in about:
        if report.name == name:
            return report
    raise UnclearSubject(f"{name} is no inspection report about this council. {_years_held(about)}")


def _report_of_year(
    about: Sequence[Document], scope: Scope, words: str, years: Sequence[int]
) -> Document | None:
    """The report of the year that is named, or the latest where that is asked for."""
    if len(set(years)) > 1 or (scope.since and scope.since in years):
        raise UnclearSubject(_ONE_YEAR)
    if not years:
        latest = scope.latest and cue(lists.Scope.DATED_REPORT).search(words)
        return newest_first(about)[0] if latest and about else None
    year = years[0]
    of_year = [d for d in about if year in d.description.years]
    if not of_year:
        raise UnclearSubject(f"No inspection report of {year} is held. {_years_held(about)}")
    fit = scope_fit(Scope(years=(year,), months=scope.months, send=scope.send), of_year)
    best = [d for d in of_year if fit[d.name] == max(fit.values())]
    if len(best) > 1:
        names = " or ".join(d.name for d in best)
        raise UnclearSubject(f"There are several reports of {year}: choose {names}.")
    return best[0]


def _years_held(about: Iterable[Document]) -> str:
    years = sorted({max(d.description.years) for d in about if d.description.years})
    if not years:
        return "No dated inspection report about this council is held: name no year."
    return f"Those held are of {', '.join(map(str, years))}: name one of these years, or none."


def until_the_next(documents: Sequence[Document], inspection: str) -> list[Document]:
    """A report, and the papers and articles from its inspection until the next report of its kind
    of service; those without a date cannot be placed and are left out."""
    ordered = newest_first(reports(documents))[::-1]
    at = [report.name for report in ordered].index(inspection)
    report, end = ordered[at], date.max
    for later in ordered[at + 1 :]:
        if _is_on_send(later) is _is_on_send(report):
            end = _began(later) or date.max
            break
    read = [report]
    for document in documents:
        day = document.description.appeared_on
        is_paper = document.description.kind is not Kind.INSPECTION_REPORT
        if is_paper and day and (_began(report) or date.min) <= day < end:
            read.append(document)
    return read


def _is_on_send(report: Document) -> bool:
    return bool(cue(lists.Scope.SEND).search(report.description.title))


def _began(report: Document) -> date | None:
    described = report.description
    return described.inspected_from or described.inspected_to or described.published


# ---------------------------------------------------------------- the topic


def _topic(words: str, council: str) -> str:
    """What is left of the words without the council, years and words that every pack is about."""
    for mention in reversed(known_mentions(words, (council,))):
        words = f"{words[: mention.start]} {words[mention.end :]}"
    left = cue(lists.Scope.NO_TOPIC).sub(" ", YEAR.sub(" ", words))
    topic = list(filter(None, _SPACES.split(left)))
    while topic and _is_idle(topic[0]):
        del topic[0]
    while topic and _is_idle(topic[-1]):
        del topic[-1]
    return " ".join(topic)


def _is_idle(word: str) -> bool:
    plain = word.casefold().replace("\u2019", "'").removesuffix("'s")
    return plain in STOP or not any(char.isalnum() for char in plain)
