"""Hits -> the sentences that bear on the question, each with the named features it is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product

from rag.inspection.grades import read_grade
from rag.question.answer_type import counts_the_thing, holds_type
from rag.question.expansion import Concept, degree_terms, generic_terms
from rag.question.intent import SPECIFIC, AnswerType
from rag.question.question import Question
from rag.question.sentiment import sentiment_match
from rag.retrieval.hybrid import CandidatePool
from rag.text.tokens import STOP, terms
from rag.text.vocabulary import rarity
from rag.types import OWN_WORDS, Hit, Passage, Sentence, Utterance

GENERIC_WEIGHT = 0.15
"""What a word of asking itself weighs against a word of the matter."""
OPENING_PAGES = 3
"""The pages on which a report sums up, from the first."""
DEGREE_WEIGHT = 0.6
"""What a word of degree ("too high") weighs against a word of the matter ("caseloads")."""
PART_OF_PHRASE = 0.7
"""What the words of a phrase count for when they do not stand side by side."""
MOSTLY_SAID = 0.6
_CLOSE = 4
"""How many words two neighbouring words of the question may stand apart."""
_LONGEST = 40
"""Words from which a sentence counts as no longer still."""
ENDS = ".!?\u2019\u201d'\""


@dataclass(frozen=True, slots=True)
class WeightedConcept:
    """A question's concept and how much it says: its inverse document frequency, in nats."""

    concept: Concept
    weight: float
    generic: bool


@dataclass(frozen=True, slots=True)
class InformationNeed:
    """What sentences are weighed against: a question, and its concepts with their weights."""

    question: Question
    weighed: tuple[WeightedConcept, ...]

    @property
    def kinds(self) -> tuple[AnswerType, ...]:
        """The kinds asked for that a sentence can be seen to hold."""
        return tuple(kind for kind in self.question.answer_types if kind in SPECIFIC)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The neighbouring terms of the question that say something."""
        telling = [w.concept.own[0] for w in self.weighed if w.concept.own and not w.generic]
        return tuple(pairwise(telling))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer: where it stands, how good it looks and why."""

    hit: Hit
    index: int
    score: float
    features: Mapping[str, float]
    utterance: Utterance = OWN_WORDS
    """How the sentence is said."""
    answers: float | None = None
    """How directly it answers by a judge of meaning, in log odds; None where none was asked."""

    @property
    def passage(self) -> Passage:
        """The passage that it stands in."""
        return self.hit.passage

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.hit.passage.sentences[self.index]

    @property
    def place(self) -> tuple[str, int, int]:
        """The document, the number of the passage in it and of the sentence in that."""
        return (*self.passage.place, self.index)

    @property
    def is_heading(self) -> bool:
        """Whether it says only what is to come: a heading that gives no grade."""
        text = self.sentence.text
        return text == self.passage.heading and read_grade(text) is None


def weighted_concepts(
    concepts: Iterable[Concept],
    frequencies: Mapping[str, int],
    passages: int,
    scope_terms: frozenset[str],
) -> tuple[WeightedConcept, ...]:
    """Give each concept its weight; words of the scope and of asking itself count little."""
    unsaid = generic_terms() | scope_terms
    weighed: list[WeightedConcept] = []
    for concept in concepts:
        # A phrase is as rare as its rarest word: "care leavers" says more than "care".
        own = [term for term in concept.own if term not in STOP] or concept.own
        rarest = min((frequencies.get(term, 0) for term in own), default=passages)
        generic = all(term in unsaid or _is_year(term) for term in own)
        weight = rarity(rarest, passages) * _worth(own, generic)
        weighed.append(WeightedConcept(concept, weight, generic))
    return tuple(weighed)


def _worth(own: Sequence[str], generic: bool) -> float:
    if generic:
        return GENERIC_WEIGHT
    return DEGREE_WEIGHT if degree_terms().issuperset(own) else 1.0


def _is_year(term: str) -> bool:
    return term[:1].isdigit() and len(term) == 4


# ---------------------------------------------------------------- what a text says of the concepts


@dataclass(frozen=True, slots=True)
class TermSet:
    """The terms of a piece of text, for looking up single terms and phrases."""

    terms: frozenset[str]
    line: str

    @classmethod
    def of(cls, words: Sequence[str]) -> TermSet:
        """The words of a text, in order."""
        return cls(frozenset(words), f" {' '.join(words)} ")


def coverage(weighed: Sequence[WeightedConcept], words: TermSet) -> float:
    """The share, 0 to 1, of the concepts' weight that `words` say."""
    return _share(weighed, _coverages(weighed, words))


