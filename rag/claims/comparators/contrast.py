"""Contrast: whether a claim is of what a sentence only sets its own matter against."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.text.parse import ParsedSource, ParsedText, Token, adds
from rag.text.synonyms import same_word
from rag.types import Comparison, TextSpan

CONTRAST = "contrast"
"""The aspect of what a sentence sets apart."""
_APART = re.compile(r"^\W*(?:unlike|in contrast (?:to|with))\b[^,]*,", re.IGNORECASE)


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Find a word of the claim that only "Unlike the family teams, ..." has."""
    match = _APART.match(source.said.text)
    if match is None:
        return ()
    apart = source.said.within(0, match.end())
    rest = source.said.within(match.end(), len(source.said.text))
    for token in claim.tokens:
        if token.carries and _has(apart, token) and not _has(rest, token):
            words = f"the source sets this apart (\u201c{token.word}\u201d)"
            return (adds(CONTRAST, TextSpan(token.start, token.end), words),)
    return ()


def _has(tokens: Iterable[Token], wanted: Token) -> bool:
    return any(same_word(token, wanted) for token in tokens)
