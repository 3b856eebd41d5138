"""What inspectors asked for and what was promised by when, followed between meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import exported
import fakes
import pytest
from ofsted import VISIT

from rag.packs.progress.changes import unanswered_reports
from rag.packs.tracker import (
    TrackedKind,
    TrackedStatus,
    TrackerNote,
    asked_for,
    by_date,
    tracked_items,
)
from rag.packs.types import EventKind, LaterStanding, Pack, Precision, Timeline, TimelineEvent
from rag.types import Voice
from ui.export.documents.tracker_dates import calendar_entries, due_words, since_words

TODAY = date(2026, 11, 22)


def deadline(words: str, when: date, precision: Precision = Precision.DAY) -> TimelineEvent:
    """A date by which the council says that it will do something."""
    line = replace(exported.line(words, fakes.PLAN), voice=Voice.COUNCIL)
    return TimelineEvent(when, precision, EventKind.DEADLINE, line, date(2024, 5, 2))


def pack(*events: TimelineEvent) -> Pack:
    """The pack of the tests with what the newest report asks for, and these events."""
    asked = (exported.line("The stability of homes for children", page=3),)
    return replace(exported.pack(), asked=asked, timeline=Timeline("Fallowmere", events))


def test_everything_that_inspectors_asked_for_is_followed_the_newest_first() -> None:
    still, improved = asked_for(tracked_items(pack()))
    assert [(item.line.text, item.since) for item in still] == [
        ("The stability of homes for children", None),
        ("The quality of supervision", LaterStanding.STILL_A_CONCERN),
        ("The offer to care leavers over 21", LaterStanding.NOT_MENTIONED),
    ]
    assert [item.line.text for item in improved] == ["The timeliness of visits to children"]
    assert since_words(still[0]) == "No later report on this is held."


def test_dates_to_come_stand_the_soonest_first_and_those_past_the_newest_first() -> None:
    days = [date(2027, 5, 1), date(2024, 1, 1), date(2026, 12, 1), date(2025, 2, 1)]
    items = tracked_items(pack(*(deadline(f"Do {day}.", day) for day in days)))
    coming, past = by_date(items, TODAY)
    assert [item.due for item in coming] == [days[2], days[0]]
    assert [item.due for item in past] == [days[3], days[1]]


@pytest.mark.parametrize(
    ("when", "precision", "words"),
    [
        (date(2026, 11, 1), Precision.DAY, "Promised for 1 November 2026, which has passed"),
        (date(2026, 11, 1), Precision.MONTH, "Promised for November 2026"),
        (date(2026, 1, 1), Precision.YEAR, "Promised for 2026"),
        (date(2026, 10, 1), Precision.MONTH, "Promised for October 2026, which has passed"),
    ],
)
def test_a_date_is_told_as_exactly_as_its_source_gives_it_and_has_not_passed_before_its_end(
    when: date, precision: Precision, words: str
) -> None:
    items = tracked_items(pack(deadline("We will hire.", when, precision)))
    (item,) = (item for item in items if item.due)
    assert item.kind is TrackedKind.PROMISED
    assert due_words(item, TODAY) == words


def test_a_key_stays_when_the_pack_is_made_again_and_nothing_is_followed_twice() -> None:
    event = deadline("We will hire.", date(2026, 12, 1))
    once, again = tracked_items(pack(event)), tracked_items(pack(event, event))
    assert [item.key for item in once] == [item.key for item in again]
    assert len({item.key for item in once}) == len(once)


def test_a_calendar_holds_each_date_with_its_source_and_leaves_out_what_is_done() -> None:
    items = tracked_items(
        pack(
            deadline("We will hire.", date(2026, 12, 1), Precision.MONTH),
            deadline("We have hired.", date(2026, 12, 2)),
        )
    )
    hire, hired = (item for item in items if item.due)
    notes = {
        hire.key: TrackerNote(TrackedStatus.RAISED, "Ask in May."),
        hired.key: TrackerNote(TrackedStatus.DONE),
    }
    (entry,) = calendar_entries("Fallowmere", items, notes, TODAY)
    assert entry.day == date(2026, 12, 31)
    assert entry.summary == "Fallowmere: promised for today: We will hire."
    assert fakes.PLAN.title in entry.description
    assert "Your note: Ask in May." in entry.description


def test_what_a_later_report_was_held_against_is_not_asked_for_last() -> None:
    record = exported.history()
    names = [inspection.document for inspection in record.inspections]
    left = unanswered_reports(record, names[:3])
    assert [inspection.document for inspection in left] == [names[3]]


def test_a_visit_before_a_whole_inspection_of_its_service_is_not_asked_for_last() -> None:
    record = exported.history()
    visit = replace(record.inspections[1], document="visit.pdf", framework=VISIT)
    both = replace(record, inspections=(visit, record.inspections[2]))
    assert visit not in unanswered_reports(both, ())
    assert visit in unanswered_reports(replace(record, inspections=(visit,)), ())
