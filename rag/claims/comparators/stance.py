"""Good news and bad: whether a claim praises what the sentence faults, or the other way round."""

from __future__ import annotations

from dataclasses import dataclass

from rag.text.lexicon import cue
from rag.text.negation_scope import negated_at
from rag.text.parse import Reading, Source, agrees, differs
from rag.types import Comparison, Mark

ASPECT = "stance"


@dataclass(frozen=True, slots=True)
class Valued:
    """A word of praise (1) or of fault (-1), a denial of it reckoned in."""

    sign: int
    mark: Mark
    written: str


def compare(claim: Reading, source: Source) -> tuple[Comparison, ...]:
    """Whether both praise or both find fault; nothing where either side is mixed or neutral."""
    ours, theirs = valued(claim), valued(source.said)
    if not ours or not theirs:
        return ()
    mine, other = sum(v.sign for v in ours), sum(v.sign for v in theirs)
    if mine * other < 0:
        first = next(v for v in ours if v.sign * mine > 0)
        against = next(v for v in theirs if v.sign * other > 0)
        words = (
            f"the source says \u201c{against.written}\u201d, the claim \u201c{first.written}\u201d"
        )
        return (differs(ASPECT, first.mark, against.mark, words),)
    if mine * other > 0:
        return (agrees(ASPECT, ours[0].mark, theirs[0].mark),)
    return ()


def valued(reading: Reading) -> tuple[Valued, ...]:
    """The words of praise and of fault in a text."""
    found = [
        Valued(
            -sign if negated_at(reading, match.start()) else sign,
            Mark(*match.span()),
            " ".join(match.group().split()),
        )
        for name, sign in (("stance.praise", 1), ("stance.fault", -1))
        for match in cue(name).finditer(reading.text)
    ]
    return tuple(sorted(found, key=lambda v: v.mark.start))
