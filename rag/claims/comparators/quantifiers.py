"""Quantifiers: all, most, many, some, few, none, and how often."""

from __future__ import annotations

from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.text.quantifiers import Level, Quantifier, quantifiers
from rag.text.synonyms import same_word
from rag.types import Comparison

_ASPECT = "quantifier"


_CLASH: dict[Level, frozenset[Level]] = {
    Level.ALL: frozenset(
        {Level.NONE, Level.FEW, Level.SOME, Level.NOT_ALL, Level.MANY, Level.MOST}
    ),
    Level.MOST: frozenset({Level.NONE, Level.FEW}),
    Level.MANY: frozenset({Level.NONE, Level.FEW}),
    Level.SOME: frozenset({Level.NONE}),
    Level.NOT_ALL: frozenset({Level.ALL}),
    Level.FEW: frozenset({Level.NONE, Level.MANY, Level.MOST, Level.ALL}),
    Level.NONE: frozenset({Level.FEW, Level.SOME, Level.MANY, Level.MOST, Level.ALL}),
}


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare each quantifier of the claim with those of the sentence over the same things."""
    said = quantifiers(source.said)
    return tuple(c for q in quantifiers(claim) if (c := _one(q, said)))


def _one(claimed: Quantifier, said: tuple[Quantifier, ...]) -> Comparison | None:
    over = [q for q in said if _same_things(claimed, q)]
    same = next((q for q in over if q.level is claimed.level), None)
    if same:
        words = _alike(claimed, same)
        return agrees(_ASPECT, claimed.mark, same.mark if words else None, words)
    worded = (q for q in over if not (q.in_figures and claimed.in_figures))
    clash = next((q for q in worded if q.level in _CLASH[claimed.level]), None)
    if clash is None:
        return None
    words = (
        f"the source says \u201c{clash.written}\u201d, the claim says \u201c{claimed.written}\u201d"
    )
    return differs(_ASPECT, claimed.mark, clash.mark, words)


def _alike(claimed: Quantifier, said: Quantifier) -> str:
    if claimed.written.casefold() == said.written.casefold():
        return f"both say {said.written}"
    if claimed.in_figures and said.in_figures:
        return ""
    return f"the source says \u201c{said.written}\u201d for \u201c{claimed.written}\u201d"


def _same_things(one: Quantifier, other: Quantifier) -> bool:
    return any(same_word(a, b) for a in one.of for b in other.of)
