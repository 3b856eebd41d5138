"""Fits a judge's model: batches of three tasks in turn, on two cores, with checkpoints."""

from __future__ import annotations

import copy
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from judge.examples import (
    INVENTED,
    PUBLIC,
    UNKNOWN,
    AnswerExample,
    Examples,
    PairExample,
    ReadingExample,
)
from judge.model import JudgeModel
from rag.judge.inputs import (
    SCALE,
    Batch,
    ModelInput,
    Tokenizer,
    answer_texts,
    batch_of,
    entailment_texts,
    model_input,
    reading_texts,
)
from rag.judge.port import Span
from rag.judge.scores import ALONE, MEANING, POLARITY, STATUS, THEME

WRONG = 7
"""Spans that do not answer, beside one that does, where there is one."""
HARD = 15
"""The first so many of them are where a wrong answer is likeliest to be taken from."""
SPANS = 42
"""About how many spans make a batch of questions."""
TOKENS = 2400
"""About how many tokens make a batch of pairs."""
CHUNK = 24
"""Spans of like length that are run at once."""
PUBLIC_UNTIL = 0.85
"""Public pairs do not come in the last part of a fit: they are far from the field."""
CHECKPOINT = 150
HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()
"""Whether a worker's copy of the weights is in bfloat16: twice as fast where the processor knows
it. What is fitted stays in 32 bits."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a fit goes; the rates are those of AdamW at their highest, `head` times as high for the
    heads. `answers` and `pairs`: passes over the examples of real reports; `readings`: over all
    sentences. What is invented or public is passed over once."""

    rate: float = 8e-5
    head: float = 5.0
    answers: int = 1
    pairs: int = 2
    readings: int = 1
    warm_up: float = 0.04
    dropout: bool = False
    """Whether a tenth of what passes between layers is left out: one pass over examples that differ
    does without, several do not."""
    seed: int = 11
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A batch: its sequences, and the loss of their scores."""

    when: float
    """Where in the fit it comes, 0 to 1."""
    kind: str
    inputs: tuple[ModelInput, ...]
    loss: Callable[[Tensor], Tensor]


def fit(
    model: JudgeModel, tokenize: Tokenizer, examples: Examples, plan: Plan, checkpoint: Path
) -> None:
    """Fit a model to the examples; a checkpoint that is there already is gone on from.

    Each worker takes the next batch with a copy of the weights as they are then, and gives its
    gradient to the one optimizer (Hogwild, Recht and others 2011): two threads of one core each are
    half as quick again as one batch spread over two, which wait for each other in every product.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    tasks = tasks_of(tokenize, examples, plan)
    if not tasks:
        return
    _Fit(model, tasks, plan, checkpoint).run()


