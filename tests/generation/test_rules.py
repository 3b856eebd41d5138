"""A statement is backed by a quote only where nothing in it strays from what the quote says."""

from __future__ import annotations

from datetime import date

import pytest

from rag.generation.faithfulness.rules import Fit, fit_of, told_as_fact
from rag.generation.faithfulness.source import SourceSpan
from rag.types import Description, Kind

REPORT = Description(
    title="Inspection of Eastmoor children's services",
    publisher="Ofsted",
    kind=Kind.INSPECTION_REPORT,
    published=date(2025, 3, 10),
    inspected_from=date(2025, 1, 20),
    inspected_to=date(2025, 1, 31),
    councils=("Eastmoor",),
)


def fit(statement: str, said: str, heading: str = "") -> Fit:
    return fit_of(statement, SourceSpan(said, heading, REPORT))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        # other words, and other forms of the same
        ("Managers assess risk well.", "Managers' assessment of risk is good."),
        (
            "Social workers' reports are often completed late.",
            "Reports by social workers are frequently completed late.",
        ),
        (
            "The council has hired ten more social workers.",
            "The council has recruited ten additional social workers.",
        ),
        (
            "The rota is drawn up by the duty manager each week.",
            "Each week the duty manager draws up the rota.",
        ),
        # figures in another form
        ("A fifth of posts are vacant.", "Some 20% of posts are vacant."),
        ("Nine per cent of visits were late.", "Late visits made up 9% of all visits."),
        (
            "Visits rose from 30 to 45.",
            "There were 45 visits, up from 30 (12 of them unannounced).",
        ),
        ("Referrals trebled, from 40 to 120.", "Referrals rose from 40 to 120."),
        ("More than 60 families waited.", "In excess of 60 families waited."),
        # denials in another form
        ("The home is not registered.", "The home is unregistered."),
        ("Members have not yet visited the home.", "Members are yet to visit the home."),
        ("There are not enough foster carers.", "There is a shortage of foster carers."),
        ("Plans are inconsistent in quality.", "Plans are not consistent in quality."),
        (
            "Leaders lack a clear plan for recruitment.",
            "Leaders do not have a clear plan for recruitment.",
        ),
        # names cut to their letters
        (
            "The ICB pays for the nurses.",
            "Northern Integrated Care Board (ICB) pays for the nurses.",
        ),
        # a figure that others are compared with, told as that
        (
            "The target was 85%, and 72% of visits were on time.",
            "Of visits 72% were on time, against a target of 85%.",
        ),
        # the council of the report need not be named in each sentence of it
        ("Eastmoor's foster carers are well trained.", "Foster carers are well trained."),
        ("Plans in Eastmoor are clear, inspectors said in 2025.", "Plans are clear."),
        # not all are, so some are not
        ("Some plans are not clear.", "Not all plans are clear."),
        # what is asked for
        ("Inspectors recommended that plans be clear.", "Ensure that plans are clear."),
        (
            "Serious case reviews (SCRs) are summarised each year.",
            "SCRs are summarised each year.",
        ),
        ("In Eastmoor, plans are clear.", "Plans are clear."),
        ("The council was told to take swift action.", "Take swift action."),
        # the inspectors speak in any inspection report
        ("Inspectors found that plans are clear.", "Plans are clear."),
    ],
)
def test_a_faithful_rewording_is_backed(statement: str, said: str) -> None:
    assert fit(statement, said) is Fit.SAYS


