"""The main findings by theme, the weightiest of the newest report first."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.citation.line import Line, line_of
from rag.citation.quote import Quote
from rag.inspection.frameworks import APART
from rag.inspection.grades import areas_in
from rag.inspection.reports import newest_first, reports
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.packs.briefing.findings import FindingMention, judged_findings, main_part, repeats
from rag.packs.types import Theme
from rag.text.lexicon import bounded, cue, lists
from rag.types import Document, Passage

MOST_STRENGTHS = 2
MOST_WEAKNESSES = 2
"""Findings of a theme on each side: two pages have no room for more."""
IN_HEADING = 0.75
"""What standing under a heading of the theme is worth, in cues of weight."""
NEARLY = 0.5
"""How much less surely than of its best theme a finding may be of one to stand there."""
EARLY = 60
"""Characters within which the word of a theme stands in a sentence that is about it."""
IsOnTopic = Callable[[str], bool]
"""Whether a text is on the topic that a pack is narrowed to."""


def on_any_topic(text: str) -> bool:
    """Takes every text for one on the topic: nothing is narrowed."""
    return True


@dataclass(frozen=True, slots=True)
class ThemeDefinition:
    """A theme as `themes.toml` has it: its words, and those of its own headings; `expected` says
    that it is named where nothing tells of it."""

    name: str
    expected: bool
    words: re.Pattern[str]
    headings: re.Pattern[str] | None

    def heads(self, heading: str | None) -> bool:
        """Whether a heading is one of the theme's own."""
        return bool(self.headings and self.headings.search(heading or ""))


@cache
def theme_definitions() -> tuple[ThemeDefinition, ...]:
    """The themes, in the order of a briefing."""
    text = files("rag.packs.briefing").joinpath("themes.toml").read_text(encoding="utf-8")
    definitions: list[ThemeDefinition] = []
    for row in tomllib.loads(text)["theme"]:
        headings = _compiled(row["heading"]) if row.get("heading") else None
        theme = ThemeDefinition(row["name"], row["asks"], _compiled(row["cues"]), headings)
        definitions.append(theme)
    return tuple(definitions)


def _compiled(lines: str) -> re.Pattern[str]:
    return re.compile(bounded(filter(None, lines.splitlines())), re.IGNORECASE)


def main_findings(
    library: Corpus, documents: Iterable[Document], on_topic: IsOnTopic = on_any_topic
) -> tuple[Theme, ...]:
    """What the newest inspection reports find, by theme: the weightiest strengths and weaknesses,
    each in one theme only. A theme of which they find nothing has no row; a finding whose words
    are not on the topic stands in none."""
    mentions: list[FindingMention] = []
    for document in newest_reports(documents):
        for mention in judged_findings(library, document):
            if on_topic(mention.quote.text):
                mentions.append(mention)
    by_theme = _best_by_theme(mentions)
    themes: list[Theme] = []
    for definition in theme_definitions():
        lines: list[Line] = []
        sides: dict[bool, list[Line]] = {True: [], False: []}
        for mention in by_theme[definition.name]:
            line = line_of(library, mention.quote)
            if line:
                lines.append(line)
                sides[mention.strength].append(line)
        if lines:
            strengths, weaknesses = tuple(sides[True]), tuple(sides[False])
            themes.append(Theme(definition.name, tuple(lines), strengths, weaknesses))
    return tuple(themes)


def newest_reports(documents: Iterable[Document]) -> list[Document]:
    """The newest report on the council's services, and the newest on special educational needs,
    which are inspected by themselves."""
    general: list[Document] = []
    special: list[Document] = []
    for report in newest_first(reports(documents)):
        is_special = cue(lists.Scope.SEND).search(report.description.title)
        (special if is_special else general).append(report)
    return general[:1] + special[:1]


def _best_by_theme(mentions: Iterable[FindingMention]) -> Mapping[str, list[FindingMention]]:
    """Each theme's best findings, every finding in the theme that it fits best and that has room
    for it."""
    scored: list[tuple[float, str, FindingMention]] = []
    for mention in mentions:
        fits = {theme.name: _fit(theme, mention.quote) for theme in theme_definitions()}
        best = max(fits.values())
        for name, fit in fits.items():
            if fit > 0 and fit >= best - NEARLY:
                scored.append((fit + mention.weight, name, mention))
    by_theme: dict[str, list[FindingMention]] = defaultdict(list)
    used = Counter[tuple[str, bool]]()
    taken: list[str] = []
    for _, name, mention in sorted(scored, key=lambda row: -row[0]):
        most = MOST_STRENGTHS if mention.strength else MOST_WEAKNESSES
        if used[name, mention.strength] < most and not repeats(mention.quote.text, taken):
            by_theme[name].append(mention)
            taken.append(mention.quote.text)
            used[name, mention.strength] += 1
    return by_theme


def _fit(theme: ThemeDefinition, quote: Quote) -> float:
    """How surely a finding is of a theme: by its words, the earlier the surer, and its heading."""
    heading = quote.passage.heading
    of_board = not APART.isdisjoint(areas_in(heading or ""))
    if of_board and not theme.heads(heading):
        return 0.0  # what is found of a board is found of no other
    marks = [match.start() for match in theme.words.finditer(main_part(quote.text))]
    if not marks:
        return 0.0
    return 1.0 + 0.5 * (len(marks) > 1) + (marks[0] <= EARLY) + IN_HEADING * theme.heads(heading)


# ---------------------------------------------------------------- themes of a text


def uncovered_themes(library: Corpus, documents: Iterable[Document]) -> tuple[str, ...]:
    """The themes that committees expect and no document has a sentence on."""
    covered: set[str] = set()
    for document in documents:
        covered |= library.analysed(document, _themes_of_document)
    return tuple(t.name for t in theme_definitions() if t.expected and t.name not in covered)


@kept
def _themes_of_document(passages: Sequence[Passage]) -> frozenset[str]:
    return themes_in(" \n".join(passage.text for passage in passages))


def themes_in(text: str) -> frozenset[str]:
    """The names of the themes of which a text has a word."""
    return frozenset(theme.name for theme in theme_definitions() if theme.words.search(text))


def themes_named(text: str) -> set[str]:
    """The names of the themes that a text calls by their names or headings."""
    names: set[str] = set()
    for theme in theme_definitions():
        if text.casefold() in theme.name.casefold() or theme.heads(text):
            names.add(theme.name)
    return names


def theme_of(quote: Quote) -> str:
    """The name of the theme that a quote is of most surely, the first of those that it fits alike;
    nothing where it is of none."""
    best = max(theme_definitions(), key=lambda theme: _fit(theme, quote))
    return best.name if _fit(best, quote) > 0 else ""
