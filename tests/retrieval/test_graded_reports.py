"""Which reports give a grade is looked up: nothing is read of those that do not, nor twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import question as read
from invented import shelved
from ofsted import LEAVERS, OVERALL

from rag.errors import OutOfTime
from rag.inspection import reports
from rag.library.corpus import Corpus, FilteredCorpus
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.retrieval.graded_reports import reports_given
from rag.retrieval.search import retrieve
from rag.time_budget import time_budget


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the reports that were read for their grades."""
    looked: list[str] = []
    inner = reports.told_framework

    def told_framework(passages: object, title: str, *options: object) -> object:
        looked.append(title)
        return inner(passages, title, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "told_framework", told_framework)
    return looked


def given(library: Corpus, asked: Library, area: str, grade: str) -> list[str]:
    documents = library.documents()
    question = read("Which councils were judged so?", documents)
    within = filtered_documents(EVERYTHING, documents)
    found = retrieve(library, asked.embedder, question, within)
    return [document.name for document in reports_given(library, found, area, grade)]


def test_the_reports_that_give_a_grade_come_newest_first(library: Library) -> None:
    for area, grade in ((OVERALL, "good"), (OVERALL, "inadequate"), (LEAVERS, "inadequate")):
        expected = []
        for document in reports.newest_first(reports.reports(library.documents())):
            judgement = reports.grades_of(library, document).get(area)
            if judgement and judgement.grade.is_called(grade):
                expected.append(document.name)
        assert given(library, library, area, grade) == expected
        assert expected or area == LEAVERS


def test_a_filter_leaves_out_what_it_does_not_let_through(library: Library) -> None:
    every = given(library, library, OVERALL, "good")
    let_through = [d for d in library.documents() if d.name != every[0]]
    assert given(FilteredCorpus(library, let_through), library, OVERALL, "good") == every[1:]


def test_each_report_is_read_once_whatever_is_asked_and_whoever_asks(
    tmp_path: Path, counted: list[str]
) -> None:
    library = shelved(tmp_path / "library")
    first = given(library, library, OVERALL, "good")
    assert len(counted) == len(reports.reports(library.documents()))
    counted.clear()
    assert given(library, library, LEAVERS, "good") != first
    library.close()
    again = Library(tmp_path / "library", library.embedder)
    assert given(again, again, OVERALL, "good") == first
    again.close()
    assert not counted


def test_what_was_read_when_the_time_was_over_is_kept(tmp_path: Path, counted: list[str]) -> None:
    library = shelved(tmp_path / "library")
    held = reports.reports(library.documents())
    reports.all_stated_grades(library, held[:1])
    with time_budget(0), pytest.raises(OutOfTime):
        reports.all_stated_grades(library, held)
    counted.clear()
    reports.all_stated_grades(library, held)
    assert len(counted) == len(held) - 1
    library.close()
