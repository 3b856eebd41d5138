"""Spreadsheets, of Excel, OpenDocument and as text: what they show, under its headings."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import openpyxl
import pytest
from made_files import open_document, packed, repacked
from openpyxl.styles import Font

from ingest.reading import sheets
from ingest.reading.readers.csv_table import read_csv
from ingest.reading.readers.opendocument import read_ods
from ingest.reading.readers.xlsx import read_xlsx
from ingest.types import ExtractedPages, LineRole
from rag.errors import NoText, Unreadable

Rows = Sequence[Sequence[Any]]
ROWS: Rows = (("Ward", "2023", "2024"), ("North", 547, 612), ("South", 48, 51))


def book(*named: tuple[str, Rows]) -> Any:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in named:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def lines(reading: ExtractedPages, page: int = 0) -> list[tuple[LineRole, str]]:
    return [(line.role, line.text) for line in reading.pages[page]]


def texts(reading: ExtractedPages, page: int = 0) -> list[str]:
    return [line.text for line in reading.pages[page]]


def test_a_sheet_is_a_page_that_begins_with_its_name() -> None:
    reading = read_xlsx(saved(book(("Homes", ROWS), ("Plans", ROWS))))
    assert lines(reading, 1) == [
        (LineRole.HEADING, "Plans"),
        (LineRole.ROW, "Ward | 2023 | 2024"),
        (LineRole.ROW, "North | 2023: 547 | 2024: 612"),
        (LineRole.ROW, "South | 2023: 48 | 2024: 51"),
    ]


def test_titles_and_notes_stand_apart_from_the_table() -> None:
    rows = (("Homes by ward",), ("Year to 31 March.",), (), *ROWS, ("* Provisional.",))
    reading = read_xlsx(saved(book(("Sheet1", rows))))
    assert [line for line in lines(reading) if line[0] is not LineRole.ROW] == [
        (LineRole.HEADING, "Homes by ward"),
        (LineRole.PARAGRAPH, "Year to 31 March."),
        (LineRole.NOTE, "* Provisional."),
    ]
    assert reading.hints.title == "Homes by ward"


def test_cells_that_are_one_stand_in_each_of_their_places() -> None:
    rows = (("Ward", "Homes", None), (None, "2023", "2024"), ("North", 547, 612), (None, 48, 51))
    made = book(("Homes", rows))
    for place in ("B1:C1", "A3:A4"):
        made["Homes"].merge_cells(place)
    assert texts(read_xlsx(saved(made)))[-2:] == [
        "North | Homes, 2023: 547 | Homes, 2024: 612",
        "North | Homes, 2023: 48 | Homes, 2024: 51",
    ]


def test_a_block_without_headings_goes_on_under_those_above_it() -> None:
    rows = (*ROWS, (), ("East", 7, 9))
    assert texts(read_xlsx(saved(book(("Homes", rows)))))[-1] == "East | 2023: 7 | 2024: 9"


def test_figures_and_dates_read_as_the_sheet_shows_them() -> None:
    made = book(("Homes", (("Ward", "Met", "Cost", "Day"), ("North", 0.715, 1234.5, None))))
    row = made["Homes"][2]
    row[3].value = date(2025, 5, 4)
    for cell, code in zip(row[1:], ("0.0%", '"£"#,##0.00', "d mmmm yyyy"), strict=True):
        cell.number_format = code
    shown = texts(read_xlsx(saved(made)))[-1]
    assert shown == "North | Met: 71.5% | Cost: £1,234.50 | Day: 4 May 2025"


def test_what_a_workbook_hides_is_no_text() -> None:
    rows = (("Ward", "2023", "Secret", "2024"), ("North", 547, 1, 612), ("Secret", 2, 3, 4))
    made = book(("Homes", (*rows, ("South", 48, 5, 51))), ("Secret", ROWS))
    sheet = made["Homes"]
    made["Secret"].sheet_state = "veryHidden"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["D4"].font = Font(color="FFFFFFFF")
    sheet["B4"].number_format = ";;;"
    reading = read_xlsx(saved(made))
    assert len(reading.pages) == 1
    assert texts(reading)[1:] == ["Ward | 2023 | 2024", "North | 2023: 547 | 2024: 612", "South"]


def test_a_cell_that_begins_with_an_equals_sign_is_text() -> None:
    rows = b"Ward,2023,2024\nNorth,=1+1,3\n"
    assert texts(read_csv(rows))[-1] == "North | 2023: =1+1 | 2024: 3"


def test_a_formula_is_the_value_that_was_stored_for_it() -> None:
    data = saved(book(("Homes", (("Ward", "Homes"), ("North", 7), ("South", 5)))))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Ward</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Homes</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>North</t></is></c>'
        '<c r="B2"><f>SUM(1,6)</f><v>7</v></c></row></sheetData></worksheet>'
    )
    reading = read_xlsx(repacked(data, {"xl/worksheets/sheet1.xml": sheet}))
    assert texts(reading)[-1] == "North | Homes: 7"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_parts_the_cells_of_a_text_table_is_found_out(delimiter: str) -> None:
    text = "\n".join(delimiter.join(map(str, row)) for row in ROWS)
    assert texts(read_csv(text.encode("utf-16")))[1] == "North | 2023: 547 | 2024: 612"


def test_a_stated_delimiter_holds_and_quoted_cells_keep_theirs() -> None:
    data = 'sep=;\nWard;Cost\n"North; and, East";"1,547"\n'.encode("cp1252")
    assert texts(read_csv(data))[-1] == "North; and, East | Cost: 1,547"


def test_an_opendocument_sheet_reads_as_it_is_shown() -> None:
    table = (
        '<table:table table:name="Homes"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
        "<table:table-row><table:table-cell><text:p>Ward</text:p></table:table-cell>"
        "<table:table-cell><text:p>Secret</text:p></table:table-cell>"
        "<table:table-cell><text:p>Met</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>"
        "<table:table-cell><text:p>1</text:p></table:table-cell>"
        '<table:table-cell office:value="0.715"><text:p>71.5%</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:visibility="filter"><table:table-cell>'
        "<text:p>Secret</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        '<table:table table:name="Secret" table:style-name="h"><table:table-row>'
        "<table:table-cell><text:p>Secret</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    style = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    reading = read_ods(open_document("spreadsheet", table, style))
    assert len(reading.pages) == 1
    assert texts(reading) == ["Homes", "Ward | Met", "North | Met: 71.5%"]


READERS: list[tuple[Callable[[bytes], ExtractedPages], Callable[[Rows], bytes]]] = [
    (read_xlsx, lambda rows: saved(book(("Homes", rows)))),
    (read_csv, lambda rows: "\n".join(",".join(map(str, row)) for row in rows).encode()),
]


@pytest.mark.parametrize(("read", "made"), READERS)
@pytest.mark.parametrize(("limit", "named"), [("MAX_ROWS", "rows"), ("MAX_CELLS", "cells")])
def test_more_than_is_read_is_refused_by_its_number(
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[bytes], ExtractedPages],
    made: Callable[[Rows], bytes],
    limit: str,
    named: str,
) -> None:
    monkeypatch.setattr(sheets, limit, 2)
    with pytest.raises(Unreadable, match=f"more than 2 {named}") as refusal:
        read(made(ROWS))
    assert refusal.value.remedy


def test_more_sheets_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_SHEETS", 1)
    with pytest.raises(Unreadable, match="more than 1 sheet"):
        read_xlsx(saved(book(("Homes", ROWS), ("Plans", ROWS))))


def test_a_workbook_of_empty_sheets_has_no_text() -> None:
    with pytest.raises(NoText):
        read_xlsx(saved(book(("Homes", ()))))


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"],
)
@pytest.mark.parametrize("content", ["", "not xml", "<x/>"])
def test_a_damaged_workbook_is_refused_or_empty(part: str, content: str) -> None:
    data = repacked(saved(book(("Homes", ROWS))), {part: content})
    if content == "<x/>" and part != "xl/workbook.xml":
        # What is missing from a part is passed over.
        with suppress(Unreadable, NoText):
            assert read_xlsx(data).pages
        return
    with pytest.raises((Unreadable, NoText)):
        read_xlsx(data)


@pytest.mark.parametrize("read", [read_xlsx, read_ods])
def test_a_bomb_and_declared_entities_are_refused(
    read: Callable[[bytes], ExtractedPages],
) -> None:
    late = "<!--" + "x" * 100_000 + '--><!DOCTYPE x [<!ENTITY a "a">]><x/>'
    for part, reason in ((b"\0" * 70_000_000, "zip bomb"), (late, "entities")):
        with pytest.raises(Unreadable, match=reason):
            read(packed({"xl/workbook.xml": part, "content.xml": part}))
