"""Whether a council gets better: the record of its grades, and what its newest report says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag.answering.compose import (
    MARKER,
    MOST_WORDS,
    AnswerDraft,
    words_concluded,
    words_told,
)
from rag.answering.matters import asks_progress, names_one
from rag.answering.reports import of_its_kind
from rag.answering.selection import is_answer, selected_quotes
from rag.citation.line import Conclusion
from rag.citation.quote import Quote, join_neighbours
from rag.citation.source_label import shown_source
from rag.inspection.frameworks import AREAS, OVERALL
from rag.inspection.grades import Judgement, read_grade
from rag.inspection.movement import Graded, grade_movement, of_one_scale
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.listing import listed
from rag.question.held import held_documents
from rag.question.scope import documents_about, time_order
from rag.retrieval.search import Retrieved, retrieved_within
from rag.retrieval.sentence_features import Evidence
from rag.text.parse import parse
from rag.text.trends import trends
from rag.types import Document

MOST_REPORTS = 3
"""Reports whose grade of one area is told."""
MOST_SENTENCES = 2
LEAST_ROOM = 20
"""Words below which no sentence is looked for."""
ONE_ALONE = "No earlier grade is held to set it against."


@dataclass(frozen=True, slots=True)
class _Record:
    """Rows of grades and what follows from them."""

    quotes: tuple[Quote, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()

    def with_rows(self, rows: Sequence[Judgement], text: str) -> _Record:
        """The record with further rows, each once, and a sentence that follows from them."""
        quotes = list(self.quotes)
        places: list[int] = []
        for row in rows:
            quote = quote_of(row)
            if quote not in quotes:
                quotes.append(quote)
            places.append(quotes.index(quote))
        followed = Conclusion(text, tuple(dict.fromkeys(places)))
        return _Record(tuple(quotes), (*self.conclusions, followed) if text else self.conclusions)


def progress_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """The grades over time and what became of them, and what the newest report says of that; then
    the areas that moved, as far as there is room; None where something else is asked, or of several
    councils, whose grades make no row, or no report gives a grade."""
    several = len(retrieved.scope.councils) > 1
    if several or not names_one(retrieved) or not asks_progress(library, retrieved):
        return None
    about = reports(documents_about(retrieved.scope.councils, retrieved.documents))
    graded = [each for each in of_its_kind(retrieved.question, about) if grades_of(library, each)]
    graded.sort(key=time_order)
    if not graded:
        return None
    record = _record(library, retrieved, graded)
    told = _sentences(retrieved, graded[-1], record)
    if not retrieved.question.parts_judged:
        record = _with_moves(library, retrieved, graded, record, MOST_WORDS - words_told(told))
    quotes = (*record.quotes, *told)
    return AnswerDraft(tuple(join_neighbours(quotes)), record.conclusions, sure=True)


# ---------------------------------------------------------------- grades


def _record(library: Corpus, retrieved: Retrieved, graded: Sequence[Document]) -> _Record:
    """The areas that are asked about, or the whole, over the newest reports."""
    areas = tuple(a for a in AREAS if a in retrieved.question.parts_judged) or (OVERALL,)
    newest = grades_of(library, graded[-1])
    record = _Record()
    for area in areas:
        if area in newest:
            record = _with_area(record, _graded(library, graded, area), area)
    return record


def _with_moves(
    library: Corpus,
    retrieved: Retrieved,
    graded: Sequence[Document],
    record: _Record,
    room: int,
) -> _Record:
    """The record with the areas that moved between the last two reports, as far as there is room;
    where it tells of none so far, with all of the newest."""
    newest, before = grades_of(library, graded[-1]), _before(library, graded)
    moved = _moved(before, newest) if before else []
    while moved:
        told = _of_moves(graded, before, newest, moved)
        rows = [grades[area] for area in moved for grades in (before, newest)]
        wider = record.with_rows(rows, told)
        if _size(retrieved, wider) <= room:
            return wider
        moved = moved[:-1]
    if not record.quotes:
        rows = [newest[area] for area in AREAS if area in newest]
        record = record.with_rows(rows, "" if before else ONE_ALONE)
    return record


def _graded(library: Corpus, graded: Iterable[Document], area: str) -> list[Graded]:
    """The grades of an area, oldest first, each with its year."""
    rows: list[Graded] = []
    for document in graded:
        row = grades_of(library, document).get(area)
        if row is not None:
            rows.append((str(time_order(document).year), row))
    return rows[-MOST_REPORTS:]


def _with_area(record: _Record, rows: Sequence[Graded], area: str) -> _Record:
    """The record with an area's grades, and what became of those that are of the newest's scale."""
    last = rows[-1][1]
    comparable = [row for row in rows if of_one_scale([row[1], last])]
    older = [judged for _, judged in rows if not of_one_scale([judged, last])]
    movement = grade_movement(comparable, area)
    text = movement[0].text if movement else ONE_ALONE
    record = record.with_rows([judged for _, judged in comparable], text)
    return record.with_rows(older, "")


def _before(library: Corpus, graded: Sequence[Document]) -> Mapping[str, Judgement]:
    """The grades of the report before the newest."""
    return grades_of(library, graded[-2]) if len(graded) > 1 else {}


def _moved(before: Mapping[str, Judgement], newest: Mapping[str, Judgement]) -> list[str]:
    """The areas whose grade moved on one scale, a fall and a rise by turns so that where there is
    no room for all both are told; one that was judged together with another then and apart now is
    left out."""
    fell: list[str] = []
    rose: list[str] = []
    for area in AREAS:
        if area == OVERALL or area not in before or area not in newest:
            continue
        was, now = before[area], newest[area]
        if was.areas == now.areas and was.rank != now.rank and of_one_scale([was, now]):
            (fell if now.rank < was.rank else rose).append(area)
    return [area for pair in zip_longest(fell, rose) for area in pair if area]


def _of_moves(
    graded: Sequence[Document],
    before: Mapping[str, Judgement],
    newest: Mapping[str, Judgement],
    moved: Sequence[str],
) -> str:
    up = [area for area in moved if newest[area].rank > before[area].rank]
    down = [area for area in moved if area not in up]
    was = time_order(graded[-2]).year
    if not (up and down):
        return f"Grades {'up' if up else 'down'} since {was}: {listed(moved)}."
    return f"Grades down since {was}: {listed(down)}; up: {listed(up)}."


def _size(retrieved: Retrieved, record: _Record) -> int:
    """The words that a record takes when it is told, its sources' names and markers among them."""
    held = held_documents(retrieved.documents).by_name
    words = words_told(record.quotes) + words_concluded(record.conclusions)
    for name in {quote.passage.document for quote in record.quotes}:
        words += len(shown_source(held[name].description).split())
    return words


# ---------------------------------------------------------------- what the newest report says


def _sentences(retrieved: Retrieved, newest: Document, record: _Record) -> list[Quote]:
    """What the newest report says became better or worse, the surest first, in the room that is
    left."""
    room = MOST_WORDS - _size(retrieved, record) - MARKER
    if room < LEAST_ROOM:
        return []
    alone = retrieved_within(retrieved, [newest.name], retrieved.scope)
    telling: list[Evidence] = []
    for each in alone.quotable:
        if (
            is_answer(each)
            and trends(parse(each.sentence.text))
            and not read_grade(each.sentence.text)
        ):
            telling.append(each)
    return selected_quotes(telling, room, most=MOST_SENTENCES, leaning=False)
