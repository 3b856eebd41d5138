"""A council's record holds every grade that its reports give, and none that they do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from judgement_table import DEMONSTRATION, REAL, Expected, table
from ofsted import CARE, ILACS, LEAVERS, OVERALL, UNGRADED, VISIT
from shared_data import SHARED, WordEmbedder, made

from ingest.pipeline import ingest
from rag.library.library import Library
from rag.packs.record.judgement_history import history, inspection
from rag.packs.types import History, Inspection
from rag.settings import Settings
from rag.types import Voice

CORPUS = Path(__file__).parents[2] / "corpus"
ENOUGH = 0.98
"""The share of the judgements of the real reports that must be read right."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    yield from _ingested(CORPUS, tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    if not (SHARED / "corpus" / "ofsted").is_dir():
        pytest.skip("the real reports stand beside the project, and are not here")
    yield from _ingested(SHARED / "corpus", tmp_path_factory.mktemp("real"))


def _ingested(corpus: Path, folder: Path) -> Iterator[Library]:
    library = Library(folder, WordEmbedder())
    ingest([str(corpus)], Settings(folder), library=library)
    yield library
    library.close()


def read(library: Library, row: Expected) -> Inspection:
    return inspection(library, library.entry(row.document).document)


def grades(of: Inspection) -> dict[str, str | None]:
    return {row.area: row.grade for row in of.judged}


# ---------------------------------------------------------------- the tables


@pytest.mark.parametrize("row", table(DEMONSTRATION), ids=lambda row: row.document)
def test_every_judgement_of_the_demonstration_is_read(
    demonstration: Library, row: Expected
) -> None:
    found = read(demonstration, row)
    assert grades(found) == row.grades
    assert found.framework == row.framework
    assert (found.inspected_from, found.inspected_to) == (row.inspected_from, row.inspected_to)
    assert found.published == row.published


def test_nearly_every_judgement_of_the_real_reports_is_read(real: Library) -> None:
    wrong, total = [], 0
    for row in table(REAL):
        found = grades(read(real, row))
        areas = found.keys() | row.grades.keys()
        total += len(areas)
        nothing = object()
        wrong += [
            (row.document, area, found.get(area), row.grades.get(area))
            for area in areas
            if found.get(area, nothing) != row.grades.get(area, nothing)
        ]
    assert len(wrong) <= (1 - ENOUGH) * total, wrong


def test_every_real_report_is_of_the_framework_and_the_days_that_it_says(real: Library) -> None:
    for row in table(REAL):
        found = read(real, row)
        assert found.framework == row.framework, row.document
        assert (found.inspected_from, found.inspected_to, found.published) == (
            row.inspected_from, row.inspected_to, row.published,
        ), row.document  # fmt: skip


def test_every_grade_of_the_real_reports_stands_on_its_page(real: Library) -> None:
    for row in table(REAL):
        for judged in read(real, row).judged:
            assert judged.line, (row.document, judged.area)
            assert_cited(real, judged)


# ---------------------------------------------------------------- the record over time


@pytest.fixture(scope="module")
def wrenmoor(demonstration: Library) -> History:
    return history(demonstration, "Wrenmoor")


def test_a_record_runs_from_the_oldest_inspection_to_the_newest(wrenmoor: History) -> None:
    assert [each.inspected_to.year for each in wrenmoor.inspections if each.inspected_to] == [
        2016, 2020, 2024, 2026,
    ]  # fmt: skip


def test_a_movement_is_told_of_one_framework_alone(wrenmoor: History) -> None:
    overall = [line for line in wrenmoor.movements if "overall grade" in line.text]
    assert [line.text for line in overall] == [
        "The overall grade went up: requires improvement to be good in 2020, good in 2024."
    ]
    assert "inadequate" not in " ".join(line.text for line in wrenmoor.movements)


def test_a_movement_is_the_programs_own_and_cites_every_grade_that_it_tells(
    wrenmoor: History,
) -> None:
    for line in wrenmoor.movements:
        assert line.voice is Voice.PROGRAM
        documents = {citation.document for citation in line.citations}
        assert len(documents) == sum(str(year) in line.text for year in (2020, 2024, 2026))


