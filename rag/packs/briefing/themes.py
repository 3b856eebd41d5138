"""The main findings by theme, the weightiest of the newest report first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.citation.line import lines_of
from rag.citation.quote import Quote
from rag.inspection.reports import newest_first, reports
from rag.library.corpus import Corpus
from rag.packs.briefing.findings import FindingMention, findings, main_part
from rag.packs.types import Theme
from rag.text.lexicon import bounded, cue, lists
from rag.text.tokens import content_terms
from rag.types import Document, Passage

MOST_STRENGTHS = 2
MOST_WEAKNESSES = 2
"""Findings of a theme on each side: two pages have no room for more."""
_ALIKE = 0.5
"""The share of the words of the shorter of two findings by which they say the same."""
IN_HEADING = 0.75
"""What standing under a heading of the theme is worth, in cues of weight."""
NEARLY = 0.5
"""How much less surely than of its best theme a finding may be of one to stand there."""
EARLY = 60
"""Characters within which the word of a theme stands in a sentence that is about it."""
Tells = Callable[[str], bool]
"""Whether a text is on the topic that a pack is narrowed to."""


def everything(text: str) -> bool:
    """Tells every text to be on the topic: nothing is narrowed."""
    return True


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme as `themes.toml` has it; `asks` says that it is named where nothing tells of it."""

    name: str
    asks: bool
    pattern: re.Pattern[str]
    heading: re.Pattern[str] | None

    def told(self, text: str) -> bool:
        """Whether a text tells of the theme."""
        return bool(self.pattern.search(text))


@cache
def topics() -> tuple[Topic, ...]:
    """The themes, in the order of a briefing."""
    text = files("rag.packs.briefing").joinpath("themes.toml").read_text(encoding="utf-8")
    return tuple(
        Topic(row["name"], row["asks"], _compiled(row["cues"]), _heading(row.get("heading", "")))
        for row in tomllib.loads(text)["theme"]
    )


def _compiled(lines: str) -> re.Pattern[str]:
    return re.compile(bounded(filter(None, lines.splitlines())), re.IGNORECASE)


def _heading(lines: str) -> re.Pattern[str] | None:
    return _compiled(lines) if lines else None


def main_findings(
    library: Corpus, documents: Iterable[Document], tells: Tells = everything
) -> tuple[Theme, ...]:
    """What the newest inspection reports find, by theme: the weightiest strengths and weaknesses,
    each in one theme only. A theme of which they find nothing has no row; a finding whose words
    `tells` does not take for one on the topic stands in none."""
    found = [
        row
        for document in newest_of_each(documents)
        for row in library.analysed(document, findings)
        if tells(row.quote.text)
    ]
    made = (_theme(library, topic, rows) for topic, rows in _shared_out(found))
    return tuple(theme for theme in made if theme.lines)


def newest_of_each(documents: Iterable[Document]) -> list[Document]:
    """The newest report on the council's services, and the newest on special educational needs,
    which are inspected by themselves."""
    ordered = newest_first(reports(documents))
    special = [d for d in ordered if cue(lists.Scope.SEND).search(d.description.title)]
    return [*[d for d in ordered if d not in special][:1], *special[:1]]


def _theme(library: Corpus, topic: Topic, rows: Sequence[FindingMention]) -> Theme:
    strengths = lines_of(library, [row.quote for row in rows if row.strength])
    weaknesses = lines_of(library, [row.quote for row in rows if not row.strength])
    ordered = lines_of(library, [row.quote for row in rows])
    return Theme(topic.name, ordered, strengths, weaknesses)


def _shared_out(found: Sequence[FindingMention]) -> list[tuple[Topic, list[FindingMention]]]:
    """Each theme with its best findings, a finding in the theme that it fits best."""
    scored = [
        (fit + row.weight, n, row)
        for row in found
        for fits in [[_fit(topic, row) for topic in topics()]]
        for n, fit in enumerate(fits)
        if fit > 0 and fit >= max(fits) - NEARLY
    ]
    rows: list[tuple[Topic, list[FindingMention]]] = [(topic, []) for topic in topics()]
    taken: list[FindingMention] = []
    for _, n, row in sorted(scored, key=lambda each: -each[0]):
        room = MOST_STRENGTHS if row.strength else MOST_WEAKNESSES
        mine = rows[n][1]
        if sum(r.strength == row.strength for r in mine) < room and not _repeats(row, taken):
            mine.append(row)
            taken.append(row)
    return rows


def _fit(topic: Topic, row: FindingMention) -> float:
    """How surely a finding is of a theme: by its words, the earlier the surer, and its heading."""
    text, heading = main_part(row.quote.text), row.quote.passage.heading or ""
    board = cue(lists.Areas.BOARD).search(heading)
    if board and not (topic.heading and topic.heading.search(heading)):
        return 0.0  # what is found of a board is found of no other
    marks = [match.start() for match in topic.pattern.finditer(text)]
    under = bool(topic.heading and topic.heading.search(heading))
    if not marks:
        return 0.0
    return 1.0 + 0.5 * (len(marks) > 1) + (marks[0] <= EARLY) + IN_HEADING * under


def _repeats(row: FindingMention, taken: Iterable[FindingMention]) -> bool:
    own = set(content_terms(row.quote.text))
    others = (set(content_terms(other.quote.text)) for other in taken)
    return any(len(own & other) >= _ALIKE * min(len(own), len(other)) for other in others)


# ---------------------------------------------------------------- what nothing tells of


def uncovered(library: Corpus, documents: Iterable[Document]) -> tuple[str, ...]:
    """The themes that committees expect and no document has a sentence on."""
    told: set[str] = set()
    for document in sorted(documents, key=lambda d: str(d.description.appeared_on)):
        told |= library.analysed(document, _told)
    return tuple(topic.name for topic in topics() if topic.asks and topic.name not in told)


def _told(passages: Sequence[Passage]) -> frozenset[str]:
    return themes_in(" \n".join(passage.text for passage in passages))


def themes_in(text: str) -> frozenset[str]:
    """The names of the themes of which a text has a word."""
    return frozenset(topic.name for topic in topics() if topic.told(text))


def themes_named(text: str) -> frozenset[str]:
    """The names of the themes that a text calls by their names or headings."""
    low = text.casefold()
    return frozenset(
        topic.name
        for topic in topics()
        if low in topic.name.casefold() or (topic.heading and topic.heading.search(text))
    )


def theme_of(quote: Quote) -> str:
    """The name of the theme that a quote is of most surely, or nothing."""
    fits = [(_fit(topic, FindingMention(quote, True, 0.0)), -n) for n, topic in enumerate(topics())]
    best = max(fits)
    return topics()[-best[1]].name if best[0] > 0 else ""
