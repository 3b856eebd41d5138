"""Findings: sentences that say how well or badly something is done, and stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.citation.quote import Quote, sentence_quotes
from rag.inspection.grades import read_grade
from rag.judge.port import Polarity
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.retrieval.judged import span_at
from rag.text.lexicon import cue, lists
from rag.text.tokens import content_terms
from rag.types import Document, Passage

FEWEST, MOST = 8, 38
"""Words of a sentence that is quoted as a finding."""
_OPENING = 0.8
"""What standing where a report sums up is worth, in cues of weight."""
_ALIKE = 0.5
"""The share of the words of the shorter of two sentences by which they say the same."""
SUMMING_UP = 2
"""The pages on which a report sums up, from the first."""
_TURNS = re.compile(r",? (?:but|yet|however) ")
_STRENGTHS = (Polarity.STRENGTH,)
_WEAKNESSES = (Polarity.WEAKNESS, Polarity.MIXED)
STOPS = ".!?\u2019\u201d"


@dataclass(frozen=True, slots=True)
class FindingMention:
    """A finding: whether it is of a strength or of a weakness, and how much it weighs."""

    quote: Quote
    strength: bool
    weight: float


@kept
def findings(passages: Sequence[Passage]) -> tuple[FindingMention, ...]:
    """Every finding of a document, in reading order."""
    mentions: list[FindingMention] = []
    for quote in sentence_quotes(passages):
        mention = finding_mention(quote)
        if mention:
            mentions.append(mention)
    return tuple(mentions)


def judged_findings(library: Corpus, document: Document) -> list[FindingMention]:
    """The findings of a document that the judge, if there is one, reads as their words do: praise
    as praise and fault as fault."""
    mentions = library.analysed(document, findings)
    if library.judge is None:
        return list(mentions)
    spans = [span_at(m.quote.passage, m.quote.first, m.quote.last, document) for m in mentions]
    read = library.judge.reads(spans)
    return [
        mention
        for mention, reading in zip(mentions, read, strict=True)
        if reading.polarity in (_STRENGTHS if mention.strength else _WEAKNESSES)
    ]


def finding_mention(quote: Quote) -> FindingMention | None:
    """A sentence as a finding; None where it finds nothing, takes back what it says or leans on
    another."""
    text = quote.text
    if not stands_alone(quote) or not text[:1].isupper() or read_grade(text):
        return None
    if cue(lists.Findings.PROCEDURAL).search(text):
        return None
    if cue(lists.Printed.IMPROVEMENTS_HEADING).search(quote.passage.heading or ""):
        return None  # what is asked for, and no finding
    following = quote.passage.sentences[quote.last + 1 : quote.last + 2]
    if following and cue(lists.Grammar.TURNS_BACK).match(following[0].text):
        return None  # half of what is said is not quoted
    side = praise_or_fault(text)
    return FindingMention(quote, side > 0, _weight(quote, abs(side))) if side else None


def stands_alone(quote: Quote) -> bool:
    """Whether a sentence is whole, of a length to be quoted, and leans on no other."""
    text = quote.text
    if not FEWEST <= len(text.split()) <= MOST or text[-1:] not in STOPS:
        return False
    if cue(lists.Findings.LEANS).match(text) or cue(lists.Findings.REFERS).search(text):
        return False
    return text != quote.passage.heading


def praise_or_fault(text: str) -> int:
    """How much a text praises (above 0) or finds fault (below 0); 0 where it does neither, or both.

    What it opens by conceding ("Although ...") and a fault that was dealt with do not count; where
    it turns (", but ...") it is told by what comes after.
    """
    main = main_part(cue(lists.Negation.OF_FAULT).sub(" ", text))
    side = _side(main)
    head, trails, tail = main.partition(", although ")
    if not trails:
        return side
    return _side(head) if _side(head) * _side(tail) >= 0 else 0


def _side(text: str) -> int:
    end = cue(lists.Grammar.SUBORDINATE).search(text)
    good = len(cue(lists.Sentiment.STRENGTH).findall(text))
    bad = len(cue(lists.Sentiment.WEAKNESS).findall(text))
    bad += len(cue(lists.Negation.OF_VERB).findall(text[: end.start()] if end else text))
    if bad:
        return -bad - (good == 0)
    return 0 if cue(lists.Sentiment.MEANT).search(text) else good


def main_part(text: str) -> str:
    """What a sentence mainly says: without the clause that it opens by conceding or supposing
    ("Although ..., "), and from its last turn on (", but ...")."""
    if cue(lists.Grammar.CONCEDES).match(text):
        text = text.partition(", ")[2] or text
    return _TURNS.split(text)[-1]


def _weight(quote: Quote, side: int) -> float:
    """How much a finding weighs that praises or finds fault with so many words."""
    weighty = {m.group().casefold() for m in cue(lists.Sentiment.WEIGHTY).finditer(quote.text)}
    slight = bool(cue(lists.Sentiment.SLIGHT).search(quote.text))
    opening = _OPENING * (quote.sentences[0].page <= SUMMING_UP)
    return min(side, 3) * 0.5 + min(len(weighty), 3) - 1.5 * slight + opening


def repeats(text: str, others: Iterable[str]) -> bool:
    """Whether a text says nearly what one of the others says: half the words of the shorter."""
    own = set(content_terms(text))
    for other in others:
        terms = set(content_terms(other))
        if len(own & terms) >= _ALIKE * min(len(own), len(terms)):
            return True
    return False
