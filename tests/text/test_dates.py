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
