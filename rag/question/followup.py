"""Follow-up questions completed from the conversation so far, by rule and without a language model.

A follow-up is taken to be about the council, year and topic of the turn before it, except where it
names its own, and never about a council or year that a filter now shuts out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rag.question.comparison import inspected_years
from rag.question.expansion import concepts, generic_terms
from rag.question.filters import (
    EVERYTHING,
    FilteredDocuments,
    Filters,
    filtered_documents,
    has_year,
    scope_of,
)
from rag.question.intent import AnswerType, Intent, answer_types, intents
from rag.question.overview import asks_overview
from rag.question.question import read_question
from rag.question.scope import (
    YEAR,
    YEARS_AWAY,
    Scope,
    held_councils,
    inspection_near,
    read_scope,
    years_away,
)
from rag.text import vocabulary
from rag.text.calendar import MONTH, SEASONS
from rag.text.councils import find_councils_fuzzy
from rag.text.lexicon import any_of, cue, lists, words
from rag.text.tokens import stem, terms
from rag.types import Answer, Citation, Document, Kind

_FEW_WORDS = 2
"""A follow-up with fewer words of its own than this cannot be searched for by itself."""
FEW_WORDS_POINTING = 4
"""The same where a pronoun points back."""
_OPENING = re.compile(
    rf"^{any_of(lists.Follow.OPENS)}\b[\s,]*(?:what about|how about)?", re.IGNORECASE
)
_ASKING = (lists.Asks.OVERVIEW, lists.Asks.PROMISES)
"""Words that say how something is asked about, and not what."""
_STEPS = (cue(lists.Follow.NEXT), cue(lists.Scope.BEFORE))
_OF_NO_TIME = frozenset({Intent.MOVEMENT, AnswerType.COMING})
_RUN = re.compile(r"[\w'\u2019&-]+(?: [\w'\u2019&-]+){0,3}")
_PART_OF_YEAR = rf"(?:(?:early|late|{'|'.join(SEASONS)}|{MONTH}) )?"
_TIME = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:back )?(?:in|at|of|by|from|for|during|since) (?:the )?{_PART_OF_YEAR}20\d\d"
        r"(?: (?:inspection|report|visit))?",
        rf"\b{_PART_OF_YEAR}20\d\d\b",
        r"\b(?:in|at|by) (?:the|its|their) (?:most recent|latest|last|newest) "
        r"(?:inspection|report|visit)\b",
    )
)


@dataclass(frozen=True, slots=True)
class _PreviousTurn:
    """What the turn before was about; `own_councils` are those that its question names,
    and `councils` those that it was about and a follow-up still may be."""

    question: str
    own_councils: tuple[str, ...]
    councils: tuple[str, ...]
    year: int | None
    latest: bool
    topic: str


def asks_who_said(question: str) -> bool:
    """Whether a question asks no more than whose words the answer before quoted."""
    return cue(lists.Follow.WHO_SAID).fullmatch(question.strip(" ?.!")) is not None


def asks_why(question: str) -> bool:
    """Whether a question asks for reasons."""
    return Intent.REASONS in intents(question)


def completed_question(
    question: str,
    history: Sequence[Answer],
    documents: Sequence[Document],
    filters: Filters = EVERYTHING,
) -> str:
    """The question as it stands alone; unchanged when it already does or nothing went before.

    `documents` is everything held: what the filters shut out is known, so as not to be meant.
    """
    history = [turn for turn in history if not asks_who_said(turn.question)]
    if not history:
        return question
    within = filtered_documents(filters, documents)
    scope = scope_of(question, within)
    topic = _topic(question, scope, documents)
    leans = not topic or _points_back(question)
    if scope.councils and not leans:
        return question
    before = _previous_turn(history[-1], documents, within)
    if len(history) > 1 and not scope.councils and cue(lists.Follow.WHICH).match(question):
        first = _previous_turn(history[-2], documents, within)
        if len(first.councils) == len(before.councils) == 1 and first.councils != before.councils:
            return _of_both(question, first.councils[0], before)
    year = None if _is_of_no_time(question) else _year(question, scope, before, within.documents)
    may_be_moved = before.councils or not before.own_councils or scope.councils or scope.absent
    if not topic and may_be_moved and _asks_nothing_else(question, scope):
        if asks_why(question):
            return _reasons_asked(before, scope, year, within)
        return _moved(before, scope, year)
    return _filled_up(question, scope, before, year, topic if leans else None)


def _filled_up(
    question: str,
    scope: Scope,
    before: _PreviousTurn,
    year: int | None,
    leaning: Sequence[str] | None,
) -> str:
    """A follow-up with the council of the turn before, and, where it leans on that (`leaning` is
    what it says of its own), with its time and its topic."""
    leans = leaning is not None
    if leans and year is not None and year != before.year:
        question = re.sub(r"\s+([?.!])", r"\1", _removed(question, _STEPS, ""))
    words = [question.rstrip()]
    if not (scope.councils or scope.absent):
        words += before.councils
    if leans and year and year not in scope.years:
        words.append(f"in {year}")
    elif leans and before.latest and not scope.years and not scope.latest:
        words.append("in the latest report")
    if leaning is not None and before.topic and _is_thin(leaning, question):
        words.append(f"({before.topic})")
    return " ".join(words) if len(words) > 1 else question


def _is_of_no_time(question: str) -> bool:
    """Whether it asks for change, or for what is to come: neither is of the time told of before."""
    return not _OF_NO_TIME.isdisjoint((*intents(question), *answer_types(question)))


def _points_back(question: str) -> bool:
    pointing = cue(lists.Follow.PRONOUN, lists.Follow.POINTS_BACK).search(question)
    return bool(pointing or _OPENING.match(question))


def _asks_nothing_else(question: str, scope: Scope) -> bool:
    """Whether a follow-up without a topic only moves the question before to another scope."""
    plain = answer_types(_OPENING.sub("", question).strip()) == (AnswerType.ANYTHING,)
    return plain and not _is_of_no_time(question) and not scope.kinds - {Kind.INSPECTION_REPORT}


def _is_thin(topic: Sequence[str], question: str) -> bool:
    """Whether a follow-up says too little of its own to be searched for by itself."""
    if not cue(lists.Follow.PRONOUN).search(question):
        return len(topic) < _FEW_WORDS
    return len(topic) < FEW_WORDS_POINTING or bool(cue(lists.Follow.COMPARES).search(question))


# ---------------------------------------------------------------- what went before


def _previous_turn(
    answer: Answer, documents: Sequence[Document], within: FilteredDocuments
) -> _PreviousTurn:
    question = answer.understood or answer.question
    scope, filters = read_scope(question, documents), within.filters
    cited = _first_cited(answer.citations, within.documents)
    year = _year_before(scope, cited)
    # A time that is shut out or taken away is not carried over.
    taken_away = {f"year:{year}", f"since:{year}"} & filters.without
    timely = year is None or (has_year(filters, year) and not taken_away)
    if scope.latest and "latest" in filters.without:
        timely = False
    return _PreviousTurn(
        question=question if timely else f"{_without_time(question)}?",
        own_councils=scope.councils,
        councils=_councils_before(scope, cited, within),
        year=year if timely else None,
        latest=scope.latest and timely,
        topic=" ".join(_topic(cue(*_ASKING).sub(" ", question), scope, documents)),
    )


def _first_cited(citations: Sequence[Citation], documents: Sequence[Document]) -> Document | None:
    by_name = {document.name: document for document in documents}
    return by_name.get(citations[0].document) if citations else None


def _councils_before(
    scope: Scope, cited: Document | None, within: FilteredDocuments
) -> tuple[str, ...]:
    """The councils that the turn before was about, without those shut out or taken away."""
    councils = cited.description.councils[:1] if cited else ()
    if scope.councils:
        shut_out = {*within.outside, *within.filters.without}
        councils = tuple(c for c in scope.councils if shut_out.isdisjoint((c, f"council:{c}")))
    return councils or within.implied


def _year_before(scope: Scope, cited: Document | None) -> int | None:
    """The year that the turn before named, else that of the report that answered it."""
    if scope.years:
        return scope.years[-1]
    if len(scope.councils) > 1:
        return None  # what was cited first is of one of them
    if scope.latest or cited is None or cited.description.kind is not Kind.INSPECTION_REPORT:
        return None
    day = cited.description.speaks_for
    return day.year if day else None


# ---------------------------------------------------------------- what a question is about


def _topic(question: str, scope: Scope, documents: Sequence[Document]) -> list[str]:
    """The words of a question that say what it is about, scope and small words aside."""
    plain = _removed(question, (_OPENING, YEAR, cue(lists.Scope.LATEST), *_STEPS, YEARS_AWAY), " ")
    names = " ".join([*scope.councils, *scope.absent, *scope.aside_names])
    aside = generic_terms() | set(terms(names)) | _filler()
    known = held_councils(documents)
    topic: list[str] = []
    for concept in concepts(plain, vocabulary.EMPTY):
        if not aside.issuperset(concept.own):
            words = _as_written(concept.own, plain)
            if words and not find_councils_fuzzy(words, known):
                topic.append(words)
    return topic


def _removed(text: str, patterns: Iterable[re.Pattern[str]], space: str) -> str:
    """A text with `space` in place of what the patterns match."""
    for pattern in patterns:
        text = pattern.sub(space, text)
    return text


@cache
def _filler() -> frozenset[str]:
    return frozenset(map(stem, words(lists.Words.FILLER)))


def _as_written(own: tuple[str, ...], text: str) -> str:
    """The words of a text whose terms are `own`, as they are written there."""
    for match in _RUN.finditer(text):
        words = match.group().split()
        for start in range(len(words) - len(own) + 1):
            run = " ".join(words[start : start + len(own)])
            if tuple(term for term in terms(run) if term in own) == own:
                return run
    return " ".join(own)


# ---------------------------------------------------------------- the year that is meant


def _year(
    question: str, scope: Scope, before: _PreviousTurn, documents: Sequence[Document]
) -> int | None:
    """The year a follow-up is about: its own, one counted from the last, or the last."""
    if scope.years or scope.latest:
        return scope.years[-1] if scope.years else None
    years = inspected_years(scope.councils or before.councils, documents)
    base = before.year or (years[-1] if years else None)
    if base is None:
        return None
    stepped = _stepped(question, base, years)
    if stepped is not None:
        return stepped
    # Another council named: its own newest report, unless the year was asked for.
    return None if scope.councils and set(scope.councils) != set(before.councils) else before.year


def _stepped(question: str, base: int, years: Sequence[int]) -> int | None:
    """The year reached from `base` by "two years later", "the one before" or "the next one"."""
    if away := years_away(question):
        near = inspection_near(base + away, years)
        return base + away if near is None else near
    if cue(lists.Scope.BEFORE).search(question):
        return max((year for year in years if year < base), default=base)
    if cue(lists.Follow.NEXT).search(question):
        return min((year for year in years if year > base), default=base)
    return None


# ---------------------------------------------------------------- the question before, moved


def _moved(before: _PreviousTurn, scope: Scope, year: int | None) -> str:
    """The question before, with the follow-up's council and year in place of its own."""
    question = before.question
    council = next(iter(scope.councils or scope.absent), None)
    # A filter's council stands in for another; it does not take the place of several it is one of.
    if council and not (scope.from_filter and council in before.own_councils):
        for name in before.own_councils or before.councils:
            question = re.sub(re.escape(name), council, question, flags=re.IGNORECASE)
        if council not in question:
            question = f"{question.rstrip(' ?.!')} in {council}?"
    if scope.latest:
        return f"{_without_time(question)} in the latest report?"
    if year and (year != before.year or not YEAR.search(question)):
        return f"{_without_time(question)} in {year}?"
    return question


