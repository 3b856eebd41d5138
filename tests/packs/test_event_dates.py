"""When a sentence says that something happens."""

from __future__ import annotations

from datetime import date

import pytest

from rag.packs.timeline.event_dates import event_dates
from rag.packs.types import Precision

TOLD = date(2026, 6, 12)


@pytest.mark.parametrize(
    ("text", "when", "until", "precision"),
    [
        ("It opened on 7 April 2025.", date(2025, 4, 7), None, Precision.DAY),
        ("It opened in March 2023.", date(2023, 3, 1), None, Precision.MONTH),
        ("It opened in late 2016.", date(2016, 1, 1), None, Precision.YEAR),
        ("It opened in the autumn of 2015.", date(2015, 1, 1), None, Precision.YEAR),
        ("Dates: 14 to 25 October 2024", date(2024, 10, 14), date(2024, 10, 25), Precision.DAY),
        ("9\u201324 November 2017", date(2017, 11, 9), date(2017, 11, 24), Precision.DAY),
        (
            "between 21 October and 1 November 2024",
            date(2024, 10, 21), date(2024, 11, 1), Precision.DAY,
        ),
        ("20 February to 3 March 2023", date(2023, 2, 20), date(2023, 3, 3), Precision.DAY),
        ("from January 2014 to October 2017", date(2014, 1, 1), date(2017, 10, 1), Precision.MONTH),
    ],
)  # fmt: skip
def test_days_months_years_and_ranges_are_read(
    text: str, when: date, until: date | None, precision: Precision
) -> None:
    (dated,) = event_dates(text, None)
    assert (dated.when, dated.until, dated.precision) == (when, until, precision)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("She has been in post since September 2022.", "since"),
        ("It is to open by the end of April 2025.", "by"),
        ("under the Children Act 1989", ""),
        ("as Working Together 2018 asks", ""),
    ],
)
def test_the_word_that_leads_to_a_date_is_told_and_a_name_has_none(text: str, lead: str) -> None:
    (dated,) = event_dates(text, None)
    assert dated.lead == lead


@pytest.mark.parametrize("text", ["In 2015\u201316, 50 adopters were approved.", "In 2016/17"])
def test_a_financial_year_is_no_date_of_an_event(text: str) -> None:
    assert not event_dates(text, None)


@pytest.mark.parametrize(
    ("text", "coming", "when"),
    [
        ("She took over in February.", False, date(2026, 2, 1)),
        ("They arrived in November.", False, date(2025, 11, 1)),
        ("It goes to the cabinet in September.", True, date(2026, 9, 1)),
        ("It starts in March.", True, date(2027, 3, 1)),
        ("It has been better from April this year.", False, date(2026, 4, 1)),
        ("It was agreed in May 2019 and began in November.", False, date(2019, 11, 1)),
    ],
)
def test_a_month_without_a_year_is_resolved_against_the_day_of_the_source(
    text: str, coming: bool, when: date
) -> None:
    assert event_dates(text, TOLD, coming=coming)[-1].when == when


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She took over in February.", None),
        ("It was agreed in May 2019 and began in March.", TOLD),
        ("It was agreed in May 2019, changed in June 2021 and stopped in August.", TOLD),
    ],
)
def test_a_month_whose_year_is_not_sure_is_left_out(text: str, told: date | None) -> None:
    assert not any(d.when.month in (2, 3, 8) for d in event_dates(text, told))


def test_the_second_date_of_a_list_has_the_lead_of_the_first() -> None:
    first, second = event_dates("at the visits in October 2022 and January 2024", None)
    assert (first.lead, second.lead) == ("in", "in")


def test_a_day_that_does_not_exist_is_none() -> None:
    assert not event_dates("on 31 February 2024", None)
