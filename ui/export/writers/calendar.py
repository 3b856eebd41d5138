"""Writes dated entries as a calendar file (iCalendar): the only importer of icalendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ui import PRODUCT
from ui.export.calendar_entry import CalendarEntry

MEDIA_TYPE = "text/calendar"
_DOMAIN = "scrutiny-desk"


def calendar(name: str, entries: Sequence[CalendarEntry], made: datetime) -> bytes:
    """The entries as whole days, which a calendar that has them already brings up to date."""
    # Imported here: only who exports a calendar waits for it.
    from icalendar import Calendar, Event

    whole = Calendar()
    whole.add("prodid", f"-//{PRODUCT}//EN")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{_DOMAIN}")
        event.add("dtstamp", made)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("transp", "TRANSPARENT")
        whole.add_component(event)
    content: bytes = whole.to_ical()
    return content
