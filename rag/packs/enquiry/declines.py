"""Figures that got worse, and sources that disagree, as reasons to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rag.citation.line import line_of
from rag.citation.source_label import in_quotation_marks, source_label
from rag.library.corpus import Corpus
from rag.packs.briefing.disagreements import (
    FigureMention,
    disagreements,
    figure_mentions,
    of_one_matter,
    weights_of,
)
from rag.packs.briefing.themes import theme_of
from rag.packs.enquiry import templates
from rag.packs.enquiry.reasons import MOST_WORDS, Reason, month, theme_of_line
from rag.packs.types import Cause
from rag.text.lexicon import cue, lists
from rag.text.parse import parse
from rag.text.trends import trends
from rag.types import Document

APART = timedelta(days=90)
"""Figures of sources less far apart are of one time."""
WORSE_SINCE = timedelta(days=6 * 365)
"""How far back a figure may lie that one of today is set against."""
_RECENT = timedelta(days=2 * 365)
"""How much older than the newest document one may be and still tell how things stand."""
Earlier = tuple[Document, FigureMention]
"""A figure of an earlier document."""


def worse(library: Corpus, documents: Sequence[Document]) -> Iterator[Reason]:
    """Figures that got worse: from one dated source to a later one, or as one sentence tells."""
    dated = [(day, d) for d in documents if (day := d.description.appeared_on)]
    newest = max((day for day, _ in dated), default=date.min)
    recent = [(day, d) for day, d in dated if newest - day <= _RECENT]
    for day, document in sorted(recent, key=lambda row: row[0], reverse=True):
        earlier = [d for at, d in dated if APART <= day - at <= WORSE_SINCE]
        for now in library.analysed(document, figure_mentions):
            yield from _worse(library, next(_before(library, earlier, now), None), now, document)


def _before(library: Corpus, earlier: Sequence[Document], now: FigureMention) -> Iterator[Earlier]:
    """The figures of earlier documents for the same matter that were better."""
    weight = weights_of(library)
    for document in earlier:
        for then in library.analysed(document, figure_mentions):
            if of_one_matter(then, now, weight) and _worsens(now.clause, _way(then, now)):
                yield document, then


def _way(then: FigureMention, now: FigureMention) -> str:
    return "up" if now.quantity.low > then.quantity.high else "down"


def _worsens(text: str, way: str) -> bool:
    bad, good = (
        cue(lists.Enquiry.MORE_IS_WORSE).search(text),
        cue(lists.Enquiry.LESS_IS_WORSE).search(text),
    )
    return (way == "up" and bool(bad)) or (way == "down" and bool(good) and not bad)


def _worse(
    library: Corpus, before: Earlier | None, now: FigureMention, document: Document
) -> Iterator[Reason]:
    told = [move.way for move in trends(parse(now.clause))]
    if not before and not (told and _worsens(now.clause, told[-1])):
        return
    quotes = [now.quote, *([before[1].quote] if before else [])]
    why = tuple(line for quote in quotes if (line := line_of(library, quote)))
    if len(why) < len(quotes) or len(now.quote.text.split()) > MOST_WORDS:
        return
    then = month(before[0] if before else document)
    yield Reason(
        Cause.FIGURE_WORSE, _asked(before, now, document), why, now.quote.text,
        theme_of(now.quote), then, document.name, 4.0,
    )  # fmt: skip


def _asked(before: Earlier | None, now: FigureMention, document: Document) -> str:
    words = {
        "source": source_label(document.description),
        "quote": in_quotation_marks(now.quote.text),
    }
    if before is None:
        return templates.question("worse", "alone", **words)
    earlier, then = before
    return templates.question("worse", then=month(earlier), figure=then.quantity.written, **words)


def differing(library: Corpus, documents: Sequence[Document]) -> Iterator[Reason]:
    """Where two sources say different things of one matter."""
    for each in disagreements(library, documents):
        one, other = each.one, each.other
        text = templates.question(
            "disagree", respect=each.respect,
            one=f"{one.source}: {in_quotation_marks(one.text)}",
            other=f"{other.source}: {in_quotation_marks(other.text)}",
        )  # fmt: skip
        yield Reason(
            Cause.SOURCES_DISAGREE, text, (one, other), one.text, theme_of_line(library, one),
            one.source, one.citations[0].document, 3.0,
        )  # fmt: skip
