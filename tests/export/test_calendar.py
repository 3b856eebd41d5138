"""Dates as a file that a calendar opens."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from ui.export.calendar_entry import CalendarEntry
from ui.export.writers.calendar import calendar

MADE = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


def test_an_entry_is_a_whole_day_and_hostile_words_stay_words() -> None:
    hostile = "Hire.\nBEGIN:VALARM\r\nACTION:PROCEDURE; attach, “all”"
    entry = CalendarEntry("abc", date(2026, 12, 31), hostile, hostile * 20)
    read = Calendar.from_ical(calendar("Scrutiny of Fallowmere", [entry], MADE))
    (event,) = read.walk("VEVENT")
    assert not read.walk("VALARM")
    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert event.decoded("dtend") == date(2027, 1, 1)
    assert str(event["uid"]) == "abc@scrutiny-desk"
    assert str(event["summary"]).replace("\r\n", "\n") == hostile.replace("\r\n", "\n")
