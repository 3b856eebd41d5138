"""Follow-up questions completed from the conversation so far, by rule and without a language model.

A follow-up is taken to be about the council, year and topic of the turn before it, except where it
names its own, and never about a council or year that a filter now shuts out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from rag.question.intent import AnswerType, answer_types
from rag.question.scope import YEAR, Scope, held_councils, read_scope
from rag.text import vocabulary
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
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_YEARS_ON = re.compile(
    rf"\b({'|'.join(_COUNTS)}|\d+) years (later|on|earlier|before)\b", re.IGNORECASE
)
_RUN = re.compile(r"[\w'\u2019&-]+(?: [\w'\u2019&-]+){0,3}")
_PART_OF_YEAR = rf"(?:(?:early|late|spring|summer|autumn|winter|{any_of(lists.Words.MONTH)}) )?"
_TIMES = tuple(
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
class _Carried:
    """What the turn before was about; `named` are the councils that its question names, and
    `councils` those that it was about and a follow-up still may be."""

    asked: str
    named: tuple[str, ...]
    councils: tuple[str, ...]
    year: int | None
    latest: bool
    topic: str


def completed_question(
    question: str,
    history: Sequence[Answer],
    documents: Sequence[Document],
    filters: Filters = EVERYTHING,
) -> str:
    """The question as it stands alone; unchanged when it already does or nothing went before.

    `documents` is everything held: what the filters shut out is known, so as not to be meant.
    """
    if not history:
        return question
    within = filtered_documents(filters, documents)
    scope = scope_of(question, within)
    topic = _topic(question, scope, documents)
    leans = not topic or _points_back(question)
    if scope.councils and not leans:
        return question
    before = _carried(history[-1], documents, within)
    year = _year(question, scope, before, within.documents)
    if not topic and _asks_nothing_else(question, scope) and _may_be_moved(scope, before):
        return _replaced(scope, before, year)
    if leans and year is not None and year != before.year:
        question = _without_steps(question)
    extra = _place_and_time(scope, before, year if leans else None, leans)
    if leans and before.topic and _is_thin(topic, question):
        extra.append(f"({before.topic})")
    return " ".join([question.rstrip(), *extra]) if extra else question


def _points_back(question: str) -> bool:
    pointing = cue(lists.Follow.PRONOUN, lists.Follow.POINTS_BACK).search(question)
    return bool(pointing or _OPENING.match(question))


def _asks_nothing_else(question: str, scope: Scope) -> bool:
    """Whether a follow-up without a topic only moves the question before to another scope."""
    plain = answer_types(_OPENING.sub("", question).strip()) == (AnswerType.ANYTHING,)
    return plain and not scope.kinds - {Kind.INSPECTION_REPORT}


def _place_and_time(scope: Scope, before: _Carried, year: int | None, leans: bool) -> list[str]:
    """The council of the turn before, where a follow-up has none, and where it leans the time."""
    carried = [] if scope.councils or scope.absent else list(before.councils)
    if year and year not in scope.years:
        carried.append(f"in {year}")
    elif leans and before.latest and not scope.years and not scope.latest:
        carried.append("in the latest report")
    return carried


# ---------------------------------------------------------------- what went before


def _carried(last: Answer, documents: Sequence[Document], within: FilteredDocuments) -> _Carried:
    asked = last.understood or last.question
    scope = read_scope(asked, documents)
    cited = _first_cited(last.citations, within.documents)
    year = _year_before(scope, cited)
    topic = " ".join(_topic(asked, scope, documents))
    timely = _may_be_of(year, scope.latest, within.filters)
    return _Carried(
        asked=asked if timely else f"{_without_time(asked)}?",
        named=scope.councils,
        councils=_councils(scope, cited, within),
        year=year if timely else None,
        latest=scope.latest and timely,
        topic=topic,
    )


def _councils(scope: Scope, cited: Document | None, within: FilteredDocuments) -> tuple[str, ...]:
    """The councils that the turn before was about, without those shut out or taken away."""
    taken_away = {c for c in scope.councils if f"council:{c}" in within.filters.without}
    may_be = tuple(c for c in scope.councils if c not in taken_away.union(within.outside))
    if not scope.councils and cited:
        may_be = cited.description.councils[:1]
    return may_be or within.given


def _may_be_of(year: int | None, latest: bool, filters: Filters) -> bool:
    """Whether a follow-up may be about the time of the turn before."""
    if latest and "latest" in filters.without:
        return False
    taken_away = {f"year:{year}", f"since:{year}"} & filters.without
    return year is None or (has_year(filters, year) and not taken_away)


def _may_be_moved(scope: Scope, before: _Carried) -> bool:
    """Whether the question before can be asked again: not of a council that is shut out."""
    return bool(before.councils or not before.named or scope.councils or scope.absent)


def _first_cited(citations: Sequence[Citation], documents: Sequence[Document]) -> Document | None:
    return next((d for c in citations[:1] for d in documents if d.name == c.document), None)


def _year_before(scope: Scope, cited: Document | None) -> int | None:
    """The year that the turn before named, else that of the report that answered it."""
    if scope.years:
        return scope.years[-1]
    if scope.latest or cited is None or cited.description.kind is not Kind.INSPECTION_REPORT:
        return None
    day = cited.description.speaks_for
    return day.year if day else None


def _topic(question: str, scope: Scope, documents: Sequence[Document]) -> tuple[str, ...]:
    """The words of a question that say what it is about, scope and small words aside."""
    plain = _without_scope(question)
    named = (*scope.councils, *scope.absent, *scope.aside_names)
    councils = {term for name in named for term in terms(name)}
    known = held_councils(documents)
    topic = []
    for concept in concepts(plain, vocabulary.EMPTY):
        if all(t in generic_terms() or t in councils or t in _filler() for t in concept.own):
            continue
        word = _as_written(concept.own, plain)
        if word and not find_councils_fuzzy(word, known):
            topic.append(word)
    return tuple(topic)


def _without_scope(question: str) -> str:
    """The question without the words by which it opens and says which document it means."""
    for pattern in (_OPENING, YEAR, cue(lists.Scope.LATEST), *_steps(), _YEARS_ON):
        question = pattern.sub(" ", question)
    return question


def _steps() -> tuple[re.Pattern[str], ...]:
    return cue(lists.Follow.NEXT), cue(lists.Scope.BEFORE)


def _without_steps(question: str) -> str:
    for pattern in _steps():
        question = pattern.sub("", question)
    return re.sub(r"\s+([?.!])", r"\1", question)


@cache
def _filler() -> frozenset[str]:
    return frozenset(map(stem, words(lists.Words.FILLER)))


def _as_written(own: tuple[str, ...], text: str) -> str:
    """The words of a text whose terms are `own`, as they are written there."""
    for match in _RUN.finditer(text):
        written = match.group().split()
        for start in range(len(written) - len(own) + 1):
            run = " ".join(written[start : start + len(own)])
            if tuple(term for term in terms(run) if term in own) == own:
                return run
    return " ".join(own)


def _is_thin(topic: Sequence[str], question: str) -> bool:
    """Whether a follow-up says too little of its own to be searched for by itself."""
    if not cue(lists.Follow.PRONOUN).search(question):
        return len(topic) < _FEW_WORDS
    return len(topic) < FEW_WORDS_POINTING or bool(cue(lists.Follow.COMPARES).search(question))


# ---------------------------------------------------------------- the year that is meant


def _year(
    question: str, scope: Scope, before: _Carried, documents: Sequence[Document]
) -> int | None:
    """The year a follow-up is about: its own, one counted from the last, or the last."""
    if scope.years or scope.latest:
        return scope.years[-1] if scope.years else None
    held = inspected_years(scope.councils or before.councils, documents)
    base = before.year or (held[-1] if held else None)
    if base is None:
        return None
    stepped = _stepped(question, base, held)
    if stepped is not None:
        return stepped
    # Another council named: its own newest report, unless the year was asked for.
    return None if scope.councils and set(scope.councils) != set(before.councils) else before.year


def _stepped(question: str, base: int, held: Sequence[int]) -> int | None:
    """The year reached from `base` by "two years later", "the one before" or "the next one"."""
    counted = _YEARS_ON.search(question)
    if counted:
        return base + _count(counted)
    if cue(lists.Scope.BEFORE).search(question):
        return max((year for year in held if year < base), default=base)
    if cue(lists.Follow.NEXT).search(question):
        return min((year for year in held if year > base), default=base)
    return None


def _count(match: re.Match[str]) -> int:
    number = match.group(1).casefold()
    years = int(number) if number.isdigit() else _COUNTS.index(number) + 1
    return -years if match.group(2).casefold() in ("earlier", "before") else years


# ---------------------------------------------------------------- the question before, moved


def _replaced(scope: Scope, before: _Carried, year: int | None) -> str:
    """The question before, with the follow-up's council and year in place of its own."""
    asked = before.asked
    council = next(iter(scope.councils or scope.absent), None)
    # A filter's council stands in for another; it does not take the place of several it is one of.
    if council and not (scope.given and council in before.named):
        asked = _moved_to(council, asked, before.named or before.councils)
    if scope.latest:
        return f"{_without_time(asked)} in the latest report?"
    if year and (year != before.year or not YEAR.search(asked)):
        return f"{_without_time(asked)} in {year}?"
    return asked


def _moved_to(council: str, asked: str, councils: Sequence[str]) -> str:
    for name in councils:
        asked = re.sub(re.escape(name), council, asked, flags=re.IGNORECASE)
    return asked if council in asked else f"{asked.rstrip(' ?')} in {council}?"


def _without_time(asked: str) -> str:
    for pattern in _TIMES:
        asked = pattern.sub("", asked)
    return re.sub(r"\s+", " ", asked).strip(" ?")
