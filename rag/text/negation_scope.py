"""What a text denies: which of its words stand within the scope of a negation."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedText, Token

_REACH = 9
"""How many words a negation reaches, at most, within its clause."""
_CLAUSE_ENDS = re.compile(
    r"[;:.()\u2013]|,(?!\s(?:or|and|nor)\b)|\b(?:but|although|though|however|while|whereas|"
    r"(?<!not )yet|because|despite|so that|except)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def denied(reading: ParsedText) -> frozenset[int]:
    """The places in `reading.tokens` of the words that are denied once (twice is not at all)."""
    found: set[int] = set()
    for match in cue(lists.Negation.DENIES).finditer(reading.text):
        if _is_idle(reading.text, match):
            continue
        found ^= set(scope_after(reading, match))
    for match in cue(lists.Negation.DENIES_BEFORE).finditer(reading.text):
        found ^= set(scope_before(reading, match))
    return frozenset(found)


def negated_at(reading: ParsedText, start: int) -> bool:
    """Whether the word that starts at a place of the text is denied."""
    return any(reading.tokens[n].start == start for n in denied(reading))


def focus(reading: ParsedText, most: int = 2) -> tuple[Token, ...]:
    """The first words that carry meaning after each negation: what it denies above all."""
    chosen: list[Token] = []
    for match in cue(lists.Negation.DENIES).finditer(reading.text):
        if not _is_idle(reading.text, match):
            scope = [reading.tokens[n] for n in scope_after(reading, match)]
            chosen += [token for token in scope if token.carries and token.word != "yet"][:most]
    for match in cue(lists.Negation.DENIES_BEFORE).finditer(reading.text):
        scope = [reading.tokens[n] for n in scope_before(reading, match)]
        chosen += [token for token in scope if token.carries][-most:]
    return tuple(chosen)


def _is_idle(text: str, match: re.Match[str]) -> bool:
    """A negation that denies nothing: "not only", "not advertised until September"."""
    after = text[match.start() : match.end() + 60]
    return bool(cue(lists.Negation.IDLE).match(after))


def scope_after(reading: ParsedText, match: re.Match[str]) -> list[int]:
    """The places in `reading.tokens` that a negation reaches in its clause."""
    clause = _CLAUSE_ENDS.search(reading.text, match.end())
    end = clause.start() if clause else len(reading.text)
    places = [n for n, t in enumerate(reading.tokens) if match.end() <= t.start < end]
    return places[:_REACH]


def scope_before(reading: ParsedText, match: re.Match[str]) -> list[int]:
    """The places in `reading.tokens` of what goes before a negation in its clause."""
    ends = [m.end() for m in _CLAUSE_ENDS.finditer(reading.text, 0, match.start())]
    start = ends[-1] if ends else 0
    places = [n for n, t in enumerate(reading.tokens) if start <= t.start < match.start()]
    return places[-_REACH:]
