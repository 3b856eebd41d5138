"""Pure: which inspection reports are not the newest that is held of their council and service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from rag.question.held import held_documents
from rag.types import Document, Kind

Older = Mapping[str, date]
"""Of each report that a newer one of its series follows, by its name, the day that the newest
speaks for."""
NO_OLDER: Older = {}


def older_reports(documents: Sequence[Document]) -> Older:
    """The reports among the documents held that a newer one of the same council and service
    follows; a report of no known day is not said to be older."""
    held = held_documents(documents)
    dated = held.days > date.min.toordinal()
    older = held.kinds[Kind.INSPECTION_REPORT] & dated & (held.days < held.newest)
    return {
        held.names[place]: date.fromordinal(int(held.newest[place]))
        for place in np.flatnonzero(older).tolist()
    }
