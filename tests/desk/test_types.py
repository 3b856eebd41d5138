"""The values that every module shares keep to what they say of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from rag.types import Description

BEGUN, ENDED, PUBLISHED = date(2024, 9, 30), date(2024, 10, 18), date(2025, 1, 6)


@pytest.mark.parametrize(
    ("published", "ended", "appeared_on", "speaks_for"),
    [
        (PUBLISHED, ENDED, PUBLISHED, ENDED),
        (PUBLISHED, None, PUBLISHED, PUBLISHED),
        (None, ENDED, ENDED, ENDED),
        (None, None, None, None),
    ],
)
def test_a_report_appears_when_published_and_speaks_for_its_inspection(
    published: date | None, ended: date | None, appeared_on: date | None, speaks_for: date | None
) -> None:
    description = Description("Report", published=published, inspected_to=ended)
    assert description.appeared_on == appeared_on
    assert description.speaks_for == speaks_for


def test_a_document_is_called_by_the_years_of_its_inspection_and_its_publication() -> None:
    description = Description("Report", None, published=PUBLISHED, inspected_from=BEGUN)
    assert description.days == (BEGUN, PUBLISHED)
    assert description.years == {2024, 2025}
    assert Description("Undated").years == frozenset()


def test_what_a_person_has_set_is_not_guessed() -> None:
    guessed, edited = frozenset({"title", "kind"}), frozenset({"kind"})
    assert Description("Report", guessed=guessed, edited=edited).guessed == {"title"}
