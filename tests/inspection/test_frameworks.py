"""Every inspectorate's reports are read by its own framework and told in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import passage
from shared_data import WordEmbedder

from ingest.pipeline import ingest
from rag.desk import Desk
from rag.inspection.frameworks import CATALOGUE, framework_named, read_catalogue
from rag.inspection.grades import Judgement, judgements, read_grade
from rag.inspection.movement import grade_movement
from rag.inspection.reports import grades_of, grades_under, told_framework
from rag.library.library import Library
from rag.packs.record.judgement_history import history
from rag.packs.types import History
from rag.settings import Settings
from ui.export.charts import chart_picture
from ui.export.documents.history_document import history_in_words

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    held = Library(folder, WordEmbedder())
    ingest([str(REPORTS)], Settings(folder), library=held)
    yield held
    held.close()


def record(library: Library, council: str) -> tuple[History, dict[str, str | None]]:
    judged = history(library, council)
    (inspection,) = judged.inspections
    return judged, {row.area: row.grade for row in inspection.judged}


# ---------------------------------------------------------------- three inspectorates


def test_the_care_quality_commissions_rating_and_scores_are_read(library: Library) -> None:
    judged, grades = record(library, "Thornbeck")
    assert judged.inspections[0].framework == "CQC local authority assessment"
    assert grades == {
        "overall effectiveness": "requires improvement",
        "assessing needs": "2",
        "supporting people to lead healthier lives": "3",
        "equity in experience and outcomes": "2",
        "care provision, integration and continuity": "3",
        "partnerships and communities": "3",
        "safe pathways, systems and transitions": "2",
        "safeguarding": "3",
        "governance, management and sustainability": "2",
        "learning, improvement and innovation": "3",
    }


def test_a_police_force_is_graded_on_five_steps_area_by_area(library: Library) -> None:
    judged, grades = record(library, "Wyvern")
    assert judged.inspections[0].framework == "PEEL"
    assert grades == {
        "preventing crime": "outstanding",
        "responding to the public": "good",
        "investigating crime": "requires improvement",
        "protecting vulnerable people": "adequate",
        "managing offenders": "inadequate",
        "leadership and force management": "adequate",
    }
    (document,) = (d for d in library.documents() if d.description.councils == ("Wyvern",))
    ranks = {area: row.rank for area, row in grades_of(library, document).items()}
    assert ranks["protecting vulnerable people"] > ranks["investigating crime"]


def test_an_earlier_report_of_ofsted_may_say_adequate(library: Library) -> None:
    judged, grades = record(library, "Fallowmere")
    assert judged.inspections[0].framework == "safeguarding and looked after children inspection"
    assert grades == {
        "overall effectiveness": "adequate",
        "capacity for improvement": "good",
        "children in care": "good",
        "leaders": "adequate",
    }


def test_every_grade_of_a_record_has_the_words_that_give_it(library: Library) -> None:
    for council in ("Thornbeck", "Wyvern", "Fallowmere"):
        for row in record(library, council)[0].inspections[0].judged:
            assert row.line
            assert row.grade
            assert row.grade in row.line.text.casefold()


def test_a_record_tells_what_is_judged_in_the_reports_own_words(library: Library) -> None:
    words = history_in_words(record(library, "Thornbeck")[0])
    assert "overall rating requires improvement" in words
    assert "to be good" not in words
    assert "protecting vulnerable people adequate" in history_in_words(record(library, "Wyvern")[0])


@pytest.mark.parametrize("council", ["Thornbeck", "Wyvern", "Fallowmere"])
def test_a_record_of_any_framework_can_be_drawn(library: Library, council: str) -> None:
    assert chart_picture(record(library, council)[0]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How was Thornbeck judged overall?", "Overall rating Requires improvement"),
        ("How was Fallowmere judged overall?", "safeguarded and protected is adequate"),
        ("What grade did Fallowmere get for children in care?", "in Fallowmere is good"),
        ("How was Thornbeck judged for assessing needs?", "Assessing needs Score: 2"),
        ("How was Wyvern judged for investigating crime?", "requires improvement at investigating"),
        ("How was Wyvern judged overall?", "is good at responding to the public"),
    ],
)
def test_a_question_is_answered_in_the_words_of_the_report(
    library: Library, question: str, words: str
) -> None:
    answer = Desk(library).ask(question)
    assert words in answer.text
    assert "to be good" not in answer.text


def test_of_several_grades_recalled_those_of_the_area_asked_about_are_told(
    library: Library,
) -> None:
    question = "Before 2010, what had Fallowmere's services for looked after children been given?"
    text = Desk(library).ask(question).text
    assert "They were judged to be adequate." in text
    assert "May 2007" not in text


# ---------------------------------------------------------------- scales


def graded(framework: str, text: str) -> Judgement:
    (row,) = judgements([passage(text)], framework_named(framework))
    return row


def test_grades_of_two_scales_are_not_set_against_each_other() -> None:
    then = graded("safeguarding and looked after children inspection", "Leadership Adequate")
    now = graded("ILACS", "The impact of leaders on practice Good")
    assert grade_movement([("2010", then), ("2020", now)], "leaders") == ()


def test_a_sentence_about_grades_uses_the_frameworks_own_words() -> None:
    rows = [
        ("2024", graded("CQC local authority assessment", "Assessing needs Score: 2")),
        ("2026", graded("CQC local authority assessment", "Assessing needs Score: 3")),
    ]
    (line,) = grade_movement(rows, "assessing needs")
    assert line.text == "The score for assessing needs went up: 2 in 2024, 3 in 2026."


@pytest.mark.parametrize(
    ("consumer", "area"),
    [("Consumer C2", "consumer standards"), ("Viability V1", "viability")],
)
def test_a_landlords_grades_run_from_the_fourth_to_the_first(consumer: str, area: str) -> None:
    row = graded("social housing regulation", consumer)
    assert row.areas == {area}
    assert row.grade.word == consumer.split()[-1]
    assert row.rank == 5 - int(consumer[-1])


@pytest.mark.parametrize("name", CATALOGUE.frameworks)
def test_every_framework_has_words_for_each_area_that_it_judges(name: str) -> None:
    framework = framework_named(name)
    assert framework.heading
    for area in framework.areas:
        assert framework.scale_of(area)
        assert framework.grade_for(area)


def test_a_narrative_letter_is_given_no_grades() -> None:
    pages = [passage("Joint targeted area inspection of Fallowmere", "Care leavers Good")]
    framework = told_framework(pages, "Joint targeted area inspection of Fallowmere")
    assert framework.name == "joint targeted area inspection"
    assert grades_under(pages, framework) == {}


def test_a_figure_on_a_page_of_contents_is_no_score() -> None:
    assert read_grade("Assessing needs 4") is None
    assert judgements([passage("Assessing needs 4")], framework_named("PEEL")) == ()


# ---------------------------------------------------------------- an inspectorate of one's own

OWN = """
[[inspectorate]]
name = "Lighthouse Board"
named = 'Lighthouse Board'

