"""The briefing: two pages, every line quoted from a named page, each voice its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from shelf import ARTICLE, OLD_REPORT, PLAN, REPORT, shelf

from rag.citation.line import Line, values_of_type
from rag.library.library import Library
from rag.packs.briefing import briefing as limits
from rag.packs.briefing.briefing import briefing
from rag.packs.types import Theme
from rag.types import Kind, Voice

TEXTS = (
    "Lead inspector: Otto Brackenridge, His Majesty\u2019s Inspector",
    "Caseloads are manageable and supervision is strong in all of the teams.",
    "Children wait too long for a first visit from the multi-agency safeguarding hub (MASH).",
)
SAID = (
    "Councillor Prudence Oakes, the cabinet member for children, said the council had been slow.",
    "\u201cIt was slow,\u201d she said.",
)
DOES = (
    "The council will recruit 24 social workers by March 2026.",
    "The committee room has eight chairs and a table.",
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return shelf(
        tmp_path,
        ("report.pdf", REPORT, TEXTS),
        ("old.pdf", OLD_REPORT, ("Lead inspector: Ann Lee",)),
        ("news.txt", ARTICLE, SAID),
        ("plan.docx", PLAN, DOES),
        (
            "other.txt",
            described("Other", "Thornbeck", kind=Kind.NEWS, published=date(2024, 12, 1)),
            ("Ada Fell, the chief executive of Thornbeck, said that the council has closed it.",),
        ),
    )


def test_each_part_has_what_its_sources_say_in_their_own_voice(library: Library) -> None:
    made = briefing(library, "Fallowmere", library.documents())
    assert [line.text for line in made.doing] == [DOES[0]]
    assert made.doing[0].voice is Voice.COUNCIL
    assert [line.text for line in made.said] == [SAID[0]]
    assert made.said[0].voice is Voice.PRESS
    assert {theme.name for theme in made.findings} == {"Workforce", "Front door and early help"}
    assert [p.name for p in made.people] == ["Prudence Oakes", "Otto Brackenridge"]
    assert [term.short for term in made.glossary] == ["MASH"]
    assert "Care leavers" in made.uncovered


def test_without_papers_of_the_council_inspectors_tell_what_it_does(tmp_path: Path) -> None:
    text = "Leaders have introduced a new panel for all of the children in care."
    library = shelf(tmp_path, ("report.pdf", REPORT, (text,)))
    (line,) = briefing(library, "Fallowmere", library.documents()).doing
    assert (line.text, line.voice) == (text, Voice.INSPECTOR)


def test_what_the_press_said_years_before_is_left_out(tmp_path: Path) -> None:
    old = described("Old", "Fallowmere", kind=Kind.NEWS, published=date(2017, 2, 4))
    library = shelf(tmp_path, ("report.pdf", REPORT, TEXTS), ("old.txt", old, SAID))
    assert not briefing(library, "Fallowmere", library.documents()).said


def test_nothing_held_makes_an_empty_briefing(library: Library) -> None:
    made = briefing(library, "Nowhere", library.documents())
    parts = (made.findings, made.people, made.doing, made.said, made.glossary)
    assert not any(parts)


def test_every_theme_keeps_its_weightiest_line_before_any_gets_a_second() -> None:
    def line(words: int) -> Line:
        return Line(" ".join(["word"] * words), (), Voice.INSPECTOR)

    long, short = (line(10), line(9)), (line(8), line(7))
    themes = [Theme("One", long, long[:1], long[1:]), Theme("Two", short, short, ())]
    kept = limits.within(themes, 28)
    assert [theme.lines for theme in kept] == [long, short[:1]]
    assert kept[0].weaknesses == long[1:]
    assert kept[1].strengths == short[:1]


def test_every_line_stands_on_its_page_word_for_word(library: Library) -> None:
    made = briefing(library, "Fallowmere", library.documents())
    assert list(values_of_type(made, Line))
    assert_cited(library, made)
