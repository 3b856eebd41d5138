"""The dates that a text names."""

from __future__ import annotations

import pytest

from rag.text.dates import moments


def test_a_date_in_figures_has_its_day_first() -> None:
    (found,) = moments("Date of decision: 04/07/2025")
    assert (found.year, found.first, found.last, found.written) == (2025, 7, 7, "04/07/2025")


@pytest.mark.parametrize("words", ["33/07/2025", "ratio 4/7", "reference 1/04/07/2025"])
def test_other_figures_with_strokes_name_no_month(words: str) -> None:
    assert not any(moment.names_month for moment in moments(words))


@pytest.mark.parametrize(
    ("words", "year", "months"),
    [
        ("Q3 2024/25", 2024, (10, 12)),
        ("Quarter 1 2024-25", 2024, (4, 6)),
        ("the final quarter of 2024/25", 2025, (1, 3)),
        ("Q2 (2024/25)", 2024, (7, 9)),
    ],
)
def test_a_quarter_is_one_of_a_financial_year(
    words: str, year: int, months: tuple[int, int]
) -> None:
    (found,) = moments(words)
    assert (found.year, (found.first, found.last)) == (year, months)


def test_the_end_of_a_month_is_of_its_quarter_and_of_no_other() -> None:
    (claimed,) = moments("at the end of December 2024")
    headings = ("Q3 2023/24", "Q2 2024/25", "Q3 2024/25", "Q4 2024/25")
    assert [h for h in headings if moments(h)[0].meets(claimed)] == ["Q3 2024/25"]
