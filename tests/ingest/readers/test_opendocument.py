"""OpenDocument texts to blocks."""

from __future__ import annotations

import pytest
from made_files import open_document, packed

from ingest.reading.readers.opendocument import read_odt
from ingest.types import LineRole
from rag.errors import NoText, Unreadable

STYLES = (
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="raised" style:parent-style-name="up"/>'
    '<style:style style:name="gone"><style:text-properties text:display="none"/></style:style>'
)


def lines(body: str) -> list[tuple[LineRole, str]]:
    reading = read_odt(open_document("text", body, STYLES))
    return [(line.role, line.text) for line in reading.pages[0]]


def test_blocks_come_in_order_with_their_roles() -> None:
    body = (
        '<text:h>Homes</text:h><text:p>There were<text:s/>312<text:span text:style-name="raised">4'
        "</text:span> visits on the 1<text:span text:style-name='up'>st</text:span>.</text:p>"
        "<text:list><text:list-item><text:p>More homes</text:p></text:list-item></text:list>"
    )
    assert lines(body) == [
        (LineRole.HEADING, "Homes"),
        (LineRole.PARAGRAPH, "There were 312 visits on the 1st."),
        (LineRole.ITEM, "More homes"),
    ]


def test_notes_come_last_each_with_its_mark() -> None:
    body = (
        "<text:p>There were 312<text:note><text:note-citation>4</text:note-citation>"
        "<text:note-body><text:p>Provisional.</text:p></text:note-body></text:note> visits."
        "</text:p>"
        "<text:p>Then it closed.</text:p>"
    )
    assert lines(body) == [
        (LineRole.PARAGRAPH, "There were 312 visits."),
        (LineRole.PARAGRAPH, "Then it closed."),
        (LineRole.NOTE, "⁴ Provisional."),
    ]


def test_deleted_hidden_and_prompting_words_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:p>secret</text:p></text:tracked-changes>"
        '<text:p>Kept<text:span text:style-name="gone"> secret</text:span>'
        "<text:placeholder>enter text</text:placeholder> words.</text:p>"
    )
    assert lines(body) == [(LineRole.PARAGRAPH, "Kept words.")]


def test_cells_that_span_others_stand_under_their_headings() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text: str, span: str = "") -> str:
        return f"<table:table-cell {span}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    heads = row(
        cell("Ward", 'table:number-rows-spanned="2"'),
        cell("Homes", 'table:number-columns-spanned="2"'),
        covered,
    ) + row(covered, cell("2023"), cell("2024"))
    body = (
        f"<table:table><table:table-header-rows>{heads}</table:table-header-rows>"
        f"{row(cell('North'), cell('547'), cell('612'))}</table:table>"
    )
    assert lines(body)[-1] == (LineRole.ROW, "North | Homes, 2023: 547 | Homes, 2024: 612")


def test_a_document_without_words_says_so() -> None:
    with pytest.raises(NoText):
        lines("<text:p/>")


@pytest.mark.parametrize("content", ["", "not xml", "<x/>"])
def test_a_damaged_document_is_refused(content: str) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_odt(packed({"content.xml": content}))
