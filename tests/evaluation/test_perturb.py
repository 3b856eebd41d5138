"""True sentences are made false in ways that show, and rephrased without saying more."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from rag.evaluation.perturb.alter import Altered, Fault, alterations
from rag.evaluation.perturb.rephrase import rephrase
from rag.types import Kind

GOLDEN = Path(__file__).parents[1] / "golden"


def texts(sentence: str, fault: Fault, source: Kind = Kind.INSPECTION_REPORT) -> list[str]:
    return [one.text for one in alterations(sentence, source) if one.fault is fault]


@pytest.mark.parametrize(
    ("sentence", "altered"),
    [
        ("In all 173 referrals were late.", "In all 244 referrals were late."),
        ("Only 61% of assessments were on time.", "Only 37% of assessments were on time."),
        ("They cost £2,500 each year.", "They cost £3,500 each year."),
        ("It cost £1.9 million.", "It cost £4.7 million."),
        ("Inspectors saw three homes.", "Inspectors saw seven homes."),
    ],
)
def test_an_exact_figure_becomes_another_by_a_third_or_more(sentence: str, altered: str) -> None:
    assert texts(sentence, Fault.FIGURE) == [altered]


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 30 children waited.",
        "Children wait up to 34 months.",
        "Officers hold between 85 and 95 cases.",
        "Care leavers aged 19 to 21 were seen.",
        "Progress at key stage 4 was slow.",
        "About 400 families were helped.",
        "Of 57 councillors few came.",
        "1. Children who need help Inadequate",
    ],
)
def test_a_bound_an_estimate_an_age_or_a_numbering_is_left_alone(sentence: str) -> None:
    assert texts(sentence, Fault.FIGURE) == []


def test_a_year_and_a_month_become_ones_that_the_sentence_does_not_name() -> None:
    found = texts("It opened in April 2018 and closed in May 2016.", Fault.DATE)
    assert len(found) == 4
    for altered in found:
        assert Counter(re.findall(r"20\d\d", altered)) != Counter(["2018", "2016"]) or not (
            "April" in altered and "May" in altered
        )
    assert texts("Spending in 2025\u201326 was high.", Fault.DATE) == [
        "Spending in 2023\u201324 was high."
    ]
    assert texts("It was made under the Children Act 1989.", Fault.DATE) == []
    assert texts("Some of these may drift.", Fault.DATE) == []


def test_a_person_a_council_and_a_group_become_others() -> None:
    (person,) = texts("Ms Kalsi said that it was late.", Fault.NAME)
    assert re.fullmatch(r"Ms (?!Kalsi)[A-Z]\w+ said that it was late\.", person)
    (council,) = texts("Croydon was slow.", Fault.NAME)
    assert council.endswith(" was slow.")
    assert not council.startswith("Croydon")
    assert texts("Most care leavers are seen.", Fault.NAME) == ["Most disabled children are seen."]
    assert texts("Care leavers\u2019 plans are good.", Fault.NAME) == []


@pytest.mark.parametrize(
    ("sentence", "altered"),
    [
        ("Supervision is regular.", "Supervision is not regular."),
        ("The post was not filled.", "The post was filled."),
        ("Caseloads have risen to 20.", "Caseloads have fallen to 20."),
        ("Most children like their homes.", "Few children like their homes."),
        ("Overall effectiveness Good", "Overall effectiveness Inadequate"),
    ],
)
def test_what_is_said_is_denied_or_turned_round(sentence: str, altered: str) -> None:
    assert altered in texts(sentence, Fault.NEGATION)


@pytest.mark.parametrize(
    "sentence",
    [
        "The most urgent homes for which leaders looked.",
        "The post was not filled until May.",
        "Not all plans are unclear.",
        "Few children who are seen say so.",
    ],
)
def test_a_sentence_whose_contrary_is_not_plain_is_not_denied(sentence: str) -> None:
    assert texts(sentence, Fault.NEGATION) == []


def test_a_finding_is_put_into_the_mouth_of_another_than_its_source() -> None:
    (report,) = texts("Social workers are mostly skilled.", Fault.ATTRIBUTION)
    assert report.endswith(" that social workers are mostly skilled.")
    assert "nspect" not in report
    (paper,) = texts("The plan is behind schedule.", Fault.ATTRIBUTION, Kind.COUNCIL_DOCUMENT)
    assert "nspect" in paper
    assert texts("Mr Aske said that he would stay.", Fault.ATTRIBUTION, Kind.NEWS) == [
        "The inspectors said that he would stay."
    ]
    assert texts("The report said that it was late.", Fault.ATTRIBUTION, Kind.NEWS) == [
        "The council said that it was late."
    ]
    assert texts("Staff told inspectors of lost sleep.", Fault.ATTRIBUTION) == []
    assert texts("Overall effectiveness Good", Fault.ATTRIBUTION) == []


def test_an_addition_goes_to_the_end_of_a_sentence_that_it_leaves_whole() -> None:
    (longer,) = texts("The workforce is now stable.", Fault.ADDITION)
    assert longer.startswith("The workforce is now stable, ")
    assert longer.endswith(".")
    assert texts("Lead inspector: Gwilym Sadowski", Fault.ADDITION) == []


def test_of_several_sentences_the_first_alone_is_altered_and_rephrased() -> None:
    both = "At the end of March 219 plans were in place. Plans are clear."
    assert all("Plans are" not in one.text for one in alterations(both))
    assert all("Plans are" not in one for one in rephrase(both))


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("However, plans are clear.", "Plans are clear."),
        ("The team has four visits each.", "The team has 4 visits each."),
        ("It read 14 records.", "It read fourteen records."),
        ("The figure was 61%.", "The figure was 61 per cent."),
        ("There were 401 plans (62 per 10,000).", "There were 401 plans."),
        ("All homes are now good, which children like.", "All homes are now good."),
        ("The local authority is slow.", "The council is slow."),
        ("Plans for them are clear.", "Inspectors found that plans for them are clear."),
    ],
)
def test_a_rephrasing_says_the_same_or_less(sentence: str, other: str) -> None:
    assert other in rephrase(sentence)


@pytest.mark.parametrize("sentence", ["Young people aged 18 were seen.", "Years 10 and 11 sat."])
def test_an_age_and_a_school_year_stay_in_digits(sentence: str) -> None:
    assert not any(re.search(r"eighteen|\bten\b|eleven", one) for one in rephrase(sentence))


def test_words_that_are_already_somebodys_are_not_given_to_the_report() -> None:
    assert rephrase("Parents told inspectors that they were heard.") == ()
    assert rephrase("We will pay for it in full.", Kind.COUNCIL_DOCUMENT) == ()


def test_the_same_sentence_is_always_altered_in_the_same_ways() -> None:
    sentence = "In May 2018 Ms Kalsi said that 30 social workers were in post."
    assert alterations(sentence) == alterations(sentence)
    assert all(isinstance(one, Altered) for one in alterations(sentence))


def test_the_golden_quotes_offer_enough_alterations_of_all_kinds() -> None:
    lines = (GOLDEN / "qa.jsonl").read_text("utf-8").splitlines()
    quotes = {quote for line in lines if (quote := json.loads(line)["quote"])}
    made = [one for quote in sorted(quotes) for one in alterations(quote)]
    assert len(made) >= 120
    assert {one.fault for one in made} == set(Fault)