class _Fit:
    """A fit under way."""

    def __init__(
        self, model: JudgeModel, tasks: Sequence[Task], plan: Plan, checkpoint: Path
    ) -> None:
        self._model, self._tasks, self._plan, self._checkpoint = model, tasks, plan, checkpoint
        model.eval()
        self._parameters = [p for p in model.parameters() if p.requires_grad]
        heads = {p for head in model.heads for p in head.parameters()}
        body = [p for p in self._parameters if p not in heads]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": body, "lr": plan.rate},
                {"params": list(heads), "lr": plan.head * plan.rate},
            ],
            weight_decay=0.01,
            fused=True,
        )
        count = len(tasks)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: (
                min(1.0, (step + 1) / (plan.warm_up * count + 1)) * max(0.02, 1 - step / count)
            ),
        )
        self._lock = threading.Lock()
        self._next = self._done = self._restored()
        self._started, self._running = time.monotonic(), dict[str, float]()
        self._failures: list[Exception] = []

    def run(self) -> None:
        """Fit to all tasks that are left."""
        threads = [threading.Thread(target=self._work) for _ in range(self._plan.workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]
        self._keep()

    def _work(self) -> None:
        try:
            own = copy.deepcopy(self._model).train(self._plan.dropout)
            if HALF:
                own.to(torch.bfloat16)
            while self._step(own):
                pass
        except Exception as error:  # noqa: BLE001 - told by the thread that waits
            self._failures.append(error)

    def _step(self, model: JudgeModel) -> bool:
        parameters = [p for p in model.parameters() if p.requires_grad]
        with self._lock:
            if self._next >= len(self._tasks) or self._failures:
                return False
            task = self._tasks[self._next]
            self._next += 1
            with torch.no_grad():
                for mine, theirs in zip(parameters, self._parameters, strict=True):
                    mine.copy_(theirs)
        loss = task.loss(scores_of(model, task.inputs))
        gradients = torch.autograd.grad(loss, parameters, allow_unused=True)
        with self._lock:
            for parameter, gradient in zip(self._parameters, gradients, strict=True):
                parameter.grad = None if gradient is None else gradient.float()
            nn.utils.clip_grad_norm_(self._parameters, 1.0)
            self._optimizer.step()
            self._schedule.step()
            self._optimizer.zero_grad()
            self._told(task.kind, loss.item())
        return True

    def _told(self, kind: str, loss: float) -> None:
        self._done += 1
        self._running[kind] = 0.97 * self._running.get(kind, loss) + 0.03 * loss
        if self._done % 50 == 0 or self._done == len(self._tasks):
            losses = "  ".join(
                f"{name} {value:.3f}" for name, value in sorted(self._running.items())
            )
            seconds = time.monotonic() - self._started
            print(f"{self._done} of {len(self._tasks)}  {seconds:.0f} s  {losses}", flush=True)
        if self._done % CHECKPOINT == 0:
            self._keep()

    def _keep(self) -> None:
        state = {
            "done": self._done,
            "model": self._model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
        }
        being_written = self._checkpoint.with_suffix(".tmp")
        torch.save(state, being_written)
        os.replace(being_written, self._checkpoint)

    def _restored(self) -> int:
        if not self._checkpoint.is_file():
            return 0
        state = torch.load(self._checkpoint)
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        return int(state["done"])


def scores_of(model: JudgeModel, inputs: Sequence[ModelInput]) -> Tensor:
    """The scores of some sequences in their order, those of like length run together."""
    order = sorted(range(len(inputs)), key=lambda place: len(inputs[place].ids))
    parts = [
        model(*tensors(batch_of([inputs[place] for place in order[start : start + CHUNK]])))
        for start in range(0, len(order), CHUNK)
    ]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts).float()[back]


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """The arrays of a batch as torch has them."""
    return torch.from_numpy(batch.ids), torch.from_numpy(batch.types), torch.from_numpy(batch.mask)


# ---------------------------------------------------------------- batches


def tasks_of(tokenize: Tokenizer, examples: Examples, plan: Plan) -> list[Task]:
    """All batches of a fit in their order, the same for the same plan."""
    dice = random.Random(plan.seed)
    tasks = [*_answer_tasks(tokenize, examples.answers, plan, dice)]
    tasks += _pair_tasks(tokenize, examples.pairs, plan, dice)
    for _ in range(plan.readings):
        tasks += _reading_tasks(tokenize, examples.readings, dice)
    return sorted(tasks, key=lambda task: task.when)


def _answer_tasks(
    tokenize: Tokenizer, examples: Sequence[AnswerExample], plan: Plan, dice: random.Random
) -> Iterator[Task]:
    """Questions with a few spans each, chosen anew in each pass."""
    chosen = [
        (bool(example.right), spans)
        for example in examples
        for _ in range(plan.answers if example.group not in (PUBLIC, INVENTED) else 1)
        if (spans := [(example.question, span) for span in _chosen(example, dice)])
    ]
    dice.shuffle(chosen)
    while chosen:
        part = [chosen.pop()]
        while chosen and sum(len(spans) for _, spans in part) < SPANS:
            part.append(chosen.pop())
        inputs = [
            model_input(tokenize, answer_texts(question, span))
            for _, spans in part
            for question, span in spans
        ]
        sizes, answered = [len(spans) for _, spans in part], [right for right, _ in part]
        yield Task(dice.random(), "answers", tuple(inputs), _answer_loss(sizes, answered))


