"""Findings: sentences that say how well or badly something is done, and stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.citation.quote import Quote
from rag.inspection.grades import read_grade
from rag.text.lexicon import cue, lists
from rag.types import Passage, Sentence

FEWEST, MOST = 8, 38
"""Words of a sentence that is quoted as a finding."""
_OPENING = 0.8
"""What standing where a report sums up is worth, in cues of weight."""
SUMMING_UP = 2
"""The pages on which a report sums up, from the first."""
_TURNS = re.compile(r",? (?:but|yet|however) ")
STOPS = ".!?\u2019\u201d"


@dataclass(frozen=True, slots=True)
class FindingMention:
    """A finding: whether it is of a strength or of a weakness, and how much it weighs."""

    quote: Quote
    strength: bool
    weight: float


def findings(passages: Sequence[Passage]) -> tuple[FindingMention, ...]:
    """Every finding of a document, in reading order."""
    return tuple(
        found
        for passage in passages
        for n, sentence in enumerate(passage.sentences)
        if (found := finding(passage, n, sentence))
    )


def finding(passage: Passage, n: int, sentence: Sentence) -> FindingMention | None:
    """A sentence as a finding; None where it finds nothing, takes back what it says or leans on
    another."""
    text = sentence.text
    if not _may_be_quoted(passage, text) or read_grade(text) or _is_taken_back(passage, n):
        return None
    side = leaning_to(text)
    return (
        FindingMention(Quote(passage, n, n), side > 0, _weight(sentence, abs(side)))
        if side
        else None
    )


def _may_be_quoted(passage: Passage, text: str) -> bool:
    words = len(text.split())
    if not FEWEST <= words <= MOST or text[-1:] not in STOPS or text == passage.heading:
        return False
    if cue(lists.Printed.IMPROVEMENTS_HEADING).search(passage.heading or ""):
        return False  # what is asked for, and no finding
    if not text[:1].isupper() or _leans(text):
        return False
    return not cue(lists.Findings.PROCEDURAL).search(text)


def _leans(text: str) -> bool:
    return bool(cue(lists.Findings.LEANS).match(text) or cue(lists.Findings.REFERS).search(text))


def _is_taken_back(passage: Passage, n: int) -> bool:
    """Whether the next sentence says otherwise: half of what is said is not quoted."""
    following = passage.sentences[n + 1 : n + 2]
    return any(cue(lists.Sentence.TURNS).match(sentence.text) for sentence in following)


def leaning_to(text: str) -> int:
    """How much a text praises (above 0) or finds fault (below 0); 0 where it does neither, or both.

    What it opens by conceding ("Although ...") and a fault that was dealt with do not count; where
    it turns (", but ...") it is told by what comes after.
    """
    main = main_part(cue(lists.Findings.IDLE).sub(" ", text))
    side = _side(main)
    head, trails, tail = main.partition(", although ")
    return _side(head) if trails and _side(head) * _side(tail) >= 0 else 0 if trails else side


def _side(text: str) -> int:
    end = cue(lists.Findings.SUBORDINATE).search(text)
    good = len(cue(lists.Findings.STRENGTH).findall(text))
    bad = len(cue(lists.Findings.WEAKNESS).findall(text))
    bad += len(cue(lists.Findings.NEGATION).findall(text[: end.start()] if end else text))
    if bad:
        return -bad - (good == 0)
    return 0 if cue(lists.Findings.MEANT).search(text) else good


def main_part(text: str) -> str:
    """What a sentence mainly says: without the clause that it opens by conceding or supposing
    ("Although ..., "), and from its last turn on (", but ...")."""
    if cue(lists.Findings.CONCEDES).match(text):
        text = text.partition(", ")[2] or text
    return _TURNS.split(text)[-1]


def _weight(sentence: Sentence, marked: int) -> float:
    text = sentence.text
    weighty = len({m.group().casefold() for m in cue(lists.Findings.WEIGHTY).finditer(text)})
    slight = bool(cue(lists.Findings.SLIGHT).search(text))
    opening = _OPENING * (sentence.page <= SUMMING_UP)
    return min(marked, 3) * 0.5 + min(weighty, 3) - 1.5 * slight + opening
