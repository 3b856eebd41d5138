"""Does evidence that comes with a claim bear it out? Measures how surely that can be told.

    python scripts/measure_given.py FOLDER

FOLDER holds `fever_symmetric_dev.jsonl` and `foolmetwice_dev.jsonl`. Claims that share a claim, a
piece of evidence or a page are kept in one fold. Prints the accuracy of a linear model on each set,
out of fold. Needs scikit-learn, which is here with sentence-transformers.

What the library's own claims need is in `rag.claims`; this is for texts of any kind. It sets the
words of the claim against those of the evidence by their embeddings in context, beside what the
comparators find, and weighs both.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rag.claims.comparators.compare import compare
from rag.onnx_models import bundled_model
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedText, parse, source
from rag.text.synonyms import same_word

Matrix = NDArray[np.float32]
SETS = ("fever_symmetric", "foolmetwice")
STRENGTH = 0.1
_UNESCAPED = (("-LRB-", "("), ("-RRB-", ")"), ("``", '"'), ("''", '"'), (" ,", ","), (" .", "."))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of a text and their embeddings in context, one unit row each."""

    pieces: tuple[str, ...]
    rows: Matrix


class PieceEmbedder(Protocol):
    """Texts in, their word pieces with an embedding of each out."""

    def pieces(self, texts: Sequence[str]) -> Sequence[tuple[tuple[str, ...], Matrix]]:
        """The pieces of each text and their embeddings, one unit row each."""


class SentencePieces:
    """The pieces of the bundled encoder."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(bundled_model()), device="cpu", local_files_only=True)

    def pieces(self, texts: Sequence[str]) -> list[tuple[tuple[str, ...], Matrix]]:
        """The word pieces of each text and their embeddings in context, one unit row each."""
        model, embedded = self._model, []
        encoded = model.encode(
            list(texts), batch_size=32, output_value="token_embeddings", show_progress_bar=False
        )
        for text, rows in zip(texts, encoded, strict=True):
            ids = model.tokenizer(text, truncation=True, max_length=model.max_seq_length)
            names = model.tokenizer.convert_ids_to_tokens(ids["input_ids"])[1:-1]
            matrix = np.asarray(rows.cpu().numpy(), dtype=np.float32)[1 : len(names) + 1]
            embedded.append((tuple(names), matrix / np.linalg.norm(matrix, axis=1, keepdims=True)))
        return embedded


def embedded(embedder: PieceEmbedder, texts: Iterable[str]) -> dict[str, Tokens]:
    """Every text with its pieces, embedded in one batch."""
    every = list(dict.fromkeys(texts))
    return {t: Tokens(*each) for t, each in zip(every, embedder.pieces(every), strict=True)}


def rarities(held: Iterable[Tokens]) -> Mapping[str, float]:
    """How rare each piece is among texts: its inverse document frequency, in nats."""
    every = [frozenset(tokens.pieces) for tokens in held]
    counts = Counter(piece for pieces in every for piece in pieces)
    return {piece: math.log((len(every) + 1) / (1 + n)) for piece, n in counts.items()}


def features(
    claim: str, evidence: str, ours: Tokens, theirs: Tokens, rare: Mapping[str, float]
) -> dict[str, float]:
    """What tells of a claim and its evidence, by name; `rare` is how rare each piece is."""
    made = {f"{c.finding.value} {c.aspect}": 1.0 for c in compare(parse(claim), source(evidence))}
    aligned = _aligned(ours, theirs) | _weighed(ours, theirs, rare)
    return {**aligned, **_worded(parse(claim), parse(evidence)), **made}


def _aligned(ours: Tokens, theirs: Tokens) -> dict[str, float]:
    """How near each piece of the claim comes to any of the evidence, from its start to its end."""
    if not len(ours.rows) or not len(theirs.rows):
        return {}
    nearness = ours.rows @ theirs.rows.T
    telling = [n for n, piece in enumerate(ours.pieces) if piece.lstrip("#").isalnum()]
    best = nearness.max(axis=1)[telling or slice(None)]
    lowest, third = np.sort(best), max(1, len(best) // 3)
    centre = ours.rows.mean(axis=0), theirs.rows.mean(axis=0)
    return {
        "near": float(best.mean()),
        "near least": float(lowest[0]),
        "near least two": float(lowest[:2].mean()),
        "near least three": float(lowest[:3].mean()),
        "near first": float(best[:third].mean()),
        "near middle": float((best[third : 2 * third] if len(best) > third else best).mean()),
        "near last": float(best[-third:].mean()),
        "near end": float(best[-1]),
        "near end three": float(best[-3:].min()),
        "near back": float(nearness.max(axis=0).mean()),
        "cosine": float(
            centre[0] @ centre[1] / (np.linalg.norm(centre[0]) * np.linalg.norm(centre[1]))
        ),
        "pieces": float(len(ours.rows)),
        "pieces of evidence": float(len(theirs.rows)),
    }


def _weighed(ours: Tokens, theirs: Tokens, rare: Mapping[str, float]) -> dict[str, float]:
    """The same, each piece of the claim by how rare it is."""
    if not len(ours.rows) or not len(theirs.rows):
        return {}
    most = max(rare.values(), default=1.0)
    weights = np.array([rare.get(piece, most) for piece in ours.pieces])
    best = (ours.rows @ theirs.rows.T).max(axis=1)
    said = np.isin(ours.pieces, theirs.pieces)
    total = float(weights.sum()) or 1.0
    far = np.sort((1 - best) * weights)
    return {
        "rare near": float((best * weights).sum()) / total,
        "rare far": float(far[-1]),
        "rare far two": float(far[-2:].sum()),
        "rare said": float((said * weights).sum()) / total,
        "rare lacking": float((weights * ~said).max()),
    }


def _worded(claim: ParsedText, evidence: ParsedText) -> dict[str, float]:
    """The claim's words that the evidence lacks, and the words of extremes that it uses."""
    carrying = [token for token in claim.tokens if token.carries]
    lacking = [t for t in carrying if not any(same_word(t, other) for other in evidence.tokens)]
    names = [t for t in lacking if t.start and claim.text[t.start].isupper()]
    return {
        "lacking": float(len(lacking)),
        "covered": 1.0 - len(lacking) / len(carrying) if carrying else 0.0,
        "lacking at the end": float(bool(carrying) and carrying[-1] in lacking),
        "lacking names": float(len(names)),
        "figures lacking": float(len(_figures(claim) - _figures(evidence))),
        "figures said": float(len(_figures(claim) & _figures(evidence))),
        "words of evidence": float(len(evidence.tokens)),
        "denies": float(bool(cue(lists.Negation.DENIES).search(claim.text))),
        **{
            f"says {word.casefold()}": 1.0
            for word in cue(lists.Quantifiers.EXTREMES).findall(claim.text)
        },
    }


def _figures(reading: ParsedText) -> frozenset[str]:
    return frozenset(token.word for token in reading.tokens if token.word[0].isdigit())


# ---------------------------------------------------------------- measuring


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


def main(folder: Path, embedder: PieceEmbedder | None = None) -> None:
    """Cross-validate and print."""
    held = [row for name in SETS for row in rows(folder, name)]
    known = embedded(
        embedder or SentencePieces(), (text for row in held for text in (row.claim, row.evidence))
    )
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