def _chosen(example: AnswerExample, dice: random.Random) -> list[Span]:
    """One span that answers, if any does, first; then hard ones, and some others."""
    hard, rest = list(example.wrong[:HARD]), list(example.wrong[HARD:])
    wrong = dice.sample(hard, min(len(hard), WRONG - 2))
    wrong += dice.sample(rest, min(len(rest), WRONG - len(wrong)))
    return [*([dice.choice(example.right)] if example.right else []), *wrong]


def _answer_loss(sizes: Sequence[int], answered: Sequence[bool]) -> Callable[[Tensor], Tensor]:
    """How unlikely it is that the first span is taken, where it answers, among all of a question's
    and none of them, whose score is zero."""

    def loss(scores: Tensor) -> Tensor:
        losses: list[Tensor] = []
        for own, right in zip(
            torch.split(scores[:, 0] * SCALE, list(sizes)), answered, strict=True
        ):
            odds = torch.cat([torch.zeros(1), own])[None]
            losses.append(cross_entropy(odds, torch.tensor([int(right)])))
        return torch.stack(losses).mean()

    return loss


def _pair_tasks(
    tokenize: Tokenizer, examples: Sequence[PairExample], plan: Plan, dice: random.Random
) -> Iterator[Task]:
    """Pairs of like length together, the public ones in the first part of a fit."""
    public = [each for each in examples if each.group == PUBLIC]
    passes = {PUBLIC: 0, INVENTED: 1}
    nearer = [each for each in examples for _ in range(passes.get(each.group, plan.pairs))]
    for own, until in ((public, PUBLIC_UNTIL), (nearer, 1.0)):
        made = [
            (model_input(tokenize, entailment_texts(each.source, each.statement)), each.label)
            for each in own
        ]
        for part in _by_length(made, dice):
            labels = torch.tensor([label for _, label in part])
            inputs = tuple(given for given, _ in part)
            yield Task(until * dice.random(), "pairs", inputs, _pair_loss(labels))


def _pair_loss(labels: Tensor) -> Callable[[Tensor], Tensor]:
    return lambda scores: cross_entropy(scores[:, MEANING][:, :POLARITY], labels)


def _reading_tasks(
    tokenize: Tokenizer, examples: Sequence[ReadingExample], dice: random.Random
) -> Iterator[Task]:
    made = [(model_input(tokenize, reading_texts(each.span)), each) for each in examples]
    for part in _by_length(made, dice):
        inputs = tuple(given for given, _ in part)
        yield Task(dice.random(), "readings", inputs, _reading_loss([each for _, each in part]))


def _reading_loss(examples: Sequence[ReadingExample]) -> Callable[[Tensor], Tensor]:
    polarity = torch.tensor([each.polarity for each in examples])
    status = torch.tensor([each.status for each in examples])
    theme = torch.tensor([each.theme for each in examples])
    alone = torch.tensor([float(each.alone) for each in examples])
    known = bool((status != UNKNOWN).any())

    def loss(every: Tensor) -> Tensor:
        scores = every[:, MEANING]
        total = cross_entropy(scores[:, POLARITY:STATUS], polarity)
        total = total + 0.5 * cross_entropy(scores[:, THEME:ALONE], theme)
        total = total + 0.5 * binary_cross_entropy_with_logits(scores[:, ALONE], alone)
        if known:
            total = total + cross_entropy(scores[:, STATUS:THEME], status, ignore_index=UNKNOWN)
        return total / 2

    return loss


def _by_length(
    rows: Sequence[tuple[ModelInput, T]], dice: random.Random
) -> list[list[tuple[ModelInput, T]]]:
    """Batches of about TOKENS tokens; those of one length are dealt anew each time."""
    ordered = sorted(rows, key=lambda row: len(row[0].ids) + dice.randrange(8))
    batches: list[list[tuple[ModelInput, T]]] = [[]]
    for row in ordered:
        batches[-1].append(row)
        if len(batches[-1]) * len(row[0].ids) >= TOKENS:
            batches.append([])
    return [batch for batch in batches if batch]
