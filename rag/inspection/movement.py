"""What follows from the grades of one area on several occasions: up, down, the same."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citation.line import Conclusion
from rag.inspection.grades import Area, Judgement

Graded = tuple[str, Judgement]
"""What a side is called (a year or a council), and its grade."""


def grade_movement(rows: Sequence[Graded], area: Area, *joint: Area) -> tuple[Conclusion, ...]:
    """What follows from the grades of one area, or of several judged together, on several
    occasions, oldest first.

    Nothing does when they are of different frameworks.
    """
    judged = [row for _, row in rows]
    if len(rows) < 2 or not of_one_framework(judged):
        return ()
    named = " and ".join(each.value for each in (area, *joint))
    name = "overall grade" if area is Area.OVERALL else f"grade for {named}"
    if judged[0].of_partnership:
        name = "outcome for special educational needs"
    detail = ", ".join(f"{row.grade} in {when}" for when, row in rows)
    moved = _movement([row.rank for row in judged])
    return (Conclusion(f"The {name} {moved}: {detail}.", tuple(range(len(rows)))),)


def _movement(ranks: Sequence[int]) -> str:
    if list(ranks) not in (sorted(ranks), sorted(ranks, reverse=True)):
        return "went up and down"
    if ranks[0] == ranks[-1]:
        return "did not change"
    return "went up" if ranks[0] < ranks[-1] else "went down"


def of_one_framework(judged: Sequence[Judgement]) -> bool:
    return len({row.of_partnership for row in judged}) == 1
