"""Answers in grades: as a report's judgement table gives them, or a later report recalls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.answering.comparisons import grade_comparison
from rag.answering.compose import AnswerDraft
from rag.answering.extractive import in_scope, of_answer_type
from rag.answering.reports import reports_with_grade
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
from rag.inspection.grades import (
    NAMED_GRADE,
    Area,
    Judgement,
    areas_asked,
    areas_in,
    areas_meant,
    asks_which,
    grades_named,
    which,
)
from rag.inspection.reports import grades_of, judging, newest_first, quote_of, reports
from rag.library.corpus import Corpus
from rag.question.comparison import ComparisonSide
from rag.question.filters import among
from rag.question.intent import AnswerType, main_clause
from rag.question.scope import share_council, time_order
from rag.retrieval.search import Retrieved, fitting_reports
from rag.text.lexicon import cue, lists
from rag.types import Document, Kind, Passage

LISTED_WORDS = 55
"""Room for a list's quoted words: each of its rows also names its source."""
FULL = 70
"""Quoted words from which on there is no room for more than the grades."""
FEW = 3
"""Fewer other concepts than this and a question of better or worse is one of grades."""
_BEFORE_YEAR = re.compile(r"\bbefore (?:the )?(?:\w+ )?20\d\d", re.IGNORECASE)
_MORE = frozenset({AnswerType.DATE, AnswerType.DURATION, AnswerType.PERSON, AnswerType.NUMBER})


def grade_answer(
    library: Corpus, found: Retrieved, compared: Sequence[ComparisonSide]
) -> AnswerDraft | None:
    """The grades that a question asks for; None when it asks for none or no report gives them."""
    if not _about_grades(found, compared):
        return None
    if compared:
        return grade_comparison(library, found, compared)
    if not found.scope.councils and len(found.documents) > 1:
        return None
    if cue(lists.Scope.BEFORE).search(found.question) or _BEFORE_YEAR.search(found.question):
        return _graded_before(library, found)
    quotes_within = _of_its_kind(found, fitting_reports(found))
    if areas_asked(found.question) - {Area.OVERALL}:
        quotes_within = reports_with_grade(library, found, quotes_within)
    quotes = [quote_of(row) for row in _rows(library, found, quotes_within)]
    return AnswerDraft(tuple(_with_more(found, quotes)), sure=True) if quotes else None


def _of_its_kind(found: Retrieved, documents: Sequence[Document]) -> list[Document]:
    """Of the documents, those on special educational needs where the question is, and only then."""
    asked = found.scope.send
    of_kind = [
        d for d in documents if bool(cue(lists.Scope.SEND).search(d.description.title)) == asked
    ]
    return of_kind if asked else of_kind or list(documents)


def _about_grades(found: Retrieved, compared: Sequence[ComparisonSide]) -> bool:
    if AnswerType.NUMBER in found.asked or AnswerType.PERCENT in found.asked:
        return False
    if AnswerType.GRADE in found.asked:
        return not cue(lists.Asks.IMPROVEMENT).search(main_clause(found.question))
    if _asks_nothing_of_its_own(found):
        return True
    moves = (
        compared and areas_asked(found.question) and cue(lists.Asks.MOVES).search(found.question)
    )
    return bool(moves) and len(_besides_areas(found)) < FEW


def _asks_nothing_of_its_own(found: Retrieved) -> bool:
    """Whether it names a council and no matter ("What does Ofsted say about Croydon?"): what there
    is to say to that is how the council was judged."""
    press = found.scope.kinds - {Kind.INSPECTION_REPORT}
    matters = [w for w in found.weighed if not w.generic]
    return found.asked == (AnswerType.ANYTHING,) and not matters and not press


def _besides_areas(found: Retrieved) -> list[str]:
    """What the question names besides the areas that are judged."""
    named = (" ".join(w.concept.own) for w in found.weighed if not w.generic)
    return [words for words in named if not areas_in(words)]


