"""Reasons to ask: what the documents say that a cabinet member or a director should answer for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.citation.line import Line, concluding_line, line_of
from rag.citation.quote import Quote, with_neighbours
from rag.citation.source_label import in_quotation_marks
from rag.inspection.frameworks import SCALES
from rag.inspection.grades import RANKS, Area, Judgement, read_grade
from rag.inspection.recommendations import recommendations_of
from rag.inspection.reports import grades_of, quote_of
from rag.library.corpus import Corpus
from rag.library.encoder import CachedEncoder
from rag.packs.briefing.findings import FindingMention, findings
from rag.packs.briefing.themes import theme_of, themes_named, topics
from rag.packs.enquiry import templates
from rag.packs.progress.changes import said_of, since_then
from rag.packs.progress.outcome import finds_fault
from rag.packs.progress.topic import matter_of
from rag.packs.types import Cause, Changes, History, Inspection, LaterStanding
from rag.text.lexicon import cue, lists
from rag.types import Document, Kind, Passage

THEMES = {
    Area.HELP: "Children in need of protection",
    Area.CARE: "Children in care",
    Area.LEAVERS: "Care leavers",
    Area.LEADERS: "Leadership and management",
}
"""The theme of each area's grade."""
MOST_WORDS = 45
"""Words of a quote that goes into a question."""


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


def month(each: Inspection | Document) -> str:
    """The month of an inspection, or in which a document appeared."""
    day = each.speaks_for if isinstance(each, Inspection) else each.description.speaks_for
    return f"{day:%B %Y}" if day else "an undated report"


# ---------------------------------------------------------------- what was asked for


def still_open(
    library: Corpus, embedder: CachedEncoder, report: Document, later: Sequence[Document]
) -> Iterator[Reason]:
    """What the newest report asks for, with what documents after it say of it."""
    for item in recommendations_of(library, report):
        line = line_of(library, item)
        if line is None or not item.text[:1].isupper():
            continue
        change = since_then(library, embedder, later, item) if later else None
        since = tuple(x for x in (change.later if change else ()) if not _restates(x, report))
        silent = Cause.NO_LATER_EVIDENCE if later else Cause.NOTHING_LATER_HELD
        yield Reason(
            Cause.CRITICISED if since else silent,
            templates.question_after("open", item.text, then=month(report)),
            (line, *since),
            item.text,
            _theme_of_item(item.text),
            month(report),
            report.name,
            4.0,
            item.text,
        )


def _restates(line: Line, report: Document) -> bool:
    """Whether a line tells of the inspection, and not of what was done after it."""
    publisher = report.description.publisher
    named = bool(publisher) and str(publisher) in line.text
    return named or bool(cue(lists.Sides.REPORT).search(line.text))


def unanswered(changed: Changes) -> Iterator[Reason]:
    """What the report before the newest asked for, where the newest finds fault or says nothing."""
    kinds = {
        LaterStanding.STILL_A_CONCERN: ("still", Cause.STILL_A_CONCERN, 5.0),
        LaterStanding.NOT_MENTIONED: ("silent", Cause.NO_LATER_EVIDENCE, 2.0),
    }
    then, now = month(changed.earlier), month(changed.later)
    for change in changed.items:
        if change.since not in kinds or _of_a_board(change.item):
            continue
        kind, cause, weight = kinds[change.since]
        text = templates.question_after(kind, change.item.text, then=then, now=now)
        yield Reason(
            cause, text, (change.item, *change.later), change.item.text,
            _theme_of_item(change.item.text), then, changed.earlier.document, weight,
            change.item.text,
        )  # fmt: skip


def _theme_of_item(item: str) -> str:
    """The theme that an item's matter names first: whom it asks is no part of that."""
    matter = matter_of(item).name
    named = ((m.start(), n) for n, t in enumerate(topics()) if (m := t.pattern.search(matter)))
    first = min(named, default=None)
    return topics()[first[1]].name if first else ""


def _of_a_board(item: Line) -> bool:
    """Whether an item is asked of a safeguarding board, which councils no longer have."""
    return bool(re.search(r"\bboard\b|\b[A-Z]*SCB\b", item.text))


def theme_of_line(library: Corpus, line: Line) -> str:
    """The theme of a line, by the passage that it was quoted from."""
    document = library.entry(line.citations[0].document).document
    for passage in library.analysed(document, _all):
        for n, sentence in enumerate(passage.sentences):
            if sentence.text in line.text:
                return theme_of(Quote(passage, n, n))
    return ""


def _under(quote: Quote) -> str:
    """The theme of the heading that a quote stands under."""
    heading = quote.passage.heading or ""
    return next((t.name for t in topics() if t.heading and t.heading.search(heading)), "")


