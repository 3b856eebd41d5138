"""Findings by theme: sentences that find something, told good from bad, in the right theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import passage
from shelf import OLD_REPORT, REPORT, shelf

from rag.citation.quote import Quote
from rag.packs.briefing.findings import findings, praise_or_fault
from rag.packs.briefing.themes import (
    main_findings,
    theme_definitions,
    theme_of,
    themes_in,
    uncovered_themes,
)
from rag.types import Voice


@pytest.mark.parametrize(
    "text",
    [
        "Pathway plans are of good quality for those under 21.",
        "Decisions are thorough and reach timely conclusions.",
        "Matches are agreed promptly and without delay.",
        "Leaders have taken effective action to address previous shortfalls.",
        "Although demand has grown, assessments are thorough and timely.",
        "If risks do not reduce, escalation to legal proceedings follows promptly.",
        "Staff engage well with young people who are not in education, employment or training.",
    ],
)
def test_praise_is_told_as_a_strength(text: str) -> None:
    assert praise_or_fault(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "Children wait too long for specialist services.",
        "Although leaders are ambitious, not all children receive an effective service.",
        "Services have improved, but further work is needed.",
        "The quality of assessments is mostly poor.",
        "Reviews are good in parts but they are not held often enough.",
        "Caseloads are unmanageable in the assessment teams.",
    ],
)
def test_fault_is_told_as_a_weakness(text: str) -> None:
    assert praise_or_fault(text) < 0


@pytest.mark.parametrize(
    "text",
    [
        "The panel meets in the town hall and has eight members.",
        "Leaders plan to recruit effective managers next year.",
        "The team is strong, although its records are poor.",
    ],
)
def test_what_finds_nothing_or_both_is_neither(text: str) -> None:
    assert praise_or_fault(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "This is a strong and effective service for all of the children.",
        "However, the quality of the plans is poor in most of the teams.",
        "Leaders have recognised this and good plans are now in place for it.",
        "Inspectors met with a good number of skilled and committed social workers.",
        "Leaders must ensure that effective support reaches all of the children.",
        "Good plans.",
        "The experiences and progress of children in care are good",
    ],
)
def test_a_sentence_that_leans_or_tells_of_the_inspection_is_no_finding(text: str) -> None:
    assert not findings([passage(text)])


def test_what_a_report_asks_for_is_no_finding() -> None:
    asked = "A consistent service for all children in care, with good plans and timely decisions."
    assert not findings([passage(asked, heading="What needs to improve?")])
    assert findings([passage(asked, heading="Children in care")])


def test_a_finding_that_the_next_sentence_takes_back_is_not_quoted_alone() -> None:
    found = findings(
        [passage("The support for foster carers is strong and timely.", "However, it is rare.")]
    )
    assert not found


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Social workers in the MASH screen referrals quickly.", "Front door and early help"),
        ("Caseloads are too high and turnover is growing.", "Workforce"),
        ("Care leavers have warm relationships with personal advisers.", "Care leavers"),
        ("Return home interviews are timely for those who go missing.", "Exploitation and missing"),
        ("The weather was fine.", ""),
    ],
)
def test_a_sentence_is_of_the_theme_that_its_words_tell(text: str, theme: str) -> None:
    assert theme_of(Quote(passage(text), 0, 0)) == theme


def test_a_text_may_be_of_several_themes() -> None:
    assert {"Workforce", "Care leavers"} <= themes_in("Care leavers suffer from staff turnover.")


def test_what_is_found_of_a_board_is_of_no_other_theme() -> None:
    text = "Leaders are strong and effective in their oversight of audits."
    of_board = passage(text, heading="The Local Safeguarding Children Board")
    assert theme_of(Quote(of_board, 0, 0)) in ("", "Partnership and safeguarding board")


def test_each_theme_has_a_name_of_its_own_and_words() -> None:
    names = [theme.name for theme in theme_definitions()]
    assert len(set(names)) == len(names) >= 12


def test_the_newest_report_speaks_and_its_strengths_and_weaknesses_are_told_apart(
    tmp_path: Path,
) -> None:
    library = shelf(
        tmp_path,
        ("old.pdf", OLD_REPORT, ("Caseloads were far too high in all of the assessment teams.",)),
        (
            "new.pdf",
            REPORT,
            (
                "Caseloads are manageable and supervision is strong in all of the teams.",
                "The turnover of social workers is a serious weakness for most children.",
            ),
        ),
    )
    (theme,) = main_findings(library, library.documents())
    assert theme.name == "Workforce"
    assert [line.text.split()[0] for line in theme.strengths] == ["Caseloads"]
    assert [line.text.split()[1] for line in theme.weaknesses] == ["turnover"]
    assert set(theme.lines) == {*theme.strengths, *theme.weaknesses}
    for line in theme.lines:
        assert line.voice is Voice.INSPECTOR
        assert [c.document for c in line.citations] == ["new.pdf"]
        assert line.citations[0].quote == line.text


def test_a_theme_of_which_no_document_has_a_sentence_is_named(tmp_path: Path) -> None:
    library = shelf(tmp_path, ("new.pdf", REPORT, ("Caseloads are manageable in all teams.",)))
    missing = uncovered_themes(library, library.documents())
    assert "Care leavers" in missing
    assert "Workforce" not in missing
