"""Plain text and Markdown."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.reading.readers.markdown import read_markdown
from ingest.reading.readers.text import read_text
from ingest.types import LineRole
from rag.errors import NoText, Unreadable

WORDS = "The council’s plan – £5 million for “care leavers” – was agreed.\nNobody spoke."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_an_encoding_is_found_out(encoding: str) -> None:
    (lines,) = read_text(WORDS.encode(encoding)).pages
    assert "\n".join(line.text for line in lines) == WORDS


def test_lines_stand_as_they_are_with_blank_ones_empty() -> None:
    (lines,) = read_text(b"One\r\nline\r\n\r\n  Two  \r\n").pages
    assert [line.text for line in lines] == ["One", "line", "", "Two", ""]
    assert {line.role for line in lines} == {LineRole.LINE}


def test_a_form_feed_starts_a_page() -> None:
    assert [page[0].text for page in read_text(b"first\fsecond").pages] == ["first", "second"]


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_text(bytes(range(256)))


@pytest.mark.parametrize("reader", [read_text, read_markdown])
def test_text_without_words_is_refused(reader: object) -> None:
    with pytest.raises(NoText):
        reader(b" \n \n")  # type: ignore[operator]


MARKDOWN = b"""---
title: "Budget: a review"
date: 4th March 2024
publisher: Anytown Council
source: https://anytown.example/budget
author: A. Clerk
---
# Findings

Spending *rose*
by 5% <!-- secret --> in `2023`.

- First point
- Second point
  1. Inner point

| Service | Grade |
|---------|-------|
| Care    | Good  |

> Quoted words.

<p style="display:none">secret</p>
<script>secret()</script>
"""


def test_markdown_gives_blocks_with_their_roles() -> None:
    reading = read_markdown(MARKDOWN)
    assert [(line.role, line.text) for line in reading.pages[0]] == [
        (LineRole.HEADING, "Findings"),
        (LineRole.PARAGRAPH, "Spending rose by 5% in 2023."),
        (LineRole.ITEM, "First point"),
        (LineRole.ITEM, "Second point"),
        (LineRole.ITEM, "Inner point"),
        (LineRole.ROW, "Service | Grade"),
        (LineRole.ROW, "Care | Good"),
        (LineRole.PARAGRAPH, "Quoted words."),
    ]


def test_front_matter_becomes_hints() -> None:
    hints = read_markdown(MARKDOWN).hints
    assert hints.title == "Budget: a review"
    assert hints.published == date(2024, 3, 4)
    assert hints.publisher == "Anytown Council"
    assert hints.source_url == "https://anytown.example/budget"
    assert hints.author == "A. Clerk"


def test_a_date_that_cannot_be_read_is_none() -> None:
    assert read_markdown(b"---\ndate: last spring\n---\nWords.").hints.published is None


def rows(text: str) -> list[str]:
    lines = read_text(text.encode()).pages[0]
    return [line.text for line in lines if line.role is LineRole.ROW]


SPACED = """Homes by ward
                             Target   2023    2024
Homes let within 28 days      85%     71%     79%
Empty homes brought back
  into use (number)           none set 31*    48
Fire checks done              100%    n/a     99%

* provisional

Points to note follow here.
"""


def test_columns_set_apart_by_spaces_are_a_table() -> None:
    lines = read_text(SPACED.encode()).pages[0]
    assert [(line.role, line.text) for line in lines if line.text] == [
        (LineRole.LINE, "Homes by ward"),
        (LineRole.ROW, "Target | 2023 | 2024"),
        (LineRole.ROW, "Homes let within 28 days | Target: 85% | 2023: 71% | 2024: 79%"),
        (
            LineRole.ROW,
            "Empty homes brought back into use (number) | Target: none set | 2023: 31 | 2024: 48",
        ),
        (LineRole.ROW, "Fire checks done | Target: 100% | 2023: n/a | 2024: 99%"),
        (LineRole.NOTE, "* provisional"),
        (LineRole.LINE, "Points to note follow here."),
    ]


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_columns_set_apart_by_bars_or_tabs_are_a_table(mark: str) -> None:
    table = (("Ward", "2023", "2024"), ("North", "547", "612"), ("South", "48", "51"))
    text = "\n".join(mark.join(row) for row in table)
    assert rows(text)[1:] == ["North | 2023: 547 | 2024: 612", "South | 2023: 48 | 2024: 51"]


@pytest.mark.parametrize(
    "text",
    [
        "Fallowmere Quarterly | Summer 2024\n\nLeaving care.",
        "1.\tThe panel met twice.\n2.\tIt heard from officers.\n3.\tIt asked for a report.",
        "The panel met  and the two columns\nof this newsletter  stand side by side\n"
        "so that each line  has a wide gap\nbut tells nothing  in figures at all",
        "Dear  Jo,\nthank you  for it.\nYours  Sam",
        "Ward  Homes",
    ],
)
def test_text_that_only_looks_like_a_table_is_none(text: str) -> None:
    assert rows(text) == []


def test_raised_digits_in_the_text_are_marks() -> None:
    (line,) = read_text("There were 312⁴ visits.⁵".encode()).pages[0]
    assert line.text == "There were 312 visits."


def test_a_table_in_markdown_tells_its_headings() -> None:
    text = b"Ward | 2023\n--- | ---\nNorth | 547[^1]\n\n[^1]: Provisional.\n"
    lines = read_markdown(text).pages[0]
    assert [(line.role, line.text) for line in lines] == [
        (LineRole.ROW, "Ward | 2023"),
        (LineRole.ROW, "North | 2023: 547"),
        (LineRole.NOTE, "¹ Provisional."),
    ]
