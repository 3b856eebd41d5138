"""Councils: whether a sentence is about the council that the claim is about."""

from __future__ import annotations

from rag.text.councils import council_mentions, pattern_mentions
from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.types import Comparison, TextSpan

_ASPECT = "council"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Whether the document, or the sentence itself, is about the claim's council."""
    named = {m.name: m for m in (*pattern_mentions(claim.text), *council_mentions(claim.text))}
    about = source.about.councils if source.about else ()
    if not named or not about:
        return ()
    said = {m.name for m in council_mentions(source.said.text)}
    for name, mention in named.items():
        if name in about or name in said:
            return (agrees(_ASPECT, TextSpan(mention.start, mention.end), None),)
    name, mention = next(iter(named.items()))
    words = f"said of {about[0]}, not of {name}"
    return (differs(_ASPECT, TextSpan(mention.start, mention.end), None, words),)
