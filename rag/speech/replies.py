"""What a document itself says to a question, a complaint or a slip that it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.speech.sections import is_heading
from rag.speech.utterances import Place, utterances
from rag.text.lexicon import cue, lists
from rag.text.parse import parse
from rag.types import OWN_WORDS, Kind, Passage, Status, Utterance

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


def reply_to(
    passages: Sequence[Passage], said: Mapping[Place, Utterance], place: Place
) -> Reply | None:
    """What a document says itself to a sentence by which it does not stand; None where it says
    nothing.

    `said` is how its sentences are said (`rag.speech.utterances`). To an allegation that is the
    sentence after it which shares most of its telling words, the rarer the weightier.
    """
    status = said.get(place, OWN_WORDS).status
    lines = _lines(passages)
    at = next(n for n, line in enumerate(lines) if line[0] == place)
    backed: list[int] = []
    for n, (other, text, heading) in enumerate(lines):
        own = said.get(other, OWN_WORDS).status
        stands = own.is_backed or own is Status.DENIED
        if n > at and stands and not is_heading(text, heading):
            backed.append(n)
    if status in ANSWERING:
        near = [n for n in backed if n <= at + FOLLOWING]
        return _run(lines, near[:2]) if near else None
    if status is Status.REPORTED:
        near = [n for n in backed if n <= at + BESIDE and _is_evidence(lines[n][1])]
        return _run(lines, near[:1])
    if status is not Status.ALLEGED:
        return None
    return _run(lines, _likest(lines, at, backed))


def _is_evidence(text: str) -> bool:
    """Whether a sentence sets a record or a finding against what was said."""
    return bool(cue(lists.SpeakersOf.RECORD, lists.Status.EVIDENCE).search(text))


_Line = tuple[Place, str, str | None]


def _lines(passages: Sequence[Passage]) -> list[_Line]:
    lines: list[_Line] = []
    for passage in passages:
        for index, sentence in enumerate(passage.sentences):
            lines.append(((passage.number, index), sentence.text, passage.heading))
    return lines


def _likest(lines: Sequence[_Line], at: int, backed: Sequence[int]) -> list[int]:
    """The sentence most like the one at a place, and the next where it goes on about it."""
    frequencies: Counter[str] = Counter()
    for _, text, _ in lines:
        frequencies.update(parse(text).stems)
    wanted = {stem: 1.0 / frequencies[stem] for stem in parse(lines[at][1]).stems}
    total = sum(wanted.values())
    shares: dict[int, float] = {}
    for n in backed:
        shares[n] = sum(wanted.get(stem, 0.0) for stem in parse(lines[n][1]).stems)
    best = max(backed, key=lambda n: shares[n], default=None)
    if best is None or shares[best] < LEAST * total:
        return []
    beside = [n for n in (best - 1, best + 1) if n in shares and shares[n] > 0]
    return sorted((best, *beside))


def _run(lines: Sequence[_Line], chosen: Sequence[int]) -> Reply | None:
    """The chosen sentences that stand in one passage with the first of them."""
    if not chosen:
        return None
    passage = lines[chosen[0]][0][0]
    indexes = [lines[n][0][1] for n in chosen if lines[n][0][0] == passage]
    return Reply(passage, min(indexes), max(indexes))


def replies(passages: Sequence[Passage], kind: Kind) -> Mapping[Place, Reply]:
    """The reply to each sentence by which a document does not stand, where it has one."""
    said = utterances(passages, kind)
    found: dict[Place, Reply] = {}
    for place, utterance in said.items():
        if not utterance.status.is_backed:
            reply = reply_to(passages, said, place)
            if reply is not None:
                found[place] = reply
    return found
