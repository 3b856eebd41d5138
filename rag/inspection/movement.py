"""What follows from the grades of one area on several occasions: up, down, the same."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citation.line import Conclusion
from rag.inspection.grades import Judgement

Graded = tuple[str, Judgement]
"""What a side is called (a year or a council), and its grade."""


def grade_movement(rows: Sequence[Graded], *areas: str) -> tuple[Conclusion, ...]:
    """What follows from the grades of one area, or of several judged together, on several
    occasions, oldest first.

    Nothing does when they are not of one scale.
    """
    judged: list[Judgement] = []
    ranks: list[int] = []
    details: list[str] = []
    for when, judgement in rows:
        judged.append(judgement)
        ranks.append(judgement.rank)
        details.append(f"{judgement.grade.word} in {when}")
    if len(rows) < 2 or not of_one_scale(judged):
        return ()
    name = judged[-1].grade.framework.grade_for(*areas)
    text = f"The {name} {_movement(ranks)}: {', '.join(details)}."
    return (Conclusion(text, tuple(range(len(rows)))),)


def _movement(ranks: Sequence[int]) -> str:
    if list(ranks) not in (sorted(ranks), sorted(ranks, reverse=True)):
        return "went up and down"
    if ranks[0] == ranks[-1]:
        return "did not change"
    return "went up" if ranks[0] < ranks[-1] else "went down"


def of_one_scale(judged: Sequence[Judgement]) -> bool:
    """Whether grades may be set beside each other as higher and lower."""
    return len({(row.grade.scale.name, row.grade.framework.service) for row in judged}) == 1
