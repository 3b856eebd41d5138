"""A statement is backed by a quote only where nothing in it strays from what the quote says."""

from __future__ import annotations

from datetime import date

import pytest

from rag.generation.faithfulness.rules import strays
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


def found(statement: str, said: str, heading: str = "") -> set[str]:
    return set(strays(statement, SourceSpan(said, heading, REPORT)))


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
    assert found(statement, said) == set()


@pytest.mark.parametrize(
    ("statement", "said", "stray"),
    [
        ("There were 45 visits.", "There were 54 visits.", "figure"),
        ("Visits rose by a third.", "Visits rose from 30 to 45.", "figure"),
        (
            "Nine girls and 14 boys were seen.",
            "Fourteen girls and 9 boys were seen.",
            "place of a figure",
        ),
        ("Visits fell from 45 to 30.", "Visits rose from 30 to 45.", "place of a figure"),
        ("The home opened in June 2023.", "The home opened in July 2023.", "date"),
        (
            "The manager was appointed in May 2022.",
            "The deputy left in May 2022 and the manager was appointed in June 2023.",
            "place of a figure",
        ),
        ("The home is in Westmoor.", "The home is in Larch Road.", "name"),
        ("The council says that plans are clear.", "Plans are clear.", "speaker"),
        ("Plans improved because of training.", "Plans improved. Staff had training.", "cause"),
        (
            "Better training has led to stable leadership.",
            "Stable leadership has led to better training.",
            "order",
        ),
        (
            "The service passed from Larch Trust to Elm Trust.",
            "The service passed from Elm Trust to Larch Trust.",
            "order",
        ),
        ("All plans are clear.", "Many plans are clear.", "turn"),
        ("Plans are reviewed.", "Plans should be reviewed.", "turn"),
        ("Leaders ensure that plans are clear.", "Ensure that plans are clear.", "turn"),
        (
            "Vacancies fell, from 10% to 30%.",
            "Vacancies rose, from 10% to 30%.",
            "turn",
        ),
        ("Plans are clear.", "Plans are not clear.", "denial"),
        ("There is no response to families.", "There is not a quick response.", "denial"),
        ("Members have visited the home.", "Members have yet to visit the home.", "denial"),
        ("The service is outstanding overall.", "The service is good overall.", "grade"),
        (
            "Checks are made by teachers.",
            "Checks are made by social workers.",
            "who",
        ),
        ("Plans are clear and cheap.", "Plans are clear.", "word"),
        (
            "Primary pupils in care are often absent.",
            "Primary pupils attend well. Secondary pupils in care are often absent.",
            "place of a word",
        ),
        ("Services for care leavers are good.", "Services for children in care are good.", "who"),
        ("Parents said that plans are clear.", "Plans for parents are clear.", "speaker"),
        ("A large group of carers meets.", "A small group of carers meets.", "opposite"),
        ("Families are well prepared.", "Families are poorly prepared.", "opposite"),
        ("The service has full-time staff.", "The service has part-time staff.", "opposite"),
        ("Staff moved towards such plans.", "Staff moved away from such plans.", "opposite"),
        ("There is no written offer.", "There is an offer, but it is not well written.", "denial"),
        (
            "The impact of the plan can be seen.",
            "It is too early to see the impact of the plan.",
            "denial",
        ),
        ("Plans cover health, including teeth.", "Plans cover health, excluding teeth.", "denial"),
        ("Visits are never made in any case.", "Visits are not made in all cases.", "turn"),
        ("Plans will be ready by May 2025.", "Plans will be ready.", "date"),
        ("Visits were made in 2014-15.", "Visits were made in 2015-16.", "date"),
        (
            "In June 227 children were found missing.",
            "In June 227 episodes were recorded of 44 children found missing.",
            "place of a figure",
        ),
        (
            "Children looked after make up 40% of the work and child protection 60%.",
            "Work is split between children looked after (60%) and child protection (40%).",
            "place of a figure",
        ),
        (
            "Plans for people in custody seldom cover parenting skills.",
            "Plans for people seldom cover parenting skills. For those in custody visits are rare.",
            "joined",
        ),
        (
            "Some care reports (SCRs) are summarised each year.",
            "Reviews are summarised each year.",
            "word",
        ),
        (
            "Proceedings took 26 weeks on average.",
            "At 34 weeks, proceedings take longer than the expected average of 26 weeks.",
            "benchmark",
        ),
        (
            "Some 85% of visits were on time.",
            "Of visits 72% were on time, against a target of 85%.",
            "benchmark",
        ),
        (
            "Duties passed from the trust to the council.",
            "Duties passed from the Larch Care Trust to the Elm Care Trust.",
            "body",
        ),
    ],
)
def test_a_statement_that_departs_is_not_backed(statement: str, said: str, stray: str) -> None:
    heading = "The experiences and progress of children in care and care leavers"
    assert stray in found(statement, said, heading)


def test_a_heading_may_name_what_the_words_under_it_only_point_back_to() -> None:
    assert found(
        "Visits by health visitors are prompt.", "Visits are prompt.", "Health visitors"
    ) == (set())


def test_a_statement_in_nothing_but_other_words_is_not_backed() -> None:
    assert "other words" in found(
        "Personnel frequently exit rapidly.", "Staff often leave quickly."
    )


SURVEY = "The forum's own survey found that 68 per cent had waited. Inspectors met 846 parents."


def test_a_survey_of_somebody_else_is_no_finding_of_inspectors() -> None:
    assert "speaker" in found("Inspectors found that 68 per cent had waited.", SURVEY)
    assert "speaker" not in found("Inspectors met 846 parents.", SURVEY)


def test_what_is_to_be_improved_is_not_told_as_a_fact() -> None:
    item, heading = "Consistency of the service to care leavers.", "What needs to improve"
    assert "wish" in found("The service to care leavers is consistent.", item, heading)
    told = "An area for improvement is the consistency of the service to care leavers."
    assert "wish" not in found(told, item, heading)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Each adviser has more than 18 cases.", "Each adviser has no more than 18 cases."),
        ("The lead inspector was Ann Moss.", "The deputy lead inspector was Ann Moss."),
    ],
)
def test_a_word_that_was_left_out_may_turn_the_sense(statement: str, said: str) -> None:
    assert "turn" in found(statement, said)
