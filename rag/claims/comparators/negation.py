"""Negation: whether what one side denies the other says."""

from __future__ import annotations

from collections.abc import Iterable

from rag.text.negation_scope import denied, focus
from rag.text.parse import ParsedSource, ParsedText, Token
from rag.text.synonyms import same_word
from rag.types import Agreement, Comparison, TextSpan

_ASPECT = "negation"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare what the two deny, by the words that both have."""
    pairs = _pairs(claim, source.said)
    if not pairs:
        return ()
    ours, theirs = denied(claim), denied(source.said)
    unlike = [(a, b) for a, b in pairs if (a in ours) != (b in theirs)]
    alike = [(a, b) for a, b in pairs if a in ours and b in theirs]
    if unlike and len(unlike) >= len(alike):
        return (
            _made(Agreement.DIFFERS, unlike[0], claim, source.said, a_denies=unlike[0][0] in ours),
        )
    if alike:
        return (_made(Agreement.AGREES, alike[0], claim, source.said),)
    return ()


def _pairs(claim: ParsedText, said: ParsedText) -> list[tuple[int, int]]:
    """Words that one side denies above all, with the same word of the other side."""
    pairs = [
        (n, m) for n, m in _matches(claim, said, focus(claim)) + _turned(said, claim, focus(said))
    ]
    return list(dict.fromkeys(pairs))


def _matches(one: ParsedText, other: ParsedText, wanted: Iterable[Token]) -> list[tuple[int, int]]:
    found = []
    for token in wanted:
        places = [m for m, t in enumerate(other.tokens) if t.carries and same_word(token, t)]
        if places:
            found.append((one.tokens.index(token), places[0]))
    return found


def _turned(one: ParsedText, other: ParsedText, wanted: Iterable[Token]) -> list[tuple[int, int]]:
    return [(m, n) for n, m in _matches(one, other, wanted)]


def _made(
    finding: Agreement,
    pair: tuple[int, int],
    claim: ParsedText,
    said: ParsedText,
    *,
    a_denies: bool = False,
) -> Comparison:
    ours, theirs = claim.tokens[pair[0]], said.tokens[pair[1]]
    if finding is Agreement.AGREES:
        words = f"both deny it ({theirs.word})"
    elif a_denies:
        words = f"the source says so of \u201c{theirs.word}\u201d, the claim denies it"
    else:
        words = f"the source denies it (\u201c{theirs.word}\u201d), the claim says so"
    return Comparison(
        _ASPECT,
        finding,
        (TextSpan(ours.start, ours.end),),
        (TextSpan(theirs.start, theirs.end),),
        words,
    )
