"""Reasons to ask: what the documents say that a cabinet member or a director should answer for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.citation.line import Line, concluding_line, line_of, lines_of
from rag.citation.quote import Quote, sentence_quotes, with_neighbours
from rag.citation.source_label import in_quotation_marks
from rag.inspection.frameworks import CATALOGUE, framework_named
from rag.inspection.grades import read_grade
from rag.inspection.reports import grades_of, quote_of
from rag.library.corpus import Corpus
from rag.library.encoder.word_encoder import WordEncoder
from rag.packs.briefing.findings import FindingMention, judged_findings
from rag.packs.briefing.themes import ThemeDefinition, theme_definitions, theme_of, themes_named
from rag.packs.enquiry import templates
from rag.packs.progress.changes import recommendation_changes, sentences_about
from rag.packs.progress.outcome import finds_better, finds_fault
from rag.packs.progress.requests import requests_of
from rag.packs.progress.topic import recommendation_topic
from rag.packs.types import Cause, Changes, History, Inspection, LaterStanding
from rag.text.lexicon import cue, lists
from rag.types import Description, Document, Kind, Passage

MOST_WORDS = 45
"""Words of a quote that goes into a question."""
_UNANSWERED = {
    LaterStanding.STILL_A_CONCERN: ("still", Cause.STILL_A_CONCERN, 5.0),
    LaterStanding.NOT_MENTIONED: ("silent", Cause.NO_LATER_EVIDENCE, 2.0),
}
"""The question, the cause and the weight of what a later report finds fault with or omits."""
_BOARD = re.compile(r"\bboard\b|\b[A-Z]*SCB\b")
"""A safeguarding board, which councils no longer have."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to ask: the question with what backs it, and how weighty it is.

    `matter` is what it is about, to tell whether two reasons are about one thing; `then` names the
    time of the finding, `source` the document that it is first of all from.
    """

    cause: Cause
    text: str
    why: tuple[Line, ...]
    matter: str
    theme: str
    then: str
    source: str
    weight: float
    item: str = ""
    """What inspectors asked for, where that is the reason."""

    @property
    def question(self) -> Line:
        """The question, which rests on the lines that say why to ask it."""
        return concluding_line(self.text, self.why)


def month_of(described: Inspection | Description) -> str:
    """The month of an inspection, or in which a document appeared."""
    day = described.speaks_for
    return f"{day:%B %Y}" if day else "an undated report"


# ---------------------------------------------------------------- what was asked for


def open_recommendations(
    library: Corpus, embedder: WordEncoder, report: Document, later: Sequence[Document]
) -> Iterator[Reason]:
    """What the newest report asks for, with what documents after it say of it."""
    then = month_of(report.description)
    asked = [item for item in requests_of(library, report) if item.text[:1].isupper()]
    told: list[tuple[Line, tuple[Line, ...]]] = []
    if later:
        for change in recommendation_changes(library, embedder, later, asked):
            told.append((change.item, change.later))
    else:
        told += [(line, ()) for line in lines_of(library, asked)]
    for item, mentions in told:
        later_lines = [mention for mention in mentions if not _restates(mention, report)]
        cause = Cause.NO_LATER_EVIDENCE if later else Cause.NOTHING_LATER_HELD
        if later_lines:
            cause = Cause.CRITICISED
        text = templates.question_after("open", item.text, then=then)
        yield Reason(
            cause, text, (item, *later_lines), item.text, _theme_of_item(item.text), then,
            report.name, 4.0, item.text,
        )  # fmt: skip


def _restates(line: Line, report: Document) -> bool:
    """Whether a line tells of the inspection, and not of what was done after it."""
    publisher = report.description.publisher
    named = bool(publisher) and str(publisher) in line.text
    return named or bool(cue(lists.Scope.REPORT).search(line.text))


def unanswered_recommendations(changes: Changes) -> Iterator[Reason]:
    """What the report before the newest asked for, where the newest finds fault or says nothing."""
    then, now = month_of(changes.earlier), month_of(changes.later)
    for change in changes.items:
        item = change.item.text
        if change.since not in _UNANSWERED or _BOARD.search(item):
            continue
        kind, cause, weight = _UNANSWERED[change.since]
        text = templates.question_after(kind, item, then=then, now=now)
        yield Reason(
            cause, text, (change.item, *change.later), item, _theme_of_item(item), then,
            changes.earlier.document, weight, item,
        )  # fmt: skip


def _theme_of_item(item: str) -> str:
    """The theme that an item's matter names first: whom it asks is no part of that."""
    matter = recommendation_topic(item).name
    places: list[tuple[int, str]] = []
    for theme in theme_definitions():
        match = theme.words.search(matter)
        if match:
            places.append((match.start(), theme.name))
    return min(places, key=lambda place: place[0])[1] if places else ""


def theme_of_line(library: Corpus, line: Line) -> str:
    """The theme of a line, by the first sentence of its document that it quotes."""
    document = library.entry(line.citations[0].document).document
    for quote in library.analysed(document, _sentences):
        if quote.text in line.text:
            return theme_of(quote)
    return ""


def _sentences(passages: tuple[Passage, ...]) -> tuple[Quote, ...]:
    return tuple(sentence_quotes(passages))


