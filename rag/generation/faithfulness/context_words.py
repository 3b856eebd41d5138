"""Pure: whether figures, dates, and words that turn a sense keep the company that they keep in a
source.

A statement may take every word from its source and still say another thing: another figure of the
sentence, or a "not", a "only" or a "less" moved or lost. What such a word is said of stands near
it, so its neighbours in the statement must be its neighbours in the source.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from text_to_num import alpha2digit

from rag.generation.faithfulness.rewording import puts
from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedText, parse
from rag.text.sentences import segments

_NEAR = 4
"""How many telling words on each side keep a word company in a statement, within its clause."""
REACHED = 6
"""How many words after one that turns a sense may be the one that it stands before."""
FIRM = 3
"""How many shared neighbours make up for the nearest ones being others."""
WIDER = 12
"""... and in its source, which is mostly longer."""
_MARGIN = 2
"""How many more of a value's neighbours must stand by another value for it to be misplaced."""
RIVALS: Mapping[str, tuple[str, ...]] = {
    "only": (), "all": ("some", "few", "most", "many", "not_all"), "not_all": ("all",),
    "some": ("all",), "most": ("few", "some", "all"), "many": ("few", "all", "some"),
    "few": ("most", "all", "many"), "more": ("less",), "less": ("more",), "before": ("after",),
    "after": ("before",), "until": (), "lesser": (), "to_come": (), "ought": (), "may_be": (),
    "nearly": (), "partly": (), "once": (), "tries": (),
}  # fmt: skip
"""The lists of words that turn a sense, each with those it is at odds with."""
KEPT = (
    "only", "until", "to_come", "ought", "may_be", "less", "few", "not_all", "lesser", "nearly",
    "partly", "once", "tries",
)  # fmt: skip
"""Words that a statement may not leave out where it says the word that they stand before."""
WAYS = ("more", "less")
"""The lists of words that say which way a figure went."""
_REACH = 70
"""How far before a change, in characters, the word may stand that says which way it went."""
FREE = ("to_come", "tries", "nearly", "partly")
"""Words that a statement may add, for it then says less: what was undertaken is to come."""
_CLAUSE = re.compile(
    r"[,;:()\u2013]|\b(?:but|and|while|although|though|whereas|yet|against|compared)\b"
)


_BRACKETED = re.compile(r"\([^()]*\)")
_VALUED = re.compile(r"\([^()]*\d[^()]*\)")


