"""Pure: whether what a statement denies is what its source denies.

A denial is matched by the first telling word that it denies: another first word ("no response" for
"not a consistent response") denies more than the source does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.comparators.polarity import scope_after, scope_before
from rag.comparators.reading import Reading, Token, read
from rag.cues import cue, words
from rag.written.company import Place, company
from rag.written.rewording import opposite, puts

NEAR = 4
"""How many telling words around a word tell which of several like ones it stands for."""


@dataclass(frozen=True, slots=True)
class Denial:
    """The telling words that a negation reaches, the first of which it denies above all, and those
    of its clause that stand before it."""

    words: tuple[Token, ...]
    before: tuple[Token, ...]

    @property
    def first(self) -> Token:
        return self.words[0]


def unlike(statement: str, said: str) -> int:
    """How many denials of a statement its source does not make, and of its source the statement
    does not make though it says what they deny."""
    claim, source = read(statement), read(said)
    ours, theirs = denials(claim), denials(source)
    added = [d for d in ours if not _made(d, theirs) and not _in_a_word(d, source)]
    dropped = [d for d in theirs if _said_outright(d, claim, ours, source, theirs)]
    return len(added) + len(dropped)


@lru_cache(maxsize=4096)
def denials(reading: Reading) -> tuple[Denial, ...]:
    """The denials of a text, in order."""
    return tuple(_denials(reading))


def _denials(reading: Reading) -> Iterator[Denial]:
    for match in cue("negation.denies").finditer(reading.text):
        if cue("backing.idle").match(reading.text, match.start()):
            continue
        reached = _telling(reading.tokens[n] for n in scope_after(reading, match))
        before = _telling(reading.tokens[n] for n in scope_before(reading, match))
        if reached:
            yield Denial(reached, before)
    for match in cue("negation.denies_before").finditer(reading.text):
        if before := _telling(reading.tokens[n] for n in scope_before(reading, match)):
            yield Denial(tuple(reversed(before)), ())


def _telling(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(t for t in tokens if t.carries and t.word not in words("words.idle_denied"))


def _made(one: Denial, others: Sequence[Denial]) -> bool:
    """Whether a denial is one of those: each has in its clause what the other denies first."""
    return any(
        _among(one.first, (*other.words, *other.before))
        and _among(other.first, (*one.words, *one.before))
        for other in others
    )


def _among(token: Token, others: Iterable[Token]) -> bool:
    return any(puts(token.stem, o.stem) or puts(o.stem, token.stem) for o in others)


def _in_a_word(denial: Denial, source: Reading) -> bool:
    """Whether a source denies the same by a prefix: "not registered" for "unregistered"."""
    bare = [read(o).tokens[0] for t in source.tokens if (o := opposite(t.word))]
    return _among(denial.first, bare)


def _said_outright(
    denial: Denial,
    claim: Reading,
    ours: Sequence[Denial],
    source: Reading,
    theirs: Sequence[Denial],
) -> bool:
    """Whether a statement says without denial what a source denies, and nowhere says outright."""
    denied = {t for d in ours for t in (*d.words, *d.before)}
    like = [t for t in claim.tokens if t.carries and puts(t.stem, denial.first.stem)]
    found = [t for t in like if t.stem == denial.first.stem] or like
    if not found or not denied.isdisjoint(found):
        return False
    held = {t for d in theirs for t in d.words}
    free = [t for t in source.tokens if t not in held and t.carries]
    return not all(_nearer(token, denial.first, free, claim, source) for token in found)


def _nearer(
    token: Token, denied: Token, free: Iterable[Token], claim: Reading, source: Reading
) -> bool:
    """Whether a word stands, by its company, for one that its source does not deny."""
    own = _around(claim, token)
    counts = [_like(own, _around(source, t)) for t in free if token.stem == t.stem]
    return bool(counts) and max(counts) > _like(own, _around(source, denied))


def _around(reading: Reading, token: Token) -> frozenset[str]:
    return company(reading, Place(token.stem, token.start, token.end), NEAR)


def _like(ours: frozenset[str], theirs: frozenset[str]) -> int:
    return sum(any(puts(a, b) for b in theirs) for a in ours)
