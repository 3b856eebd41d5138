"""Pure: whether written statements tell what a quote would have told the reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from text_to_num import alpha2digit

from rag.inspection.grades import grades_named
from rag.question.intent import AnswerType
from rag.text.dates import moments
from rag.text.people import people
from rag.text.quantities import quantities
from rag.text.tokens import content_terms

HALF = 0.5
"""The share of a quote's words that a statement tells where nothing special was asked for."""
NEARLY_ALL = 0.9

Value = Hashable


def covers(statements: Sequence[str], quote: str, asked: Iterable[AnswerType]) -> bool:
    """Whether statements that rest on a quote tell what it holds of the kinds of thing asked for;
    of a question that asks for nothing special, half of its words."""
    if not statements:
        return False
    told, kinds = " ".join(statements), [kind for kind in asked if kind in _VALUES]
    wanted = {value for kind in kinds for value in _VALUES[kind](quote)}
    if wanted:
        return wanted <= {value for kind in kinds for value in _VALUES[kind](told)}
    return _share(quote, told) >= HALF


def repeats(statement: str, before: Iterable[str]) -> bool:
    """Whether an earlier statement tells nearly all of this one."""
    return any(_share(statement, earlier) >= NEARLY_ALL for earlier in before)


def _share(text: str, told: str) -> float:
    words, others = (set(content_terms(alpha2digit(each, "en"))) for each in (text, told))
    return len(words & others) / max(1, len(words))


def _figures(text: str) -> Iterator[Value]:
    return ((q.sort, q.low, q.high) for q in quantities(text))


def _dates(text: str) -> Iterator[Value]:
    return ((m.year, m.first, m.last) for m in moments(text))


def _people(text: str) -> Iterator[Value]:
    return (name.last for name in people(text))


def _grades(text: str) -> Iterator[Value]:
    return iter(grades_named(text))


_VALUES: Mapping[AnswerType, Callable[[str], Iterator[Value]]] = {
    AnswerType.PERCENT: _figures, AnswerType.MONEY: _figures, AnswerType.DURATION: _figures,
    AnswerType.NUMBER: _figures,
    AnswerType.DATE: _dates, AnswerType.COMING: _dates, AnswerType.PERSON: _people,
    AnswerType.GRADE: _grades,
}  # fmt: skip