def _all(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return passages


# ---------------------------------------------------------------- grades


def fallen(library: Corpus, record: History) -> Iterator[Reason]:
    """The grades that are lower at the newest inspection than at the one before it, under one
    framework."""
    for scale in SCALES:
        held = [each for each in record.inspections if each.framework in scale and each.judged]
        for before, after in list(pairwise(held))[-1:]:
            yield from _fallen(library, before, after)


def _fallen(library: Corpus, before: Inspection, after: Inspection) -> Iterator[Reason]:
    old, new = (_grades(library, each) for each in (before, after))
    for area in dict.fromkeys(row.area for row in after.judged):
        was, now = old.get(area), new.get(area)
        if not (was and now) or was.areas != now.areas or RANKS[now.grade] >= RANKS[was.grade]:
            continue
        lines = [line_of(library, quote_of(row)) for row in (now, was)]
        name = "overall grade" if area is Area.OVERALL else f"grade for {area.value}"
        text = templates.question(
            "fell", grade=name, before=was.grade, then=month(before),
            after=now.grade, now=month(after),
        )  # fmt: skip
        why = tuple(line for line in lines if line)
        if len(why) == 2:
            yield Reason(
                Cause.GRADE_FELL, text, why, name, THEMES.get(area, ""),
                month(before), after.document, 4.5,
            )  # fmt: skip


def _grades(library: Corpus, each: Inspection) -> Mapping[Area, Judgement]:
    return grades_of(library, library.entry(each.document).document)


# ---------------------------------------------------------------- what inspectors found


def not_known(library: Corpus, report: Document) -> Iterator[Reason]:
    """What inspectors say that leaders had not known, asked or understood."""
    for found in library.analysed(report, findings):
        text = found.quote.text
        told = cue(lists.Enquiry.NOT_KNOWN).search(text) and cue(lists.Enquiry.LEADING).search(text)
        if told and not found.strength:
            yield from _finding(library, report, found, Cause.NOT_KNOWN)


def criticisms(library: Corpus, report: Document) -> Iterator[Reason]:
    """What inspectors find fault with, weighed as a briefing weighs its findings."""
    for found in library.analysed(report, findings):
        if not found.strength:
            yield from _finding(library, report, found, Cause.CRITICISED)


def faults_on(
    library: Corpus, embedder: CachedEncoder, reports: Sequence[Document], topic: str
) -> Iterator[Reason]:
    """What the reports find fault with on a topic, mixed findings too: what a search finds, and
    what stands under the topic's own heading."""
    for report in reports:
        under = {name: _under_heading(library, report, name) for name in themes_named(topic)}
        own = [(name, quote) for name, quotes in under.items() for quote in quotes]
        sought = [("", quote) for quote in said_of(library, embedder, (report,), topic)]
        for name, quote in (*own, *sought):
            if finds_fault(quote.text):
                for reason in _finding(
                    library, report, FindingMention(quote, False, 0.0), Cause.CRITICISED
                ):
                    yield replace(reason, theme=name or reason.theme)


def _under_heading(library: Corpus, report: Document, theme: str) -> list[Quote]:
    """The sentences under a theme's own heading, each with what it leans on."""
    heading = next((topic.heading for topic in topics() if topic.name == theme), None)
    passages = library.analysed(report, _all) if heading else ()
    return [
        quote
        for passage in passages
        if heading and heading.search(passage.heading or "")
        for n in range(len(passage.sentences))
        if not read_grade(passage.sentences[n].text) and (quote := with_neighbours(passage, n))
    ]


def _finding(
    library: Corpus, report: Document, found: FindingMention, cause: Cause
) -> Iterator[Reason]:
    line = line_of(library, found.quote)
    theme = theme_of(found.quote) or _under(found.quote)
    if line is None or len(line.text.split()) > MOST_WORDS:
        return
    if cue(lists.Enquiry.REFERS).search(line.text):
        return
    words = {"quote": in_quotation_marks(line.text), "then": month(report)}
    known = cause is Cause.NOT_KNOWN
    text = (
        templates.question("unknown", **words)
        if known
        else templates.question("criticised", ask=templates.asked_of(line.text), **words)
    )
    weight = (3.5 if known else 1.0) + min(found.weight, 4.0) / 3
    yield Reason(cause, text, (line,), line.text, theme, month(report), report.name, weight)


def after(report: Document, documents: Iterable[Document]) -> list[Document]:
    """The council's own papers and the press that appeared after a report."""
    day = report.description.appeared_on
    return [
        d for d in documents
        if d.description.kind is not Kind.INSPECTION_REPORT
        and day and (told := d.description.appeared_on) and told > day
    ]  # fmt: skip
