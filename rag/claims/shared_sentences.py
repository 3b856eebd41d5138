"""Sentences that tell of several in turn: "A and B spent £3m and £5m respectively", or "were rated
good and inadequate respectively"."""

from __future__ import annotations

import re

from rag.inspection.grades import NAMED_GRADE
from rag.text.calendar import MONTH
from rag.text.quantities import Unit, quantities
from rag.text.tokens import content_terms

_NAME = rf"(?!(?i:{MONTH})\b)[A-Z][\w\u2019'-]+(?: [A-Z][\w\u2019'-]+)*"
_YEAR = r"(?:19|20)\d\d(?:[/\u2013-]\d\d)?"
_FIGURE = (
    rf"(?!{_YEAR}\b)[£$€]?\d(?:[\d,.]*\d)?(?:%|[mk]\b|bn\b)?(?: (?:million|billion|per cent))?"
)
_JOINS = r"(?:, and |, | and )"


_GRADE = rf"(?i:{NAMED_GRADE.pattern})"
_ITEMS = (_NAME, _YEAR, _FIGURE, _GRADE)
_LISTS = {item: re.compile(rf"{item}(?:{_JOINS}{item})+") for item in _ITEMS}
_IN_TURN = re.compile(r",? respectively\b", re.IGNORECASE)


def tells_in_turn(text: str) -> bool:
    """Whether a text tells of several in turn, none of which has been taken out of it."""
    return _IN_TURN.search(text) is not None


def share_meant(claim: str, sentence: str) -> str:
    """A sentence with the names and the figures or grades blank, each in its place, that stand in
    turn and that a claim does not name; the sentence itself where nothing is told in turn, or of
    none it names."""
    left, begins = list(sentence), 0
    for turn in _IN_TURN.finditer(sentence):
        others = _others(claim, sentence, begins, turn.start())
        for start, end in (*others, turn.span()) if others else ():
            left[start:end] = " " * (end - start)
        begins = turn.end()
    return "".join(left)


def _others(claim: str, sentence: str, begins: int, ends: int) -> list[tuple[int, int]]:
    """What a claim does not mean, between two places, of the figures or grades and of the one list
    of names or years that is as long as theirs."""
    figures = _lists(_FIGURE, sentence, begins, ends) or _lists(_GRADE, sentence, begins, ends)
    keys = [*_lists(_NAME, sentence, begins, ends), *_lists(_YEAR, sentence, begins, ends)]
    alike = [key for key in keys if figures and len(key) == len(figures[-1])]
    if len(alike) != 1 or _share_a_unit(figures[-1], sentence):
        return []
    said = set(content_terms(claim))
    names = [set(content_terms(sentence[a:b])) for a, b in alike[0]]
    # "Harwick Council and Pellam Council" are told apart by their first words.
    of_all = set.intersection(*names)
    meant = [n for n, name in enumerate(names) if (name - of_all or name) <= said]
    if not meant:
        return []
    blank: list[tuple[int, int]] = []
    for items in (figures[-1], alike[0]):
        kept = (place for n in meant for place in items[n])
        edges = [items[0][0], *kept, items[-1][1]]
        blank += [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return blank


def _share_a_unit(figures: list[tuple[int, int]], sentence: str) -> bool:
    """Whether the last figure alone has its unit beside it: "6, 11 and 9 weeks"."""
    last = [q for q in quantities(sentence) if q.mark.start <= figures[-1][0] < q.mark.end]
    return any(q.sort is Unit.TIME for q in last)


def _lists(item: str, sentence: str, begins: int, ends: int) -> list[list[tuple[int, int]]]:
    """The lists of such items, each as where its items stand."""
    each = re.compile(item)
    return [
        [found.span() for found in each.finditer(sentence, *match.span())]
        for match in _LISTS[item].finditer(sentence, begins, ends)
    ]
