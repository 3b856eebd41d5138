"""Pure: what is in the library, in a sentence, and questions that it could answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from rag.types import Document, Kind
from ui.wording.sources import counted_kinds

# A button's label is Markdown to Streamlit, so a name with anything else in it is not offered.
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\W_]|[' -]){0,60}")


def summary(documents: Sequence[Document]) -> str:
    """One sentence: how many documents of which kinds, and from which years."""
    return f"{counted_kinds(d.description.kind for d in documents)}{_years(documents)}."


def newest_of(documents: Sequence[Document]) -> date | None:
    """The day of the newest document; None when none is dated."""
    days = [d.description.appeared_on for d in documents]
    return max((day for day in days if day), default=None)


def examples(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to four questions made from the councils and kinds that are held."""
    found: list[str] = []
    for council, reports in _councils(documents, Kind.INSPECTION_REPORT)[:1]:
        found.append(f"What was {council} judged for overall effectiveness?")
        if reports > 1:
            found.append(f"How have the inspection judgements of {council} changed?")
    for council, _ in _councils(documents, Kind.COUNCIL_DOCUMENT)[:1]:
        found.append(f"What does {council} say that it will do to improve?")
    for council, _ in _councils(documents, Kind.NEWS)[:1]:
        found.append(f"What has the press reported about {council}?")
    return tuple(found)


def councils_held(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to four subjects of a pack, made from the councils of which most reports are held."""
    councils = [name for name, _ in _councils(documents, Kind.INSPECTION_REPORT)[:2]]
    return tuple(words for name in councils for words in (name, f"Care leavers in {name}"))


def most_inspected(documents: Sequence[Document]) -> str:
    """The council of which most inspection reports are held; nothing where none is."""
    return next((name for name, _ in _councils(documents, Kind.INSPECTION_REPORT)), "")


def _councils(documents: Sequence[Document], kind: Kind) -> list[tuple[str, int]]:
    names = Counter(
        council
        for document in documents
        if document.description.kind is kind
        for council in document.description.councils
        if _PLAIN_NAME.fullmatch(council)
    )
    return names.most_common()


def _years(documents: Sequence[Document]) -> str:
    years = sorted({d.description.published.year for d in documents if d.description.published})
    if not years:
        return ""
    return f", from {years[0]}" if len(years) == 1 else f", from {years[0]} to {years[-1]}"
