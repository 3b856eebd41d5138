"""How a judge does on examples that it was not fitted to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from judge.examples import AnswerExample, Examples, PairExample, ReadingExample
from rag.judge.port import Judge
from rag.judge.scores import POLARITIES, STATUSES, THEMES

JUDGED = 24
"""Spans of a question that are judged, the likeliest by their features."""


def measured(judge: Judge, examples: Examples, threshold: float | None = None) -> dict[str, float]:
    """All figures by their names, each a share of 1 but for counts and thresholds."""
    figures: dict[str, float] = {}
    if examples.answers:
        figures |= _answers(judge, examples.answers)
    if examples.pairs:
        figures |= _pairs(judge, examples.pairs, threshold)
    if examples.readings:
        figures |= _readings(judge, examples.readings)
    return figures


def _answers(judge: Judge, examples: Sequence[AnswerExample]) -> dict[str, float]:
    """An answering span first, and among the first three, by the judge alone."""
    first = three = asked = 0
    best: list[tuple[float, bool]] = []
    for example in examples:
        spans = [*example.right[:3], *example.wrong][:JUDGED]
        scores = judge.answers(example.question, spans)
        order = np.argsort(scores)[::-1]
        right = len(example.right[:3])
        best.append((max(scores, default=0.0), bool(right)))
        if right:
            asked += 1
            first += bool(order[0] < right)
            three += bool(min(order[:3]) < right)
    return {
        "questions": asked,
        "answering first": first / max(asked, 1),
        "answering in three": three / max(asked, 1),
        "answerable, area": area(best),
    }


def area(rows: Sequence[tuple[float, bool]]) -> float:
    """The area under the ROC curve: how likely a true one scores above a false one."""
    true = np.array([score for score, label in rows if label])
    false = np.array([score for score, label in rows if not label])
    if not len(true) or not len(false):
        return float("nan")
    ties = (true[:, None] == false[None, :]).mean() / 2
    return float((true[:, None] > false[None, :]).mean() + ties)


def _pairs(
    judge: Judge, examples: Sequence[PairExample], threshold: float | None
) -> dict[str, float]:
    """The shares of each kind that pass for entailed, at the threshold that lets one in a hundred
    of the contradicted pass, where none is given."""
    said = judge.entails([(each.source, each.statement) for each in examples])
    scores = [each.entailed for each in said]
    false = sorted((s for s, e in zip(scores, examples, strict=True) if e.label == 1), reverse=True)
    least = threshold or (false[len(false) // 100] if false else 0.5)
    total, passed = Counter[str](), Counter[str]()
    for score, example in zip(scores, examples, strict=True):
        names = (example.kind, ("all true", "all false", "all unsaid")[example.label])
        total.update(names)
        passed.update(name for name in names if score > least)
    shares = {f"passed, {name}": passed[name] / count for name, count in total.most_common(12)}
    whole = area([(s, e.label == 0) for s, e in zip(scores, examples, strict=True)])
    return {"threshold": least, "true or not, area": whole, **shares}


def _readings(judge: Judge, examples: Sequence[ReadingExample]) -> dict[str, float]:
    right, total = Counter[str](), Counter[str]()
    for example, read in zip(examples, judge.reads([e.span for e in examples]), strict=True):
        found = {
            "polarity": (POLARITIES.index(read.polarity), example.polarity),
            "status": (STATUSES.index(read.status), example.status),
            "theme": (THEMES.index(read.theme), example.theme),
            "stands alone": (int(read.alone > 0.5), int(example.alone)),
        }
        for name, (got, label) in found.items():
            if label >= 0:
                total[name] += 1
                right[name] += got == label
    return {name: right[name] / count for name, count in total.items()}
