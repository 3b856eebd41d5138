"""Pure: whether a statement keeps which of two things is which: from where to where, and what comes
of what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.generation.faithfulness.rewording import puts
from rag.text.lexicon import cue, lists
from rag.text.parse import parse


@dataclass(frozen=True, slots=True)
class OrderedPair:
    """The telling words of two things that stand in an order: from one to another, cause and
    effect."""

    first: frozenset[str]
    second: frozenset[str]


def crossed(statement: str, said: str) -> int:
    """How many times a statement has the other of two things first than its source has."""
    return sum(
        any(_crosses(one, other) for other in pairs(said))
        and not any(_crosses(OrderedPair(one.second, one.first), other) for other in pairs(said))
        for pairs in (_routes, _effects)
        for one in pairs(statement)
    )


def unexplained(statement: str, said: str) -> int:
    """How many times a statement makes one thing the cause of another where its source, which
    tells causes too, makes neither the cause or the effect that it is here."""
    theirs = _effects(said)
    return sum(
        not any(
            _meet(one.first, other.first) and _meet(one.second, other.second) for other in theirs
        )
        for one in _effects(statement)
        if theirs
    )


def _meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sides share a word, or one of them only points back ("This has led to ...")."""
    return not theirs or not ours or any(puts(a, b) for a in ours for b in theirs)


def _crosses(one: OrderedPair, other: OrderedPair) -> bool:
    ours = _apart(one)
    theirs = _apart(other)
    return _share(ours.first, theirs.second) and _share(ours.second, theirs.first)


def _apart(pair: OrderedPair) -> OrderedPair:
    return OrderedPair(pair.first - pair.second, pair.second - pair.first)


def _share(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether half of the words, or more, of one side are on the other."""
    found = sum(any(puts(a, b) for b in theirs) for a in ours)
    return bool(ours) and found * 2 >= len(ours)


@lru_cache(maxsize=4096)
def _routes(text: str) -> tuple[OrderedPair, ...]:
    found = re.finditer(r"\bfrom ([^.;:]{2,120}?) to ([^.;:]{2,90})", text)
    return tuple(OrderedPair(_stems(m[1]), _stems(m[2])) for m in found)


@lru_cache(maxsize=4096)
def _effects(text: str) -> tuple[OrderedPair, ...]:
    """What is told to come of what, the cause first."""
    found = []
    for clause in re.split(r"[.;:]\s", text):
        if told := cue(lists.Backing.EFFECT_FOLLOWS).search(clause):
            found.append(OrderedPair(_stems(clause[: told.start()]), _stems(clause[told.end() :])))
        elif told := cue(lists.Backing.CAUSE_FOLLOWS).search(clause):
            found.append(OrderedPair(_stems(clause[told.end() :]), _stems(clause[: told.start()])))
    return tuple(found)


def _stems(text: str) -> frozenset[str]:
    return frozenset(t.stem for t in parse(text).tokens if t.carries)
