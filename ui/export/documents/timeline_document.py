"""Pure: a timeline as a table, a figure and the figure in words."""

from __future__ import annotations

from rag.packs.types import Precision, Timeline, TimelineEvent
from ui.export.footnotes import Notes, line_words, source_cell
from ui.export.paper import (
    PaperFigure,
    PaperSection,
    PaperWords,
    Table,
    paper_words,
    paragraph,
    text_table,
)
from ui.wording.dates import iso_date, spoken_date, spoken_exactly, spoken_span
from ui.wording.translation import N_, tr

HEADING = N_("Timeline")
KEY = N_(
    "The date is that of the event as its source gives it; “reported” is the date of the source. "
    "A month or a year alone is all that the source gives."
)
_CAPTION = "Dated events: {}. The numbers are those of the list that follows."
NONE = N_("No dated event about this was found in the documents.")
_HEADER = ("No.", "When", "What", "In the source's words", "Reported")


def timeline_sections(timeline: Timeline, notes: Notes) -> tuple[PaperSection, ...]:
    """The figure and the list of events, oldest first, numbered alike."""
    notes.begin_part()
    if not timeline.events:
        return (PaperSection(HEADING, (paragraph(NONE),)),)
    figure = PaperFigure(timeline, _CAPTION.format(timeline.subject), timeline_in_words(timeline))
    rows = [_cells(number, event, notes) for number, event in enumerate(timeline.events, 1)]
    table = Table(f"Events: {timeline.subject}", _HEADER, tuple(rows), (6, 19, 17, 42, 18))
    return (PaperSection(HEADING, (figure, paragraph(KEY, quiet=True), table)),)


def timeline_in_words(timeline: Timeline) -> str:
    """What the figure of a timeline shows: the number, kind and date of every event."""
    events = enumerate(timeline.events, 1)
    return f"{'; '.join([f'{n}, {event.kind}, {spoken(event)}' for n, event in events])}."


def timeline_table(timeline: Timeline) -> Table:
    """An event a row, for a spreadsheet; its source beside it."""
    header = ("From", "To", "Precision", "Kind", "Words", "Reported", "Source")
    rows = map(_row, timeline.events)
    return text_table(f"Timeline: {timeline.subject}", header, rows, (2, 2, 1, 2, 6, 2, 4))


def spoken(event: TimelineEvent) -> str:
    """When an event was, as exactly as its source says and no more."""
    first = spoken_exactly(event.when, event.precision)
    if event.until and event.precision is Precision.DAY:
        return spoken_span(event.when, event.until)
    return tr("{} to {}").format(first, spoken_date(event.until)) if event.until else first


def _cells(number: int, event: TimelineEvent, notes: Notes) -> tuple[PaperWords, ...]:
    return (
        paper_words(str(number)),
        paper_words(spoken(event)),
        paper_words(event.kind.capitalize()),
        line_words(event.line, notes),
        paper_words(spoken_date(event.reported)),
    )


def _row(event: TimelineEvent) -> tuple[str, ...]:
    return (
        event.when.isoformat(),
        iso_date(event.until),
        str(event.precision),
        str(event.kind),
        event.line.text,
        iso_date(event.reported),
        source_cell(event.line.citations),
    )
