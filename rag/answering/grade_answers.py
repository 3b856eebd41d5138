"""Answers in grades: as a report's judgement table gives them, or a later report recalls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.answering.comparisons import grade_comparison
from rag.answering.compose import AnswerDraft
from rag.answering.extractive import in_scope, of_answer_type
from rag.answering.matters import besides_areas, names_no_more, names_one
from rag.answering.presuppositions import unheld_years
from rag.answering.reports import of_its_kind, reports_with_grade
from rag.answering.selection import selected_quotes
from rag.citation.line import Conclusion
from rag.citation.quote import (
    QUOTED_WORDS,
    Quote,
    adjoin,
    join_neighbours,
    quotes_within,
    word_count,
)
from rag.inspection.frameworks import AREAS, OVERALL
from rag.inspection.grades import Judgement, areas_in, judges, read_grade
from rag.inspection.reports import framework_of, grades_of, judging, newest_first, quote_of, rows_of
from rag.library.corpus import Corpus
from rag.question.comparison import ComparisonSide, by_year
from rag.question.filters import among
from rag.question.held import documents_at, held_documents
from rag.question.intent import FIGURES, AnswerType, Intent
from rag.question.question import Question
from rag.question.scope import time_order
from rag.retrieval.graded_reports import extreme_grade, reports_given
from rag.retrieval.search import Retrieved, fitting_reports
from rag.text.dates import moments
from rag.text.lexicon import cue, lists
from rag.types import Document, Kind, Passage

LISTED_WORDS = 55
"""Room for a list's quoted words: each of its rows also names its source."""
FULL = 70
"""Quoted words from which on there is no room for more than the grades."""
FEW = 3
"""Fewer other concepts than this and a question of better or worse is one of grades."""
_BESIDE_GRADES = (AnswerType.DATE, AnswerType.DURATION, AnswerType.PERSON, AnswerType.NUMBER)


def grade_answer(
    library: Corpus, retrieved: Retrieved, sides: Sequence[ComparisonSide]
) -> AnswerDraft | None:
    """The grades that a question asks for; None when it asks for none or no report gives them."""
    question = retrieved.question
    if not _is_about_grades(retrieved, sides):
        return None
    if sides:
        return grade_comparison(library, retrieved, sides)
    if not names_one(retrieved):
        return None
    unheld = unheld_years(retrieved.scope, retrieved.documents)
    if unheld and retrieved.scope.councils:
        return _grade_of_year(library, retrieved, unheld)
    if question.wants(Intent.PREVIOUS_INSPECTION, Intent.BEFORE_A_YEAR):
        return _grade_before(library, retrieved)
    documents = of_its_kind(question, fitting_reports(retrieved))
    if question.parts_judged:
        documents = reports_with_grade(library, question, documents)
    rows = _rows(library, retrieved, documents)
    if not rows:
        return None
    quotes = _with_more(retrieved, [quote_of(row) for row in rows])
    return AnswerDraft(tuple(quotes), sure=True)


def _is_about_grades(retrieved: Retrieved, sides: Sequence[ComparisonSide]) -> bool:
    question = retrieved.question
    if question.asks_for(*FIGURES):
        return False
    if question.asks_for(AnswerType.GRADE):
        return not question.wants(Intent.ONLY_RECOMMENDATIONS)
    if _asks_nothing_of_its_own(retrieved):
        return True
    # Councils are set against each other by their grades; what changed is often a finding.
    of_grades = question.wants(Intent.MOVEMENT) or not by_year(sides)
    few = len(list(besides_areas(retrieved))) < FEW
    return bool(sides and question.areas and of_grades and few)


def _asks_nothing_of_its_own(retrieved: Retrieved) -> bool:
    """Whether it names a council and no matter ("What does Ofsted say about Croydon?", "How is SEND
    in Croydon?"), or a grade alone ("Is Croydon any good?"): what there is to say to that is how it
    was judged."""
    others = retrieved.scope.kinds - {Kind.INSPECTION_REPORT}
    anything = retrieved.question.answer_types == (AnswerType.ANYTHING,)
    return anything and not others and names_no_more(retrieved)


