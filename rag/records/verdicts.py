"""Verdicts as plain dictionaries for JSON: the contract of `scrutiny check`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rag.claims.splitting import UNCHECKED
from rag.question.older import NO_OLDER, Older
from rag.records.answers import citation_record, searched_record
from rag.types import CheckedPart, Comparison, TextSpan, Verdict, VerdictGround

Record = dict[str, Any]


def check_record(verdict: Verdict, older: Older = NO_OLDER) -> Record:
    """A verdict with its quotes, the words that decide it on both sides, and its conflicts; which
    quotes are of an `older` report is told."""
    return {
        "claim": verdict.claim,
        "verdict": verdict.ruling.value,
        "explanation": verdict.explanation,
        "basis": verdict.basis.value if verdict.basis else None,
        "citations": [citation_record(c, older) for c in verdict.citations],
        "marks": _marks(verdict.marks),
        "grounds": [_ground_record(ground) for ground in verdict.grounds],
        "conflicts": [_ground_record(ground) for ground in verdict.conflicts],
        "nearest": [citation_record(c, older) for c in verdict.nearest],
        "searched": searched_record(verdict.searched),
        "elapsed_ms": verdict.elapsed_ms,
    }


def checked_record(checked: CheckedPart, older: Older = NO_OLDER) -> Record:
    """A piece of a speech with its verdict; one that is no claim has none, and says why."""
    part = checked.part
    place = {"text": part.text, "start": part.start, "kind": part.kind.value}
    if checked.verdict:
        return {**check_record(checked.verdict, older), "checkable": True, **place}
    reason = UNCHECKED.get(part.kind, "")
    return {"claim": part.text, "checkable": False, "explanation": reason, "citations": []} | place


def _ground_record(ground: VerdictGround) -> Record:
    return {
        "citations": [c.n for c in ground.citations],
        "agrees": ground.agrees,
        "marks": [_marks(marks) for marks in ground.marks],
        "comparisons": [_comparison_record(c) for c in ground.comparisons],
    }


def _comparison_record(comparison: Comparison) -> Record:
    return {
        "aspect": comparison.aspect,
        "finding": comparison.finding.value,
        "in_claim": _marks(comparison.in_claim),
        "words": comparison.words,
    }


def _marks(marks: Iterable[TextSpan]) -> list[list[int]]:
    return [[mark.start, mark.end] for mark in marks]
