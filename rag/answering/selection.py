"""Evidence -> the few quotes that an answer is made of: direct, unrepeated, within the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.citation.quote import (
    QUOTED_WORDS,
    Quote,
    join_neighbours,
    runs_on,
    with_neighbours,
    word_count,
)
from rag.judge.thresholds import ANSWERS
from rag.retrieval.judged import Place
from rag.retrieval.sentence_features import Evidence
from rag.text.tokens import content_terms

MOST_QUOTES = 4
FALLOFF = 2.2
"""How far below the best a sentence's score, in log odds, may lie and still be quoted."""
BRIEF = 60
"""Quoted words up to which the sentence after one is quoted with it."""
_ALIKE = 0.75
"""The share of their words that two quotes may have in common."""
SHARE = 0.5
"""A further quote must bear on the question at least this much of how the first one does."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, by its place, and the quote that it would be."""

    place: Place
    quote: Quote


def selected_quotes(
    ranked: Sequence[Evidence],
    words: int = QUOTED_WORDS,
    most: int = MOST_QUOTES,
    *,
    falloff: float = FALLOFF,
    aside: float = 0.0,
    leaning: bool = True,
) -> list[Quote]:
    """The best sentences, most direct first, at most `most` and within `words` words in all.

    A sentence that leans on the one before it ("This is an increase from ...") brings it along, and
    one that the next takes back ("However, ...") brings that. `falloff` is how far below the best a
    sentence's score may lie, `aside` the judge's log odds below which a further one does not
    answer. With `leaning`, the best of all is quoted even where it leans on what cannot be brought
    along, if nothing else will do.
    """
    if not ranked:
        return []
    best = ranked[0]
    least_covered = SHARE * best.features["covered_before"]
    quotes: list[Quote] = []
    for evidence in ranked:
        if len(quotes) == most or evidence.score < best.score - falloff:
            break
        if _is_aside(evidence, least_covered, aside) or _repeats(evidence, quotes):
            continue
        quote = with_neighbours(evidence.passage, evidence.index, evidence.score)
        if quote and (not quotes or word_count([*quotes, quote]) <= words):
            quotes.append(quote)
    if leaning and not quotes:
        quotes.append(Quote(best.passage, best.index, best.index, best.score))
    return join_neighbours(_with_next(quotes, ranked, min(words, BRIEF)))


def _with_next(quotes: Sequence[Quote], ranked: Sequence[Evidence], words: int) -> list[Quote]:
    """The quotes, each with the sentence after it where the judge holds that it answers too and all
    stay within `words` words."""
    answering = {e.place for e in ranked if e.answers is not None and e.answers >= 0.0}
    longer = list(quotes)
    for n, quote in enumerate(quotes):
        if (*quote.place, quote.last + 1) not in answering or not runs_on(quote):
            continue
        tried = [*longer[:n], quote.with_next, *longer[n + 1 :]]
        if word_count(tried) <= words:
            longer = tried
    return longer


def candidates_among(ranked: Iterable[Evidence], most: int) -> list[Candidate]:
    """The best sentences as each would be quoted by itself, for another to choose from: with what
    it leans on, none that leans on what cannot be brought along or repeats another."""
    found: list[Candidate] = []
    for evidence in ranked:
        if len(found) == most:
            break
        quote = with_neighbours(evidence.passage, evidence.index, evidence.score)
        if quote and not _repeats(evidence, [each.quote for each in found]):
            found.append(Candidate(evidence.place, quote))
    return found


def _is_aside(evidence: Evidence, least_covered: float, aside: float) -> bool:
    """Whether a further sentence does not answer: by the judge, or by its words where none was
    asked."""
    if evidence.answers is None:
        return evidence.features["covered_before"] < least_covered
    return evidence.answers < aside


def is_answer(evidence: Evidence) -> bool:
    """Whether a sentence answers by the judge, where one was asked."""
    return evidence.answers is None or evidence.answers >= ANSWERS


def in_turn(groups: Iterable[Sequence[Quote]]) -> list[Quote]:
    """The first quote of each group, and after them what more the groups have."""
    first: list[Quote] = []
    more: list[Quote] = []
    for quotes in groups:
        first += quotes[:1]
        more += quotes[1:]
    return [*first, *more]


def judged_answers(evidence: Iterable[Evidence], quotes: Iterable[Quote]) -> tuple[float, ...]:
    """How surely those of the sentences answer that are quoted, by the judge, in log odds; none
    where it was asked about none of them."""
    places: set[tuple[str, int, int]] = set()
    for quote in quotes:
        places.update((*quote.place, n) for n in quote.places)
    return tuple(e.answers for e in evidence if e.place in places and e.answers is not None)


def _repeats(evidence: Evidence, quotes: Iterable[Quote]) -> bool:
    """Whether a sentence is quoted already, or says nearly the same as a quote."""
    own = set(content_terms(evidence.sentence.text))
    for quote in quotes:
        within = quote.first <= evidence.index <= quote.last
        if within and quote.place == evidence.passage.place:
            return True
        other = set(content_terms(quote.text))
        if own and len(own & other) >= _ALIKE * len(own | other):
            return True
    return False
