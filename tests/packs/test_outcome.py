"""A matter is called better, or still a concern, only for words that say so of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import passage

from rag.citation.quote import Quote
from rag.packs.progress.outcome import LaterMention, finds_better, finds_fault, later_standing
from rag.packs.types import LaterStanding

PRAISE = "Return home interviews are timely and thorough."
FAULT = "Return home interviews do not take place routinely."
NEUTRAL = "Return home interviews are offered by a charity."


def later(text: str, near: float = 1.0, named: float = 1.0) -> LaterMention:
    return LaterMention(text, Quote(passage(text), 0, 0), near, named)


@pytest.mark.parametrize(
    "text",
    [
        FAULT,
        "Leaders know that more work is needed on the quality of supervision.",
        "The quality of plans is variable.",
        "Services for care leavers have deteriorated.",
        "Some families have to wait too long for early help.",
        "Sufficiency of homes is a significant challenge.",
    ],
)
def test_fault_is_heard(text: str) -> None:
    assert finds_fault(text)
    assert not finds_better(text)


@pytest.mark.parametrize(
    "text",
    [
        PRAISE,
        "The quality of performance information has improved since the last inspection.",
        "Timely and thorough reviews prevent drift.",
        "When children cannot live with their parents, good use is made of wider families.",
        "Matches are agreed without delay, and children are well prepared.",
        "The response to children who go missing is effective.",
    ],
)
def test_praise_is_heard(text: str) -> None:
    assert finds_better(text)


@pytest.mark.parametrize(
    "text",
    [
        "Leaders have good plans to improve supervision.",
        "Most are well supported, although a small number wait.",
        "They are unrelenting in their efforts to recruit a more stable workforce.",
        "Conferences are held on time for 79% of children, which is better.",
        "Improvement is expected by the summer.",
    ],
)
def test_what_is_hoped_for_or_holds_for_some_is_not_better(text: str) -> None:
    assert not finds_better(text)


def test_what_is_asked_for_again_is_still_a_concern() -> None:
    item = later("The offer of return home interviews.")
    since, quotes = later_standing([item], [later(PRAISE)])
    assert since is LaterStanding.STILL_A_CONCERN
    assert quotes == (item.quote,)


def test_an_item_that_shares_no_telling_word_does_not_ask_again() -> None:
    assert (
        later_standing([later("The quality of plans.", named=0.0)], [])[0]
        is LaterStanding.NOT_MENTIONED
    )


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ([later(FAULT)], LaterStanding.STILL_A_CONCERN),
        ([later(PRAISE)], LaterStanding.IMPROVED),
        ([later(NEUTRAL)], LaterStanding.MENTIONED),
        ([later(NEUTRAL, near=0.3)], LaterStanding.NOT_MENTIONED),
        ([later(PRAISE, near=0.7)], LaterStanding.MENTIONED),
        ([later(PRAISE, named=0.2)], LaterStanding.MENTIONED),
        ([later(FAULT, near=0.7)], LaterStanding.MENTIONED),
        ([later(PRAISE, near=1.2), later(FAULT, near=1.0)], LaterStanding.MENTIONED),
        ([], LaterStanding.NOT_MENTIONED),
    ],
)
def test_a_matter_is_judged_by_what_is_said_nearest_to_it(
    said: list[LaterMention], since: LaterStanding
) -> None:
    assert later_standing([], said)[0] is since


def test_praise_and_fault_of_one_matter_are_both_shown() -> None:
    quotes = later_standing([], [later(PRAISE, near=1.2), later(FAULT, near=1.1)])[1]
    assert [quote.text for quote in quotes] == [PRAISE, FAULT]


def test_what_names_another_matter_first_of_all_is_not_that_one_still_a_concern() -> None:
    other = replace(later(FAULT), head=0.0)
    assert later_standing((), (other,))[0] is LaterStanding.MENTIONED
    assert later_standing((other,), ()) == (LaterStanding.NOT_MENTIONED, ())
