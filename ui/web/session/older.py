"""Pure: which inspection reports are not the newest of their series, and what to tell of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.packs.types import Precision
from rag.question.held import held_documents
from rag.types import Document, Kind
from ui.wording.dates import spoken_exactly
from ui.wording.translation import tr


def older_reports(documents: Sequence[Document]) -> Mapping[str, str]:
    """Of each inspection report that a newer one of its series follows, by its name: a sentence
    that says of when the newest is."""
    held = held_documents(documents)
    told: dict[str, str] = {}
    for place, document in enumerate(documents):
        day, newest = int(held.days[place]), int(held.newest[place])
        if document.description.kind is Kind.INSPECTION_REPORT and day < newest:
            when = spoken_exactly(date.fromordinal(newest), Precision.MONTH)
            told[document.name] = tr("Older: the newest inspection held is of {}.").format(when)
    return told
