"""Pure: what is in the library, in a sentence, and questions that it could answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from rag.types import Document, Kind
from ui.wording.sources import counted_kinds
from ui.wording.translation import tr

# A button's label is Markdown to Streamlit, so a name with anything else in it is not offered.
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\W_]|[' -]){0,60}")


def summary(documents: Sequence[Document]) -> str:
    """One sentence: how many documents of which kinds, and from which years."""
    years = sorted({d.description.published.year for d in documents if d.description.published})
    span = tr(", from {}").format(years[0]) if years else ""
    if len(years) > 1:
        span = tr(", from {} to {}").format(years[0], years[-1])
    return f"{counted_kinds(document.description.kind for document in documents)}{span}."


def newest_of(documents: Sequence[Document]) -> date | None:
    """The day of the newest document; None when none is dated."""
    days = [d.description.appeared_on for d in documents]
    return max((day for day in days if day), default=None)


def examples(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to four questions made from the councils and kinds that are held."""
    questions: list[str] = []
    for council, reports in _councils(documents, Kind.INSPECTION_REPORT)[:1]:
        questions.append(f"What was {council} judged for overall effectiveness?")
        if reports > 1:
            questions.append(f"How have the inspection judgements of {council} changed?")
    for council, _ in _councils(documents, Kind.COUNCIL_DOCUMENT)[:1]:
        questions.append(f"What does {council} say that it will do to improve?")
    for council, _ in _councils(documents, Kind.NEWS)[:1]:
        questions.append(f"What has the press reported about {council}?")
    return tuple(questions)


def councils_held(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to four subjects of a pack, made from the councils of which most reports are held."""
    councils = [name for name, _ in _councils(documents, Kind.INSPECTION_REPORT)[:2]]
    return tuple(words for name in councils for words in (name, f"Care leavers in {name}"))


def most_inspected(documents: Sequence[Document]) -> str:
    """The council of which most inspection reports are held; nothing where none is."""
    return next((name for name, _ in _councils(documents, Kind.INSPECTION_REPORT)), "")


def _councils(documents: Sequence[Document], kind: Kind) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for document in documents:
        if document.description.kind is kind:
            counts.update(filter(_PLAIN_NAME.fullmatch, document.description.councils))
    return counts.most_common()
