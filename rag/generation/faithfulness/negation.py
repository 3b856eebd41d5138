"""Pure: whether what a statement denies is what its source denies.

A denial is matched by the first telling word that it denies: another first word ("no response" for
"not a consistent response") denies more than the source does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.generation.faithfulness.context_words import Place, company
from rag.generation.faithfulness.rewording import opposite, puts
from rag.text.clauses import halves
from rag.text.lexicon import cue, lists, words
from rag.text.negation_scope import scope_after, scope_before
from rag.text.parse import ParsedText, Token, parse

_NEAR = 4
"""How many telling words around a word tell which of several like ones it stands for."""

_ALIKE = 2
"""How many words that are denied two denials share that are the same in another order."""

_CONTRASTS = ("rather than", "instead of")
"""Denials of what follows that say outright what goes before."""


@dataclass(frozen=True, slots=True)
class Denial:
    """The telling words that a negation reaches, the first of which it denies above all, and those
    of its clause that stand before it."""

    words: tuple[Token, ...]
    before: tuple[Token, ...]

    @property
    def first(self) -> Token:
        return self.words[0]

    @property
    def of(self) -> Token:
        """The word that is denied: "rigorous" in "not sufficiently rigorous"."""
        return next(
            (t for t in self.words if t.word not in words(lists.Words.DENIED_DEGREE)), self.first
        )


def unlike(statement: str, said: str) -> int:
    """How many denials of a statement its source does not make, and of its source the statement
    does not make though it says what they deny."""
    claim, source = parse(statement), parse(said)
    ours, theirs = denials(claim), denials(source)
    held = (*theirs, *_of_some(claim, source))
    added = [d for d in ours if not _made(d, held) and not _in_a_word(d, source)]
    dropped = [d for d in theirs if _said_outright(d, claim, ours, source, theirs)]
    return len(added) + len(dropped) + _denied_existence(claim, source, theirs)


def _of_some(claim: ParsedText, source: ParsedText) -> tuple[Denial, ...]:
    """What a source denies of some ("not all plans are clear"), where a statement does so, too."""
    if not cue(lists.Turns.SOME, lists.Turns.NOT_ALL).search(claim.text):
        return ()
    matches = cue(lists.Turns.NOT_ALL).finditer(source.text)
    found = (_telling(source.tokens[n] for n in scope_after(source, m)) for m in matches)
    return tuple(Denial(reached, reached) for reached in found if reached)


def tells(token: Token) -> bool:
    """Whether a word carries meaning, in a statement if not in a question."""
    return token.carries or token.word in words(lists.Words.TURNED_ON)


@lru_cache(maxsize=4096)
def denials(reading: ParsedText) -> tuple[Denial, ...]:
    """The denials of a text, in order."""
    return tuple(_denials(reading))


def _denials(reading: ParsedText) -> Iterator[Denial]:
    for match in cue(lists.Negation.DENIES, lists.Backing.NOT_YET).finditer(reading.text):
        if cue(lists.Backing.IDLE).match(reading.text, match.start()):
            continue
        low, high = _half(reading.text, match.start())
        after = (reading.tokens[n] for n in scope_after(reading, match))
        ahead = (reading.tokens[n] for n in scope_before(reading, match))
        reached = _telling(t for t in after if t.start < high)
        before = _telling(t for t in ahead if t.start >= low)
        if match.group().casefold() in _CONTRASTS:
            before = ()
        if reached:
            yield Denial(reached, before)
    for match in cue(lists.Negation.DENIES_BEFORE, lists.Backing.TO_BE_SEEN).finditer(reading.text):
        if before := _telling(reading.tokens[n] for n in scope_before(reading, match)):
            yield Denial(tuple(reversed(before)), ())


@lru_cache(maxsize=4096)
def _cuts(text: str) -> tuple[int, ...]:
    """Where the halves of a text begin, and where the last of them ends."""
    return (*(at for at, _ in halves(text)), len(text) + 1)


def _half(text: str, at: int) -> tuple[int, int]:
    """Where the half of a sentence that a place is in begins and ends: no denial goes beyond."""
    cuts = (0, *_cuts(text))
    return max(c for c in cuts if c <= at), min(c for c in cuts if c > at)


def _telling(tokens: Iterable[Token]) -> tuple[Token, ...]:
    found = tuple(t for t in tokens if tells(t) and t.word not in words(lists.Words.IDLE_DENIED))
    return tuple(t for t in found if t.word not in words(lists.Words.LIGHT)) or found


def _made(one: Denial, others: Sequence[Denial]) -> bool:
    """Whether a denial is one of those: each has in its clause what the other denies first."""
    return any(
        _among(one.first, (*other.words, *other.before))
        and _among(other.first, (*one.words, *one.before))
        for other in others
    )


def _denied_existence(claim: ParsedText, source: ParsedText, theirs: Sequence[Denial]) -> int:
    """How often a statement says that there is no such thing where the source has it and denies
    another: "no opportunities" where there are some and chances are missed."""
    reached = {t for d in theirs for t in d.words}
    count = 0
    for match in re.finditer(
        r"\bno\b(?! (?:one|longer|more|doubt|fewer|less|later)\b)", claim.text, re.IGNORECASE
    ):
        thing = _noun_after(claim, match.end())
        held = [t for t in source.tokens if thing and t.stem == thing.stem]
        count += bool(held) and reached.isdisjoint(held)
    return count


def _noun_after(reading: ParsedText, at: int) -> Token | None:
    """The last word of those that carry meaning right after a place."""
    last = None
    for token in (t for t in reading.tokens if t.start >= at):
        if not token.carries or reading.text[at : token.start].strip():
            break
        last, at = token, token.end
    return last


def _among(token: Token, others: Iterable[Token]) -> bool:
    return any(puts(token.stem, o.stem) or puts(o.stem, token.stem) for o in others)


def _in_a_word(denial: Denial, source: ParsedText) -> bool:
    """Whether a source denies the same by a prefix: "not registered" for "unregistered"."""
    bare = [parse(o).tokens[0] for t in source.tokens if (o := opposite(t.word))]
    return _among(denial.first, bare)


def _said_outright(
    denial: Denial,
    claim: ParsedText,
    ours: Sequence[Denial],
    source: ParsedText,
    theirs: Sequence[Denial],
) -> bool:
    """Whether a statement says without denial what a source denies, and nowhere says outright."""
    denied = {t for d in ours for t in (*d.words, *d.before)}
    like = [t for t in claim.tokens if tells(t) and puts(t.stem, denial.of.stem)]
    found = [t for t in like if t.stem == denial.of.stem] or like
    if not found or not denied.isdisjoint(found) or any(_alike(denial, d) for d in ours):
        return False
    held = {t for d in theirs for t in d.words}
    free = [t for t in source.tokens if t not in held and tells(t)]
    return not all(_nearer(token, denial.of, free, claim, source) for token in found)


def _alike(one: Denial, other: Denial) -> bool:
    """Whether two denials are of the same, in another order."""
    theirs = (*other.words, *other.before)
    return sum(_among(t, theirs) for t in one.words) >= _ALIKE


def _nearer(
    token: Token, denied: Token, free: Iterable[Token], claim: ParsedText, source: ParsedText
) -> bool:
    """Whether a word stands, by its company, for one that its source does not deny."""
    own = _around(claim, token)
    counts = [_like(own, _around(source, t)) for t in free if token.stem == t.stem]
    return bool(counts) and max(counts) > _like(own, _around(source, denied))


def _around(reading: ParsedText, token: Token) -> frozenset[str]:
    return company(reading, Place(token.stem, token.start, token.end), _NEAR)


def _like(ours: frozenset[str], theirs: frozenset[str]) -> int:
    return sum(any(puts(a, b) for b in theirs) for a in ours)
