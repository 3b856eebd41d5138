"""Bodies that are neither councils nor inspectorates speak for themselves."""

from __future__ import annotations

import pytest

from ingest.metadata.speaker import Role, speaker_called


@pytest.mark.parametrize(
    "name",
    [
        "Fallowmere Safeguarding Children Partnership",
        "Fallowmere Children's Services Improvement Board",
        "NHS Fallowmere Integrated Care Board",
        "UNISON",
        "The Fallowmere Foundation",
    ],
)
def test_a_partnership_a_union_or_a_ministry_is_no_council(name: str) -> None:
    assert speaker_called(name) == (Role.OTHER, name)


def test_an_inspectorate_is_known_by_its_name_in_full() -> None:
    name = "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services"
    assert speaker_called(name) == (Role.INSPECTORATE, "HMICFRS")


def test_the_heading_of_a_news_page_is_no_newspaper() -> None:
    assert speaker_called("News") is None
    assert speaker_called("Fallowmere News") == (Role.PRESS, "Fallowmere News")
