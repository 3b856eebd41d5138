"""A claim is not borne out by what its source only tells as alleged, denied, planned or lost."""

from __future__ import annotations

import pytest

from rag.claims.comparators import status
from rag.text.parse import ParsedSource, parse
from rag.types import OWN_WORDS, Agreement, Status, Utterance

SENTENCE = "The council lost 44 records."


def findings(claim: str, said: Utterance, sentence: str = SENTENCE) -> list[Agreement]:
    source = ParsedSource(parse(sentence), parse(sentence), None, said)
    return [comparison.finding for comparison in status.compare(parse(claim), source)]


def test_what_a_source_says_itself_is_left_to_the_others() -> None:
    assert findings("The council lost 44 records.", OWN_WORDS) == []


@pytest.mark.parametrize(
    "how", [Status.ALLEGED, Status.REPORTED, Status.ASKED, Status.PLANNED, Status.FORECAST]
)
def test_a_fact_is_not_borne_out_by_words_that_are_no_finding(how: Status) -> None:
    assert findings("The council lost 44 records.", Utterance(how)) == [Agreement.ADDS]


@pytest.mark.parametrize("how", [Status.DENIED, Status.REJECTED, Status.CORRECTED])
def test_what_is_denied_lost_or_corrected_speaks_against_the_claim(how: Status) -> None:
    assert findings("The council lost 44 records.", Utterance(how)) == [Agreement.DIFFERS]


def test_a_claim_that_names_the_speaker_tells_it_as_the_source_does() -> None:
    said = Utterance(Status.REPORTED, speaker="Mr Ellwood")
    assert findings("Mr Ellwood said that the council lost 44 records.", said) == []


def test_the_figure_that_a_denial_puts_right_is_not_denied() -> None:
    sentence = "She said that 90 was not so; the number was 9."
    said = Utterance(Status.DENIED, within=(0, 28))
    assert findings("The number was 9.", said, sentence) == []
    assert findings("The number was 90.", said, sentence) == [Agreement.DIFFERS]
