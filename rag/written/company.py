"""Pure: whether figures, dates, and words that turn a sense keep the company that they keep in a
source.

A statement may take every word from its source and still say another thing: another figure of the
sentence, or a "not", a "only" or a "less" moved or lost. What such a word is said of stands near
it, so its neighbours in the statement must be its neighbours in the source.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.comparators.alike import puts
from rag.comparators.reading import Reading, read
from rag.cues import cue

NEAR = 4
"""How many telling words on each side keep a word company in a statement, within its clause."""
WIDER = 9
"""... and in its source, which is mostly longer."""
MARGIN = 2
"""How many more of a value's neighbours must stand by another value for it to be misplaced."""
RIVALS: Mapping[str, tuple[str, ...]] = {
    "only": (), "all": ("some", "few", "most"), "some": ("all",), "most": ("few", "some"),
    "few": ("most", "all"), "more": ("less",), "less": ("more",), "before": ("after",),
    "after": ("before",), "until": (), "to_come": (), "ought": (), "may_be": (),
}  # fmt: skip
"""The lists of words that turn a sense, each with those it is at odds with."""
KEPT = ("only", "until", "to_come", "ought", "may_be", "less", "few")
"""Words that a statement may not leave out where it says the word that they stand before."""
FREE = ("to_come",)
"""Words that a statement may add: what was undertaken is to come."""
_CLAUSE = re.compile(
    r"[,;:()\u2013]|\b(?:but|and|while|although|though|whereas|yet|against|compared)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A word or value at `start` to `end` of a text: what it is, as far as places compare."""

    what: Hashable
    start: int
    end: int


@lru_cache(maxsize=4096)
def turns(text: str) -> tuple[Place, ...]:
    """The words of a text that turn its sense, in order, each by the name of its list."""
    found = [
        Place(name, *match.span())
        for name in RIVALS
        for match in cue(f"turns.{name}").finditer(text)
    ]
    return tuple(sorted(found, key=lambda place: place.start))


def company(
    reading: Reading, place: Place, reach: int, within: tuple[int, int] | None = None
) -> frozenset[str]:
    """The stems of the telling words nearest to a place, `reach` on each side."""
    low, high = within or (0, len(reading.text))
    telling = [
        t for t in reading.tokens
        if t.carries and not t.word[0].isdigit() and low <= t.start and t.end <= high
    ]  # fmt: skip
    before = [t.stem for t in telling if t.end <= place.start][-reach:]
    after = [t.stem for t in telling if t.start >= place.end][:reach]
    return frozenset((*before, *after))


def own_company(reading: Reading, place: Place) -> frozenset[str]:
    """The telling words near a place of a statement, those of its clause alone where it has any."""
    ends = [m.span() for m in _CLAUSE.finditer(reading.text)]
    low = max((end for _, end in ends if end <= place.start), default=0)
    high = min((start for start, _ in ends if start >= place.end), default=len(reading.text))
    return company(reading, place, NEAR, (low, high)) or company(reading, place, NEAR)


def shared(one: Iterable[str], other: frozenset[str]) -> int:
    """How many of some stems are among others, in these or like words."""
    return sum(any(puts(s, o) for o in other) for s in one)


def strayed(statement: str, said: str, aside: Container[str] = ()) -> tuple[str, ...]:
    """The words of a statement that turn a sense which the source's words do not turn so, and those
    of the source that the statement leaves out though it says what they stand before; the lists
    `aside` are not minded."""
    claim, source = read(statement), read(said)
    ours, theirs = [[p for p in turns(text) if p.what not in aside] for text in (statement, said)]
    moved = [p for p in ours if p.what not in FREE and not _kept(p, claim, source, theirs)]
    names = {place.what for place in ours}
    lost = [p for p in theirs if p.what in KEPT and p.what not in names and _told(p, claim, source)]
    return tuple(str(place.what) for place in (*moved, *lost))


def _kept(place: Place, claim: Reading, source: Reading, theirs: Sequence[Place]) -> bool:
    own = own_company(claim, place)
    like = [_common(own, source, p) for p in theirs if p.what == place.what]
    rival = [_common(own, source, p) for p in theirs if p.what in RIVALS[str(place.what)]]
    return bool(like) and (not own or max(like) >= max([1, *rival]))


def _common(own: frozenset[str], source: Reading, place: Place) -> int:
    return shared(own, company(source, place, WIDER))


def _beside(own: frozenset[str], source: Reading, place: Place) -> int:
    return shared(own, own_company(source, place))


def _told(place: Place, claim: Reading, source: Reading) -> bool:
    """Whether a statement has the word that a word of its source stands right before."""
    after = [t for t in source.tokens if t.start >= place.end][:2]
    telling = [t.stem for t in after if t.carries][:1]
    return shared(telling, frozenset(t.stem for t in claim.tokens if t.carries)) > 0


def misplaced(statement: str, said: str, ours: Sequence[Place], theirs: Sequence[Place]) -> int:
    """How many values of a statement stand by words which in the source stand by other values."""
    claim, source = read(statement), read(said)
    count = 0
    for place in ours:
        own = own_company(claim, place)
        same = [_beside(own, source, p) for p in theirs if p.what == place.what]
        rest = [_beside(own, source, p) for p in theirs if _rival(place, p)]
        count += bool(own and same and rest) and max(rest) - max(same) >= MARGIN
    return count


def _rival(one: Place, other: Place) -> bool:
    """Whether two values are unlike and of one sort."""
    sorts = [p.what[0] if isinstance(p.what, tuple) else p.what for p in (one, other)]
    return one.what != other.what and sorts[0] == sorts[1]


def changes(text: str, values: Sequence[Place]) -> frozenset[tuple[Hashable, Hashable]]:
    """The changes that a text tells by its figures, each as (earlier, later): "from 9 to 17", "17,
    up from 9", "17 against 9"."""
    found = set()
    for one, other in pairwise(values):
        between, before = text[one.end : other.start], text[: one.start].rstrip()
        if before.endswith("from"):
            found.add((one.what, other.what))
        elif cue("backing.looks_back").search(between):
            found.add((other.what, one.what))
    return frozenset(found)
