"""Where sources differ: on one matter, of one time, and not because one restates the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from invented import described
from shelf import ARTICLE, REPORT, shelf

from rag.packs.briefing.disagreements import disagreements
from rag.packs.types import Disagreement
from rag.types import Description, Kind

SAYS_17 = "The proportion of social work posts held by agency workers is 17%."


def found(folder: Path, *rows: tuple[str, Description, str]) -> tuple[Disagreement, ...]:
    library = shelf(folder, *((name, about, (text,)) for name, about, text in rows))
    return disagreements(library, library.documents())


def test_two_figures_for_one_thing_at_one_time_differ(tmp_path: Path) -> None:
    (differ,) = found(
        tmp_path,
        ("report.pdf", REPORT, SAYS_17),
        ("news.txt", ARTICLE, "A return shows that 26% of social work posts are held by agency "
         "workers."),
    )  # fmt: skip
    assert differ.respect == "17% against 26%"
    assert differ.one.citations[0].document == "report.pdf"
    assert differ.other.citations[0].document == "news.txt"


@pytest.mark.parametrize(
    "text",
    [
        "A return shows that 17% of social work posts are held by agency workers.",
        "Social work posts held by agency workers are to be below 10% of all by March.",
        "In 2019, 26% of social work posts were held by agency workers.",
        "About 26% of the cost of social work goes on travel.",
        "Some 12% of posts held by permanent social work staff are part-time.",
    ],
)
def test_an_equal_figure_an_aim_another_time_or_another_matter_does_not(
    tmp_path: Path, text: str
) -> None:
    assert not found(tmp_path, ("report.pdf", REPORT, SAYS_17), ("news.txt", ARTICLE, text))


def test_sources_of_two_years_do_not_differ_they_tell_of_a_change(tmp_path: Path) -> None:
    later = described("Later", "Fallowmere", kind=Kind.NEWS, published=date(2027, 1, 1))
    text = "A return shows that 26% of social work posts are held by agency workers."
    assert not found(tmp_path, ("report.pdf", REPORT, SAYS_17), ("news.txt", later, text))


def test_a_grade_told_otherwise_than_the_report_gives_it_is_found(tmp_path: Path) -> None:
    row = "Overall effectiveness Requires improvement to be good"
    (differ,) = found(
        tmp_path,
        ("report.pdf", REPORT, row),
        ("news.txt", ARTICLE, "Inspectors judged the services to be good overall."),
    )
    assert differ.respect == "requires improvement to be good against good"
    assert differ.one.text == row


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors judged that the services require improvement overall.",
        "The services were judged good overall at the previous inspection.",
        "The services were judged good overall in 2012.",
        "The services were not judged good overall.",
    ],
)
def test_the_same_grade_or_an_earlier_one_is_not(tmp_path: Path, text: str) -> None:
    row = "Overall effectiveness Requires improvement to be good"
    assert not found(tmp_path, ("report.pdf", REPORT, row), ("news.txt", ARTICLE, text))


def test_one_post_held_since_two_months_in_one_report_is_found(tmp_path: Path) -> None:
    library = shelf(
        tmp_path,
        (
            "report.pdf",
            REPORT,
            (
                "The chair of the board has been in post since April 2015.",
                "The chair of the Safeguarding Board has been in post since May 2015.",
                "The interim chair of the board has been in post since June 2015.",
            ),
        ),
    )
    (differ,) = disagreements(library, library.documents())
    assert differ.respect == "since April 2015 against since May 2015"
