"""Figures and dates by the number format of their cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from ingest.reading.number_formats import shown_date, shown_number


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (0.715, "0%", "72%"),
        (0.715, "0.0%", "71.5%"),
        (1234567, '#,##0.0,,"m"', "1.2m"),
        (1234.5, "£#,##0.00", "£1,234.50"),
        (1234.5, "[$£-809]#,##0", "£1,235"),
        (-5, "0;(0)", "(5)"),
        (-5, "0.0", "-5.0"),
        (-0.001, "0.0", "0.0"),
        (0, '0;-0;"-"', "-"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (5, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "5"),
        (3, "0;;", "3"),
        (-3, "0;;", ""),
        (1.5, 'General" homes"', "1.5"),
        (0.5, "# ?/?", "0.5"),
        (12000, '[>999]0,"k";0', "12000"),
        (5, "", "5"),
        (5, "@", "5"),
        (1e300, "0.00", "1E+300"),
        (float("inf"), "0.00", "inf"),
    ],
)
def test_a_figure_reads_as_its_cell_shows_it(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


DAY = datetime(2025, 5, 4, 15, 7, 9)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (DAY, "dd/mm/yyyy hh:mm", "04/05/2025 15:07"),
        (date(2025, 5, 4), "mm-dd-yy", "04/05/2025"),
        (DAY, "[$-409]h:mm AM/PM;@", "3:07 PM"),
        (DAY, "mmm-yy", "May-25"),
        (DAY, "d mmmm yyyy", "4 May 2025"),
        (DAY, r"[$-F800]dddd\, mmmm dd\, yyyy", "4 May 2025"),
        (DAY, "mm:ss", "07:09"),
        (time(9, 5), "hh:mm", "09:05"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (date(2025, 5, 4), "General", "2025-05-04"),
    ],
)
def test_a_date_reads_as_its_cell_shows_it(
    value: date | time | timedelta, code: str, shown: str
) -> None:
    assert shown_date(value, code) == shown