def test_areas_judged_together_and_later_apart_are_not_set_against_each_other(
    wrenmoor: History,
) -> None:
    (line,) = [line for line in wrenmoor.movements if "together" in line.text]
    assert line.text == (
        "Children in care and care leavers were judged together in 2020 (good), and apart in 2024 "
        "(children in care requires improvement to be good, care leavers outstanding)."
    )
    assert len(line.citations) == 3


# ---------------------------------------------------------------- reports of other forms

TABLE = (
    "Inspection of Thornbeck local authority children’s services",
    "Inspection dates: 8 to 19 June 2026",
    "The impact of leaders on social work practice with children and families Good",
    "The experiences and progress of children who need help and protection Good",
    "The experiences and progress of children in care Requires improvement to be good",
    "The experiences and progress of care leavers Outstanding",
)
SUMMER = (date(2026, 6, 8), date(2026, 6, 19))


def held(library: Library, name: str, *paragraphs: str, inspected: tuple[date, date]) -> Inspection:
    about = described(paragraphs[0], "Thornbeck", inspected=inspected)
    document, passages = made(name, *paragraphs, description=about)
    vectors = library.embedder.encode([passage.text for passage in passages])
    with library.writing():
        library.put(document, passages, vectors)
    return inspection(library, library.entry(name).document)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    yield library
    library.close()


def test_a_report_after_april_2026_has_an_overall_row_without_a_grade(empty: Library) -> None:
    found = held(empty, "t.pdf", *TABLE, inspected=SUMMER)
    assert found.framework == UNGRADED
    assert grades(found)[OVERALL] is None
    assert grades(found)[LEAVERS] == "outstanding"


@pytest.mark.parametrize(
    "said",
    [
        "Overall effectiveness Not judged",
        "Overall effectiveness: not judged",
        "Inspectors no longer give an overall effectiveness judgement.",
        "This inspection was carried out without an overall effectiveness judgement.",
        "Overall effectiveness is not judged.",
    ],
)
def test_a_report_that_gives_no_overall_grade_is_quoted_for_it(empty: Library, said: str) -> None:
    found = held(empty, "t.pdf", *TABLE, said, inspected=SUMMER)
    (overall,) = [row for row in found.judged if row.area == OVERALL]
    assert overall.grade is None
    assert overall.line
    assert said in overall.line.text


def test_an_area_that_a_report_says_it_does_not_judge_is_shown_without_a_grade(
    empty: Library,
) -> None:
    paragraphs = [*TABLE[:-1], "The experiences and progress of care leavers Not judged"]
    found = held(empty, "t.pdf", *paragraphs, inspected=SUMMER)
    assert grades(found)[LEAVERS] is None
    assert grades(found)[CARE] == "requires improvement to be good"


def test_a_grade_that_an_older_report_does_not_give_is_not_filled_in(empty: Library) -> None:
    found = held(empty, "t.pdf", *TABLE, inspected=(date(2023, 6, 5), date(2023, 6, 16)))
    assert found.framework == ILACS
    assert OVERALL not in grades(found)


@pytest.mark.parametrize(
    "opening",
    [
        "Focused visit to Thornbeck children’s services",
        "Monitoring visit of Thornbeck children’s services",
        "This letter summarises the findings of the focused visit to Thornbeck on 3 May 2023.",
    ],
)
def test_a_letter_after_a_visit_judges_nothing(empty: Library, opening: str) -> None:
    found = held(
        empty,
        "letter.pdf",
        opening,
        "Inspectors looked at the local authority’s arrangements for care leavers.",
        "The service for care leavers is good.",
        inspected=(date(2023, 5, 3), date(2023, 5, 4)),
    )
    assert found.framework == VISIT
    assert found.judged == ()


def test_an_inspection_that_tells_of_an_earlier_visit_is_no_visit(empty: Library) -> None:
    told = "Since the focused visit to Thornbeck in 2024, leaders have made progress."
    found = held(empty, "t.pdf", *TABLE, told, inspected=SUMMER)
    assert found.framework == UNGRADED


def test_a_report_held_under_two_names_is_one_inspection(empty: Library) -> None:
    held(empty, "one.pdf", *TABLE, inspected=SUMMER)
    held(empty, "two.pdf", *TABLE, "Published in June.", inspected=SUMMER)
    assert len(history(empty, "Thornbeck").inspections) == 1


def test_a_council_without_reports_has_an_empty_record(empty: Library) -> None:
    assert history(empty, "Nowhere") == History("Nowhere", ())