@dataclass(frozen=True, slots=True)
class Place:
    """A word or value at `start` to `end` of a text: what it is, as far as places compare."""

    what: Hashable
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that became another, told at `start` to `end`; where is no part of what it is."""

    earlier: Hashable
    later: Hashable
    start: int = field(compare=False)
    end: int = field(compare=False)

    def turned(self) -> FigureChange:
        """The same the other way."""
        return FigureChange(self.later, self.earlier, self.start, self.end)

    @property
    def way(self) -> str:
        """The list of words that say which way it went."""
        return "more" if _size(self.later) > _size(self.earlier) else "less"


def _size(figure: Hashable) -> float:
    return float(figure[1]) if isinstance(figure, tuple) else 0.0


@lru_cache(maxsize=4096)
def turns(text: str) -> tuple[Place, ...]:
    """The words of a text that turn its sense, in order, each by the name of its list."""
    found = [
        Place(name, *match.span())
        for name in RIVALS
        for match in cue(lists.Turns(f"turns.{name}")).finditer(text)
    ]
    denied = [place for place in found if place.what == "not_all"]
    kept = (p for p in found if p.what != "all" or not any(_inside(p, d) for d in denied))
    return tuple(sorted(kept, key=lambda place: place.start))


def _inside(one: Place, other: Place) -> bool:
    return other.start <= one.start and one.end <= other.end


def company(
    reading: ParsedText, place: Place, reach: int, within: tuple[int, int] | None = None
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


def own_company(reading: ParsedText, place: Place, reach: int = _NEAR) -> frozenset[str]:
    """The telling words near a place of a statement, those of its clause alone where it has any."""
    bracket = _bracket_around(reading.text, place)
    if bracket and len(_VALUED.findall(reading.text)) > 1:  # "carers (60%) and work (40%)"
        low = _clause(reading.text, Place(None, bracket, bracket))[0]
        return company(reading, Place(None, bracket, len(reading.text)), reach, (low, bracket))
    within = _clause(reading.text, place)
    return company(reading, place, reach, within) or company(reading, place, reach)


def _clause(text: str, place: Place) -> tuple[int, int]:
    """Where the clause of a place begins and ends."""
    ends = [m.span() for m in _CLAUSE.finditer(text)]
    low = max((end for _, end in ends if end <= place.start), default=0)
    return low, min((start for start, _ in ends if start >= place.end), default=len(text))


def shared(one: Iterable[str], other: frozenset[str]) -> int:
    """How many of some stems are among others, in these or like words."""
    return sum(any(puts(s, o) for o in other) for s in one)


def strayed(statement: str, said: str, told: Iterable[FigureChange] = ()) -> tuple[str, ...]:
    """The words of a statement that turn a sense which the source's words do not turn so, and those
    of the source that the statement leaves out though it says what they stand before.

    What rose or fell between two figures, those figures tell: of the changes `told` as the source
    does, the nearest word must only go the right way.
    """
    claim, source = parse(statement), parse(said)
    theirs = turns(said)
    borne, wrong = borne_out(statement, told)
    ours = [place for place in turns(statement) if place not in (*borne, *wrong)]
    moved = [p for p in ours if p.what not in FREE and not _kept(p, claim, source, theirs)]
    names = {place.what for place in (*ours, *borne)} | (set(WAYS) if borne else set())
    names |= {"not_all"} if "some" in names else set()
    lost = [p for p in theirs if p.what in KEPT and p.what not in names and _told(p, claim, source)]
    return tuple(str(place.what) for place in (*wrong, *moved, *lost))


def borne_out(statement: str, told: Iterable[FigureChange]) -> tuple[list[Place], list[Place]]:
    """The words that say which way figures went that changed, right ones and wrong ones."""
    borne: list[Place] = []
    wrong: list[Place] = []
    for change in told:
        ways = [p for p in turns(statement) if p.what in WAYS and p.start < change.end]
        ways = [p for p in ways if change.start - p.end < _REACH] or []
        for way in ways[-1:]:
            (borne if way.what == change.way else wrong).append(way)
    return borne, wrong


def _kept(place: Place, claim: ParsedText, source: ParsedText, theirs: Sequence[Place]) -> bool:
    if number := _number_after(claim.text, place):
        same = [p for p in theirs if p.what == place.what]
        if number in (_number_after(source.text, p) for p in same):
            return True
    own, heads = own_company(claim, place), _heads(claim, place)
    if place.what == "some" and _not_all(own, claim, source, theirs):
        return True
    like = [
        _common(own, source, p)
        for p in theirs
        if p.what == place.what
        and (not heads or _common(heads, source, p) or _beside(own, source, p, _NEAR) >= FIRM)
    ]
    rivals = [p for p in theirs if p.what in RIVALS[str(place.what)]]
    rival = [_common(own, source, p) for p in rivals]
    near = [_beside(own, source, p, _NEAR) for p in theirs if p.what == place.what]
    nearer = [_beside(own, source, p, _NEAR) for p in rivals]
    if not like or (nearer and max(nearer) - max(near) >= _MARGIN):
        return False
    return not own or max(like) >= max([1, *rival])


def _not_all(
    own: frozenset[str], claim: ParsedText, source: ParsedText, theirs: Sequence[Place]
) -> bool:
    """Whether some are not so as in a source not all are: "some plans are not clear"."""
    if not cue(lists.Negation.DENIES).search(claim.text):
        return False
    return any(p.what == "not_all" and _common(own, source, p) for p in theirs)


def _number_after(text: str, place: Place) -> str:
    """The number that a word stands right before ("more than 60"), in digits."""
    plain = alpha2digit(text[place.end : place.end + 40], "en")
    found = re.match(r"(?: than| of)? [\u00a3$]?(\d[\d,.]*)", plain)
    return found[1].rstrip(".,") if found else ""


def _heads(reading: ParsedText, place: Place) -> frozenset[str]:
    """What a word that turns a sense is said of: the telling words next to it, in its clause."""
    within = _clause(reading.text, place)
    before = company(reading, Place(None, place.start, len(reading.text)), 2, within)
    after = company(reading, Place(None, 0, place.end), 1, within)
    return before | after


def _common(own: frozenset[str], source: ParsedText, place: Place) -> int:
    return shared(own, company(source, place, WIDER, _sentence(source.text, place)))


@lru_cache(maxsize=4096)
def _ends(text: str) -> tuple[int, ...]:
    """Where the sentences of a text end."""
    at, ends = 0, []
    for sentence in segments(text):
        at = max(text.find(sentence.strip(), at), at) + len(sentence.strip())
        ends.append(at)
    return tuple(ends)


def _sentence(text: str, place: Place) -> tuple[int, int]:
    """Where the sentence of a place begins and ends."""
    ends = (0, *_ends(text), len(text))
    return max(e for e in ends if e <= place.start), min(e for e in ends if e >= place.end)


def _beside(own: frozenset[str], source: ParsedText, place: Place, reach: int) -> int:
    return shared(own, own_company(source, place, reach))


def _told(place: Place, claim: ParsedText, source: ParsedText) -> bool:
    """Whether a statement has the word that a word of its source stands right before."""
    after = [t for t in source.tokens if t.start >= place.end][:REACHED]
    idle = words(lists.Words.LIGHT) | words(lists.Words.LINKING)
    telling = [t.stem for t in after if t.carries and t.word not in idle]
    telling = telling if place.what == "not_all" else telling[:1]
    return shared(telling, frozenset(t.stem for t in claim.tokens if t.carries)) > 0


def misplaced(
    statement: str,
    said: str,
    ours: Sequence[Place],
    theirs: Sequence[Place],
    aside: Container[Hashable] = (),
) -> int:
    """How many values of a statement stand by words which in the source stand by other values,
    those `aside` not counted."""
    claim, source = parse(statement), parse(said)
    count = 0
    for place in (p for p in ours if p.what not in aside):
        alone = not any(_rival(place, other) for other in ours)
        within = _clause(statement, place)
        own = company(claim, place, WIDER) if alone else company(claim, place, _NEAR, within)
        reach = WIDER if alone else _NEAR
        same = [_beside(own, source, p, reach) for p in theirs if p.what == place.what]
        rest = [_beside(own, source, p, reach) for p in theirs if _rival(place, p)]
        count += bool(own and same and rest) and max(rest) - max(same) >= _MARGIN
    return count


def _rival(one: Place, other: Place) -> bool:
    """Whether two values are unlike and of one sort."""
    return one.what != other.what and _sort(one.what) == _sort(other.what)


def _sort(what: Hashable) -> Hashable:
    """What a figure measures; dates are all of a sort, but for whether they name a month."""
    if not isinstance(what, tuple):
        return what
    return what[0] if len(what) == 2 else what[1:] == (1, 12)


def _in_brackets(text: str, place: Place) -> bool:
    return _bracket_around(text, place) is not None


def _bracket_around(text: str, place: Place) -> int | None:
    """Where the bracket opens that a place stands in, or None."""
    around = (m.start() for m in _BRACKETED.finditer(text) if m.start() < place.start < m.end())
    return next(around, None)


def changes(text: str, values: Sequence[Place]) -> frozenset[FigureChange]:
    """The changes that a text tells by its figures: "from 9 to 17", "17, up from 9", "17 against
    9"."""
    found = set()
    outside = [v for v in values if not _in_brackets(text, v)]
    for one, other in pairwise(outside):
        if _sort(one.what) != _sort(other.what):
            continue
        between, before = text[one.end : other.start], text[: one.start].rstrip()
        if cue(lists.Backing.BEGAN).search(before):
            found.add(FigureChange(one.what, other.what, one.start, other.end))
        elif cue(lists.Backing.LOOKS_BACK).search(between):
            found.add(FigureChange(other.what, one.what, one.start, other.end))
    return frozenset(found)
