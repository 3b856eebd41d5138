"""Evidence -> the few quotes that an answer is made of: direct, unrepeated, within the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.citation.quote import QUOTED_WORDS, Quote, join_neighbours, with_neighbours, word_count
from rag.retrieval.sentence_features import Evidence
from rag.text.tokens import content_terms

MOST_QUOTES = 4
FALLOFF = 2.2
"""How far below the best a sentence's score, in log odds, may lie and still be quoted."""
_ALIKE = 0.75
"""The share of their words that two quotes may have in common."""
SHARE = 0.5
"""A further quote must bear on the question at least this much of how the first one does."""


def selected_quotes(
    ranked: Sequence[Evidence],
    words: int = QUOTED_WORDS,
    most: int = MOST_QUOTES,
    *,
    leaning: bool = True,
) -> list[Quote]:
    """The best sentences, most direct first, at most `most` and within `words` words in all.

    A sentence that leans on the one before it ("This is an increase from ...") brings it along, and
    one that the next takes back ("However, ...") brings that. With `leaning`, the best of all is
    quoted even where it leans on what cannot be brought along, if nothing else will do.
    """
    chosen: list[Quote] = []
    for evidence in ranked:
        if len(chosen) == most or evidence.score < ranked[0].score - FALLOFF:
            break
        quote = None if _repeats(evidence, chosen) else _further(evidence, ranked[0])
        if quote and (not chosen or word_count([*chosen, quote]) <= words):
            chosen.append(quote)
    if leaning and not chosen:
        chosen = [Quote(e.passage, e.index, e.index, e.score) for e in ranked[:1]]
    return join_neighbours(chosen)


def _further(evidence: Evidence, best: Evidence) -> Quote | None:
    """What to quote for a sentence; None where it bears on the question much less than the best."""
    bears = evidence.features["covered_before"] >= SHARE * best.features["covered_before"]
    return with_neighbours(evidence.passage, evidence.index, evidence.score) if bears else None


def _repeats(evidence: Evidence, chosen: Iterable[Quote]) -> bool:
    own = set(content_terms(evidence.sentence.text))
    place = (evidence.passage.document, evidence.passage.number)
    for quote in chosen:
        if quote.place == place and quote.first <= evidence.index <= quote.last:
            return True
        other = set(content_terms(quote.text))
        if own and len(own & other) >= _ALIKE * len(own | other):
            return True
    return False