@pytest.mark.parametrize(
    ("statement", "said", "expected"),
    [
        ("There were 45 visits.", "There were 54 visits.", Fit.DIFFERS),
        ("Visits rose by a third.", "Visits rose from 30 to 45.", Fit.DIFFERS),
        (
            "Nine girls and 14 boys were seen.",
            "Fourteen girls and 9 boys were seen.",
            Fit.DIFFERS,
        ),
        ("Visits fell from 45 to 30.", "Visits rose from 30 to 45.", Fit.DIFFERS),
        ("The home opened in June 2023.", "The home opened in July 2023.", Fit.DIFFERS),
        (
            "The manager was appointed in May 2022.",
            "The deputy left in May 2022 and the manager was appointed in June 2023.",
            Fit.DIFFERS,
        ),
        ("The home is in Westmoor.", "The home is in Larch Road.", Fit.DIFFERS),
        ("The council says that plans are clear.", "Plans are clear.", Fit.DIFFERS),
        ("Plans improved because of training.", "Plans improved. Staff had training.", Fit.AGREES),
        (
            "Better training has led to stable leadership.",
            "Stable leadership has led to better training.",
            Fit.AGREES,
        ),
        (
            "The service passed from Larch Trust to Elm Trust.",
            "The service passed from Elm Trust to Larch Trust.",
            Fit.AGREES,
        ),
        ("All plans are clear.", "Many plans are clear.", Fit.AGREES),
        ("Plans are reviewed.", "Plans should be reviewed.", Fit.AGREES),
        ("Leaders ensure that plans are clear.", "Ensure that plans are clear.", Fit.AGREES),
        (
            "Vacancies fell, from 10% to 30%.",
            "Vacancies rose, from 10% to 30%.",
            Fit.DIFFERS,
        ),
        ("Plans are clear.", "Plans are not clear.", Fit.DIFFERS),
        ("There is no response to families.", "There is not a quick response.", Fit.DIFFERS),
        ("Members have visited the home.", "Members have yet to visit the home.", Fit.DIFFERS),
        ("The service is outstanding overall.", "The service is good overall.", Fit.DIFFERS),
        (
            "Checks are made by teachers.",
            "Checks are made by social workers.",
            Fit.DIFFERS,
        ),
        ("Plans are clear and cheap.", "Plans are clear.", Fit.AGREES),
        (
            "Primary pupils in care are often absent.",
            "Primary pupils attend well. Secondary pupils in care are often absent.",
            Fit.AGREES,
        ),
        (
            "Services for care leavers are good.",
            "Services for children in care are good.",
            Fit.DIFFERS,
        ),
        ("Parents said that plans are clear.", "Plans for parents are clear.", Fit.DIFFERS),
        ("A large group of carers meets.", "A small group of carers meets.", Fit.DIFFERS),
        ("Families are well prepared.", "Families are poorly prepared.", Fit.DIFFERS),
        ("The service has full-time staff.", "The service has part-time staff.", Fit.DIFFERS),
        ("Staff moved towards such plans.", "Staff moved away from such plans.", Fit.DIFFERS),
        (
            "There is no written offer.",
            "There is an offer, but it is not well written.",
            Fit.DIFFERS,
        ),
        (
            "The impact of the plan can be seen.",
            "It is too early to see the impact of the plan.",
            Fit.DIFFERS,
        ),
        (
            "Plans cover health, including teeth.",
            "Plans cover health, excluding teeth.",
            Fit.DIFFERS,
        ),
        ("Visits are never made in any case.", "Visits are not made in all cases.", Fit.AGREES),
        ("Plans will be ready by May 2025.", "Plans will be ready.", Fit.DIFFERS),
        ("Visits were made in 2014-15.", "Visits were made in 2015-16.", Fit.DIFFERS),
        (
            "In June 227 children were found missing.",
            "In June 227 episodes were recorded of 44 children found missing.",
            Fit.DIFFERS,
        ),
        (
            "Children looked after make up 40% of the work and child protection 60%.",
            "Work is split between children looked after (60%) and child protection (40%).",
            Fit.DIFFERS,
        ),
        (
            "Plans for people in custody seldom cover parenting skills.",
            "Plans for people seldom cover parenting skills. For those in custody visits are rare.",
            Fit.AGREES,
        ),
        (
            "Some care reports (SCRs) are summarised each year.",
            "Reviews are summarised each year.",
            Fit.DIFFERS,
        ),
        (
            "Proceedings took 26 weeks on average.",
            "At 34 weeks, proceedings take longer than the expected average of 26 weeks.",
            Fit.AGREES,
        ),
        (
            "Some 85% of visits were on time.",
            "Of visits 72% were on time, against a target of 85%.",
            Fit.DIFFERS,
        ),
        (
            "Duties passed from the trust to the council.",
            "Duties passed from the Larch Care Trust to the Elm Care Trust.",
            Fit.DIFFERS,
        ),
    ],
)
def test_a_statement_that_departs_is_not_backed(statement: str, said: str, expected: Fit) -> None:
    heading = "The experiences and progress of children in care and care leavers"
    assert fit(statement, said, heading) is expected


def test_a_heading_may_name_what_the_words_under_it_only_point_back_to() -> None:
    told = "Visits by health visitors are prompt."
    assert fit(told, "Visits are prompt.", "Health visitors") is Fit.SAYS


def test_a_statement_in_nothing_but_other_words_is_not_backed() -> None:
    told = "Personnel frequently exit rapidly."
    assert fit(told, "Staff often leave quickly.") is Fit.DIFFERS


SURVEY = "The forum's own survey found that 68 per cent had waited. Inspectors met 846 parents."


def test_a_survey_of_somebody_else_is_no_finding_of_inspectors() -> None:
    assert fit("Inspectors found that 68 per cent had waited.", SURVEY) is Fit.DIFFERS
    assert fit("Inspectors met 846 parents.", SURVEY) is Fit.SAYS


def test_what_is_to_be_improved_is_not_told_as_a_fact() -> None:
    item, heading = "Consistency of the service to care leavers.", "What needs to improve"
    assert fit("The service to care leavers is consistent.", item, heading) is Fit.AGREES
    told = "An area for improvement is the consistency of the service to care leavers."
    assert not told_as_fact(told, SourceSpan(item, heading, REPORT))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Each adviser has more than 18 cases.", "Each adviser has no more than 18 cases."),
        ("The lead inspector was Ann Moss.", "The deputy lead inspector was Ann Moss."),
    ],
)
def test_a_word_that_was_left_out_may_turn_the_sense(statement: str, said: str) -> None:
    assert fit(statement, said) is Fit.AGREES
