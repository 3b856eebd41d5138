"""Promises whose date has passed, as reasons to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rag.citation.source_label import in_quotation_marks
from rag.library.corpus import Corpus
from rag.packs.enquiry import templates
from rag.packs.enquiry.reasons import MOST_WORDS, Reason, theme_of_line
from rag.packs.timeline.timeline import timeline
from rag.packs.types import Cause, EventKind, Precision
from rag.text.lexicon import cue, lists
from rag.types import Document

PASSED_SINCE = timedelta(days=4 * 365)
"""How long ago the date of a promise may have passed for the promise still to be asked after."""
_CELL = " | "


def missed_promises(
    library: Corpus, documents: Sequence[Document], today: date
) -> Iterator[Reason]:
    """What was to be done by a day that has passed, unless the source says that it was."""
    for event in timeline(library, documents, "").events:
        line, last = event.line, event.last
        if event.kind is not EventKind.DEADLINE or not today - PASSED_SINCE <= last < today:
            continue
        if len(line.text.split()) > MOST_WORDS or cue(lists.Items.DONE).search(line.text):
            continue
        # Of a row of a plan the cell with the most words says what is to be done.
        action = max(line.text.split(_CELL), key=lambda cell: len(cell.split()))
        text = templates.question(
            "promise",
            "row" if _CELL in line.text else "quoted",
            source=line.source,
            quote=in_quotation_marks(action),
            date=_written(last, event.precision),
        )
        yield Reason(
            Cause.PROMISE_PASSED, text, (line,), action, theme_of_line(library, line), line.source,
            line.citations[0].document, 4.2,
        )  # fmt: skip


def _written(day: date, precision: Precision) -> str:
    if precision is Precision.YEAR:
        return str(day.year)
    return f"{day:%B %Y}" if precision is Precision.MONTH else f"{day.day} {day:%B %Y}"
