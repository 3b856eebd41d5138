"""What a report asks for is told apart from what it only found, though both stand in one list."""

from __future__ import annotations

import pytest
from shared_data import made

from rag.citation.quote import Quote
from rag.packs.progress.requests import asking, asks_in_words

FOUND = (
    "Plans are not always clear, and some do not name who is to act.",
    "For one child, there was a delay in the assessment of risk.",
    "The hub does not have enough staff.",
    "Not all agencies are at the table.",
    "Some children continue to be cared for in hostels.",
)
NAMED = (
    "All decisions to be made by qualified workers.",
    "The timeliness of health assessments.",
    "Support for care leavers in custody.",
)
ASKED = (
    "Leaders should share what they know with schools.",
    "Improve the quality of plans, so that children are safe.",
)


def items(*texts: str) -> tuple[Quote, ...]:
    """A list of a report with an item for each text."""
    quotes: list[Quote] = []
    for text in texts:
        _, passages = made("report.pdf", text)
        quotes.append(Quote(passages[0], 0, len(passages[0].sentences) - 1))
    return tuple(quotes)


def texts_of(quotes: tuple[Quote, ...]) -> tuple[str, ...]:
    return tuple(quote.text for quote in quotes)


@pytest.mark.parametrize("item", ASKED)
def test_an_item_asks_in_words_that_oblige_or_with_a_verb(item: str) -> None:
    assert asks_in_words(item)


def test_a_list_of_matters_asks_for_each() -> None:
    assert texts_of(asking(items(*NAMED, *ASKED, FOUND[0]))) == (*NAMED, *ASKED)


def test_of_a_list_of_findings_only_what_asks_in_words_is_asked_for() -> None:
    assert texts_of(asking(items(*FOUND, NAMED[0], ASKED[0]))) == ASKED[:1]
    assert asking(items(*FOUND)) == ()
