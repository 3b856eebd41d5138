"""What an evaluation found, as rates, a table and a record; every rate comes with its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rag.evaluation.metrics import ClaimOutcome, QuestionOutcome
from rag.evaluation.perturb.trial import FAITHFUL, Tried

_LABELS = ("supported", "contradicted", "not_found")


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `total`."""

    count: int
    total: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.count / self.total if self.total else None

    def __str__(self) -> str:
        share = "-" if self.share is None else f"{self.share:.3f}"
        return f"{share:>6}  ({self.count}/{self.total})"


Score = Rate | float | None
Section = Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The outcomes of an evaluation, item by item."""

    questions: tuple[QuestionOutcome, ...] = ()
    dialogues: tuple[tuple[QuestionOutcome, ...], ...] = ()
    claims: tuple[ClaimOutcome, ...] = ()
    tried: tuple[Tried, ...] = ()
    """What became of the sentences that a scripted model proposed."""

    def sections(self) -> Mapping[str, Section]:
        """Scores by section and name, those of sections without items left out."""
        sections: dict[str, Section] = {}
        if self.questions:
            sections["search"] = search_scores(self.questions)
            sections["answers"] = answer_scores(self.questions)
            sections["refusals"] = refusal_scores(self.questions)
            sections["right by category"] = _by_category(self.questions, lambda one: one.right)
            sections["cited by category"] = _by_category(
                [one for one in self.questions if one.answerable], lambda one: one.cited
            )
        if self.dialogues:
            sections["conversations"] = dialogue_scores(self.dialogues)
        if self.claims:
            sections["claims"] = claim_scores(self.claims)
        if self.tried:
            sections["a scripted model"] = trial_scores(self.tried)
        return sections

    def to_record(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "scores": {name: _section_record(each) for name, each in self.sections().items()},
            "confusion": confusion(self.claims) if self.claims else None,
            "questions": [asdict(one) for one in self.questions],
            "dialogues": [[asdict(turn) for turn in turns] for turns in self.dialogues],
            "claims": [asdict(one) for one in self.claims],
            "tried": [asdict(one) for one in self.tried],
        }

    def table(self) -> str:
        """The scores as plain text, one a line."""
        lines: list[str] = []
        for name, section in self.sections().items():
            lines += ["", name.capitalize()]
            lines += [f"  {label:<34}{_shown(score)}" for label, score in section.items()]
        if self.claims:
            lines += ["", *_confusion_lines(confusion(self.claims))]
        return "\n".join(lines).strip()


def search_scores(outcomes: Sequence[QuestionOutcome]) -> Section:
    """hit@1, hit@4 and MRR@10 over the answerable questions, by page and by passage."""
    asked = [one for one in outcomes if one.answerable]
    scores: dict[str, Score] = {}
    for level, ranks in (
        ("page", [one.page_rank for one in asked]),
        ("passage", [one.passage_rank for one in asked]),
    ):
        scores[f"{level} hit@1"] = _rate(rank is not None and rank <= 1 for rank in ranks)
        scores[f"{level} hit@4"] = _rate(rank is not None and rank <= 4 for rank in ranks)
        scores[f"{level} MRR@10"] = _reciprocal(ranks)
    return scores


def answer_scores(outcomes: Sequence[QuestionOutcome]) -> Section:
    """Rates over the answerable questions; quotes over all that were shown, refusals included."""
    asked = [one for one in outcomes if one.answerable]
    compared = [one for one in asked if one.category == "comparison"]
    return {
        "right": _rate(one.right for one in asked),
        "cited": _rate(one.cited for one in asked),
        "right and cited": _rate(one.right and one.cited for one in asked),
        "comparisons cited on each side": _rate(one.both_sided for one in compared),
        "quotes verbatim": _quotes(outcomes),
        "over the word limit": _rate(one.words > 120 for one in outcomes),
        "median seconds": median(one.seconds for one in outcomes),
    }


def refusal_scores(outcomes: Sequence[QuestionOutcome]) -> Section:
    """Precision and recall with "refused" as the positive class; false refusals apart."""
    return {
        "precision": _rate(not one.answerable for one in outcomes if one.abstained),
        "recall": _rate(one.abstained for one in outcomes if not one.answerable),
        "answerable ones refused": _rate(one.abstained for one in outcomes if one.answerable),
    }


def dialogue_scores(dialogues: Sequence[Sequence[QuestionOutcome]]) -> Section:
    """Every turn, the answerable ones, the third ones, and whole conversations."""
    turns = [turn for dialogue in dialogues for turn in dialogue]
    thirds = [dialogue[2] for dialogue in dialogues if len(dialogue) > 2]
    return {
        "turns right": _rate(turn.right for turn in turns),
        "answerable turns right": _rate(turn.right for turn in turns if turn.answerable),
        "third turns right": _rate(turn.right for turn in thirds),
        "conversations all right": _rate(all(t.right for t in each) for each in dialogues),
        "answerable turns cited": _rate(turn.cited for turn in turns if turn.answerable),
        "answerable turns refused": _rate(turn.abstained for turn in turns if turn.answerable),
        "quotes verbatim": _quotes(turns),
    }


def claim_scores(claims: Sequence[ClaimOutcome]) -> Section:
    """Accuracy, macro-averaged F1, citations, and the mistake that costs most."""
    backed = [one for one in claims if one.label != "not_found"]
    return {
        "accuracy": _rate(one.label == one.verdict for one in claims),
        "macro F1": sum(_f1(claims, label) for label in _LABELS) / len(_LABELS),
        "cited": _rate(one.cited for one in backed),
        "contradicted taken for supported": _rate(
            one.verdict == "supported" for one in claims if one.label == "contradicted"
        ),
    }


def trial_scores(tried: Sequence[Tried]) -> Section:
    """How many faithful sentences were kept, and how many false ones shown, by what is untrue."""
    asked = [one for one in tried if one.asked]
    false = [one for one in asked if one.line.fault != FAITHFUL]
    faults = sorted({one.line.fault for one in false})
    return {
        "faithful kept": _rate(one.shown for one in asked if one.line.fault == FAITHFUL),
        "false shown": _rate(one.shown for one in false),
        **{
            f"false shown: {fault}": _rate(one.shown for one in false if one.line.fault == fault)
            for fault in faults
        },
        "refused before the model": _rate(not one.asked for one in tried),
    }


def confusion(claims: Sequence[ClaimOutcome]) -> dict[str, dict[str, int]]:
    """How many claims of each label got each verdict."""
    pairs = [(one.label, one.verdict) for one in claims]
    return {
        label: {verdict: pairs.count((label, verdict)) for verdict in _LABELS} for label in _LABELS
    }


def _f1(claims: Sequence[ClaimOutcome], label: str) -> float:
    true = sum(one.label == one.verdict == label for one in claims)
    either = sum((one.label == label) + (one.verdict == label) for one in claims)
    return 2 * true / either if either else 0.0


def _rate(good: Iterable[bool]) -> Rate:
    marks = list(good)
    return Rate(sum(marks), len(marks))


def _quotes(outcomes: Sequence[QuestionOutcome]) -> Rate:
    return Rate(sum(one.verbatim for one in outcomes), sum(one.quotes for one in outcomes))


def _reciprocal(ranks: Sequence[int | None]) -> float | None:
    parts = [1 / rank if rank and rank <= 10 else 0.0 for rank in ranks]
    return sum(parts) / len(parts) if parts else None


def _by_category(
    outcomes: Sequence[QuestionOutcome], good: Callable[[QuestionOutcome], bool]
) -> Section:
    categories = dict.fromkeys(one.category for one in outcomes)
    return {
        category: _rate(good(one) for one in outcomes if one.category == category)
        for category in categories
    }


def _section_record(section: Section) -> dict[str, Any]:
    return {
        name: {"count": score.count, "total": score.total, "share": score.share}
        if isinstance(score, Rate)
        else score
        for name, score in section.items()
    }


def _shown(score: Score) -> str:
    if isinstance(score, float):
        return f"{score:>6.3f}"
    return f"{'-':>6}" if score is None else str(score)


def _confusion_lines(matrix: Mapping[str, Mapping[str, int]]) -> list[str]:
    head = f"  {'label, then verdict':<22}" + "".join(f"{verdict:>14}" for verdict in _LABELS)
    rows = (
        f"  {label:<22}" + "".join(f"{matrix[label][verdict]:>14}" for verdict in _LABELS)
        for label in _LABELS
    )
    return ["Confusion", head, *rows]


def misses(report: EvaluationReport) -> list[str]:
    """One line for each item that went wrong, and how, with what was answered."""
    turns = [turn for dialogue in report.dialogues for turn in dialogue]
    wrong = [one for one in (*report.questions, *turns) if _faults(one)]
    lines = [f"{o.id} {', '.join(_faults(o))}: {o.question} -> {o.answer}" for o in wrong]
    missed = [one for one in report.claims if one.label != one.verdict]
    lines += [f"{c.id} {c.label} taken for {c.verdict}: {c.claim}" for c in missed]
    return lines + [
        f"{one.line.id} {'shown' if one.shown else 'lost'} ({one.line.fault}): {one.line.text}"
        for one in report.tried
        if one.asked and one.shown is (one.line.fault != FAITHFUL)
    ]


def _faults(one: QuestionOutcome) -> list[str]:
    if not one.answerable:
        return [] if one.abstained else ["not refused"]
    faults = ["refused"] if one.abstained else [] if one.right else ["wrong"]
    faults += [] if one.cited or one.abstained else ["not cited"]
    return faults + (["quote not on its page"] if one.verbatim < one.quotes else [])
