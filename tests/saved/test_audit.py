"""The audit trail: whole, in order, never changed; and records let go by age, after a look."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from engines import SERVERS
from fakes import answer

from rag.access.people import LOCAL
from rag.errors import LibraryError, SettingsError
from rag.saved.audit import AuditTrail, Event
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.desk_file import open_desk_file
from rag.saved.retention import RecordKind, Retention

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def trail(tmp_path: Path) -> AuditTrail:
    trail = AuditTrail(tmp_path)
    trail.note(LOCAL, Event.ADDED, "document", "reports/one.pdf")
    trail.note(LOCAL, Event.REMOVED, "document", "reports/one.pdf")
    trail.note(LOCAL, Event.ASKED, "question", "c1", "Are caseloads \ud800 high?")
    return trail


def done(folder: Path, *statements: str) -> None:
    """Do something to the tables as nobody does through the program."""
    with open_desk_file(folder).transaction() as connection:
        for statement in statements:
            connection.execute(statement)


def test_what_happened_is_told_the_last_first(trail: AuditTrail) -> None:
    told = [(e.number, e.event, e.kind, e.item, e.words) for e in trail.entries(LOCAL)]
    assert told == [
        (3, Event.ASKED, "question", "c1", "Are caseloads ? high?"),
        (2, Event.REMOVED, "document", "reports/one.pdf", ""),
        (1, Event.ADDED, "document", "reports/one.pdf", ""),
    ]
    assert trail.fault() == ""


def test_it_is_searched_by_who_what_when_and_words(trail: AuditTrail) -> None:
    today = trail.entries(LOCAL)[0].at[:10]

    def numbers(**sought: object) -> list[int]:
        return [entry.number for entry in trail.entries(LOCAL, **sought)]  # type: ignore[arg-type]

    assert numbers(words="CASELOADS high") == [3]
    assert numbers(words="one.pdf") == [2, 1]
    assert numbers(event=Event.ADDED) == [1]
    assert numbers(actor="somebody") == []
    assert numbers(since=today, until=today) == [3, 2, 1]
    assert numbers(until="2020-01-01") == []
    assert numbers(limit=1) == [3]


def test_an_export_has_every_entry_and_is_noted_itself(trail: AuditTrail) -> None:
    assert [e.event for e in trail.whole(LOCAL)] == [
        Event.ADDED, Event.REMOVED, Event.ASKED, Event.EXPORTED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE number = 3",
        "UPDATE audit_words SET words = 'x'",
    ],
)
def test_an_entry_is_neither_changed_nor_taken_away(
    trail: AuditTrail, tmp_path: Path, change: str
) -> None:
    before = trail.entries(LOCAL)
    with pytest.raises(LibraryError, match="never"):
        done(tmp_path, change)
    assert trail.entries(LOCAL) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET item = 'reports/two.pdf' WHERE number = 1",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = 1",
        "UPDATE audit_words SET words = 'They are low.'",
    ],
)
def test_who_changes_it_behind_the_program_s_back_is_found_out(
    trail: AuditTrail, tmp_path: Path, engine: str, change: str
) -> None:
    triggers = {"audit_stays": "audit", "audit_keeps": "audit", "audit_words_stay": "audit_words"}
    # PostgreSQL wants to hear of which table a trigger is.
    on = " ON {}" if engine == SERVERS else ""
    done(tmp_path, *(f"DROP TRIGGER {name}{on.format(table)}" for name, table in triggers.items()))
    done(tmp_path, change)
    assert "audit trail" in trail.fault()


def test_what_fails_is_not_told_as_done(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    with pytest.raises(Exception, match="not kept"):
        kept.add("nowhere", ConversationTurn("Are caseloads high?", answer()))
    assert AuditTrail(tmp_path).entries(LOCAL) == ()


def test_many_may_note_at_once_and_the_trail_is_in_one_piece(tmp_path: Path) -> None:
    trail = AuditTrail(tmp_path)

    def work() -> None:
        for _ in range(10):
            trail.note(LOCAL, Event.ADDED, "document", "x")

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(trail.entries(LOCAL)) == 60
    assert trail.fault() == ""


# ---------------------------------------------------------------- retention


def aged(folder: Path, days: int) -> Retention:
    """The retention as it is so many days from now."""
    return Retention(folder, now=lambda: datetime.now(UTC) + timedelta(days=days))


def due(retention: Retention) -> dict[RecordKind, int]:
    return {rule.kind: rule.due for rule in retention.preview(LOCAL) if rule.due}


def test_everything_is_kept_until_a_rule_says_otherwise(tmp_path: Path) -> None:
    SavedChecks(tmp_path).keep("Caseloads are high.")
    assert due(aged(tmp_path, 9000)) == {}
    assert aged(tmp_path, 9000).apply(LOCAL) == {}


def test_a_rule_is_tried_before_it_is_set_and_set_before_it_is_applied(tmp_path: Path) -> None:
    checks, conversations = SavedChecks(tmp_path), Conversations(tmp_path)
    checks.keep("Caseloads are high.")
    conversations.begin("Caseloads")
    later = aged(tmp_path, 31)
    tried = later.preview(LOCAL, {RecordKind.CHECKS: 30})
    assert {rule.kind: rule.due for rule in tried if rule.due} == {RecordKind.CHECKS: 1}
    assert due(later) == {}
    later.set(LOCAL, RecordKind.CHECKS, 30)
    assert due(later) == {RecordKind.CHECKS: 1}
    assert len(checks.listed()) == 1
    assert due(aged(tmp_path, 29)) == {}
    assert later.apply(LOCAL) == {RecordKind.CHECKS: 1}
    assert checks.listed() == ()
    assert len(conversations.listed()) == 1
    noted = [(e.event, e.kind, e.item) for e in AuditTrail(tmp_path).entries(LOCAL)]
    assert noted[:2] == [
        (Event.EXPIRED, "checks", "1"), (Event.RETENTION, "checks", "30"),
    ]  # fmt: skip
    later.set(LOCAL, RecordKind.CHECKS, None)
    checks.keep("Caseloads are high.")
    assert later.apply(LOCAL) == {}


@pytest.mark.parametrize("days", [0, -1, 36501])
def test_a_number_of_days_that_is_none_is_refused(tmp_path: Path, days: int) -> None:
    with pytest.raises(SettingsError, match="whole number of days"):
        Retention(tmp_path).set(LOCAL, RecordKind.PACKS, days)


def test_the_trail_too_is_let_go_by_age_from_its_beginning_and_stays_whole(
    trail: AuditTrail, tmp_path: Path
) -> None:
    later = aged(tmp_path, 400)
    later.set(LOCAL, RecordKind.AUDIT, 365)
    assert later.apply(LOCAL) == {RecordKind.AUDIT: 4}
    assert [entry.number for entry in trail.entries(LOCAL)] == [5]
    assert trail.fault() == ""
    trail.note(LOCAL, Event.ADDED, "document", "two.pdf")
    assert trail.fault() == ""
    with pytest.raises(LibraryError, match="never"):
        done(tmp_path, "DELETE FROM audit")
