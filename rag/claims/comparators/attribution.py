"""Attribution: who said it, called for it or promised it."""

from __future__ import annotations

from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.text.people import speakers
from rag.types import Comparison

_ASPECT = "attribution"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare who speaks in the claim with who speaks in the sentence, or else in its passage."""
    claimed = speakers(claim.text)
    if not claimed:
        return ()
    said = speakers(source.said.text)
    last = {name.last for name in said}
    if claimed[0].last in last:
        same = next(name for name in said if name.last == claimed[0].last)
        return (agrees(_ASPECT, claimed[0].mark, same.mark, f"said by {same.name}"),)
    if said:
        words = f"said by {said[0].name}, not by {claimed[0].name}"
        return (differs(_ASPECT, claimed[0].mark, said[0].mark, words),)
    return ()
