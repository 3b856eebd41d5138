"""Pure: the tracker's words, and its dates as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rag.packs.tracker import (
    TrackedItem,
    TrackedKind,
    TrackedStatus,
    TrackerNote,
    asked_for,
    by_date,
)
from rag.packs.types import LaterStanding
from ui.export.calendar_entry import CalendarEntry
from ui.wording.dates import spoken_exactly
from ui.wording.sources import quote_with_citation
from ui.wording.translation import N_, tr

HEADING = N_("Tracker: asked for, and promised by when")
HOW = N_(
    "What inspectors asked for, and the dates that documents give for what is to "
    "be done. Mark what you have raised or what is done: it is kept until the next "
    "meeting, and when the pack is made again."
)
NONE_ASKED = N_("No list of what inspectors ask for was found in the reports.")
NONE_DATED = N_("No date by which something is to be done was found in the documents.")
NONE_SINCE = N_("No later report on this is held.")
IMPROVED = N_("Found improved by a later report")
STATUS = {
    TrackedStatus.OPEN: N_("Open"),
    TrackedStatus.RAISED: N_("Raised"),
    TrackedStatus.DONE: N_("Done"),
}
"""How far a reader has come with an item."""
SINCE = {
    LaterStanding.IMPROVED: N_("A later report finds it improved"),
    LaterStanding.STILL_A_CONCERN: N_("Still a concern in the next report"),
    LaterStanding.MENTIONED: N_("Mentioned in the next report"),
    LaterStanding.NOT_MENTIONED: N_("Not found in the next report"),
}
_WHO = {
    TrackedKind.ASKED: N_("Asked for"),
    TrackedKind.PROMISED: N_("Promised for"),
    TrackedKind.SET: N_("Due"),
}
_LONGEST = 90
"""Of the words of an entry in a calendar's month, in characters."""


def groups(
    items: Sequence[TrackedItem], today: date
) -> tuple[tuple[str, Sequence[TrackedItem], str], ...]:
    """The headings, the items under each, and what is said where there is none."""
    coming, past = by_date(items, today)
    still, _ = asked_for(items)
    no_date = tr("No date that is still to come.") if past else tr(NONE_DATED)
    return (
        (tr("Asked for by inspectors"), still, tr(NONE_ASKED)),
        (tr("Dates to come"), coming, no_date),
        (tr("Dates that have passed"), past, tr("No date that has passed.")),
    )


def due_words(item: TrackedItem, today: date) -> str:
    """By when, as exactly as the source gives it, and whether that has passed."""
    if not item.due or not item.last:
        return ""
    when = spoken_exactly(item.due, item.precision)
    passed = tr(", which has passed") if item.last < today else ""
    return f"{tr(_WHO[item.kind])} {when}{passed}"


def since_words(item: TrackedItem) -> str:
    """What the next report says of what inspectors asked for."""
    return tr(SINCE[item.since] if item.since else NONE_SINCE)


def calendar_entries(
    council: str, items: Iterable[TrackedItem], notes: Mapping[str, TrackerNote], today: date
) -> tuple[CalendarEntry, ...]:
    """An entry on the last day that each date may mean, without what is marked as done."""
    entries: list[CalendarEntry] = []
    for item in items:
        noted = notes.get(item.key, TrackerNote())
        if item.last and noted.status is not TrackedStatus.DONE:
            words = " ".join(item.line.text.split())
            told = [due_words(item, today)]
            told += [quote_with_citation(citation) for citation in item.line.citations]
            told += [tr("Your note: {}").format(noted.words)] if noted.words else []
            summary = tr("{}: {} today: {}").format(
                council, tr(_WHO[item.kind]).casefold(), _cut(words)
            )
            entries.append(CalendarEntry(item.key, item.last, summary, "\n\n".join(told)))
    return tuple(entries)


def _cut(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0]} …"
