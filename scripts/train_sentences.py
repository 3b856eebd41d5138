"""Fit the weights of `rag.retrieval.weights` to labelled questions; say what each feature is worth.

    python scripts/train_sentences.py LABELLED LIBRARY [LABELLED LIBRARY ...]

LABELLED is a folder with `qa.jsonl` and `dialogues.jsonl`, LIBRARY the library that its documents
were ingested into. Every sentence found for a question is an example: it answers, or it does not.
Questions about grades are left out, for grades are read from tables. What is printed is measured
on questions that were not fitted to.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from rag.evaluation.metrics import LabelledQuestion, bears_out
from rag.evaluation.runner import load_set
from rag.library.library import Library, open_library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.question.intent import AnswerType
from rag.question.question import read_question
from rag.retrieval.search import retrieve
from rag.retrieval.weights import SENTENCE
from rag.settings import load_settings

FOLDS = 10
STRENGTH = 0.3
"""The inverse strength of the penalty: few questions, so a strong one."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """A row for each sentence: its features, whether it answers, its question, and its weight."""

    names: tuple[str, ...]
    features: Floats
    answers: NDArray[np.bool_]
    question: NDArray[np.int64]
    weight: Floats

    def of(self, names: Sequence[str]) -> Examples:
        """The same rows with some of the features alone."""
        columns = [self.names.index(name) for name in names]
        return Examples(
            tuple(names), self.features[:, columns], self.answers, self.question, self.weight
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """How a ranking does, over questions: the best sentence answers, one of the best three does,
    and the mean of one over the rank of the first that does."""

    first: float
    of_three: float
    reciprocal: float

    def __str__(self) -> str:
        return f"{self.first:.3f}  {self.of_three:.3f}  {self.reciprocal:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the labelled sets, measure, fit, and print; `arguments` stand in for the command's."""
    examples = collect(_pairs(arguments))
    count = len(set(examples.question.tolist()))
    print(f"{count} questions, {len(examples.answers)} sentences\n")
    print(f"{'':24}top-1  top-3  MRR, on questions not fitted to")
    print(f"{'all features':24}{measured(examples)}")
    print(f"{'those with a weight now':24}{measured(examples.of(sorted(SENTENCE)))}")
    for name in examples.names:
        rest = [other for other in examples.names if other != name]
        print(f"{'without ' + name:24}{measured(examples.of(rest))}")
    print("\nSENTENCE: Mapping[str, float] = {")
    for name, weight in weights(examples).items():
        print(f'    "{name}": {weight},')
    print("}")


def _pairs(arguments: Sequence[str] | None) -> list[tuple[Path, Path]]:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pairs", nargs="+", type=Path, metavar="LABELLED LIBRARY")
    paths = parser.parse_args(arguments).pairs
    if len(paths) % 2:
        parser.error("give each labelled set with its library")
    return list(zip(paths[::2], paths[1::2], strict=True))


# ---------------------------------------------------------------- from questions to examples

Row = tuple[dict[str, float], bool]
"""A sentence's features, and whether it answers."""


def collect(pairs: Sequence[tuple[Path, Path]]) -> Examples:
    """Every sentence found for every question that some sentence found for it answers."""
    features: list[dict[str, float]] = []
    answers: list[bool] = []
    numbers: list[int] = []
    weight: list[float] = []
    for number, rows in enumerate(_answerable(pairs)):
        answering = [answer for _, answer in rows]
        features += [row for row, _ in rows]
        answers += answering
        numbers += [number] * len(rows)
        weight += _balanced(answering)
    if not features:
        raise SystemExit("No sentence answers any question: is each set given with its library?")
    names = tuple(sorted(features[0]))
    table = np.array([[row[name] for name in names] for row in features])
    return Examples(names, table, np.array(answers), np.array(numbers), np.array(weight))


def _answerable(pairs: Sequence[tuple[Path, Path]]) -> Iterator[list[Row]]:
    """The sentences found for each question that one of them answers."""
    for labelled, folder in pairs:
        library = open_library(load_settings(library=folder))
        for question in _questions(labelled):
            rows = _rows(library, question)
            if any(answers for _, answers in rows):
                yield rows
        library.close()


def _questions(labelled: Path) -> list[LabelledQuestion]:
    """The questions that have an answer and stand alone: a conversation's first is one."""
    items = load_set(labelled)
    alone = [*items.questions, *(turns[0] for turns in items.dialogues)]
    return [question for question in alone if question.answerable]


def _rows(library: Library, question: LabelledQuestion) -> list[Row]:
    """Every sentence found for a question; none for one about grades."""
    within = filtered_documents(EVERYTHING, library.documents())
    read = read_question(question.text, within)
    if read.asks_for(AnswerType.GRADE):
        return []
    retrieved = retrieve(library, library.embedder, read, within)
    rows: list[Row] = []
    for evidence in retrieved.quotable:
        sentence, document = evidence.sentence, evidence.passage.document
        answers = bears_out(sentence.text, document, sentence.page, question.evidence)
        rows.append((dict(evidence.features), answers))
    return rows


def _balanced(answers: Sequence[bool]) -> list[float]:
    """Weights by which the sentences that answer count as much in all as those that do not, and
    every question as much as every other."""
    good = sum(answers)
    bad = len(answers) - good
    return [1 / good if answer else 1 / bad for answer in answers]


# ---------------------------------------------------------------- fitting and measuring


def measured(examples: Examples) -> Measured:
    """How a fit does on the questions left out of it, each left out once."""
    features = _standard(examples.features)
    ranks: list[int] = []
    folds = GroupKFold(min(FOLDS, len(set(examples.question.tolist()))))
    for fitted, left in folds.split(features, examples.answers, examples.question):
        model = _fit(features[fitted], examples.answers[fitted], examples.weight[fitted])
        scores = model.decision_function(features[left])
        ranks += _ranks(scores, examples.answers[left], examples.question[left])
    rank = np.array(ranks)
    return Measured(float(np.mean(rank == 1)), float(np.mean(rank <= 3)), float(np.mean(1 / rank)))


def weights(examples: Examples) -> dict[str, float]:
    """The weights of the features as they are, in log odds."""
    model = _fit(_standard(examples.features), examples.answers, examples.weight)
    folded = model.coef_[0] / _deviation(examples.features)
    return {name: round(float(w), 2) for name, w in zip(examples.names, folded, strict=True)}


def _fit(features: Floats, answers: NDArray[np.bool_], weight: Floats) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        features, answers, sample_weight=weight
    )


def _standard(features: Floats) -> Floats:
    return np.asarray((features - features.mean(axis=0)) / _deviation(features))


def _deviation(features: Floats) -> Floats:
    return np.asarray(features.std(axis=0) + 1e-9)


def _ranks(scores: Floats, answers: NDArray[np.bool_], question: NDArray[np.int64]) -> list[int]:
    """For each question the rank of the first sentence that answers, from 1."""
    ranks = []
    for number in np.unique(question):
        own = np.flatnonzero(question == number)
        best_first = own[np.argsort(-scores[own])]
        ranks.append(int(np.argmax(answers[best_first])) + 1)
    return ranks


if __name__ == "__main__":
    main()
