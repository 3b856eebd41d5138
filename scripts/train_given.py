"""Fit the weights of `rag.given` on labelled claims with their evidence, and cross-validate them.

    python scripts/train_given.py FOLDER

FOLDER holds `fever_symmetric_dev.jsonl` and `foolmetwice_dev.jsonl`. Claims that share a claim, a
piece of evidence or a page are kept in one fold. Prints the accuracy on each set, out of fold, and
the weights fitted on all, rounded, for `rag/weights.py`. Needs scikit-learn, which is here with
sentence-transformers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rag.evaluation.entailment import embedded, features, rarities
from rag.library.encoder import open_embedder
from rag.retrieval.weights import score

SETS = ("fever_symmetric", "foolmetwice")
STRENGTH = 0.1
_UNESCAPED = (("-LRB-", "("), ("-RRB-", ")"), ("``", '"'), ("''", '"'), (" ,", ","), (" .", "."))


@dataclass(frozen=True)
class Row:
    """A labelled claim; rows that share a key are kept together."""

    claim: str
    evidence: str
    supported: bool
    source: str
    keys: tuple[str, ...]


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of one set."""
    lines = (folder / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [_row(json.loads(line), name) for line in lines]


def _row(record: dict[str, object], name: str) -> Row:
    claim, given = _clean(str(record["claim"])), record.get("gold_evidence")
    if isinstance(given, list):
        evidence = " ".join(_clean(each["text"]) for each in given)
    else:
        evidence = _clean(str(record["evidence"]))
    label = str(record.get("gold_label") or record["label"])
    keys = (claim, evidence, f"page {record.get('page', claim)}")
    return Row(claim, evidence, label == "SUPPORTS", name, keys)


def _clean(text: str) -> str:
    for escaped, plain in _UNESCAPED:
        text = text.replace(escaped, plain)
    return text


def together(held: Iterable[Row]) -> list[int]:
    """A group for each row, the same for rows that any chain of shared keys joins."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    every = list(held)
    for row in every:
        for key in row.keys[1:]:
            parent[root(key)] = root(row.keys[0])
    roots = [root(row.keys[0]) for row in every]
    numbers = {name: n for n, name in enumerate(dict.fromkeys(roots))}
    return [numbers[name] for name in roots]


def main(folder: Path) -> None:
    """Fit, cross-validate and print."""
    held = [row for name in SETS for row in rows(folder, name)]
    known = embedded(open_embedder(), (text for row in held for text in (row.claim, row.evidence)))
    rare = rarities(known[row.evidence] for row in held)
    made = [features(r.claim, r.evidence, known[r.claim], known[r.evidence], rare) for r in held]
    names = sorted({name for each in made for name in each})
    table = np.array([[each.get(name, 0.0) for name in names] for each in made])
    truth, groups = np.array([r.supported for r in held]), together(held)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
    said = cross_val_predict(model, table, truth, groups=groups, cv=GroupKFold(10))
    for name in SETS:
        of = np.array([row.source == name for row in held])
        print(f"{name}: {(said == truth)[of].mean():.3f} of {of.sum()}, out of fold")
    model.fit(table, truth)
    scaler, fitted = model[0], model[1]
    # The scale goes into the weights, so that the features are weighed as they are.
    weights = fitted.coef_[0] / scaler.scale_
    constant = float(fitted.intercept_[0] - (weights * scaler.mean_).sum())
    kept = {n: round(float(w), 2) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.005}
    print(json.dumps({"constant": round(constant, 2)} | kept, indent=4))
    rule = np.array(
        [score({"constant": constant} | kept, {"constant": 1.0} | each) for each in made]
    )
    print(f"rounded, on the data fitted: {((rule > 0) == truth).mean():.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
