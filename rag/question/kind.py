"""What kind of question one is, by weights fitted to questions whose kind people told.

A linear model over a question's words, parts of words and embedding: `kinds.npz`, beside this, is
made by `scripts/train_question_kinds.py`. What a question wants of this sort is worded in more ways
than any list of cues holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.question.spelling import without_slips
from rag.text.councils import council_mentions, known_mentions

Floats = NDArray[np.float32]
C = TypeVar("C", bound=StrEnum)


class Shape(StrEnum):
    """What kind of answer a question wants."""

    FACT = "fact"
    OVERVIEW = "overview"
    """A broad picture: what is good, what is amiss, or both."""
    COMPARISON = "comparison"
    """Two or more times, bodies or sources set against each other, or whether something changed."""
    CHAT = "chat"
    """A greeting, thanks, or about the program."""


class Sides(StrEnum):
    """What a comparison sets against each other."""

    NONE = "none"
    TIMES = "times"
    BODIES = "bodies"
    BOTH = "both"
    """One body at one time and another at another."""
    SOURCES = "sources"


class Wants(StrEnum):
    """What of a matter a question wants to hear."""

    GOOD = "good"
    BAD = "bad"
    BOTH = "both"
    IMPROVE = "improve"
    """What is to be done."""
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What kind of question one is: of each sort the likeliest class; and the probability of its
    shape, 0 to 1."""

    shape: Shape
    sides: Sides
    wants: Wants
    shape_probability: float


SORTS: Mapping[str, Sequence[StrEnum]] = {
    "shape": tuple(Shape),
    "sides": tuple(Sides),
    "wants": tuple(Wants),
}
"""The classes of each sort in the order of the weights."""
LONGEST = 600
"""Of a question that is looked at, in characters."""
LETTERS = (2, 3, 4)
"""How many letters the parts of words have."""
EMBEDDED = 3.0
"""What the embedding, of length 1, counts for beside the words and the parts, of length 1 each."""
_COUNCIL, _YEAR = "xcouncil", "xyear"
"""What stands for the name of a council and for a year: which they are tells nothing of a kind."""
_A_YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s?[-/\u2013]\s?(?:20)?\d\d)?\b")
_WORD = re.compile(r"\w\w+")


def kind_of(
    question: str, councils: Sequence[str], encode: Callable[[Sequence[str]], Floats]
) -> QuestionKind:
    """The kind of a question where reports of these councils are held; `encode` is the bundled
    encoder's, a text a row of length 1."""
    model, asked = _model(), plain(without_slips(question), councils)
    found = model.features_of(asked, encode([asked])[0])
    shapes = model.scores("shape", found)
    return QuestionKind(
        _likeliest(Shape, shapes),
        _likeliest(Sides, model.scores("sides", found)),
        _likeliest(Wants, model.scores("wants", found)),
        float(1 / np.exp(shapes - shapes.max()).sum()),
    )


def _likeliest(classes: type[C], scores: Floats) -> C:
    return list(classes)[int(scores.argmax())]


# ---------------------------------------------------------------- features


def plain(question: str, councils: Sequence[str] = ()) -> str:
    """A question with one word for every council, of the gazetteer or of those that are held, and
    one for every year."""
    question = question[:LONGEST]
    mentions = {*council_mentions(question), *known_mentions(question, councils)}
    rest = len(question)
    for mention in sorted(mentions, key=lambda mention: (-mention.end, mention.start)):
        if mention.end <= rest:
            question = f"{question[: mention.start]}{_COUNCIL}{question[mention.end :]}"
            rest = mention.start
    return _A_YEAR.sub(_YEAR, question).casefold()


def words_of(question: str) -> Counter[str]:
    """The words of a plain question and its pairs of words, and how often each is there."""
    words = _WORD.findall(question)
    return Counter([*words, *(f"{first} {second}" for first, second in pairwise(words))])


def parts_of(question: str) -> Counter[str]:
    """The runs of letters of a plain question's words, each word between two spaces."""
    parts: Counter[str] = Counter()
    for word in question.split():
        padded = f" {word} "
        for size in LETTERS:
            parts.update(padded[n : n + size] for n in range(max(1, len(padded) - size + 1)))
    return parts


@dataclass(frozen=True, slots=True, eq=False)
class KindModel:
    """The places of the features, what each is worth by its rarity, and the weights of each sort,
    of shape (classes, features), the last being the bias."""

    places: tuple[Mapping[str, int], Mapping[str, int]]
    rarity: Floats
    weights: Mapping[str, Floats]

    def features_of(self, question: str, vector: Sequence[float]) -> Floats:
        """A plain question's features: its words and the parts of them, each of length 1, its
        embedding, and 1 for the bias."""
        found = np.zeros(len(self.rarity), np.float32)
        counts = words_of(question), parts_of(question)
        for counted, places in zip(counts, self.places, strict=True):
            own = [(places[name], count) for name, count in counted.items() if name in places]
            if own:
                at = np.array([place for place, _ in own])
                often = np.array([count for _, count in own], np.float32)
                worth = (1 + np.log(often)) * self.rarity[at]
                found[at] = worth / np.linalg.norm(worth)
        embedded = EMBEDDED * np.asarray(vector, np.float32)
        return np.concatenate([found, embedded, np.ones(1, np.float32)])

    def scores(self, sort: str, features: Floats) -> Floats:
        """The score of each class."""
        scores: Floats = self.weights[sort] @ features
        return scores


@cache
def _model() -> KindModel:
    path = files("rag.question").joinpath("kinds.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        words, parts = (str(held[name]).split("\n") for name in ("words", "parts"))
        return KindModel(
            (
                {word: place for place, word in enumerate(words)},
                {part: len(words) + place for place, part in enumerate(parts)},
            ),
            held["rarity"].astype(np.float32),
            {
                sort: held[sort].astype(np.float32) * held[f"{sort}_scale"].astype(np.float32)
                for sort in SORTS
            },
        )
