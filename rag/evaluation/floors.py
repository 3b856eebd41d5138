"""Quality floors: written just under what was measured, raised by it, lowered for a stated reason.

The file holds for each labelled set and score the share that must be reached ("at_least") or not be
passed ("at_most"). Whoever means to lower one writes beside it why ("because"), and measures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rag.desk import Desk
from rag.errors import ScrutinyError
from rag.evaluation.report import EvaluationReport, Rate
from rag.evaluation.runner import evaluate, evaluate_checking

WATCHED: Mapping[str, str] = {
    "search: page hit@1": "at_least",
    "search: page hit@4": "at_least",
    "search: page MRR@10": "at_least",
    "answers: right": "at_least",
    "answers: cited": "at_least",
    "answers: quotes verbatim": "at_least",
    "answers: over the word limit": "at_most",
    "refusals: recall": "at_least",
    "refusals: answerable ones refused": "at_most",
    "conversations: turns right": "at_least",
    "conversations: quotes verbatim": "at_least",
    "claims: accuracy": "at_least",
    "claims: macro F1": "at_least",
    "claims: cited": "at_least",
    "a scripted model: false shown": "at_most",
    "a scripted model: faithful kept": "at_least",
}
"""The scores that have a floor, by section and name, and which way they are bounded."""
_SLACK = 0.005
"""How far under a mean (MRR, F1) its floor is set; that of a count is the count itself."""
_DIGITS = 1000


class LoweredFloor(ScrutinyError):
    """A score fell under its floor and the file gives no reason; the message names each."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The bound of one score; `because` is why it was, or is to be, lowered."""

    bound: str
    share: float
    because: str = ""

    def holds(self, share: float) -> bool:
        """Whether a measured share, 0 to 1, keeps to the bound."""
        return share <= self.share if self.bound == "at_most" else share >= self.share


Floors = Mapping[str, Mapping[str, Floor]]
"""The floors of each labelled set, by the set's name and the score's."""


def read_floors(path: Path) -> Floors:
    """The floors of a file; none where there is no file yet."""
    if not path.exists():
        return {}
    record = json.loads(path.read_text(encoding="utf-8"))
    return {
        labelled: {name: Floor(**entry) for name, entry in scores.items()}
        for labelled, scores in record.items()
    }


def write_floors(path: Path, floors: Floors) -> None:
    """Write the floors as JSON, a score a line."""
    record: dict[str, dict[str, object]] = {}
    for labelled, scores in floors.items():
        record[labelled] = {name: asdict(floor) for name, floor in scores.items()}
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def measured_shares(report: EvaluationReport) -> Mapping[str, Rate | float]:
    """The watched scores that an evaluation gives."""
    shares: dict[str, Rate | float] = {}
    sections = report.sections()
    for name in WATCHED:
        section, _, score = name.partition(": ")
        measured = sections.get(section, {}).get(score)
        if measured is not None:
            shares[name] = measured
    return shares


def watched_shares(labelled: Path, desk: Desk) -> Mapping[str, Rate | float]:
    """The watched scores of a labelled set, the checking of a scripted model among them."""
    checked = evaluate_checking(labelled, desk, desk.library.documents())
    return {**measured_shares(evaluate(labelled, desk)), **measured_shares(checked)}


def raised(
    floors: Mapping[str, Floor], measured: Mapping[str, Rate | float]
) -> Mapping[str, Floor]:
    """The floors of a set after a measurement: each as high as the score allows.

    Raises LoweredFloor where a score is under its floor and no reason stands beside it.
    """
    after = dict(floors)
    fallen: list[str] = []
    for name, score in measured.items():
        before, new = floors.get(name), Floor(WATCHED[name], _just_under(score, WATCHED[name]))
        if before is None or before.holds(new.share):
            after[name] = new
        elif before.holds(_share(score)):
            continue
        elif before.because:
            after[name] = replace(new, because=before.because)
        else:
            fallen.append(f"{name} is {_share(score):.3f}, its floor {before.share:.3f}")
    if fallen:
        raise LoweredFloor(
            "Under the floor: " + "; ".join(fallen) + ". Mend what fell, or write beside the floor "
            'in the file why it may be lower ("because") and measure again.'
        )
    return after


def _share(score: Rate | float) -> float:
    if isinstance(score, Rate):
        return 0.0 if score.share is None else score.share
    return score


def _just_under(score: Rate | float, bound: str) -> float:
    """A bound that fails on the loss of one item and not on a rounding."""
    share = _share(score) - (0.0 if isinstance(score, Rate) else _SLACK)
    rounded = math.ceil if bound == "at_most" else math.floor
    return rounded(share * _DIGITS) / _DIGITS
