"""What a person noted of what they follow is kept until the next meeting, and is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.access.people import Person
from rag.access.roles import Role
from rag.packs.tracker import TrackedStatus, TrackerNote
from rag.saved.tracker import LONGEST, TrackerNotes

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_a_note_is_kept_and_changed_and_forgotten_when_it_says_nothing(folder: Path) -> None:
    notes = TrackerNotes(folder)
    notes.keep("Fallowmere", "k", TrackerNote(TrackedStatus.RAISED, "  In\nMay. ", "Visits"))
    kept = TrackerNotes(folder).on("Fallowmere")["k"]
    assert (kept.status, kept.words, kept.item) == (TrackedStatus.RAISED, "In May.", "Visits")
    notes.keep("Fallowmere", "k", TrackerNote(TrackedStatus.DONE, "x" * 5000, "Visits"))
    assert len(notes.on("Fallowmere")["k"].words) == LONGEST
    notes.keep("Fallowmere", "k", TrackerNote())
    assert not notes.on("Fallowmere")


def test_notes_are_of_one_council_and_of_one_person(folder: Path) -> None:
    notes = TrackerNotes(folder)
    notes.keep("Fallowmere", "k", TrackerNote(TrackedStatus.DONE))
    assert not notes.on("Thornbeck")
    assert not notes.of(Person("other", "Other", Role.READER)).on("Fallowmere")


def test_text_that_cannot_be_stored_and_a_damaged_status_do_no_harm(folder: Path) -> None:
    notes = TrackerNotes(folder)
    notes.keep("Fallowmere\ud800", "k", TrackerNote(TrackedStatus.DONE, "\ud800", "\ud800"))
    with notes._database.transaction() as connection:
        connection.execute("UPDATE tracked SET status = 'nonsense'")
    assert notes.on("Fallowmere\ud800")["k"].status is TrackedStatus.OPEN