def _of_both(question: str, other: str, before: _PreviousTurn) -> str:
    """The question before, of its council and another, with the one which of the two is better."""
    (council,) = before.councils
    names = f"{other} and {council}"
    asked = re.sub(re.escape(council), names, before.question, flags=re.IGNORECASE)
    place = "" if names in asked else f" in {names}"
    return f"{asked.rstrip(' ?.!')}{place}, {question}"


def _reasons_asked(
    before: _PreviousTurn, scope: Scope, year: int | None, within: FilteredDocuments
) -> str:
    """A bare "why?": why a council was judged as it was, where the turn before told how it is
    judged or what is said of it in sum; else the question before with it."""
    asked = read_question(before.question, within)
    of_whole = asks_overview(asked) or asked.asks_for(AnswerType.GRADE) or bool(asked.grades)
    of_whole = of_whole or asked.wants(Intent.MOVEMENT) or not before.topic
    council = next(iter(scope.councils or scope.absent or before.councils), None)
    if council is None or not of_whole:
        return f"Why? {_moved(before, scope, year)}"
    areas = sorted(asked.parts_judged)
    of_areas = f" for {' and '.join(areas)}" if areas else ""
    when = f" in {year}" if year else " in the latest report" if before.latest else ""
    return f"Why was {council} judged as it was{of_areas}{when}?"


def _without_time(question: str) -> str:
    return re.sub(r"\s+", " ", _removed(question, _TIME, "")).strip(" ?")
