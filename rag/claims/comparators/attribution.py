"""Attribution: who said it, called for it or promised it."""

from __future__ import annotations

from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.text.people import speakers, tellers
from rag.types import Comparison

_ASPECT = "attribution"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare who speaks in the claim with who speaks in the sentence, or else in its passage."""
    claimed = speakers(claim.text)
    if not claimed:
        return _by_group(claim, source)
    said = speakers(source.said.text)
    last = {name.last for name in said}
    if claimed[0].last in last:
        same = next(name for name in said if name.last == claimed[0].last)
        return (agrees(_ASPECT, claimed[0].mark, same.mark, f"said by {same.name}"),)
    if said:
        words = f"said by {said[0].name}, not by {claimed[0].name}"
        return (differs(_ASPECT, claimed[0].mark, said[0].mark, words),)
    return ()


def _by_group(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Whether what the claim has one group of people say another says: parents, foster carers."""
    ours, theirs = tellers(claim.text), tellers(source.said.text)
    if not ours or not theirs or ours.keys() & theirs.keys():
        return ()
    mark, said = next(iter(ours.values())), next(iter(theirs.values()))
    teller = source.said.text[said.start : said.end].casefold()
    words = f"said by {teller}, not by {claim.text[mark.start : mark.end].casefold()}"
    return (differs(_ASPECT, mark, said, words),)
