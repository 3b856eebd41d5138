"""Pure: whether the names and speakers of a statement are those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.comparators.people import bodies
from rag.comparators.reading import read
from rag.cues import cue, words
from rag.segment import segments
from rag.types import Kind
from rag.vocabulary import expansions
from rag.words import stem
from rag.written.unit import Unit

_CAPITAL = re.compile(r"(?<![.!?:\u201c\"]\s)(?<!^)(?<!^[\u201c\"])\b[A-Z][\w\u2019'-]+")
_SPEAKERS = (Kind.INSPECTION_REPORT, Kind.COUNCIL_DOCUMENT, Kind.NEWS)


def stray_names(statement: str, unit: Unit) -> int:
    """How many names the source does not have."""
    calendar = frozenset(map(stem, words("words.calendar")))
    return len(_named(statement) - known(unit) - calendar)


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """The words written with a capital, but for the first of each sentence."""
    return frozenset(
        token.stem
        for word in _CAPITAL.findall(text)
        for token in read(word).tokens
        if token.carries
    )


@lru_cache(maxsize=4096)
def known(unit: Unit) -> frozenset[str]:
    """The stems that a source brings along: of its words, its heading, and whom it is by."""
    about = unit.about
    named = (" ".join(_CAPITAL.findall(f"- {about.title}")), about.publisher or "")
    labels = (*named, about.agency or "", *about.councils, unit.heading)
    forms = (form for _, forms in expansions(unit.said) for form in forms)
    stems = {token.stem for text in (unit.said, *labels, *forms) for token in read(text).tokens}
    stems |= {initials.casefold() for initials in _initials(unit.said)}
    return frozenset(stems | {stem(w) for w in words(f"words.speaks_{about.kind.value}")})


def _initials(text: str) -> Iterator[str]:
    """What the names in a text may be cut to: "ICB" for "Integrated Care Board"."""
    for name in bodies(text):
        letters = "".join(word[0] for word in name.name.split() if word[0].isupper())
        for start in range(len(letters) - 1):
            yield from (letters[start:end] for end in range(start + 2, len(letters) + 1))


def stray_voices(statement: str, unit: Unit) -> int:
    """Whether inspectors, the council or the press are said to say what another does."""
    return sum(
        bool(cue(f"speakers.{kind.value}").search(statement)) and not _speaks(kind, statement, unit)
        for kind in _SPEAKERS
    )


def _speaks(kind: Kind, statement: str, unit: Unit) -> bool:
    """Whether the sentence that a statement rests on is said by that kind of source: it says so, or
    its document is of that kind and it gives nobody else's survey or audit."""
    told = _nearest(statement, unit.said)
    if unit.about.kind is kind:
        return not cue("speakers.another").search(told)
    return bool(cue(f"speakers.{kind.value}").search(told))


def _nearest(statement: str, said: str) -> str:
    """The sentence of a source that has most of a statement's words."""
    ours = read(statement).stems
    return max(segments(said), key=lambda sentence: len(ours & read(sentence).stems), default=said)