def _rows(library: Corpus, found: Retrieved, documents: Sequence[Document]) -> list[Judgement]:
    """The rows asked for, from the newest of the documents that judges what is asked about."""
    areas = tuple(Area) if _asks_nothing_of_its_own(found) else areas_meant(found.question)
    newest = judging(library, documents, areas)[:1]
    if not newest:
        return []
    grades = grades_of(library, newest[0])
    if asks_which(found.question) and areas == (Area.OVERALL,):
        council = [row for row in _unique(grades, grades) if Area.BOARD not in row.areas]
        return list(which(found.question, council))
    return _unique(grades, areas)


def _unique(grades: Mapping[Area, Judgement], areas: Iterable[Area]) -> list[Judgement]:
    """The rows for the areas, each once: one row may judge two of them."""
    return list({id(grades[area]): grades[area] for area in areas if area in grades}.values())


def _with_more(found: Retrieved, quotes: list[Quote]) -> list[Quote]:
    """The rows, and where the question asks for more than a grade, the sentence that tells it."""
    used = word_count(quotes)
    if _MORE.isdisjoint(found.asked) or used > FULL:
        return quotes
    source = quotes[0].passage.document
    more = [e for e in of_answer_type(in_scope(found)) if e.passage.document == source]
    return join_neighbours([*quotes, *selected_quotes(more, QUOTED_WORDS - used, most=1)])


# ---------------------------------------------------------------- the inspection before


def _graded_before(library: Corpus, found: Retrieved) -> AnswerDraft | None:
    """The grade at the inspection before the one named: from its own report where that is held,
    else as the later report recalls it."""
    later = newest_first(fitting_reports(found))[:1]
    if not later:
        return None
    rows = _rows_before(library, found, later[0])
    if rows:
        return AnswerDraft(tuple(quote_of(row) for row in rows), sure=True)
    recalled = quotes_within(join_neighbours(library.analysed(later[0], _recalled)))
    return AnswerDraft(tuple(recalled), sure=True) if recalled else None


def _rows_before(library: Corpus, found: Retrieved, later: Document) -> list[Judgement]:
    councils = later.description.councils
    earlier = (d for d in reports(found.documents) if share_council(councils, d))
    return _rows(library, found, [d for d in earlier if time_order(d) < time_order(later)])


def _recalled(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Where a report tells the grade of the inspection before its own, with the sentence after."""
    return tuple(
        Quote(passage, n, n + 1)
        for passage in passages
        for n, (sentence, after) in enumerate(
            zip(passage.sentences, passage.sentences[1:], strict=False)
        )
        if cue(lists.Grades.RECALLED).search(sentence.text)
        and NAMED_GRADE.search(f"{sentence.text} {after.text}")
        and adjoin(sentence, after)
    )


# ---------------------------------------------------------------- the councils given a grade


def councils_with_grade(library: Corpus, found: Retrieved) -> AnswerDraft | None:
    """Every judgement of the grade that a question of "which councils" names, the newest first, as
    many as there is room for."""
    named = grades_named(found.question)
    if found.scope.councils or not named or not cue(lists.Asks.COUNCILS).search(found.question):
        return None
    area = areas_meant(found.question)[0]
    judged = (grades_of(library, d) for d in newest_first(fitting_reports(found)))
    rows = [grades[area] for grades in judged if area in grades and grades[area].grade == named[0]]
    quotes = [quote_of(row) for row in rows]
    shown = quotes_within(quotes, LISTED_WORDS)
    if len(shown) == len(quotes):
        return AnswerDraft(tuple(shown), sure=True)
    what = "overall grades" if area is Area.OVERALL else f"grades for {area.value}"
    where = among(found.filters)
    text = f"The newest {len(shown)} of {len(quotes)} {what} of {named[0]} {where}:"
    return AnswerDraft(tuple(shown), (Conclusion(text, tuple(range(len(shown)))),), sure=True)
