"""Pure: what inspectors asked for and what was promised by when, followed between meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType

from rag.citation.line import Line
from rag.packs.types import EventKind, LaterStanding, Pack, Precision, TimelineEvent, last_day
from rag.text.tokens import squash
from rag.types import Voice


class TrackedKind(StrEnum):
    """Why something is followed."""

    ASKED = "asked for by inspectors"
    PROMISED = "promised by the council"
    SET = "a date that another source gives"


class TrackedStatus(StrEnum):
    """How far a reader has come with it."""

    OPEN = "open"
    RAISED = "raised"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TrackedItem:
    """Something to be followed, in the words of its source.

    `due` is the day that is given for it, as exactly as `precision` says; `since` what the next
    report says of what inspectors asked for, None where none has come since.
    """

    key: str
    """Stable for the same words of the same document, so that what a reader noted holds."""
    kind: TrackedKind
    line: Line
    due: date | None = None
    precision: Precision = Precision.DAY
    since: LaterStanding | None = None
    later: tuple[Line, ...] = ()

    @property
    def last(self) -> date | None:
        """The last day that its date may mean."""
        return last_day(self.due, self.precision) if self.due else None


@dataclass(frozen=True, slots=True)
class TrackerNote:
    """What a reader noted of an item; `item` is its words at that time, `at` ISO 8601, UTC."""

    status: TrackedStatus = TrackedStatus.OPEN
    words: str = ""
    item: str = ""
    at: str = ""


NO_NOTES: Mapping[str, TrackerNote] = MappingProxyType({})
"""Of a reader who noted nothing."""


def tracked_items(pack: Pack) -> tuple[TrackedItem, ...]:
    """What a pack gives to follow, each once: what inspectors asked for, what was asked last first,
    then what has a date, in the order of the pack."""
    items = [_asked(line) for line in pack.asked]
    for changes in sorted(pack.changes, key=lambda one: _day(one.earlier.speaks_for), reverse=True):
        items += [_asked(change.item, change.since, change.later) for change in changes.items]
    items += [_dated(event) for event in pack.timeline.events if event.kind is EventKind.DEADLINE]
    return tuple({item.key: item for item in reversed(items)}.values())[::-1]


def by_date(
    items: Iterable[TrackedItem], today: date
) -> tuple[tuple[TrackedItem, ...], tuple[TrackedItem, ...]]:
    """The items with a date, those to come the soonest first, and those past the newest first."""
    dated = sorted((item for item in items if item.last), key=lambda item: _day(item.last))
    coming = [item for item in dated if _day(item.last) >= today]
    past = [item for item in dated if _day(item.last) < today]
    return tuple(coming), tuple(reversed(past))


def asked_for(
    items: Iterable[TrackedItem],
) -> tuple[tuple[TrackedItem, ...], tuple[TrackedItem, ...]]:
    """What inspectors asked for: what may still be open, and what a later report finds improved."""
    asked = [item for item in items if item.kind is TrackedKind.ASKED]
    still = [item for item in asked if item.since is not LaterStanding.IMPROVED]
    improved = [item for item in asked if item.since is LaterStanding.IMPROVED]
    return tuple(still), tuple(improved)


def _asked(
    line: Line, since: LaterStanding | None = None, later: Sequence[Line] = ()
) -> TrackedItem:
    kind = TrackedKind.ASKED
    return TrackedItem(_key(kind, line), kind, line, since=since, later=tuple(later))


def _dated(event: TimelineEvent) -> TrackedItem:
    kind = TrackedKind.PROMISED if event.line.voice is Voice.COUNCIL else TrackedKind.SET
    due = event.until or event.when
    return TrackedItem(_key(kind, event.line), kind, event.line, due, event.precision)


def _key(kind: TrackedKind, line: Line) -> str:
    document = line.citations[0].document if line.citations else ""
    told = "\n".join((kind.name, document, squash(line.text)))
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _day(day: date | None) -> date:
    return day or date.min