def _rows(library: Corpus, retrieved: Retrieved, documents: Sequence[Document]) -> list[Judgement]:
    """The rows asked for, from the newest of the documents that judges what is asked about."""
    question = retrieved.question
    areas = AREAS if _asks_nothing_of_its_own(retrieved) else question.areas_meant
    newest = judging(library, documents, areas)[:1]
    if not newest:
        return _without_overall(library, documents) if areas == (OVERALL,) else []
    grades = grades_of(library, newest[0])
    if question.wants(Intent.WHICH_AREAS) and areas == (OVERALL,):
        of_council = [row for row in rows_of(grades, grades) if not row.of_another_body]
        return rows_asked_for(question, of_council)
    return rows_of(grades, areas)


def _without_overall(library: Corpus, documents: Sequence[Document]) -> list[Judgement]:
    """Every grade of the newest report of a framework that never judges the whole: that is all
    there is to say to how it was judged overall."""
    for document in newest_first(documents):
        if OVERALL not in framework_of(library, document).areas:
            grades = grades_of(library, document)
            return rows_of(grades, grades)
    return []


def rows_asked_for(question: Question, table: Sequence[Judgement]) -> list[Judgement]:
    """The rows of a judgement table that a "which part ..." question asks for."""
    rows = [row for row in table if OVERALL not in row.areas] or list(table)
    by_rank = sorted(rows, key=lambda row: row.rank)
    return [row for row in rows if _is_asked_for(row, question, by_rank[0].rank, by_rank[-1].rank)]


def _is_asked_for(row: Judgement, question: Question, lowest: int, highest: int) -> bool:
    better = question.wants(Intent.BETTER)
    if question.grades:
        grade = question.grades[0]
        if better:
            return row.rank > (row.grade.rank_of(grade) or row.rank)
        return row.grade.is_called(grade) is not question.wants(Intent.OTHER_GRADES)
    if not (better or question.wants(Intent.WORSE)):
        return True
    is_such = row.rank == (highest if better else lowest)
    return is_such is not question.wants(Intent.OTHER_GRADES)


def _with_more(retrieved: Retrieved, quotes: list[Quote]) -> list[Quote]:
    """The rows, and where the question asks for more than a grade, the sentence that tells it."""
    used = word_count(quotes)
    if used > FULL or not retrieved.question.asks_for(*_BESIDE_GRADES):
        return quotes
    document = quotes[0].passage.document
    telling = of_answer_type(in_scope(retrieved))
    same_source = [evidence for evidence in telling if evidence.passage.document == document]
    return join_neighbours([*quotes, *selected_quotes(same_source, QUOTED_WORDS - used, most=1)])


# ---------------------------------------------------------------- the inspection before