[[scale]]
name = "lamps"
grades = ["dark", "dim", "bright"]

[[area]]
name = "overall effectiveness"
cues = '''
overall
'''

[[area]]
name = "keeping the lamp"
cues = '''
keeping the lamp
'''

[[framework]]
name = "lighthouse survey"
heading = "Surveys by the Lighthouse Board"
service = "lighthouses"
scale = "lamps"
areas = ["overall effectiveness", "keeping the lamp"]
prose = ['^the board finds (?P<area>.{4,60}?) to be {grade}\\.?$']
rows = ['^{area}:? {grade}$']
marks = '''
survey of the lighthouse
'''
"""


def test_a_framework_is_added_by_data_alone() -> None:
    own = tuple(read_catalogue(OWN).frameworks.values())
    pages = [
        passage(
            "Survey of the lighthouse at Skerry",
            "Overall effectiveness Dim",
            "The board finds keeping the lamp to be bright.",
        )
    ]
    framework = told_framework(pages, "Skerry", frameworks=own)
    assert framework.name == "lighthouse survey"
    grades = grades_under(pages, framework)
    assert {area: (row.grade.word, row.rank) for area, row in grades.items()} == {
        "overall effectiveness": ("dim", 2),
        "keeping the lamp": ("bright", 3),
    }
