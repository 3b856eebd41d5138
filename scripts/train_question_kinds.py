"""Fits `rag/question/kinds.npz`, by which a question's kind is known.

    python scripts/train_question_kinds.py [--out FILE]

The questions, with the kind that people told of each, are those of `scripts/question_kinds/`;
`unread.jsonl` is measured on and never fitted to. It prints how many of those are told right, then
writes the weights, in a byte each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag.library.encoder import open_embedder
from rag.question.kind import SORTS, Floats, KindModel, parts_of, plain, words_of

ROOT = Path(__file__).parents[1]
QUESTIONS = Path(__file__).with_name("question_kinds")
UNREAD = "unread"
OUT = ROOT / "rag/question/kinds.npz"
LEAST = {"words": 2, "parts": 3}
"""Questions that a word, or a part of one, must be in to count."""
REGULARISATION = 5.0
Row = Mapping[str, str]


def rows(unread: bool) -> list[Row]:
    """The questions, made plain, with their kinds: those kept unread, or all others."""
    paths = [path for path in sorted(QUESTIONS.glob("*.jsonl")) if (path.stem == UNREAD) == unread]
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    read = [json.loads(line) for line in lines if line.strip()]
    return [row | {"q": plain(row["q"])} for row in read]


def named(
    questions: Sequence[str], features: Callable[[str], Iterable[str]], least: int
) -> tuple[list[str], list[float]]:
    """The features that enough questions have, in order, and their inverse document frequencies."""
    found = Counter(name for question in questions for name in set(features(question)))
    names = sorted(name for name, count in found.items() if count >= least and "\n" not in name)
    rarity = [float(np.log((1 + len(questions)) / (1 + found[name])) + 1) for name in names]
    return names, rarity


def fitted(training: Sequence[Row], vectors: Floats) -> tuple[KindModel, list[str], list[str]]:
    """The model, and the names of its words and parts."""
    questions = [row["q"] for row in training]
    words, rare_words = named(questions, words_of, LEAST["words"])
    parts, rare_parts = named(questions, parts_of, LEAST["parts"])
    places = (
        {name: place for place, name in enumerate(words)},
        {name: len(words) + place for place, name in enumerate(parts)},
    )
    blank = KindModel(places, np.array([*rare_words, *rare_parts], np.float32), {})
    given = np.stack(
        [blank.features_of(q, vector) for q, vector in zip(questions, vectors, strict=True)]
    )
    weights: dict[str, Floats] = {}
    for sort, classes in SORTS.items():
        names = [each.value for each in classes]
        model = LogisticRegression(C=REGULARISATION, max_iter=2000)
        model.fit(given[:, :-1], [names.index(row[sort]) for row in training])
        weights[sort] = np.c_[model.coef_, model.intercept_].astype(np.float32)
    return KindModel(places, blank.rarity, weights), words, parts


def right(model: KindModel, measured: Sequence[Row], vectors: Floats) -> dict[str, float]:
    """The share of questions of which each sort is told right."""
    told: Counter[str] = Counter()
    for row, vector in zip(measured, vectors, strict=True):
        found = model.features_of(row["q"], vector)
        for sort, classes in SORTS.items():
            told[sort] += classes[int(model.scores(sort, found).argmax())] == row[sort]
    return {sort: told[sort] / len(measured) for sort in SORTS}


def written(model: KindModel, words: Sequence[str], parts: Sequence[str], path: Path) -> None:
    """Write a model, each class's weights in a byte with a scale of its own."""
    held: dict[str, np.ndarray] = {
        "words": np.array("\n".join(words)),
        "parts": np.array("\n".join(parts)),
        "rarity": model.rarity.astype(np.float16),
    }
    for sort, weights in model.weights.items():
        scale = np.abs(weights).max(1, keepdims=True) / 127
        held[sort] = np.round(weights / scale).astype(np.int8)
        held[f"{sort}_scale"] = scale.astype(np.float32)
    np.savez_compressed(path, allow_pickle=False, **held)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and write; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(arguments)
    embedder = open_embedder()
    training, unread = rows(unread=False), rows(unread=True)
    vectors, others = (embedder.encode([row["q"] for row in own]) for own in (training, unread))
    model, words, parts = fitted(training, vectors)
    for sort, share in right(model, unread, others).items():
        print(f"{sort}: {share:.3f} of {len(unread)} unread right")
    written(model, words, parts, given.out)
    print(f"written: {len(words)} words, {len(parts)} parts, fitted to {len(training)} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
