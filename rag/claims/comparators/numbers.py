"""Figures: whether the claim's are the sentence's, other ones, or ones of which it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rag.claims.comparators.bound_figures import crossed_figures
from rag.claims.shared_sentences import tells_in_turn
from rag.claims.table_rows import table_row
from rag.text.dates import is_of, moments
from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedSource, ParsedText, adds, agrees, differs, parse
from rag.text.quantities import Quantity, Unit, quantities
from rag.text.synonyms import same_stem
from rag.text.tokens import stem
from rag.types import Comparison

_ASPECT = "number"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare every figure of the claim with the sentence's figures of its sort."""
    said = _levels(claim, source)
    crossed = crossed_figures(claim, source.said)
    figures = quantities(claim.text)
    # Of figures told in turn that could not be told apart, one alone is nobody's.
    if tells_in_turn(source.said.text) and len(figures) == 1 < len(said):
        return ()
    compared: list[Comparison] = []
    for claimed in figures:
        if claimed.mark in crossed:
            other = crossed[claimed.mark]
            compared.append(differs(_ASPECT, claimed.mark, other.mark, _words(claimed, other)))
        elif not claimed.part:
            compared += _one(claimed, said)
    return tuple(compared)


def _one(claimed: Quantity, said: Sequence[Quantity]) -> Iterator[Comparison]:
    if claimed.negated:
        return  # "not a single one": a matter of negation
    like = [q for q in said if q.sort is claimed.sort]
    met = [q for q in like if claimed.holds(q) and _same_unit(claimed, q, strictly=False)]
    if met:
        yield agrees(_ASPECT, claimed.mark, met[0].mark, f"both say {met[0].written}")
        return
    others = [q for q in like if claimed.bars(q) and _same_unit(claimed, q, strictly=True)]
    if others:
        best = max(others, key=lambda q: len(q.unit & claimed.unit))
        yield differs(_ASPECT, claimed.mark, best.mark, _words(claimed, best))
    elif not _is_slight(claimed):
        words = f"there is no such figure as {claimed.written}"
        yield adds(_ASPECT, claimed.mark, words)


def _levels(claim: ParsedText, source: ParsedSource) -> list[Quantity]:
    """The sentence's figures; of a change ("from 9% to 17%") only what it led to, unless the claim
    itself looks back, or is of a time other than the document's."""
    said, text = _counted(source.said.text), source.said.text
    claimed = moments(claim.text)
    now = not claimed or any(is_of(moment, source.about) for moment in claimed)
    if not now or cue(lists.Numbers.EARLIER).search(claim.text):
        return said
    left = [a for a, b in pairwise(said) if a.sort is b.sort and _change(text, a, b)]
    return [q for q in said if q not in left]


def _counted(text: str) -> list[Quantity]:
    """The figures of a text; one of a table's row counts what its headings name."""
    found = list(quantities(text))
    row = table_row(text)
    if row is None:
        return found
    heads = parse(" ".join((row.label, *(cell.heading for cell in row.cells)))).stems
    return [replace(q, unit=q.unit | heads) if q.sort is Unit.COUNT else q for q in found]


def _change(text: str, first: Quantity, second: Quantity) -> bool:
    before, between = text[: first.mark.start], text[first.mark.end : second.mark.start]
    return before.casefold().endswith("from ") and between.casefold().strip() == "to"


def _same_unit(claimed: Quantity, said: Quantity, *, strictly: bool) -> bool:
    """Whether both count the same things: counts must share a word for them."""
    if claimed.sort is Unit.SHARE and strictly:
        return not (claimed.unit and said.unit) or _share_word(claimed, said)
    if claimed.sort is not Unit.COUNT or claimed.unit & said.unit:
        return True
    if strictly:
        return _people(claimed) and _people(said)
    return True


def _share_word(claimed: Quantity, said: Quantity) -> bool:
    """Whether two shares are of things that have a word in common, or one like it."""
    return any(same_stem(a, b) for a in claimed.unit for b in said.unit)


def _people(quantity: Quantity) -> bool:
    return not quantity.unit.isdisjoint(stem(word) for word in words(lists.Words.PEOPLE))


def _is_slight(claimed: Quantity) -> bool:
    """Whether a figure is small enough to be a manner of speaking ("one of the ...", "a year")."""
    return (claimed.sort is Unit.TIME and claimed.written.casefold().startswith(("a ", "an "))) or (
        claimed.sort is Unit.COUNT and claimed.high <= 1
    )


def _words(claimed: Quantity, said: Quantity) -> str:
    return f"the source says {said.written}, the claim says {claimed.written}"