# ---------------------------------------------------------------- grades


def fallen_grades(library: Corpus, record: History) -> Iterator[Reason]:
    """The grades that are lower at the newest inspection than at the one before it, under one
    framework."""
    by_series: dict[str, list[Inspection]] = {}
    for inspection in record.inspections:
        if inspection.judged:
            series = framework_named(inspection.framework).series
            by_series.setdefault(series, []).append(inspection)
    for graded in by_series.values():
        if len(graded) >= 2:
            yield from _fallen(library, graded[-2], graded[-1])


def _fallen(library: Corpus, before: Inspection, after: Inspection) -> Iterator[Reason]:
    earlier = grades_of(library, library.entry(before.document).document)
    later = grades_of(library, library.entry(after.document).document)
    for area in dict.fromkeys(row.area for row in after.judged):
        was, now = earlier.get(area), later.get(area)
        if not (was and now) or was.areas != now.areas or now.rank >= was.rank:
            continue
        now_line, was_line = line_of(library, quote_of(now)), line_of(library, quote_of(was))
        if not (now_line and was_line):
            continue
        name = now.grade.framework.grade_for(area)
        text = templates.question(
            "fell", grade=name, before=was.grade.word, then=month_of(before),
            after=now.grade.word, now=month_of(after),
        )  # fmt: skip
        yield Reason(
            Cause.GRADE_FELL, text, (now_line, was_line), name, CATALOGUE.areas[area].theme,
            month_of(before), after.document, 4.5,
        )  # fmt: skip


# ---------------------------------------------------------------- what inspectors found


def unknown_to_leaders(library: Corpus, report: Document) -> Iterator[Reason]:
    """What inspectors say that leaders had not known, asked or understood."""
    for finding in judged_findings(library, report):
        text = finding.quote.text
        unknown = cue(lists.Items.NOT_KNOWN).search(text)
        if unknown and cue(lists.Items.LEADING).search(text) and not finding.strength:
            yield from _reason_of(library, report, finding, Cause.NOT_KNOWN)


def criticisms(library: Corpus, report: Document) -> Iterator[Reason]:
    """What inspectors find fault with, weighed as a briefing weighs its findings."""
    for finding in judged_findings(library, report):
        if not finding.strength:
            yield from _reason_of(library, report, finding, Cause.CRITICISED)


def criticisms_on_topic(
    library: Corpus, embedder: WordEncoder, reports: Sequence[Document], topic: str
) -> Iterator[Reason]:
    """What the reports find fault with on a topic, mixed findings too: what a search finds, and
    what stands under the topic's own heading."""
    named = themes_named(topic)
    for report in reports:
        quotes: list[tuple[str, Quote]] = []
        for theme in theme_definitions():
            if theme.name in named:
                quotes += [(theme.name, q) for q in _under_heading(library, report, theme)]
        quotes += [("", quote) for quote in sentences_about(library, embedder, (report,), topic)]
        for theme_name, quote in quotes:
            if finds_fault(quote.text):
                finding = FindingMention(quote, strength=False, weight=0.0)
                yield from _reason_of(library, report, finding, Cause.CRITICISED, theme_name)


def _under_heading(library: Corpus, report: Document, theme: ThemeDefinition) -> Iterator[Quote]:
    """The sentences under a theme's own heading, each with what it leans on."""
    for sentence in library.analysed(report, _sentences) if theme.headings else ():
        if theme.heads(sentence.passage.heading) and not read_grade(sentence.text):
            quote = with_neighbours(sentence.passage, sentence.first)
            if quote:
                yield quote


def _reason_of(
    library: Corpus, report: Document, finding: FindingMention, cause: Cause, theme: str = ""
) -> Iterator[Reason]:
    """A finding as a reason to ask; none where it is long, or refers to what is not quoted."""
    line = line_of(library, finding.quote)
    if line is None or len(line.text.split()) > MOST_WORDS:
        return
    if cue(lists.Items.POINTS_BACK).search(line.text) or finds_better(line.text):
        return
    theme = theme or theme_of(finding.quote) or _theme_of_heading(finding.quote)
    then, quote = month_of(report.description), in_quotation_marks(line.text)
    weight = min(finding.weight, 4.0) / 3
    if cause is Cause.NOT_KNOWN:
        text = templates.question("unknown", quote=quote, then=then)
        weight = 3.5 + weight
    else:
        ask = templates.asked_of(line.text)
        text = templates.question("criticised", ask=ask, quote=quote, then=then)
        weight = 1.0 + weight
    yield Reason(cause, text, (line,), line.text, theme, then, report.name, weight)


def _theme_of_heading(quote: Quote) -> str:
    """The theme of the heading that a quote stands under."""
    for theme in theme_definitions():
        if theme.heads(quote.passage.heading):
            return theme.name
    return ""


def papers_after(report: Document, documents: Iterable[Document]) -> list[Document]:
    """The council's own papers and the press that appeared after a report."""
    day = report.description.appeared_on
    papers: list[Document] = []
    for document in documents:
        paper_day = document.description.appeared_on
        is_paper = document.description.kind is not Kind.INSPECTION_REPORT
        if is_paper and day and paper_day and paper_day > day:
            papers.append(document)
    return papers
