"""Pure: dates as they are read aloud."""

from __future__ import annotations

from datetime import date, datetime

from rag.packs.types import Precision
from ui.wording.translation import N_, month_name, tr

UNKNOWN = N_("date not known")


def spoken_date(day: date | None, unknown: str = UNKNOWN) -> str:
    """A date as it is read aloud: "4 March 2024"; `unknown` where there is none."""
    return f"{day.day} {month_name(day.month)} {day.year}" if day else tr(unknown)


def spoken_exactly(day: date, precision: Precision) -> str:
    """A date as exactly as its source gives it: "4 March 2024", "March 2024", "2024"."""
    match precision:
        case Precision.YEAR:
            return str(day.year)
        case Precision.MONTH:
            return f"{month_name(day.month)} {day.year}"
        case Precision.DAY:
            return spoken_date(day)


def iso_date(day: date | None) -> str:
    """A date as a spreadsheet sorts it, ISO 8601; "" where there is none."""
    return day.isoformat() if day else ""


def inspected_and_published(
    published: date | None, inspected: tuple[date, ...] = (), unknown: str = UNKNOWN
) -> str:
    """The day of a source, and where it reports an inspection both when that was and when the
    report came out: "inspected 3 to 14 March 2024, published 2 May 2024"."""
    if not inspected:
        return spoken_date(published, unknown)
    when = tr("inspected {}").format(spoken_span(inspected[0], inspected[-1]))
    if published is None or published <= inspected[-1]:
        return when
    return tr("{}, published {}").format(when, spoken_date(published))


def spoken_moment(moment: str) -> str:
    """The day of an ISO 8601 moment as it is read aloud; the text itself where it is none."""
    try:
        return spoken_date(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def spoken_span(first: date, last: date) -> str:
    """The first and the last day as they are read aloud: "3 to 14 March 2024"."""
    if first == last:
        return spoken_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return tr("{} to {}").format(first.day, spoken_date(last))
    if first.year == last.year:
        return tr("{} {} to {}").format(first.day, month_name(first.month), spoken_date(last))
    return tr("{} to {}").format(spoken_date(first), spoken_date(last))
