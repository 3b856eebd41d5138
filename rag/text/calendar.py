"""The calendar in English: months and seasons, the pattern of a month, and days that there are."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
MONTH = f"(?:{'|'.join(MONTHS)})"
"""The name of a month in full, to be part of an expression that is deaf to capitals."""
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
"""The months of each season, in order."""


def month_number(written: str) -> int:
    """The number of a month whose name is written in full or cut short. Raises ValueError."""
    return SHORT_MONTHS.index(written[:3].casefold()) + 1


def day_of(year: int, month: int, day: int) -> date | None:
    """The day of those numbers, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
