"""Lines that lie on a page become headings, paragraphs, items and rows."""

from __future__ import annotations

import pytest
from shared_data import cleaned

from ingest.cleaning.layout import BlockDraft, blocks, join_hyphens, number_paragraphs
from ingest.types import ExtractedLine, LineRole

FILL = "Leaders in Wrenmoor know their services well and act on what they find there."


def drafts(*lines: str | ExtractedLine) -> list[BlockDraft]:
    return blocks([one if isinstance(one, ExtractedLine) else ExtractedLine(one) for one in lines])


def test_hard_wrapped_lines_are_one_paragraph_and_a_short_last_line_ends_it() -> None:
    found = drafts(
        "Social workers visit children often, and they record what children",
        "say to them with care.",
        "Managers read those records each month and act upon what they read",
        "in them.",
    )
    assert [d.text for d in found] == [
        "Social workers visit children often, and they record what children say to them with care.",
        "Managers read those records each month and act upon what they read in them.",
    ]


def test_a_blank_line_ends_a_paragraph() -> None:
    assert len(drafts(FILL, "", FILL)) == 2


def test_lines_that_a_reader_gave_a_role_stand_alone() -> None:
    found = drafts(
        ExtractedLine("Background", LineRole.HEADING),
        ExtractedLine(FILL, LineRole.PARAGRAPH),
        ExtractedLine("a | b", LineRole.ROW),
    )
    assert [d.role for d in found] == [LineRole.HEADING, LineRole.PARAGRAPH, LineRole.ROW]


@pytest.mark.parametrize("bullet", ["\u2022 ", "\uf0b7 ", "\u25fc", "- ", "\u2013 ", "o "])
def test_bulleted_lines_are_items_without_their_bullets(bullet: str) -> None:
    found = drafts(
        f"{bullet}the quality of plans", "for care leavers", f"{bullet}the pace of visits"
    )
    assert [(d.role, d.text) for d in found] == [
        (LineRole.ITEM, "the quality of plans for care leavers"),
        (LineRole.ITEM, "the pace of visits"),
    ]


def test_larger_or_bold_lines_are_headings() -> None:
    body = [ExtractedLine(FILL, size=11.0, top=700 - 14 * n) for n in range(4)]
    found = drafts(ExtractedLine("What must improve", size=16.0, top=740), *body)
    assert [d.role for d in found] == [LineRole.HEADING, LineRole.PARAGRAPH]
    assert drafts(ExtractedLine("What must improve", bold=True), FILL)[0].role is LineRole.HEADING


def test_a_bold_label_that_ends_in_a_colon_is_a_heading_and_a_bold_sentence_is_none() -> None:
    label = ExtractedLine("What needs to improve:", bold=True)
    assert drafts(label, FILL)[0].role is LineRole.HEADING
    leading = ExtractedLine("All of this must be done by the partners together:", bold=True)
    assert drafts(leading, FILL)[0].role is LineRole.PARAGRAPH


def test_a_judgement_table_is_one_row_a_line_with_two_line_rows_whole() -> None:
    found = drafts(
        "Judgement Grade",
        "The impact of leaders on social work practice with children and",
        "families Good",
        "The experiences and progress of children in care Requires improvement",
        "to be good",
        "Overall effectiveness Inadequate",
        FILL,
    )
    rows = [d.text for d in found if d.role is LineRole.ROW]
    assert rows == [
        "The impact of leaders on social work practice with children and families Good",
        "The experiences and progress of children in care Requires improvement to be good",
        "Overall effectiveness Inadequate",
    ]
    assert found[-1].text == FILL


def test_an_older_list_of_grades_is_rows_without_a_head() -> None:
    found = drafts(
        "2. Children looked after and achieving permanence Good", "2.1 Adoption performance Good"
    )
    assert [d.role for d in found] == [LineRole.ROW, LineRole.ROW]


def test_a_sentence_that_ends_in_a_grade_is_no_row() -> None:
    (found,) = drafts("At the last inspection the service for care leavers was judged good.")
    assert found.role is LineRole.PARAGRAPH


def joined(*lines: str) -> str:
    return cleaned(lines)[0].page.text.replace("\n", " ")


def test_a_word_broken_over_lines_is_joined() -> None:
    assert "safeguarding of all children" in joined(
        "Partners have strengthened the safe-", "guarding of all children in the borough."
    )


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept() -> None:
    text = joined(
        "A well-being plan is made for each child, and every well-", "being plan is read."
    )
    assert text.count("well-being") == 2
    assert "wellbeing" not in text


def test_a_hyphen_between_two_words_of_the_document_is_kept() -> None:
    text = joined(
        "One court and one order. The court made the order. A court-", "order was made for him."
    )
    assert "court-order" in text


def test_a_word_broken_twice_leaves_no_mark() -> None:
    ((draft,),) = join_hyphens([drafts("They are co-", "opera-", "tive.")])
    assert draft.text.startswith("They are co")
    assert "\u00ad" not in draft.text
    assert "\n" not in draft.text


def numbers(*texts: str, role: LineRole = LineRole.PARAGRAPH) -> list[str | None]:
    return [d.paragraph for d in number_paragraphs([[BlockDraft(text, role) for text in texts]])[0]]


def test_printed_numbers_that_count_up_are_paragraph_numbers() -> None:
    assert numbers("1. Leaders act.", "2. They plan.", "In 2019. Not one.", "4. A skip.") == [
        "1", "2", None, "4",
    ]  # fmt: skip
    assert numbers("1. One.", "17. Far off.", "2. Two.") == ["1", None, "2"]


def test_the_number_is_taken_off_the_text() -> None:
    ((draft,),) = number_paragraphs([[BlockDraft("1. Leaders act.", LineRole.PARAGRAPH)]])
    assert draft.text == "Leaders act."


def test_numbered_headings_stay_headings() -> None:
    headings = [
        BlockDraft("1. Introduction", LineRole.HEADING),
        BlockDraft("2. Background", LineRole.HEADING),
    ]
    assert number_paragraphs([headings]) == [headings]


def test_bold_type_amid_numbered_paragraphs_makes_no_heading() -> None:
    page = [
        BlockDraft("1. Leaders act.", LineRole.PARAGRAPH),
        BlockDraft("2. Governance of", LineRole.HEADING),
    ]
    assert number_paragraphs([page])[0][1].paragraph == "2"
