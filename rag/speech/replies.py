"""What a document itself says to a question, a complaint or a slip that it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.speech.utterances import Place, PlacedSentence, placed_sentences, utterances
from rag.text.lexicon import cue, lists
from rag.text.parse import parse
from rag.types import OWN_WORDS, Kind, Passage, Status

FOLLOWING = 4
"""How many sentences after a question, a lost motion or a slip its reply is looked for in."""
ANSWERING = frozenset({Status.ASKED, Status.REJECTED, Status.CORRECTED})
"""What is replied to at once; an allegation is replied to anywhere in the document."""
BESIDE = 2
"""How many sentences after what somebody told stands what the records show of it."""
LEAST = 0.25
"""The share of the weight of an allegation's words that a reply to it has."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Neighbouring sentences of a passage that reply, by their places in it (both included)."""

    passage: int
    first: int
    last: int


def reply_to(passages: Sequence[Passage], kind: Kind, place: Place) -> Reply | None:
    """What a document says itself to a sentence by which it does not stand; None where it says
    nothing, or stands by it.

    To an allegation that is the sentence after it which shares most of its telling words, the rarer
    the weightier.
    """
    said = utterances(passages, kind)
    status = said.get(place, OWN_WORDS).status
    if status.is_backed:
        return None
    lines = placed_sentences(passages)
    at = next(n for n, line in enumerate(lines) if line.place == place)
    backed: list[int] = []
    for n, line in enumerate(lines):
        own = said.get(line.place, OWN_WORDS).status
        stands = own.is_backed or own is Status.DENIED
        if n > at and stands and not line.is_heading:
            backed.append(n)
    if status in ANSWERING:
        near = [n for n in backed if n <= at + FOLLOWING]
        return _run(lines, near[:2])
    if status is Status.REPORTED:
        near = [n for n in backed if n <= at + BESIDE and _is_evidence(lines[n].text)]
        return _run(lines, near[:1])
    if status is not Status.ALLEGED:
        return None
    return _run(lines, _likest(lines, at, backed))


def _is_evidence(text: str) -> bool:
    """Whether a sentence sets a record or a finding against what was said."""
    return bool(cue(lists.SpeakersOf.RECORD, lists.Status.EVIDENCE).search(text))


def _likest(lines: Sequence[PlacedSentence], at: int, backed: Sequence[int]) -> list[int]:
    """The sentence most like the one at a place, and the next where it goes on about it."""
    frequencies: Counter[str] = Counter()
    for line in lines:
        frequencies.update(parse(line.text).stems)
    wanted = {stem: 1.0 / frequencies[stem] for stem in parse(lines[at].text).stems}
    total = sum(wanted.values())
    shares: dict[int, float] = {}
    for n in backed:
        shares[n] = sum(wanted.get(stem, 0.0) for stem in parse(lines[n].text).stems)
    best = max(backed, key=lambda n: shares[n], default=None)
    if best is None or shares[best] < LEAST * total:
        return []
    beside = [n for n in (best - 1, best + 1) if n in shares and shares[n] > 0]
    return sorted((best, *beside))


def _run(lines: Sequence[PlacedSentence], chosen: Sequence[int]) -> Reply | None:
    """The chosen sentences that stand in one passage with the first of them."""
    if not chosen:
        return None
    passage = lines[chosen[0]].place[0]
    indexes = [lines[n].place[1] for n in chosen if lines[n].place[0] == passage]
    return Reply(passage, min(indexes), max(indexes))