def _coverages(weighed: Sequence[WeightedConcept], words: TermSet) -> list[float]:
    return [concept_coverage(item.concept, words) for item in weighed]


def concept_coverage(concept: Concept, words: TermSet) -> float:
    """How fully `words` say a concept in any of its forms: 1 whole, less for parts of a phrase."""
    return max(_form_coverage(form, words) for form in concept.forms if form)


def _share(weighed: Sequence[WeightedConcept], parts: Sequence[float]) -> float:
    whole = covered = 0.0
    for item, part in zip(weighed, parts, strict=True):
        whole += item.weight
        covered += item.weight * part
    return covered / whole if whole else 0.0


def _form_coverage(form: Sequence[str], words: TermSet) -> float:
    if len(form) == 1:
        return float(form[0] in words.terms)
    if f" {' '.join(form)} " in words.line:
        return 1.0
    carrying = [term for term in form if term not in STOP]
    present = len([term for term in carrying if term in words.terms])
    return PART_OF_PHRASE * (present / len(carrying)) ** 2 if carrying else 0.0


# ---------------------------------------------------------------- the features of a sentence

Row = tuple[Hit, int, dict[str, float]]
"""A passage, the place of a sentence in it, and the sentence's features."""


def sentences(
    hits: Iterable[Hit], need: InformationNeed, pool: CandidatePool, fit: Mapping[str, float]
) -> list[Row]:
    """Every sentence of the hits, with its features."""
    rows: list[Row] = []
    for rank, hit in enumerate(hits):
        passage = hit.passage
        heading = terms(passage.heading or "")
        texts = [terms(sentence.text) for sentence in passage.sentences]
        shared = _of_passage(passage, rank, pool, fit)
        shared |= _of_surroundings(need, TermSet.of([*chain.from_iterable(texts), *heading]))
        for index, own in enumerate(_of_sentences(passage.sentences, texts, heading, need)):
            rows.append((hit, index, shared | own))
    return rows


def _of_passage(
    passage: Passage, rank: int, pool: CandidatePool, fit: Mapping[str, float]
) -> dict[str, float]:
    return {
        "passage": pool.fused.get(passage.place, 0.0),
        "cosine": pool.cosines.get(passage.place, 0.0),
        "fit": fit.get(passage.document, 0.0),
        "rank": 1.0 / (rank + 1),
    }


def _of_surroundings(need: InformationNeed, around: TermSet) -> dict[str, float]:
    """How much of the question the whole passage says, and the weight of what it lacks."""
    parts = _coverages(need.weighed, around)
    missing = 0.0
    for item, part in zip(need.weighed, parts, strict=True):
        if part < MOSTLY_SAID:
            missing = max(missing, item.weight)
    return {"around": _share(need.weighed, parts), "missing": missing / 8.0}


def _of_sentences(
    sentences: Sequence[Sentence],
    texts: Sequence[Sequence[str]],
    heading: Sequence[str],
    need: InformationNeed,
) -> Iterator[dict[str, float]]:
    """The features of each sentence; `texts` are their terms, `heading` what goes before."""
    kinds, pairs, sought = need.kinds, need.pairs, need.question.sentiment
    for sentence, before, own in zip(sentences, (heading, *texts), texts, strict=False):
        yield {
            "covered": coverage(need.weighed, TermSet.of(own)),
            "covered_before": coverage(need.weighed, TermSet.of((*before, *own))),
            "typed": _typed(kinds, sentence.text),
            "pairs": _pairs_found(pairs, own),
            "length": min(len(own), _LONGEST) / _LONGEST,
            "short": float(len(own) < 6),
            "unended": float(sentence.text[-1:] not in ENDS),
            "tone": sentiment_match(sought, sentence.text),
            "counted": counts_the_thing(need.question.counted, sentence.text),
            "opening": float(sought is not None and sentence.page <= OPENING_PAGES),
        }


def _typed(kinds: Sequence[AnswerType], text: str) -> float:
    """The share of the kinds asked for that a text holds; one half when none is."""
    return sum(holds_type(kind, text) for kind in kinds) / len(kinds) if kinds else 0.5


def _pairs_found(pairs: Sequence[tuple[str, str]], words: Sequence[str]) -> float:
    """The share of the question's pairs of terms that stand close to each other."""
    if not pairs:
        return 0.0
    positions: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        positions.setdefault(word, []).append(n)
    near = 0
    for first, second in pairs:
        places = product(positions.get(first, ()), positions.get(second, ()))
        near += any(abs(a - b) <= _CLOSE for a, b in places)
    return near / len(pairs)
