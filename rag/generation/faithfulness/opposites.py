"""Pure: whether a statement has the opposite of a word of its source in that word's place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rag.generation.faithfulness.attribution import nearest
from rag.generation.faithfulness.negation import denials
from rag.text.lexicon import groups, lists
from rag.text.parse import parse
from rag.text.tokens import stem


def reversed_words(statement: str, said: str) -> tuple[str, ...]:
    """The words of a statement that its source has not, but has the opposite of."""
    claim, source = parse(statement), parse(nearest(statement, said))
    ours = {t.stem for t in claim.tokens}
    theirs = {t.stem for t in source.tokens}
    denied = {d.first for d in denials(claim)}
    theirs -= {d.first.stem for d in denials(source)}
    return tuple(
        token.word
        for token in claim.tokens
        if token.stem not in theirs
        and token not in denied
        and (_opposites().get(token.stem, frozenset()) & theirs) - ours
    )


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    """Each stem with those that say the opposite."""
    found: dict[str, set[str]] = {}
    for group in groups(lists.Opposites.PAIRS):
        cut = group.index("|")
        one, other = ([stem(w) for w in side] for side in (group[:cut], group[cut + 1 :]))
        for ours, theirs in ((one, other), (other, one)):
            for word in ours:
                found.setdefault(word, set()).update(theirs)
    return {key: frozenset(value) for key, value in found.items()}
