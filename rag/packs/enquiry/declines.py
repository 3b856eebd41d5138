"""Figures that got worse, and sources that disagree, as reasons to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from rag.citation.line import lines_of
from rag.citation.source_label import in_quotation_marks, source_label
from rag.library.corpus import Corpus
from rag.packs.briefing.disagreements import (
    FigureMention,
    disagreements,
    figure_mentions,
    of_one_matter,
    term_weight,
)
from rag.packs.briefing.themes import theme_of
from rag.packs.enquiry import templates
from rag.packs.enquiry.reasons import MOST_WORDS, Reason, month_of, theme_of_line
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
_Earlier = tuple[Document, FigureMention]
"""A figure, and the earlier document that gives it."""


def worsened_figures(library: Corpus, documents: Sequence[Document]) -> Iterator[Reason]:
    """Figures that got worse: from one dated source to a later one, or as one sentence tells."""
    dated = [(day, d) for d in documents if (day := d.description.appeared_on)]
    newest = max((day for day, _ in dated), default=date.min)
    weight = term_weight(library)
    for day, document in sorted(dated, key=lambda row: row[0], reverse=True):
        if newest - day > _RECENT:
            continue
        earlier = [d for other, d in dated if APART <= day - other <= WORSE_SINCE]
        for figure in library.analysed(document, figure_mentions):
            better = _better_before(library, earlier, figure, weight)
            if better or _tells_of_decline(figure.clause):
                yield from _reason_of(library, document, figure, better)


def _better_before(
    library: Corpus,
    earlier: Iterable[Document],
    figure: FigureMention,
    weight: Callable[[str], float],
) -> _Earlier | None:
    """The first figure of an earlier document for the same matter that was better."""
    for document in earlier:
        for other in library.analysed(document, figure_mentions):
            way = "up" if figure.quantity.low > other.quantity.high else "down"
            if of_one_matter(other, figure, weight) and _worsens(figure.clause, way):
                return document, other
    return None


def _tells_of_decline(clause: str) -> bool:
    moves = trends(parse(clause))
    return bool(moves) and _worsens(clause, moves[-1].way)


def _worsens(text: str, way: str) -> bool:
    """Whether what a text tells of gets worse where its figure goes up or down."""
    if cue(lists.Direction.MORE_IS_WORSE).search(text):
        return way == "up"
    return way == "down" and bool(cue(lists.Direction.LESS_IS_WORSE).search(text))


def _reason_of(
    library: Corpus,
    document: Document,
    figure: FigureMention,
    better: _Earlier | None,
) -> Iterator[Reason]:
    """A figure as a reason to ask, set against the better one of an earlier document; none where a
    quote is too long or does not stand on its page."""
    quotes = [figure.quote, better[1].quote] if better else [figure.quote]
    why = lines_of(library, quotes)
    if len(why) < len(quotes) or len(figure.quote.text.split()) > MOST_WORDS:
        return
    then = month_of((better[0] if better else document).description)
    source = source_label(document.description)
    quote = in_quotation_marks(figure.quote.text)
    if better:
        text = templates.question(
            "worse", source=source, quote=quote, then=then, figure=better[1].quantity.written
        )
    else:
        text = templates.question("worse", "alone", source=source, quote=quote)
    yield Reason(
        Cause.FIGURE_WORSE, text, why, figure.quote.text, theme_of(figure.quote), then,
        document.name, 4.0,
    )  # fmt: skip


def source_disagreements(library: Corpus, documents: Sequence[Document]) -> Iterator[Reason]:
    """Where two sources say different things of one matter."""
    for disagreement in disagreements(library, documents):
        one, other = disagreement.one, disagreement.other
        text = templates.question(
            "disagree", respect=disagreement.respect,
            one=f"{one.source}: {in_quotation_marks(one.text)}",
            other=f"{other.source}: {in_quotation_marks(other.text)}",
        )  # fmt: skip
        yield Reason(
            Cause.SOURCES_DISAGREE, text, (one, other), one.text, theme_of_line(library, one),
            one.source, one.citations[0].document, 3.0,
        )  # fmt: skip
