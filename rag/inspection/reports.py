"""The inspection reports that a question is about: the framework of each, and its grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.citation.quote import Quote
from rag.inspection.frameworks import ANOTHER, CATALOGUE, OVERALL, Framework, Grade, framework_named
from rag.inspection.grades import Judgement, best_per_area, judgements, read_unjudged
from rag.inspection.printed_facts import printed_facts_of, printed_lines
from rag.library.corpus import Corpus
from rag.library.reader import kept
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


def judging(library: Corpus, documents: Sequence[Document], areas: Iterable[str]) -> list[Document]:
    """Those of the documents that judge any of the areas, the newest first."""
    asked = frozenset(areas)
    judged: list[Document] = []
    for document, stated in zip(documents, all_stated_grades(library, documents), strict=True):
        if any(not asked.isdisjoint(row.areas) for row in stated.rows):
            judged.append(document)
    return newest_first(judged)


def quote_of(row: Judgement) -> Quote:
    """The sentence or table row that gives a grade."""
    at = row.passage.sentences.index(row.sentence)
    return Quote(row.passage, at, at)


def rows_of(grades: Mapping[str, Judgement], areas: Iterable[str]) -> list[Judgement]:
    """The rows for the areas, each once: one row may judge two of them."""
    return list({id(grades[area]): grades[area] for area in areas if area in grades}.values())


# ---------------------------------------------------------------- what one report judges


@dataclass(frozen=True, slots=True)
class StatedGrade:
    """A grade that a report gives, and where: in a sentence of a passage, both by their numbers."""

    areas: frozenset[str]
    framework: str
    scale: str
    word: str
    rank: int
    passage: int
    sentence: int


@dataclass(frozen=True, slots=True)
class StatedGrades:
    """What a report says of grades, in so few words that it is kept of every report: the framework
    that it is of, and the first row that judges each area."""

    framework: str
    rows: tuple[StatedGrade, ...]

    def of_area(self, area: str) -> StatedGrade | None:
        """The grade of an area; None where none is given."""
        return next((row for row in self.rows if area in row.areas), None)


def stated_grades(library: Corpus, document: Document) -> StatedGrades:
    """What a report says of grades."""
    return library.analysed(document, _stated_grades, *_about(document))


def all_stated_grades(library: Corpus, documents: Sequence[Document]) -> list[StatedGrades]:
    """What each of some reports says of grades, in their order."""
    return library.analysed_each(documents, _stated_grades, _about)


def _about(document: Document) -> tuple[str, date | None]:
    """What tells the framework of a report besides its pages."""
    return document.description.title, document.description.inspected_from


@kept
def _stated_grades(passages: Sequence[Passage], title: str, began: date | None) -> StatedGrades:
    unjudged = frozenset(_unjudged_rows(passages))
    if lists.Printed.NO_OVERALL in printed_lines(passages):
        unjudged |= {OVERALL}
    framework = told_framework(passages, title, unjudged, began)
    grades = grades_under(passages, framework)
    rows = {id(grades[area]): _stated(grades[area]) for area in grades}
    return StatedGrades(framework.name, tuple(rows.values()))


def _stated(row: Judgement) -> StatedGrade:
    grade = row.grade
    return StatedGrade(
        row.areas, grade.framework.name, grade.scale.name, grade.word, grade.rank,
        row.passage.number, row.passage.sentences.index(row.sentence),
    )  # fmt: skip


def grades_of(library: Corpus, document: Document) -> Mapping[str, Judgement]:
    """A report's grades, one for each area that it judges, by the names of the areas."""
    rows = stated_grades(library, document).rows
    passages = library.passages_at({(document.name, row.passage) for row in rows})
    read: list[Judgement] = []
    for row in rows:
        scale = CATALOGUE.scales[row.scale]
        grade = Grade(framework_named(row.framework), scale, row.word, row.rank)
        passage = passages[document.name, row.passage]
        read.append(Judgement(row.areas, grade, passage, passage.sentences[row.sentence]))
    return best_per_area(read)


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
    return framework_named(stated_grades(library, document).framework)


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
