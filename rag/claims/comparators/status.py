"""How a sentence is said: a claim is not borne out by what is alleged, asked, denied or planned."""

from __future__ import annotations

from rag.speech.utterances import sentence_utterance
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedSource, ParsedText, adds, differs, parse
from rag.types import Comparison, Kind, Status, TextSpan, Utterance

_ASPECT = "status"
_PROSPECTS = frozenset({Status.PLANNED, Status.FORECAST, Status.RECOMMENDED})
_TOLD = frozenset({Status.ALLEGED, Status.REPORTED, Status.ASKED})
_AGAINST = {
    Status.DENIED: "the source tells this as denied",
    Status.REJECTED: "the source tells this as proposed and not agreed",
    Status.CORRECTED: "the source takes this back",
}
_ADDED = {
    Status.ALLEGED: "this is alleged",
    Status.REPORTED: "this is only told as said",
    Status.ASKED: "this is asked",
    Status.PLANNED: "this is planned",
    Status.FORECAST: "this is a forecast",
    Status.RECOMMENDED: "this is recommended",
}


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """What a source says in another manner than the claim does: denied, or not as a fact."""
    said = source.utterance
    whole = TextSpan(0, len(claim.text))
    if said.status is Status.ASSERTED or _is_said_alike(claim, source):
        return ()
    by = f", by {said.speaker}" if said.speaker else ""
    if said.status in _AGAINST:
        if _is_of_the_rest(claim, source):
            return ()
        start, end = said.within or (0, len(source.said.text))
        mark = TextSpan(start, min(end, len(source.said.text)))
        return (differs(_ASPECT, whole, mark, f"{_AGAINST[said.status]}{by}"),)
    return (adds(_ASPECT, whole, f"{_ADDED[said.status]}{by}"),)


def _is_said_alike(claim: ParsedText, source: ParsedSource) -> bool:
    """Whether the claim itself tells it so: as somebody's words, as a plan, as a denial."""
    said, own = source.utterance, sentence_utterance(claim.text, Kind.OTHER)
    inspected = source.about is not None and source.about.kind is Kind.INSPECTION_REPORT
    if said.status in _PROSPECTS:
        return inspected or own.status in _PROSPECTS
    if _names(claim, said):
        return True
    if said.status in _TOLD:
        attributed = cue(lists.Status.OWNED).search(claim.text)
        return own.status in _TOLD or own.status is Status.DENIED or bool(attributed)
    lost = cue(lists.Status.LOST, lists.Status.NOT_TAKEN, lists.Status.MOTION).search(claim.text)
    return own.status in (said.status, Status.DENIED, Status.CORRECTED) or bool(lost)


def _names(claim: ParsedText, said: Utterance) -> bool:
    """Whether the claim names the one who speaks, and so says whose words they are."""
    own = {token.stem for token in claim.tokens}
    theirs = [token.stem for token in parse(said.speaker).tokens if token.carries]
    council = cue(lists.SpeakersOf.COUNCIL_DOCUMENT).search(said.speaker)
    return bool(theirs) and not council and theirs[-1] in own


def _is_of_the_rest(claim: ParsedText, source: ParsedSource) -> bool:
    """Whether a figure of the claim stands in that part of a sentence that is not denied."""
    if source.utterance.within is None:
        return False
    start, end = source.utterance.within
    figures = {token.word for token in claim.tokens if token.word[0].isdigit()}
    rest = [t for t in source.said.tokens if t.end <= start or t.start >= end]
    return any(token.word in figures for token in rest)
