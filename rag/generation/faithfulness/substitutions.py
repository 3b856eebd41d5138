"""Pure: whether a statement puts another word where its source has one, or another person.

Each word of a statement may stand somewhere in its source and still be out of place: "the response
of schools" where the source has "the response of leaders" and speaks of schools elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.generation.faithfulness.context_words import turns
from rag.generation.faithfulness.figures import dated, figures
from rag.generation.faithfulness.rewording import opposite, puts
from rag.text.lexicon import cue, lists, swaps, words
from rag.text.parse import Token, parse
from rag.text.sentences import segments
from rag.text.tokens import stem

GAP = 3
"""How many words of a source may stand where a statement has another one."""
MOVED = 3
"""How many of a word's neighbours it keeps where it was only moved within its sentence."""
FAR = 4
"""From how many words away a word of a source is not the one that was moved a little."""
_START, _END = Token("", "", -1, -1), Token("", "", -2, -2)


def exchanged(statement: str, said: str) -> tuple[str, ...]:
    """The words of a statement in whose place a source has others."""
    ours = _telling(statement)
    sentences = _sentences(said)
    spread = [_telling(sentence) for sentence in sentences]
    minded = [(p.start, p.end) for p in (*figures(statement), *dated(statement))]
    minded += [m.span() for m in cue(lists.Backing.CAUSE).finditer(statement)]
    said_stems = {t.stem for t in parse(said).tokens}
    return tuple(
        token.word
        for n, token in enumerate(ours[1:-1], 1)
        if token.word not in words(lists.Words.LIGHT)
        and not any(start <= token.start < end for start, end in minded)
        and (token.stem in said_stems or not _is_named(statement, token))
        and any(
            _ousted(ours, n, theirs)
            and not _moved(ours, n, theirs)
            and not _turned_so(statement, token, sentence)
            for theirs, sentence in zip(spread, sentences, strict=True)
        )
        and not _at_an_edge_as_before(ours, n, spread)
    )


def _moved(ours: Sequence[Token], n: int, theirs: Sequence[Token]) -> bool:
    """Whether a sentence has a word elsewhere, in the same company: "homes were opened" for "the
    opening of homes"."""
    own = [t for t in ours[max(1, n - FAR) : n + FAR + 1] if t.word and t is not ours[n]]
    return any(
        sum(any(_like(a, b) for b in theirs[max(0, m - FAR) : m + FAR + 1]) for a in own) >= MOVED
        for m, other in enumerate(theirs)
        if other.stem == ours[n].stem
    )


def _turned_so(statement: str, token: Token, sentence: str) -> bool:
    """Whether a word turns a sense, and a sentence has another word that turns it so."""
    ways = {place.what for place in turns(statement) if place.start <= token.start < place.end}
    ways |= {"not_all"} if "some" in ways else set()
    return any(place.what in ways for place in turns(sentence))


def _is_named(statement: str, token: Token) -> bool:
    """Whether a word is written as a name: the look at names minds it."""
    return token.start > 0 and statement[token.start].isupper()


def _at_an_edge_as_before(ours: Sequence[Token], n: int, spread: Sequence[Sequence[Token]]) -> bool:
    """Whether a word begins or ends a statement and stands in the source, too, by its one
    neighbour, where no less of the statement goes on from there than from elsewhere."""
    if (ours[n - 1] is _START) is (ours[n + 1] is _END):
        return False
    way = 1 if ours[n - 1] is _START else -1
    kept, rest = [0], [0]
    for theirs in spread:
        for m in _places(ours[n + way], theirs):
            near = [theirs[k] for k in (m - 1, m + 1) if 0 <= k < len(theirs)]
            same = any(_like(ours[n], other) for other in near)
            (kept if same else rest).append(1 + _goes_on(ours, n + way, theirs, m, way))
    return max(kept) >= max(rest) and max(kept) > 0


def _goes_on(ours: Sequence[Token], n: int, theirs: Sequence[Token], m: int, way: int) -> int:
    """How many of the next words on one side of a place stand near another place, too."""
    after = ours[n + way : n + way * (FAR + 1) : way]
    near = theirs[max(0, m - FAR) : m + FAR + 1]
    return sum(any(_like(token, other) for other in near) for token in after if token.word)


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(segments(text))


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[Token, ...]:
    """The words that carry meaning or say how many, between two edges."""
    kept = (t for t in parse(text).tokens if _counts(t))
    return (_START, *kept, _END)


def _counts(token: Token) -> bool:
    if token.word in words(lists.Words.HOW_MANY):
        return True
    if cue(lists.Negation.DENIES).fullmatch(token.word):
        return False
    return token.carries and token.word not in words(lists.Words.REPORTING)


def _like(one: Token, other: Token) -> bool:
    if not (one.word and other.word):
        return one is other
    return any(puts(stem(a), stem(b)) for a, b in _forms(one.word, other.word) if a and b)


def _forms(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """Two words, and each without a prefix that denies it."""
    return (one, other), (opposite(one), other), (one, opposite(other))


def _ousted(ours: Sequence[Token], n: int, theirs: Sequence[Token]) -> bool:
    """Whether a sentence has what stands beside a word, or beside it and the next, and others in
    their place."""
    return any(
        _displaces(ours, ours[n:end], theirs, low, high)
        for end in (n + 1, n + 2)
        if end < len(ours) and not (ours[n - 1] is _START and ours[end] is _END)
        for low in _places(ours[n - 1], theirs)
        for high in _places(ours[end], theirs)
        if 1 < high - low <= (GAP if low else end - n) + 1
    )


def _places(token: Token, theirs: Sequence[Token]) -> Iterator[int]:
    return (m for m, other in enumerate(theirs) if _like(token, other))


def _displaces(
    ours: Sequence[Token], own: Sequence[Token], theirs: Sequence[Token], low: int, high: int
) -> bool:
    """Whether the words between two places are none of the statement's, and its own are far off."""
    between = theirs[low + 1 : high]
    if any(_is_kept(t, ours, theirs) or t.word in words(lists.Words.LINKING) for t in between):
        return False
    near = theirs[max(0, low - FAR) : high + FAR]
    return not any(_like(one, t) for one in own for t in near)


def _is_kept(token: Token, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a statement has a word of its source as often as the source has it."""
    mine = sum(t.stem == token.stem for t in ours)
    return mine > 0 and mine >= sum(t.stem == token.stem for t in theirs)


# ---------------------------------------------------------------- of whom it is said


def others(statement: str, said: str) -> int:
    """How many of those that a statement speaks of its source does not, where it speaks of
    others in their place."""
    ours, theirs = _who(statement), _who(said)
    return min(len(ours - theirs), len(theirs - ours))


@lru_cache(maxsize=4096)
def _who(text: str) -> frozenset[str]:
    return frozenset(name for pattern, name in swaps(lists.Phrases.WHO) if pattern.search(text))
