"""What an item asks for is told apart from whom it asks and what for."""

from __future__ import annotations

import pytest

from rag.packs.progress.topic import recommendation_topic

ITEMS = [
    ("The quality of placement matching.", "about the quality of placement matching"),
    ("Consistency of written plans.", "about the consistency of written plans"),
    (
        "The quality of written plans for children in need.",
        "about the quality of written plans for children in need",
    ),
    (
        "Services provided to homeless 16- and 17-year-olds.",
        "about services provided to homeless 16- and 17-year-olds",
    ),
    (
        "The rate at which children are referred again after help has ended.",
        "about the rate at which children are referred again after help has ended",
    ),
    (
        "The sufficiency of homes for children in care, so that fewer move at short notice.",
        "about the sufficiency of homes for children in care",
    ),
    (
        "Improve the quality of assessments, so that they take account of family history.",
        "to improve the quality of assessments",
    ),
    (
        "Ensure that all social workers receive supervision that is written down.",
        "to ensure that all social workers receive supervision that is written down",
    ),
    (
        "Urgently review monitoring and governance arrangements to ensure that they work.",
        "to review monitoring and governance arrangements",
    ),
    (
        "Leaders across the partnership should reduce waits for autism assessments.",
        "to reduce waits for autism assessments",
    ),
    (
        "Work with other agencies to reduce delay in referrals (Enabler 1).",
        "to work with other agencies to reduce delay in referrals",
    ),
    (
        "Public Law Outline letters and their quality.",
        "about Public Law Outline letters and their quality",
    ),
    (
        "MASH thresholds and their use by partners.",
        "about MASH thresholds and their use by partners",
    ),
]
NOT_TO_BE_ASKED_WITH = [
    "Leaders should ensure that clinics meet the needs of and improve outcomes for children.",
    "Young people should be told clearly about this option.",
    "All case work decisions to be made by qualified workers.",
    "The partnership has a limited oversight of how long these children are waiting.",
    "WSCB should urgently review its governance and business arrangements.",
    "improving the quality of input into plans from health professionals;",
]


@pytest.mark.parametrize(("item", "asked"), ITEMS)
def test_an_item_is_asked_after_in_its_own_words(item: str, asked: str) -> None:
    assert recommendation_topic(item).request == asked


@pytest.mark.parametrize("item", NOT_TO_BE_ASKED_WITH)
def test_an_item_whose_grammar_allows_no_question_is_left_to_be_quoted(item: str) -> None:
    assert recommendation_topic(item).request == ""


def test_the_name_of_a_matter_is_what_is_looked_for() -> None:
    item = "Ensure that all written plans are specific, so that children know what is to change."
    assert recommendation_topic(item).name == "all written plans are specific"
