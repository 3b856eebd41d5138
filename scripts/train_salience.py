"""Fit the weights of `rag.answering.salience` to broad questions and what answers them.

    python scripts/train_salience.py REPORTS WORK [--questions FILE]

REPORTS is a folder of inspection reports, WORK one for the library that is made on the way. FILE
(`scripts/answering/broad.jsonl`) holds questions that the judge's models were not fitted to, each
with the sentences that people would answer it with, by their marks. The weights are written to
`rag/answering/salience.toml`; what is told is measured on reports that the weights of each tenth
were not fitted to.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from judge.examples import mark_of
from labelled import folds, judged_library
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answering.overview import MOST_JUDGED, overview_material, read_candidates
from rag.answering.salience import AFTER, BEFORE, Candidate, features_before, features_of
from rag.desk import retrieved_for
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents

QUESTIONS = Path(__file__).parent / "answering" / "broad.jsonl"
WEIGHTS = Path(__file__).parents[1] / "rag" / "answering" / "salience.toml"
STRENGTH = 1.0
"""The inverse strength of the penalty."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BroadExample:
    """A question's candidates by their features, a row each, less the mean of the question's, and
    which of them answer it: of all in its report before the judge, of the likeliest after."""

    report: str
    before: Floats
    right_before: NDArray[np.bool_]
    after: Floats
    right_after: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of features as they are, less their mean, and what a mean sentence has."""

    weights: Floats
    bias: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and write; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(arguments)
    if not given.reports.is_dir():
        print(f"{given.reports} is not there: the reports are not part of this repository.")
        return 1
    with closing(judged_library(given.reports, given.work)) as library:
        examples = broad_examples(library, given.questions)
    if not examples:
        print(f"{given.reports} holds none of the reports that {given.questions} asks about.")
        return 1
    for name, part in (("before the judge", _before), ("after", _after)):
        print(f"{name}: {_measured(examples, part):.3f} of the area under the curve")
    given.out.write_text(_written(examples), encoding="utf-8")
    return 0


def broad_examples(library: Library, questions: Path) -> list[BroadExample]:
    """The questions as examples, but those of which no candidate is known to answer."""
    examples: list[BroadExample] = []
    within = filtered_documents(EVERYTHING, library.documents())
    for line in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks = {(str(document), str(mark)) for document, mark in row["sentences"]}
        with library.snapshot():
            question = str(row["question"])
            retrieved = retrieved_for(library, library.embedder, question, within)
            material = overview_material(library, retrieved)
            if material is None:
                continue
            # Which are judged is told by the weights that are fitted here: so that the judge reads
            # but once, it reads those that any such weights are likely to choose.
            every = sorted(material.candidates, key=_roughly, reverse=True)
            read = read_candidates(library, retrieved, every[:MOST_JUDGED])
        of_all, of_read = (np.array([_is_marked(c, marks) for c in own]) for own in (every, read))
        before, after = features_before(every), features_of(read, material.sought)
        if of_read.any():
            examples.append(
                BroadExample(
                    material.report.name,
                    before - before.mean(axis=0), of_all,
                    after - after.mean(axis=0), of_read,
                )
            )  # fmt: skip
    return examples


def _roughly(candidate: Candidate) -> float:
    return candidate.early + candidate.on_area + candidate.near + candidate.covered


def _is_marked(candidate: Candidate, marks: set[tuple[str, str]]) -> bool:
    return (candidate.quote.place[0], mark_of(candidate.quote.text)) in marks


# ---------------------------------------------------------------- the fit


def _before(example: BroadExample) -> tuple[Floats, NDArray[np.bool_]]:
    return example.before, example.right_before


def _after(example: BroadExample) -> tuple[Floats, NDArray[np.bool_]]:
    return example.after, example.right_after


Part = Callable[[BroadExample], tuple[Floats, NDArray[np.bool_]]]


def fitted(examples: Sequence[BroadExample], part: Part) -> Fitted:
    """The weights of a logistic regression over all candidates of all questions."""
    tables, right = zip(*map(part, examples), strict=True)
    table = np.vstack(tables)
    spread = table.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(table / spread, np.concatenate(right))
    return Fitted(model.coef_[0] / spread, float(model.intercept_[0]))


def _measured(examples: Sequence[BroadExample], part: Part) -> float:
    """How likely a sentence that answers is put before one that does not, for reports that no
    weight was fitted to."""
    areas: list[float] = []
    for held_out, rest in folds([each.report for each in examples]):
        weights = fitted([examples[n] for n in rest], part).weights
        for table, right in (part(examples[n]) for n in held_out):
            if not right.all():
                areas.append(float(roc_auc_score(right, table @ weights)))
    return float(np.mean(areas)) if areas else float("nan")


def _written(examples: Sequence[BroadExample]) -> str:
    lines = [
        f"# Made by scripts/train_salience.py from {len(examples)} broad questions: what each",
        "# feature counts for, in log odds.",
    ]
    for name, names, part in (("before", tuple(BEFORE), _before), ("after", AFTER, _after)):
        fit = fitted(examples, part)
        lines += [f"[{name}]", f"bias = {fit.bias:.3f}", f"[{name}.weights]"]
        lines += [
            f'"{each}" = {weight:.3f}' for each, weight in zip(names, fit.weights, strict=True)
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
