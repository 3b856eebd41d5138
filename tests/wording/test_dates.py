"""How the days of a source are read aloud."""

from __future__ import annotations

from datetime import date

import pytest

from ui.wording.dates import inspected_and_published

PUBLISHED = date(2024, 5, 2)
INSPECTED = (date(2024, 3, 3), date(2024, 3, 14))


@pytest.mark.parametrize(
    ("published", "inspected", "words"),
    [
        (PUBLISHED, INSPECTED, "inspected 3 to 14 March 2024, published 2 May 2024"),
        (PUBLISHED, (), "2 May 2024"),
        (INSPECTED[-1], INSPECTED, "inspected 3 to 14 March 2024"),
        (None, (), "date not known"),
    ],
)
def test_a_report_says_both_when_it_was_inspected_and_when_it_came_out(
    published: date | None, inspected: tuple[date, ...], words: str
) -> None:
    assert inspected_and_published(published, inspected) == words
