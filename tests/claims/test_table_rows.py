"""A claim is held against the row and the column of a table that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import described, shelved
from shared_data import put

from rag.claims.comparators import numbers
from rag.claims.table_rows import read_row, table_row, unsaid
from rag.desk import Desk
from rag.text.parse import parse, source
from rag.types import Agreement, Kind, VerdictRuling

ROW = "Visits in time | 2023/24: 71% | 2024/25: 64% | Target: 85%"
NEED = "Children in need per 10,000 | 2021/22: 84 | 2022/23: 91 | England 2022/23: 333"


@pytest.mark.parametrize(
    ("claim", "figures"),
    [
        ("In 2024/25, 71% of visits were in time.", ["64%"]),
        ("The target for visits in time was 85%.", ["85%"]),
        ("71% of visits were in time.", ["64%"]),
        ("Between 2023/24 and 2024/25 visits in time fell.", ["71%", "64%"]),
    ],
)
def test_the_cells_that_a_claim_means_are_left(claim: str, figures: list[str]) -> None:
    left = read_row(claim, ROW).text
    assert [figure for figure in ("71%", "64%", "85%") if figure in left] == figures
    assert len(left) == len(ROW)
    assert all(left.find(figure) == ROW.find(figure) for figure in figures)


def test_a_sentence_is_left_as_it_is() -> None:
    assert read_row("In 2024/25 it rose.", "In 2023/24 it fell.").text == "In 2023/24 it fell."


@pytest.mark.parametrize(
    ("claim", "named"),
    [
        ("In 2021/22 Fallowmere had 84 children in need per 10,000.", Agreement.AGREES),
        ("The rate of children in need is 91 per 10,000.", Agreement.AGREES),
        ("In 2022/23 England had 333 children in need per 10,000.", Agreement.AGREES),
        ("In 2021/22 England had 84 children in need per 10,000.", Agreement.ADDS),
        ("In 2019/20 Fallowmere had 84 children in need per 10,000.", Agreement.ADDS),
        ("In 2021/22 Fallowmere had 84 children in care.", Agreement.ADDS),
    ],
)
def test_a_row_decides_only_where_its_row_and_its_column_are_named(
    claim: str, named: Agreement
) -> None:
    assert read_row(claim, NEED).named is named


def test_a_row_that_says_more_of_what_is_claimed_is_the_one_that_is_meant() -> None:
    rows = ["All pupils | Wrenfield: 58%", "Pupils with SEN support | Wrenfield: 22%"]
    claim = "22% of Wrenfield pupils with SEN support reached the standard."
    assert [read_row(claim, row, rows).named for row in rows] == [Agreement.ADDS, Agreement.AGREES]


def test_a_figure_over_budget_names_no_budget() -> None:
    row = "School transport | Budget: £7.3m | Outturn: £10.4m"
    assert read_row("School transport was £3.1m over budget.", row).named is Agreement.ADDS


@given(cost=st.integers(1, 999), other=st.integers(1, 999))
def test_a_figure_is_read_in_the_unit_of_its_column(cost: int, other: int) -> None:
    row = f"Legal costs | Budget £m: {other} | Outturn £m: {cost}"
    left = read_row("The outturn on legal costs was £1m.", row).text
    assert len(left) == len(row)
    assert [cell.value for cell in table_row(left).cells] == [f"£{cost}m"]  # type: ignore[union-attr]


@given(said=st.integers(2, 9_999), claimed=st.integers(2, 9_999))
def test_a_count_of_a_cell_counts_what_its_row_names(said: int, claimed: int) -> None:
    claim = f"There were {claimed} stage complaints."
    found = numbers.compare(parse(claim), source(f"Stage complaints | Received: {said}"))
    same = Agreement.AGREES if said == claimed else Agreement.DIFFERS
    assert [c.finding for c in found] == [same]


def test_an_abbreviation_is_said_by_what_it_stands_for() -> None:
    said = "Not in education, employment or training"
    assert unsaid("29% are NEET", ["neet"], said) == ()
    assert unsaid("29% are NEET and excluded", ["neet", "exclud"], said) == ("exclud",)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    about = described(
        "Harwick: children's social care in figures, 2023/24", "Harwick",
        kind=Kind.COUNCIL_DOCUMENT, published=date(2024, 9, 12),
    )  # fmt: skip
    library = shelved(tmp_path_factory.mktemp("tables"))
    put(
        library, "figures.html",
        "Children in Harwick, by year",
        "Indicator | 2021/22 | 2022/23 | 2023/24 | England 2023/24",
        "Children in need per 10,000 | 2021/22: 84 | 2022/23: 91 "
        "| 2023/24: 97 | England 2023/24: 333",
        "Care leavers not in education, employment or training | 2021/22: 34% | 2022/23: 31% "
        "| 2023/24: 29% | England 2023/24: 39%",
        description=about,
    )  # fmt: skip
    yield Desk(library)
    library.close()


@pytest.mark.parametrize(
    ("claim", "ruling"),
    [
        ("In 2021/22 Harwick had 84 children in need per 10,000.", VerdictRuling.SUPPORTED),
        ("In 2022/23 Harwick had 84 children in need per 10,000.", VerdictRuling.CONTRADICTED),
        ("In 2019/20 Harwick had 84 children in need per 10,000.", VerdictRuling.NOT_FOUND),
        ("In 2023/24, 29% of care leavers in Harwick were NEET.", VerdictRuling.SUPPORTED),
        ("29% of care leavers in Harwick are NEET.", VerdictRuling.SUPPORTED),
        ("In 2023/24, 39% of care leavers in Harwick were NEET.", VerdictRuling.CONTRADICTED),
        ("34% of care leavers in England were NEET in 2021/22.", VerdictRuling.NOT_FOUND),
    ],
)
def test_a_claim_is_ruled_on_by_the_cell_that_it_names(
    desk: Desk, claim: str, ruling: VerdictRuling
) -> None:
    assert desk.check(claim)[0].ruling is ruling
