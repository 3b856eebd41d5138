"""What a council must improve is told by the list of its newest report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import OLD_REPORT, REPORT, shelf

from ingest.types import ExtractedLine, LineRole
from rag.desk import Desk
from rag.library.library import Library

HEADING = ExtractedLine("What needs to improve", LineRole.HEADING)
THEN = ("The stability of the workforce in every team.", "The use of data by managers and leaders.")
NOW = ("The quality of plans for care leavers over 18.", "The sufficiency of homes for children.")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("lists")
    made = shelf(
        folder / "library",
        ("old.pdf", OLD_REPORT, (HEADING, *THEN)),
        ("new.pdf", REPORT, (HEADING, *NOW)),
    )
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What must Fallowmere improve?", NOW),
        ("What was Fallowmere told to improve?", NOW),
        ("What must Fallowmere put right?", NOW),
        ("What was Fallowmere told to improve in 2019?", THEN),
    ],
)
def test_the_newest_list_is_told_unless_another_year_is_named(
    library: Library, question: str, items: tuple[str, ...]
) -> None:
    answer = Desk(library).ask(question)
    assert [citation.quote for citation in answer.citations] == list(items)
