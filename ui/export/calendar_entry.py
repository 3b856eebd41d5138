"""A day with something on it, as a calendar holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A whole day; `key` tells it from others, and stays."""

    key: str
    day: date
    summary: str
    description: str
