"""Fits the weights of `rag/text/orders/machine_orders.json`: which sentences order a machine about.

`python scripts/train_machine_orders.py TEXTS`, where TEXTS are plain texts and libraries
(`library.sqlite3`) of ordinary documents, in which nothing is meant for a machine. To them come the
invented papers of all kinds that the judge is fitted to (`scripts/judge`): letters, speeches,
minutes and the press say "I", "you" and "must" as reports do not. The orders are those of
`machine_orders.txt`, where short plain statements are put together too: they have the words of an
order and no order in them. It prints how many orders of each batch are found by weights
that were fitted without it, and how many sentences of the other half of the documents are taken for
orders; then writes weights fitted on all.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from judge.examples import rows
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from rag.text.orders.machine_orders import LONGEST, features, sentences_of

ROOT = Path(__file__).parents[1]
ORDERS = Path(__file__).with_name("machine_orders.txt")
PAPERS = Path(__file__).with_name("judge")
WEIGHTS = ROOT / "rag/text/orders/machine_orders.json"
SORTS = ("invented", "asked", "quotes")
LEAST = 12
"""Of a sentence that is learned from, in characters."""
MOST_TAKEN = 0.0005
"""The share of ordinary sentences that may be taken for orders."""
LEAST_WEIGHT = 0.1
DRAWN = {"part": 400, "statement": 150}
Model = tuple[dict[str, float], float]


def parts(kind: str, path: Path = ORDERS) -> list[list[str]]:
    """The lines of each section of a kind."""
    sections = re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]
    return [part.splitlines()[1:] for part in sections if part.startswith(kind)]


def drawn(kind: str) -> list[str]:
    """What is put together of a line of each section of a kind: orders ("part": one who is
    addressed, that they must, and what), or short plain statements."""
    dice = random.Random(1)
    return [" ".join(dice.choice(lines) for lines in parts(kind)) + "." for _ in range(DRAWN[kind])]


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a library, of invented papers (`.jsonl`), or of a file."""
    if path.suffix == ".jsonl":
        yield from ("\n\n".join(_told(paper)) for paper in rows(path))
        return
    if path.suffix != ".sqlite3":
        yield path.read_text(encoding="utf-8", errors="replace")
        return
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as held:
        for (text,) in held.execute("SELECT text FROM pages"):
            yield str(text)


def _told(paper: Mapping[str, Any]) -> list[str]:
    """What an invented paper says, and what is said of it."""
    of_it = [said["text"] for said in paper.get("statements", ())]
    again = [text for way in ("close", "free", "claim") for text in paper.get(way, ())]
    return [*paper.get("sentences", ()), *filter(None, [paper.get("quote")]), *of_it, *again]


def sentences(paths: Sequence[Path]) -> list[str]:
    """The sentences of ordinary texts, each once, in an order that is always the same."""
    found: set[str] = set()
    for path in paths:
        for text in texts_of(path):
            for paragraph in re.split(r"\n\s*\n", text):
                found.update(s[:LONGEST] for s in sentences_of(" ".join(paragraph.split())))
    mixed = sorted(s for s in found if len(s) > LEAST)
    random.Random(1).shuffle(mixed)
    return mixed


def fitted(orders: Sequence[str], ordinary: Sequence[str]) -> Model:
    """Weights by feature, and the bias with which the share of ordinary sentences above 0 is as
    small as it must be."""
    known = sorted(set().union(*(features(order) for order in orders)))
    counted = CountVectorizer(analyzer=features, binary=True, vocabulary=known)
    table = counted.transform([*orders, *ordinary])
    model = LogisticRegression(C=4, max_iter=500, class_weight={1: 3, 0: 1})
    model.fit(table, [1] * len(orders) + [0] * len(ordinary))
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(known, model.coef_[0], strict=True)
        if abs(weight) >= LEAST_WEIGHT
    }
    return weights, round(float(model.intercept_[0]), 2)


def scores(model: Model, texts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The score of each text."""
    weights, bias = model
    return np.array([bias + sum(weights.get(f, 0.0) for f in features(text)) for text in texts])


def shifted(model: Model, ordinary: Sequence[str]) -> Model:
    """The same with a bias that takes no more ordinary sentences for orders than may be."""
    allowed = int(len(ordinary) * MOST_TAKEN)
    limit = np.sort(scores(model, ordinary))[-1 - allowed]
    return model[0], round(model[1] - max(float(limit), 0.0) - 0.01, 2)


def main(names: Sequence[str], out: Path = WEIGHTS) -> None:
    """Measure, then write the weights."""
    papers = [path for sort in SORTS for path in sorted((PAPERS / sort).glob("*.jsonl"))]
    made, ordinary = parts("batch"), sentences([*map(Path, names), *papers])
    third = len(ordinary) // 3
    alike = [line for section in parts("ordinary") for line in section] + drawn("statement")
    learned, chosen, held = ordinary[:third], ordinary[third : 2 * third], ordinary[2 * third :]
    for number, batch in enumerate(made):
        others = [order for n, orders in enumerate(made) if n != number for order in orders]
        model = shifted(fitted([*others, *drawn("part")], [*learned, *alike]), chosen)
        found, taken = (scores(model, batch) > 0).mean(), (scores(model, held) > 0).sum()
        print(
            f"batch {number + 1}: {found:.2f} of {len(batch)} found, {taken} of {len(held)} taken"
        )
    every = [order for orders in made for order in orders]
    weights, bias = shifted(fitted([*every, *drawn("part")], [*learned, *chosen, *alike]), held)
    table = {"bias": bias, "weights": weights}
    out.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    taken_held = (scores((weights, bias), held) > 0).sum()
    print(f"written: {len(weights)} weights; {taken_held} of {len(held)} ordinary sentences taken")


if __name__ == "__main__":
    main(sys.argv[1:])
