"""Each comparator tells agreement, difference and addition apart in its own respect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.comparators import (
    attribution,
    contrast,
    councils,
    dates,
    direction,
    grades,
    names,
    negation,
    numbers,
    quantifiers,
    stance,
)
from rag.claims.comparators.compare import COMPARATORS, Comparator, compare
from rag.text.dates import moments
from rag.text.parse import ParsedSource, parse, source
from rag.text.quantities import Unit, quantities
from rag.text.synonyms import same_stem, shared
from rag.text.tokens import stem
from rag.types import Agreement, Comparison, Description, Kind

REPORT = Description(
    "Inspection of Fallowmere", kind=Kind.INSPECTION_REPORT, councils=("Fallowmere",),
    inspected_from=date(2018, 11, 5), inspected_to=date(2018, 11, 16), published=date(2019, 1, 9),
)  # fmt: skip


def found(
    comparator: Comparator, claim: str, said: str, about: Description | None = None
) -> list[Agreement]:
    return [c.finding for c in comparator(parse(claim), source(said, about=about))]


AGREES, DIFFERS, ADDS = Agreement.AGREES, Agreement.DIFFERS, Agreement.ADDS
Row = tuple[str, str, list[Agreement]]


# ---------------------------------------------------------------- numbers

NUMBERS: Sequence[Row] = [
    ("13 of 21 visits were late", "13 of the 21 visits were late", [AGREES]),
    ("nearly half of the plans", "48% of plans", [AGREES]),
    ("a third of social workers", "One in three social workers", [AGREES]),
    ("about a fifth of visits", "21% of visits", [AGREES]),
    ("more than 500 referrals", "There were 612 referrals", [AGREES]),
    ("more than 500 referrals", "There were 412 referrals", [DIFFERS]),
    ("more than half of the leavers", "52% of care leavers", [AGREES]),
    ("38% of enquiries", "48% of the 615 enquiries", [DIFFERS]),
    ("eight children's homes", "The trust runs six children\u2019s homes", [DIFFERS]),
    ("two homes were closed", "One of the three homes was closed", [DIFFERS]),
    ("50 social workers", "It plans to hire fifteen social workers", [DIFFERS]),
    ("twenty-six young people", "26 young people", [AGREES]),
    ("eight homes", "There are 212 foster carers", [ADDS]),
    ("spent £12 million on agency staff", "Spending on agency staff is high", [ADDS]),
    ("£12 million on staff", "£12m was spent", [AGREES]),
    ("£12 million on staff", "£9 million was spent", [DIFFERS]),
    ("waited over eight weeks", "wait more than eight weeks", [AGREES]),
    ("waited 18 weeks", "wait up to six weeks", [DIFFERS]),
    ("twice as many staff", "leaders doubled the number of staff", [AGREES]),
    ("children under 16 in 2019", "Children live there", []),
    ("not a single child was excluded", "No child was excluded", []),
    ("one in seven children in care", "A quarter of the social workers left", [ADDS]),
    ("one in seven children in care", "A quarter of children in care moved", [DIFFERS]),
    ("9% of posts are held by agency staff", "The share has risen from 9% to 17%", [DIFFERS]),
    ("17% of posts are held by agency staff", "The share has risen from 9% to 17%", [AGREES]),
    ("agency staff rose from 9% of posts", "The share has risen from 9% to 17%", [AGREES]),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), NUMBERS)
def test_figures_agree_differ_or_are_added(claim: str, said: str, wanted: list[Agreement]) -> None:
    assert found(numbers.compare, claim, said) == wanted


def test_a_difference_of_figures_is_put_in_words_and_marked_on_both_sides() -> None:
    claim, said = "31 of 21 visits were late", "13 of the 21 visits were late"
    compared = numbers.compare(parse(claim), source(said))
    differing = next(c for c in compared if c.finding is DIFFERS)
    assert "31" in differing.words
    assert [claim[m.start : m.end] for m in differing.in_claim] == ["31"]
    assert differing.in_source


@pytest.mark.parametrize(
    ("text", "sort", "low", "high"),
    [
        ("two-thirds of them", Unit.SHARE, 0.667, 0.667),
        ("40 per cent", Unit.SHARE, 0.4, 0.4),
        ("one in ten", Unit.SHARE, 0.1, 0.1),
        ("£1.9 million", Unit.MONEY, 1.9e6, 1.9e6),
        ("three weeks", Unit.TIME, 21, 21),
        ("between 85 and 95 children", Unit.COUNT, 85, 95),
        ("at least 30 cases", Unit.COUNT, 30, float("inf")),
        ("up to 30 cases", Unit.COUNT, 0, 30),
        ("1,235 children", Unit.COUNT, 1235, 1235),
        ("a dozen homes", Unit.COUNT, 12, 12),
    ],
)
def test_a_quantity_is_read(text: str, sort: Unit, low: float, high: float) -> None:
    one = quantities(text)[0]
    assert one.sort is sort
    assert one.low == pytest.approx(low, abs=0.6 if sort is Unit.TIME else 0.03)
    assert one.high == pytest.approx(high, abs=0.6 if sort is Unit.TIME else 0.03)


@pytest.mark.parametrize(
    "text",
    [
        "in November 2019", "5 to 16 November", "aged 16 to 17", "18- to 21-year-olds", "over-11s",
        "section 47", "key stage 2", "the third visit", "£31 a year"[4:], "2017-18", "one-to-one",
    ],
)  # fmt: skip
def test_dates_ages_and_labels_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


@given(st.integers(2, 1800))
def test_a_figure_agrees_with_itself_and_with_no_other(figure: int) -> None:
    claim = f"There were {figure:,} referrals"
    assert found(numbers.compare, claim, f"In all {figure} referrals came") == [AGREES]
    assert found(numbers.compare, claim, f"In all {figure + 1} referrals came") == [DIFFERS]


# ---------------------------------------------------------------- dates

DATES: Sequence[Row] = [
    ("In July 2019 a director came", "A director was appointed in July 2019", [AGREES]),
    ("In July 2017 a director came", "A director was appointed in July 2016", [DIFFERS]),
    ("In November 2018 visits were late", "Visits are late", [AGREES]),
    ("In 2018 visits were late", "Visits are late", [AGREES]),
    ("In late 2018 visits were late", "Visits are late", [AGREES]),
    ("In 2015 visits were late", "Visits are late", [ADDS]),
    ("In November 2018 the system had run since May 2017", "It has run since May 2016",
     [AGREES, DIFFERS]),
    ("In the first quarter of 2017-18", "In the first quarter of 2017\u201318", [AGREES]),
    ("Children may wait", "Children wait", []),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "said", "wanted"), DATES)
def test_dates_are_the_sentence_s_or_the_document_s(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(dates.compare, claim, said, REPORT) == wanted


def test_a_month_without_a_year_takes_the_year_next_to_it() -> None:
    assert [(m.year, m.first) for m in moments("14 November to 18 December 2016")] == [
        (2016, 11), (2016, 12),
    ]  # fmt: skip


# ---------------------------------------------------------------- grades

GRADES: Sequence[Row] = [
    ("Care leavers were rated good", "The experiences and progress of care leavers Good", [AGREES]),
    ("Care leavers were judged inadequate", "The experiences and progress of care leavers Good",
     [DIFFERS]),
    ("It was rated outstanding overall", "Overall effectiveness Good", [DIFFERS]),
    ("Adoption was judged good", "The experiences and progress of care leavers Good", []),
    ("Care leavers get good advice", "The experiences and progress of care leavers Good", []),
    ("All four areas were judged outstanding", "The experiences and progress of care leavers Good",
     [DIFFERS]),
    ("Overall it was judged good", "Inspectors do not give an overall effectiveness judgement",
     [DIFFERS]),
    ("It was judged inadequate in 2015 and good overall in 2018", "Overall effectiveness Good",
     [AGREES]),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "said", "wanted"), GRADES)
def test_grades_are_compared_for_the_same_area(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(grades.compare, claim, said, REPORT) == wanted


# ---------------------------------------------------------------- names, speakers, councils

NAMES: Sequence[Row] = [
    ("Anna Brooke led the inspection", "Lead inspector: Anna Brooke", [AGREES]),
    ("Anna Brooke led the inspection", "Lead inspector: Petra Lindqvist", [DIFFERS]),
    ("Anna Brooke was previously director", "Petra Lindqvist, director", [ADDS]),
    ("The director is Anna Brooke", "The director of education is Petra Lindqvist", [DIFFERS]),
    ("Anna Brooke spoke", "Visits are late", [ADDS]),
    ("It works with Adoption North Moor", "The agency, Adoption Tarn Valley, helps", [DIFFERS]),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), NAMES)
def test_names_are_compared_by_post_and_kind(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(names.compare, claim, said) == wanted


SPEECH: Sequence[Row] = [
    ("Councillor Wood said it was late", "Councillor Wood said that it was late", [AGREES]),
    ("Councillor Wood said it was late", "Councillor Watson said that it was late", [DIFFERS]),
    (
        "Peter Wood promised more",
        "Paul Watson, leader of the council, has promised more",
        [DIFFERS],
    ),
    ("Peter Wood called for Pat Smith to go", "Peter Wood has said Pat Smith should go", [AGREES]),
    ("Inspectors said it was late", "Councillor Watson said that it was late", []),
    ("Foster carers told them that it was late", "Children told us that it was late", [DIFFERS]),
    ("Young people told them that it was late", "Some care leavers said that it was late", []),
    ("Staff said that parents are told late", "Parents say that they are told late", [DIFFERS]),
    ("Parents are told late", "Schools say that parents are told late", []),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), SPEECH)
def test_what_is_said_is_compared_by_who_says_it(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(attribution.compare, claim, said) == wanted


def test_a_difference_of_speakers_is_put_in_words() -> None:
    claim, said = "Councillor Watson said so", "Councillor Wood said so"
    assert attribution.compare(parse(claim), source(said))[0].words == "said by Wood, not by Watson"


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [("Croydon closed a home", [DIFFERS]), ("The council closed a home", [])],
)
def test_a_sentence_about_another_council_differs(claim: str, wanted: list[Agreement]) -> None:
    assert found(councils.compare, claim, "A home was closed", REPORT) == wanted


# ---------------------------------------------------------------- direction, negation, quantifiers

DIRECTION: Sequence[Row] = [
    ("Vacancies had gone up", "Vacancy rates have reduced", [DIFFERS]),
    ("Vacancies fell", "Vacancy rates have reduced", [AGREES]),
    ("Services improved", "Services have deteriorated", [DIFFERS]),
    ("The rate fell", "The rate went from 34% to 21%", [AGREES]),
    ("The rate fell", "The rate is 31%, compared to 23% in 2015", [DIFFERS]),
    ("Services improved", "It requires improvement to be good", []),
    ("Vacancies fell", "Vacancies are a worry", []),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), DIRECTION)
def test_changes_are_of_one_direction_or_of_two(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(direction.compare, claim, said) == wanted


NEGATION: Sequence[Row] = [
    ("Plans are visible", "Plans are not visible", [DIFFERS]),
    ("Plans are not visible", "Plans are not visible", [AGREES]),
    ("Nobody is commissioned to help", "There is no commissioned help", [AGREES]),
    ("No child was excluded", "There have not been any exclusions", [AGREES]),
    ("Leavers still paid council tax", "Leavers have paid no council tax", [DIFFERS]),
    ("Leavers pay no council tax", "Leavers have an exemption from council tax", [AGREES]),
    ("Leadership is missing", "Leadership is strong", [DIFFERS]),
    ("The post was advertised late", "The post was not advertised until May", []),
    ("Plans are visible", "Plans are not only visible but clear", []),
    ("Plans are clear", "Visits are not on time", []),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), NEGATION)
def test_what_is_denied_is_compared_word_by_word(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(negation.compare, claim, said) == wanted


QUANTIFIERS: Sequence[Row] = [
    ("All enquiries are timely", "Enquiries are mostly timely", [DIFFERS]),
    ("All enquiries are timely", "All enquiries are timely", [AGREES]),
    ("Most plans are clear", "Few plans are clear", [DIFFERS]),
    ("Passports are consistently good", "Passports are not always good", [DIFFERS]),
    ("No children live there", "A small number of children live there", [DIFFERS]),
    ("The tool was seldom used", "The tool was used in four of 18 cases", [AGREES]),
    ("Most plans are clear", "Plans are clear", []),
    ("All visits are late", "Some plans are clear", []),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), QUANTIFIERS)
def test_quantifiers_over_the_same_things_agree_or_clash(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(quantifiers.compare, claim, said) == wanted


STANCE: Sequence[Row] = [
    ("Inspectors were content with visits", "Visits are poor", [DIFFERS]),
    ("Visits are weak", "Visits are poor", [AGREES]),
    ("Visits are good", "Visits are not good", [DIFFERS]),
    ("Visits are made", "Visits are poor", []),
]


@pytest.mark.parametrize(("claim", "said", "wanted"), STANCE)
def test_praise_and_fault_are_told_apart(claim: str, said: str, wanted: list[Agreement]) -> None:
    assert found(stance.compare, claim, said) == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("excluded", "exclusions", True), ("adoption", "adoptive", True),
        ("breakdown", "disruption", True), ("child", "council", False), ("50", "500", False),
    ],
)  # fmt: skip
def test_words_of_one_family_are_one_word(one: str, other: str, same: bool) -> None:
    assert same_stem(stem(one), stem(other)) is same


# ---------------------------------------------------------------- all of them

_TEXT = st.text(st.characters(codec="utf-8"), max_size=120)


@given(_TEXT, _TEXT)
def test_any_two_texts_can_be_compared_and_marks_lie_within_them(claim: str, said: str) -> None:
    for c in compare(parse(claim), ParsedSource(parse(said), parse(said), REPORT)):
        assert all(0 <= m.start < m.end <= len(claim) for m in c.in_claim)
        assert all(0 <= m.start < m.end <= len(said) for m in c.in_source)


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_a_comparator_finds_nothing_in_nothing(comparator: Comparator) -> None:
    nothing: tuple[Comparison, ...] = ()
    assert comparator(parse(""), source("")) == nothing


# ---------------------------------------------------------------- what looks alike and is not


@pytest.mark.parametrize(
    ("claim", "said", "wanted"),
    [
        ("Few children waited", "Our most vulnerable children waited", []),
        ("Few children waited", "Most children waited", [DIFFERS]),
        ("No children waited", "No more than ten children waited", []),
        ("14% of children waited", "26% of children waited", [AGREES]),
        ("14% of children waited", "Most children waited", [DIFFERS]),
    ],
)
def test_a_superlative_and_a_bound_are_no_quantifiers(
    claim: str, said: str, wanted: list[Agreement]
) -> None:
    assert found(quantifiers.compare, claim, said) == wanted


def test_nothing_is_said_to_be_said_that_is_not() -> None:
    (compared,) = quantifiers.compare(parse("14% of children"), source("26% of children"))
    assert compared.words == ""
    (compared,) = dates.compare(parse("in 2019"), source("on 31 May"))
    assert compared.words == ""


def test_a_date_is_marked_without_the_word_before_it() -> None:
    (moment,) = moments("by the end of June 2024")
    assert moment.written == "June 2024"


def test_the_words_that_two_texts_share_are_marked_in_both() -> None:
    claim, said = parse("Caseloads are too high."), parse("High caseloads harm children.")
    assert [(c.in_claim[0].start, c.in_source[0].start) for c in shared(claim, said)] == [
        (0, 5),
        (18, 0),
    ]


@pytest.mark.parametrize(
    ("claim", "findings"),
    [
        ("The family support team has no vacancies.", [Agreement.ADDS]),
        ("The assessment service has no vacancies.", []),
    ],
)
def test_what_a_sentence_is_set_against_bears_nothing_out(
    claim: str, findings: list[Agreement]
) -> None:
    said = "Unlike the family support team, the assessment service has no vacancies."
    assert found(contrast.compare, claim, said) == findings
