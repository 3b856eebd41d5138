"""The inspection reports that a question is about: the framework of each, and its grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rag.citation.quote import Quote
from rag.inspection.frameworks import ANOTHER, CATALOGUE, OVERALL, Framework
from rag.inspection.grades import Judgement, best_per_area, judgements, read_unjudged
from rag.inspection.printed_facts import printed_facts_of
from rag.library.corpus import Corpus
from rag.text.lexicon import lists
from rag.types import Document, Kind, Passage

_OPENING_WORDS = 45
"""A letter says within so many words that it is of a visit."""
_OPENING_PAGES = 2


def reports(documents: Iterable[Document]) -> list[Document]:
    """The inspection reports among the documents."""
    return [d for d in documents if d.description.kind is Kind.INSPECTION_REPORT]


def newest_first(documents: Iterable[Document]) -> list[Document]:
    """The documents by the time they speak for, the newest first."""
    return sorted(documents, key=lambda d: d.description.speaks_for or date.min, reverse=True)


def judging(library: Corpus, documents: Iterable[Document], areas: Iterable[str]) -> list[Document]:
    """Those of the documents that judge any of the areas, the newest first."""
    asked = set(areas)
    return newest_first(d for d in documents if not asked.isdisjoint(grades_of(library, d)))


def quote_of(row: Judgement) -> Quote:
    """The sentence or table row that gives a grade."""
    at = row.passage.sentences.index(row.sentence)
    return Quote(row.passage, at, at)


# ---------------------------------------------------------------- what one report judges


def grades_of(library: Corpus, document: Document) -> Mapping[str, Judgement]:
    """A report's grades, one for each area that it judges, by the names of the areas."""
    return library.analysed(document, grades_under, framework_of(library, document))


def grades_under(passages: Sequence[Passage], framework: Framework) -> Mapping[str, Judgement]:
    """The grades that the passages of a report of a framework give, by the names of the areas."""
    return best_per_area(judgements(passages, None if framework is ANOTHER else framework))


def unjudged_in(library: Corpus, document: Document) -> Mapping[str, Quote]:
    """Where a report says of an area that it gives no judgement."""
    rows = library.analysed(document, _unjudged_rows)
    overall = printed_facts_of(library, document).get(lists.Printed.NO_OVERALL)
    return {OVERALL: overall, **rows} if overall else rows


def framework_of(library: Corpus, document: Document) -> Framework:
    """The framework of a report, told from its title and its own first pages."""
    about = document.description
    unjudged = frozenset(unjudged_in(library, document))
    return library.analysed(document, told_framework, about.title, unjudged, about.inspected_from)


def told_framework(
    passages: Sequence[Passage],
    title: str,
    unjudged: frozenset[str] = frozenset(),
    began: date | None = None,
    frameworks: tuple[Framework, ...] = tuple(CATALOGUE.frameworks.values()),
) -> Framework:
    """The first of the frameworks whose marks a report bears, for its passages, its title, the
    areas that it says are not judged and the day on which its inspection began."""
    opening = [passage.text for passage in _opening(passages)]
    text = " \n ".join((title, *opening))
    first_words = " ".join(text.split()[:_OPENING_WORDS])
    for framework in frameworks:
        marks = framework.marks
        if marks is None or not marks.search(first_words if framework.visit else text):
            continue
        if framework.visit and judgements(passages):
            continue
        if framework.unjudged and not _withheld(passages, framework, unjudged, began):
            continue
        return framework
    return ANOTHER


def _withheld(
    passages: Sequence[Passage], framework: Framework, unjudged: frozenset[str], began: date | None
) -> bool:
    """Whether a report gives no judgement of what a framework leaves unjudged, and says so or is
    of a day from which none is given."""
    since = framework.since is not None and began is not None and began >= framework.since
    if not since and framework.unjudged.isdisjoint(unjudged):
        return False
    return framework.unjudged.isdisjoint(grades_under(passages, framework))


def _opening(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.page <= _OPENING_PAGES)


def _unjudged_rows(passages: Sequence[Passage]) -> Mapping[str, Quote]:
    rows: dict[str, Quote] = {}
    for passage in _opening(passages):
        for n, sentence in enumerate(passage.sentences):
            for area in read_unjudged(sentence.text):
                rows.setdefault(area, Quote(passage, n, n))
    return rows
