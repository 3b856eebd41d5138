"""Pure: what a verdict rests on: a finding, a statement, a report or an allegation."""

from __future__ import annotations

from collections.abc import Iterable

from rag.citation.source_label import voice_of
from rag.types import Basis, Citation, Status, VerdictGround, Voice

_OF_VOICE = {
    Voice.INSPECTOR: Basis.FINDING,
    Voice.OFFICIAL: Basis.FINDING,
    Voice.COUNCIL: Basis.STATEMENT,
    Voice.PRESS: Basis.REPORT,
    Voice.OTHER: Basis.REPORT,
}


def basis_of(citation: Citation) -> Basis:
    """What sort of words a quote is."""
    if citation.status in (Status.ALLEGED, Status.ASKED):
        return Basis.ALLEGATION
    if citation.status is Status.REPORTED or citation.speaker:
        return Basis.STATEMENT
    return _OF_VOICE.get(voice_of(citation), Basis.REPORT)


def basis_of_grounds(grounds: Iterable[VerdictGround]) -> Basis | None:
    """What a verdict rests on: its first ground, unless another on that side is a finding."""
    found = [basis_of(ground.citations[0]) for ground in grounds]
    if Basis.FINDING in found:
        return Basis.FINDING
    return found[0] if found else None


def resting_on(basis: Basis | None, first: Citation) -> str:
    """Whose words a verdict rests on where they are no finding, as a sentence; else ""."""
    if basis is None or basis is Basis.FINDING:
        return ""
    words = {
        Basis.ALLEGATION: "an allegation",
        Basis.REPORT: f"a {first.kind.words}" if voice_of(first) is Voice.PRESS else "a document",
        Basis.STATEMENT: _whose(first),
    }[basis]
    return f"This rests on {words}, not on the finding of an inspector or another official body."


def _whose(citation: Citation) -> str:
    if citation.speaker:
        return f"the words of {citation.speaker}"
    is_council = voice_of(citation) is Voice.COUNCIL
    return "the council\u2019s own words" if is_council else "what was said"
