"""A claim about one year is held against the cell of that year alone."""

from __future__ import annotations

import pytest

from rag.claims.table_rows import cells_meant

ROW = "Visits in time | 2023/24: 71% | 2024/25: 64% | Target: 85%"


@pytest.mark.parametrize(
    ("claim", "figures"),
    [
        ("In 2024/25, 71% of visits were in time.", ["64%"]),
        ("The target for visits was 85%.", ["85%"]),
        ("71% of visits were in time.", ["71%", "64%", "85%"]),
        ("Between 2023/24 and 2024/25 visits in time fell.", ["71%", "64%"]),
    ],
)
def test_the_cells_that_a_claim_means_are_left(claim: str, figures: list[str]) -> None:
    left = cells_meant(claim, ROW)
    assert [figure for figure in ("71%", "64%", "85%") if figure in left] == figures
    assert len(left) == len(ROW)
    assert all(left.find(figure) == ROW.find(figure) for figure in figures)


def test_a_sentence_is_left_as_it_is() -> None:
    assert cells_meant("In 2024/25 it rose.", "In 2023/24 it fell.") == "In 2023/24 it fell."
