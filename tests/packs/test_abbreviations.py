"""Abbreviations: spelled out by the documents' own words, or said to be spelled out by none."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import passage
from shelf import OLD_REPORT, REPORT, shelf

from rag.citation.quote import Quote
from rag.packs.briefing.abbreviations import abbreviation_mentions, glossary


def spelt(text: str) -> list[tuple[str, str]]:
    return [(s.short, s.meaning) for s in abbreviation_mentions(Quote(passage(text), 0, 0))]


@pytest.mark.parametrize(
    ("text", "short", "meaning"),
    [
        ("A multi-agency safeguarding hub (MASH) works.", "MASH", "multi-agency safeguarding hub"),
        ("Some are not in education, employment or training (NEET).", "NEET",
         "not in education, employment or training"),
        ("Independent reviewing officers (IROs) visit.", "IRO", "Independent reviewing officers"),
        ("The director of children\u2019s services (DCS) left.", "DCS",
         "director of children\u2019s services"),
        ("The health and wellbeing board (H&WBB) met.", "H&WBB", "health and wellbeing board"),
        ("They use the EHE (elective home education) list.", "EHE", "elective home education"),
        ("Help with education, employment and training (EET) is good.", "EET",
         "education, employment and training"),
    ],
)  # fmt: skip
def test_a_meaning_is_read_where_a_document_gives_it(text: str, short: str, meaning: str) -> None:
    assert (short, meaning) in spelt(text)


@pytest.mark.parametrize(
    "text",
    [
        "The panel of the town (MASH) works.",
        "Nobody knows what the hub is (ABC).",
        "It costs too much (VAT).",
    ],
)
def test_words_whose_letters_do_not_fit_are_no_meaning(text: str) -> None:
    assert not any(meaning for _, meaning in spelt(text))


def test_a_line_in_capitals_and_an_address_tell_no_abbreviations() -> None:
    assert spelt("SUMMARY OF FINDINGS") == []
    assert spelt("E: team@XYZ.gov.uk from the DFE") == []


def test_the_newest_meaning_is_quoted_and_no_more_than_its_words(tmp_path: Path) -> None:
    library = shelf(
        tmp_path,
        ("old.pdf", OLD_REPORT, ("The public law office (PLO) was slow.",)),
        ("new.pdf", REPORT, ("The public law outline (PLO) is used early and well.",)),
    )
    (term,) = glossary(library, library.documents())
    assert (term.short, term.meaning) == ("PLO", "public law outline")
    assert term.line.text == term.line.citations[0].quote == "public law outline (PLO)"
    assert term.line.citations[0].document == "new.pdf"


def test_one_that_no_document_spells_out_has_no_meaning(tmp_path: Path) -> None:
    library = shelf(
        tmp_path,
        ("new.pdf", REPORT, ("The CAMHS list is long. CAMHS staff are few. The UASC team left.",)),
    )
    (term,) = glossary(library, library.documents())
    assert (term.short, term.meaning) == ("CAMHS", "")
    assert term.line.text == "The CAMHS list is long."