def _grade_before(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """The grade at the inspection before the one named: from its own report where that is held,
    else as the later report recalls it."""
    newest = newest_first(fitting_reports(retrieved))[:1]
    if not newest:
        return None
    later = newest[0]
    about = _reports(retrieved, later.description.councils)
    earlier = [each for each in about if time_order(each) < time_order(later)]
    quotes = [quote_of(row) for row in _rows(library, retrieved, earlier)]
    if not quotes:
        quotes = _grades_recalled(retrieved.question, library.analysed(later, recalled_inspections))
    return AnswerDraft(tuple(quotes), sure=True) if quotes else None


def _grade_of_year(
    library: Corpus, retrieved: Retrieved, years: Sequence[int]
) -> AnswerDraft | None:
    """The grade of a year of which no document is held, as the first report after it recalls it."""
    for report in sorted(_reports(retrieved, retrieved.scope.councils), key=time_order):
        of_year: list[RecalledInspection] = []
        for inspection in library.analysed(report, recalled_inspections):
            named = {moment.year for moment in moments(inspection.told.text)}
            if not named.isdisjoint(years):
                of_year.append(inspection)
        quotes = _grades_recalled(retrieved.question, of_year)
        if quotes:
            return AnswerDraft(tuple(quotes), sure=True)
    return None


def _reports(retrieved: Retrieved, councils: Sequence[str]) -> Sequence[Document]:
    """The inspection reports held about any of some councils."""
    places = held_documents(retrieved.documents).reports(councils)
    return documents_at(retrieved.documents, places)


@dataclass(frozen=True, slots=True)
class RecalledInspection:
    """An inspection before a report's own, as the report recalls it: when it was, with the grade in
    the sentence after where it is there, and the rows of its grades."""

    told: Quote
    rows: tuple[Quote, ...] = ()


def recalled_inspections(passages: Sequence[Passage]) -> tuple[RecalledInspection, ...]:
    """The inspections that a report recalls with their grades; first what tells of nothing else."""
    recalled: list[tuple[int, RecalledInspection]] = []
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            recalls = cue(lists.Grades.RECALLED).search(sentence.text)
            if recalls is None:
                continue
            inspection = _recalled_at(passage, n)
            if inspection:
                recalled.append((recalls.start(), inspection))
    return tuple(inspection for _, inspection in sorted(recalled, key=lambda each: each[0]))


def _recalled_at(passage: Passage, n: int) -> RecalledInspection | None:
    """The inspection that a sentence recalls; None where no grade is told with it."""
    sentence, following = passage.sentences[n], passage.sentences[n + 1 :]
    if judges(sentence.text):
        return RecalledInspection(Quote(passage, n, n))
    if following and adjoin(sentence, following[0]) and judges(following[0].text):
        return RecalledInspection(Quote(passage, n, n + 1))
    listed = following[1:] if following and following[0].text.endswith(":") else following
    rows = list(takewhile(lambda row: read_grade(row.text) is not None, listed))
    first = n + 1 + len(following) - len(listed)
    quotes = tuple(Quote(passage, at, at) for at in range(first, first + len(rows)))
    return RecalledInspection(Quote(passage, n, n), quotes) if quotes else None


def _grades_recalled(question: Question, recalled: Sequence[RecalledInspection]) -> list[Quote]:
    """Of the inspections that a report recalls, the first that tells of what is asked about."""

    def is_meant(quote: Quote) -> bool:
        return not areas_in(quote.text).isdisjoint(question.areas_meant)

    for inspection in recalled:
        rows = [row for row in inspection.rows if is_meant(row)]
        if rows:
            return [inspection.told, *rows]
    for inspection in recalled:
        if is_meant(inspection.told):
            return quotes_within([inspection.told, *inspection.rows])
    return quotes_within([recalled[0].told, *recalled[0].rows]) if recalled else []


# ---------------------------------------------------------------- the councils given a grade


def councils_with_grade(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """Every judgement of the grade that a question of "which councils" names, or of the highest or
    the lowest given where it asks for the best or the worst; the newest first, as many as there is
    room for."""
    question = retrieved.question
    if retrieved.scope.councils or not question.wants(Intent.COUNCILS, Intent.EXTREME):
        return None
    area = question.areas_meant[0]
    named = question.grades[0] if question.grades else None
    if named is None and question.wants(Intent.EXTREME) and not question.asks_for(*FIGURES):
        highest = not question.wants(Intent.WORSE)
        named = extreme_grade(library, retrieved, area, highest=highest)
    if named is None:
        return None
    reports = reports_given(library, retrieved, area, named)
    rows = (grades_of(library, document)[area] for document in reports)
    shown = quotes_within(map(quote_of, rows), LISTED_WORDS)
    if len(shown) == len(reports):
        return AnswerDraft(tuple(shown), sure=True)
    grade = grades_of(library, reports[0])[area].grade
    grades = f"{grade.framework.grade}s"
    what = f"overall {grades}" if area == OVERALL else f"{grades} for {area}"
    where = among(retrieved.filters)
    text = f"The newest {len(shown)} of {len(reports)} {what} of {grade.word} {where}:"
    return AnswerDraft(tuple(shown), (Conclusion(text, tuple(range(len(shown)))),), sure=True)
