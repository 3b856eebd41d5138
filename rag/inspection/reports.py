"""The inspection reports that a question is about, and the grades that each of them gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from rag.citation.quote import Quote
from rag.inspection.grades import Area, Judgement, best_per_area, judgements
from rag.library.corpus import Corpus
from rag.types import Document, Kind, Passage


def reports(documents: Iterable[Document], names: Collection[str] | None = None) -> list[Document]:
    """The inspection reports among the documents, those of `names` alone where given."""
    return [
        d
        for d in documents
        if d.description.kind is Kind.INSPECTION_REPORT and (names is None or d.name in names)
    ]


def newest_first(documents: Iterable[Document]) -> list[Document]:
    """The documents by the time they speak for, the newest first."""
    return sorted(documents, key=lambda d: d.description.speaks_for or date.min, reverse=True)


def grades_of(library: Corpus, document: Document) -> Mapping[Area, Judgement]:
    """A report's grades, one for each area that it judges."""
    return library.analysed(document, _read_grades)


def judging(
    library: Corpus, documents: Iterable[Document], areas: Iterable[Area]
) -> list[Document]:
    """Those of the documents that judge any of the areas, the newest first."""
    asked = set(areas)
    return newest_first(d for d in documents if not asked.isdisjoint(grades_of(library, d)))


def quote_of(row: Judgement) -> Quote:
    """The sentence or table row that gives a grade."""
    at = row.passage.sentences.index(row.sentence)
    return Quote(row.passage, at, at)


def _read_grades(passages: Sequence[Passage]) -> Mapping[Area, Judgement]:
    return best_per_area(judgements(passages))
