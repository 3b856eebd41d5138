"""Fit the weights of `rag.claims.likelihood` to labelled claims, and say how they do.

    python scripts/train_verdicts.py REPORTS WORK [--claims DIR]

REPORTS is a folder of inspection reports, WORK one for the libraries that are made on the way. DIR
(`scripts/verdicts`) holds `reports.jsonl`, claims about those reports, and `papers.jsonl`, claims
about the invented papers beside it; neither the judge's models nor any rule was made from them. The
weights are written to `rag/claims/weights.toml`; what is told is measured on documents that the
weights of each tenth were not fitted to.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from labelled import folds, judged_library
from numpy.typing import NDArray

from rag.claims.check import evidence_on_claims
from rag.claims.decision import by_value, likeliest_ruling
from rag.claims.likelihood import UNABLE, barred, feature_names, features_of
from rag.claims.scored_evidence import ranked_evidence
from rag.question.filters import EVERYTHING, filtered_documents
from rag.types import VerdictRuling

CLAIMS = Path(__file__).parent / "verdicts"
WEIGHTS = Path(__file__).parents[1] / "rag" / "claims" / "weights.toml"
RULINGS = (VerdictRuling.SUPPORTED, VerdictRuling.CONTRADICTED, VerdictRuling.NOT_FOUND)
"""In the order of the scores."""
DECAY = 0.03
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClaimExample:
    """The features of the sentences that bear on a claim, shape (sentences, features), and which of
    them may not tell for or against it, shape (sentences, 2); how it is labelled, and the document
    that it is about."""

    features: Floats
    barred: Floats
    label: int
    document: str
    is_inspected: bool
    by_value: int | None = None
    """The ruling where a value decides, and no weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Weights of shape (2, features), for features of their own mean and spread, and the bias."""

    weights: Floats
    bias: Floats
    mean: Floats
    spread: Floats

    def likelihoods(self, claims: Sequence[ClaimExample]) -> Floats:
        """How likely each claim is supported, contradicted and neither, shape (claims, 3)."""
        table, there = _table(claims, self.mean, self.spread)
        scores = _scores(table, there, torch.tensor(self.weights), torch.tensor(self.bias))
        likely: Floats = torch.softmax(scores, 1).numpy()
        return likely


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and write; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--claims", type=Path, default=CLAIMS)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(arguments)
    if not given.reports.is_dir():
        print(f"{given.reports} is not there: the reports are not part of this repository.")
        return 1
    own: Path = given.claims
    sources = (("reports", given.reports), ("papers", own / "papers"))
    labelled: list[ClaimExample] = []
    for name, folder in sources:
        labelled += _labelled(own / f"{name}.jsonl", folder, given.work / name)
    for line in _measured(labelled):
        print(line)
    given.out.write_text(_written(fitted(labelled), len(labelled)), encoding="utf-8")
    return 0


def _labelled(claims: Path, documents: Path, work: Path) -> list[ClaimExample]:
    """The labelled claims about some documents, with the sentences that bear on each."""
    rows = [json.loads(line) for line in claims.read_text(encoding="utf-8").splitlines()]
    library = judged_library(documents, work)
    within = filtered_documents(EVERYTHING, library.documents())
    texts = [str(row["claim"]) for row in rows]
    found = evidence_on_claims(library, library.embedder, texts, within)
    labelled: list[ClaimExample] = []
    for row, bearings in zip(rows, found, strict=True):
        ranked = ranked_evidence(bearings)
        features = features_of(ranked) if ranked else np.zeros((0, len(feature_names())))
        may_not = barred(ranked) if ranked else np.zeros((0, 2))
        label = RULINGS.index(VerdictRuling(row["label"]))
        document = str(row.get("doc") or row["claim"])
        exact = by_value(ranked, {})
        ruling = RULINGS.index(exact.ruling) if exact else None
        inspected = claims.stem == "reports"
        labelled.append(ClaimExample(features, may_not, label, document, inspected, ruling))
    return labelled


# ---------------------------------------------------------------- the fit


def fitted(claims: Sequence[ClaimExample]) -> Fitted:
    """The weights of least loss, by the likelihoods, as they are labelled, of the claims that no
    value decides; of all where a value decides every one."""
    claims = [each for each in claims if each.by_value is None] or claims
    every = np.concatenate([each.features for each in claims])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    table, there = _table(claims, mean, spread)
    labels = torch.tensor([each.label for each in claims])
    weights = torch.zeros(2, len(feature_names()), dtype=torch.double)
    # Which sentence of a claim is best is told by the judge at first.
    for side, name in enumerate(("entailed", "contradicted")):
        weights[side, feature_names().index(name)] = 1.0
    weights.requires_grad_()
    bias = torch.tensor([-1.0, -1.0], dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = _scores(table, there, weights, bias)
        own = torch.nn.functional.cross_entropy(scores, labels) + DECAY * (weights**2).sum()
        own.backward()  # type: ignore[no-untyped-call]
        return own

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return Fitted(weights.detach().numpy(), bias.detach().numpy(), mean, spread)


def _table(
    claims: Sequence[ClaimExample], mean: Floats, spread: Floats
) -> tuple[torch.Tensor, torch.Tensor]:
    """The features of all claims in one table, shape (claims, sentences, features), and what is
    added to the scores of each sentence: UNABLE where it may not tell or the claim has no such."""
    most = max(1, *(len(each.features) for each in claims))
    table = np.zeros((len(claims), most, len(mean)))
    there = np.full((len(claims), most, 2), UNABLE)
    for row, each in enumerate(claims):
        table[row, : len(each.features)] = (each.features - mean) / spread
        there[row, : len(each.features)] = each.barred
    return torch.tensor(table), torch.tensor(there)


def _scores(
    table: torch.Tensor, there: torch.Tensor, weights: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    best = (table @ weights.T + bias + there).amax(dim=1)
    return torch.cat([best, torch.zeros(len(best), 1, dtype=torch.double)], 1)


# ---------------------------------------------------------------- measured and written


def _measured(claims: Sequence[ClaimExample]) -> list[str]:
    """How claims about documents that no weight was fitted to are ruled on."""
    rulings = np.zeros(len(claims), int)
    for held_out, rest in folds([each.document for each in claims]):
        fit = fitted([claims[n] for n in rest])
        likelihoods = fit.likelihoods([claims[n] for n in held_out])
        for n, likely in zip(held_out, likelihoods, strict=True):
            inspected = claims[n].is_inspected
            ruling = likeliest_ruling(
                likely[0], likely[1], inspector_supports=inspected, inspector_opposes=inspected
            )
            exact = claims[n].by_value
            rulings[n] = RULINGS.index(ruling) if exact is None else exact
    told: list[str] = []
    for name, inspected in (("reports", True), ("other papers", False)):
        own = [
            (each.label, int(rulings[n]))
            for n, each in enumerate(claims)
            if each.is_inspected is inspected
        ]
        true = [ruling for label, ruling in own if label == 0]
        false = [ruling for label, ruling in own if label != 0]
        right = sum(label == ruling for label, ruling in own)
        told.append(
            f"{name}: {right} of {len(own)} right; true ones supported {true.count(0)}, "
            f"contradicted {true.count(1)} of {len(true)}; others supported {false.count(0)} of "
            f"{len(false)}"
        )
    return told


def _written(fit: Fitted, count: int) -> str:
    """The weights as they apply to features as they are."""
    own = fit.weights / fit.spread
    bias = fit.bias - own @ fit.mean
    rows = [
        f'"{name}" = [{one:.3f}, {other:.3f}]'
        for name, one, other in zip(feature_names(), *own, strict=True)
    ]
    return "\n".join(
        [
            f"# Made by scripts/train_verdicts.py from {count} labelled claims: what each feature",
            "# counts for, in log odds, for a claim's being supported and contradicted.",
            f"bias = [{bias[0]:.3f}, {bias[1]:.3f}]",
            "",
            "[weights]",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
