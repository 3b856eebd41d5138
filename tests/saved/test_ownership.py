"""What is somebody's is nobody else's: not to read, to change or to delete, whatever is tried."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import fakes
import pytest
from fakes import answer

from rag.access.login import Claims, Login
from rag.access.people import LOCAL, Person
from rag.access.roles import Role
from rag.errors import (
    NotAllowed,
    ScrutinyError,
    UnknownCheck,
    UnknownConversation,
    UnknownFeedback,
    UnknownPack,
    UnknownShare,
)
from rag.packs.edits import AS_MADE
from rag.saved.audit import AuditTrail, Event
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.desk_file import open_desk_file
from rag.saved.feedback import FeedbackBook, FeedbackVerdict
from rag.saved.packs import SavedPacks
from rag.saved.people import People
from rag.saved.requests import Requests
from rag.saved.retention import RecordKind, Retention
from rag.saved.shares import ShareKind, Shares

pytestmark = pytest.mark.usefixtures("engine")

ANN = Person("a" * 32, "Ann", Role.READER)
BEN = Person("b" * 32, "Ben", Role.ADMINISTRATOR)
"""An administrator too may not read or change what is another's, but by a request that is noted."""


@pytest.fixture
def anns(tmp_path: Path) -> dict[str, str]:
    """What Ann keeps, by its kind; ids as text."""
    conversations = Conversations(tmp_path, person=ANN)
    begun = conversations.begin("Caseloads")
    conversations.add(begun.id, ConversationTurn("Are caseloads high?", answer()))
    return {
        "conversation": begun.id,
        "check": SavedChecks(tmp_path, person=ANN).keep("Caseloads are high.", fakes.checked()).id,
        "pack": str(SavedPacks(tmp_path, person=ANN).keep(fakes.empty_pack()).number),
        "feedback": FeedbackBook(tmp_path, person=ANN).give(answer(), FeedbackVerdict.RIGHT).id,
    }


def held(folder: Path) -> list[tuple[object, ...]]:
    """Everything that is kept, but the audit trail."""
    database = open_desk_file(folder)
    rows: list[tuple[object, ...]] = []
    for table in ("conversations", "turns", "checks", "packs", "feedback", "shares"):
        rows += database.rows(f"SELECT * FROM {table} ORDER BY 1")
    return rows


def test_the_lists_of_one_person_hold_nothing_of_another_s(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    assert Conversations(tmp_path, person=BEN).listed() == ()
    assert Conversations(tmp_path, person=BEN).listed("caseloads") == ()
    assert SavedChecks(tmp_path, person=BEN).listed("caseloads") == ()
    assert SavedPacks(tmp_path, person=BEN).listed() == ()
    assert FeedbackBook(tmp_path, person=BEN).on(answer()) is None
    assert len(Conversations(tmp_path, person=ANN).listed("caseloads")) == 1
    assert len(SavedChecks(tmp_path, person=ANN).listed("caseloads")) == 1


Attempt = Callable[[Path, dict[str, str]], object]
ATTEMPTS: tuple[tuple[Attempt, type[ScrutinyError]], ...] = (
    (lambda f, of: Conversations(f, person=BEN).get(of["conversation"]), UnknownConversation),
    (
        lambda f, of: Conversations(f, person=BEN).add(
            of["conversation"], ConversationTurn("Mine now?", None)
        ),
        UnknownConversation,
    ),
    (
        lambda f, of: Conversations(f, person=BEN).rename(of["conversation"], "Mine"),
        UnknownConversation,
    ),
    (lambda f, of: Conversations(f, person=BEN).delete(of["conversation"]), UnknownConversation),
    (lambda f, of: Conversations(f, person=BEN).restore(of["conversation"]), UnknownConversation),
    (lambda f, of: SavedChecks(f, person=BEN).get(of["check"]), UnknownCheck),
    (lambda f, of: SavedChecks(f, person=BEN).delete(of["check"]), UnknownCheck),
    (lambda f, of: SavedChecks(f, person=BEN).restore(of["check"]), UnknownCheck),
    (lambda f, of: SavedPacks(f, person=BEN).get(int(of["pack"])), UnknownPack),
    (lambda f, of: SavedPacks(f, person=BEN).arrange(int(of["pack"]), AS_MADE), UnknownPack),
    (lambda f, of: SavedPacks(f, person=BEN).remove(int(of["pack"])), UnknownPack),
    (
        lambda f, of: FeedbackBook(f, person=BEN).change(of["feedback"], FeedbackVerdict.WRONG),
        UnknownFeedback,
    ),
    (lambda f, of: FeedbackBook(f, person=BEN).remove(of["feedback"]), UnknownFeedback),
    *(
        (lambda f, of, kind=kind: Shares(f).share(BEN, kind, of[kind.value]), UnknownShare)
        for kind in ShareKind
    ),
)


@pytest.mark.parametrize("number", range(len(ATTEMPTS)))
def test_no_attempt_to_read_change_delete_or_share_what_is_another_s_succeeds(
    tmp_path: Path, anns: dict[str, str], number: int
) -> None:
    attempt, error = ATTEMPTS[number]
    before = held(tmp_path)
    with pytest.raises(error):
        attempt(tmp_path, anns)
    assert held(tmp_path) == before


TRICKS = ("", "%", "*", "_", "' OR '1'='1", "{}' --", "{}\x00", "{} ", "../{}", "{}/../{}", "{}\n")
"""Put about an identity; what it stands for is not its own even to Ann."""


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_in_an_identity_reaches_anything(
    tmp_path: Path, anns: dict[str, str], trick: str
) -> None:
    talk, check = (trick.format(*[anns[kind]] * 2) for kind in ("conversation", "check"))
    before = held(tmp_path)
    for person in (ANN, BEN):
        talks, checks = Conversations(tmp_path, person=person), SavedChecks(tmp_path, person=person)
        acts: tuple[tuple[Callable[[], object], type[ScrutinyError]], ...] = (
            (partial(talks.get, talk), UnknownConversation),
            (partial(talks.rename, talk, "Mine"), UnknownConversation),
            (partial(talks.delete, talk), UnknownConversation),
            (partial(checks.get, check), UnknownCheck),
            (partial(checks.delete, check), UnknownCheck),
            (
                partial(Shares(tmp_path).share, person, ShareKind.CHECK, check),
                UnknownShare,
            ),
            (partial(Shares(tmp_path).open, person, check), UnknownShare),
        )
        for act, error in acts:
            with pytest.raises(error):
                act()
    assert held(tmp_path) == before


def test_a_pack_of_another_is_neither_replaced_nor_its_arrangement_taken_over(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    kept = SavedPacks(tmp_path, person=BEN).keep(fakes.empty_pack())
    assert str(kept.number) != anns["pack"]
    assert SavedPacks(tmp_path, person=ANN).get(int(anns["pack"])).pack == fakes.empty_pack()


def test_a_deleted_conversation_of_another_cannot_be_brought_back(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    Conversations(tmp_path, person=ANN).delete(anns["conversation"])
    with pytest.raises(UnknownConversation):
        Conversations(tmp_path, person=BEN).restore(anns["conversation"])
    assert Conversations(tmp_path, person=ANN).restore(anns["conversation"]).turns


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("kind", ShareKind)
def test_a_link_gives_reading_until_it_is_withdrawn(
    tmp_path: Path, anns: dict[str, str], kind: ShareKind
) -> None:
    shares = Shares(tmp_path)
    made = shares.share(ANN, kind, anns[kind.value])
    assert shares.share(ANN, kind, anns[kind.value]) == made
    opened = shares.open(BEN, made.token)
    assert (opened.kind, opened.item, opened.owner) == (kind, anns[kind.value], ANN.key)
    with pytest.raises(UnknownShare):
        shares.withdraw(BEN, kind, anns[kind.value])
    shares.withdraw(ANN, kind, anns[kind.value])
    for person in (ANN, BEN):
        with pytest.raises(UnknownShare, match="withdrawn"):
            shares.open(person, made.token)
    again = shares.share(ANN, kind, anns[kind.value])
    assert again.token != made.token
    assert len(again.token) >= 43


def test_no_guess_opens_anything_and_no_link_what_is_deleted(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    shares = Shares(tmp_path)
    token = shares.share(ANN, ShareKind.CONVERSATION, anns["conversation"]).token
    for guess in ("", token[:-1], token.upper(), "%", anns["conversation"]):
        with pytest.raises(UnknownShare):
            shares.open(BEN, guess)
    Conversations(tmp_path, person=ANN).delete(anns["conversation"])
    with pytest.raises(UnknownShare):
        shares.open(BEN, token)


# ---------------------------------------------------------------- what was everybody's


OLD_DESK = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, sought TEXT NOT NULL, begun TEXT NOT NULL,
    touched TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '');
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT, problem TEXT NOT NULL, sought TEXT NOT NULL);
CREATE TABLE feedback (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, judged TEXT NOT NULL, note TEXT NOT NULL,
    answer TEXT NOT NULL);
INSERT INTO conversations VALUES ('old', 'Of old', 'of old', '2025', '2025', '');
INSERT INTO turns VALUES (1, 'old', 'Are caseloads high?', NULL, 'Locked.', 'caseloads');
PRAGMA user_version = 1;
"""
LOGIN = Login(openid_file=Path("x"), administrators=frozenset({"u-9", "u-8"}))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    connection = sqlite3.connect(tmp_path / "desk.sqlite3")
    connection.executescript(OLD_DESK)
    connection.close()
    return tmp_path


@pytest.mark.files
def test_what_an_older_version_kept_belongs_to_the_one_person(old: Path) -> None:
    kept = Conversations(old).get("old")
    assert kept.turns == (ConversationTurn("Are caseloads high?", None, "Locked."),)
    assert SavedPacks(old).keep(fakes.empty_pack()).number == 1
    with pytest.raises(UnknownConversation):
        Conversations(old, person=ANN).get("old")


@pytest.mark.files
def test_once_people_log_in_it_is_the_first_administrator_s_and_that_is_said(old: Path) -> None:
    people = People(old)
    reader = people.arrive(Claims("i u-1", "Ann"), LOGIN)
    assert Conversations(old, person=reader).listed() == ()
    first = people.arrive(Claims("i u-9", "Ada"), LOGIN)
    assert [line.id for line in Conversations(old, person=first).listed()] == ["old"]
    assert (people.adopted(first), people.adopted(reader)) == (1, 0)
    Conversations(old).begin("At the command line")
    second = people.arrive(Claims("i u-8", "Bea"), LOGIN)
    assert people.adopted(second) == 0
    assert Conversations(old, person=second).listed() == ()
    assert len(Conversations(old, person=LOCAL).listed()) == 1
    (entry,) = AuditTrail(old).entries(first, event=Event.ADOPTED)
    assert (entry.actor, entry.item) == (first.key, "1")


# ---------------------------------------------------------------- people


def test_a_person_is_known_again_and_has_the_role_of_now(tmp_path: Path) -> None:
    people = People(tmp_path)
    one = people.arrive(Claims("i u-1", "Ann", "ann@x.example"), LOGIN)
    ada = people.arrive(Claims("i u-9", "Ada"), LOGIN)
    assert people.arrive(Claims("i u-1", "Ann B.", "ann@x.example"), LOGIN).key == one.key
    people.give_role(ada, one.key, Role.OFFICER)
    assert people.arrive(Claims("i u-1", "Ann B."), LOGIN).role is Role.OFFICER
    people.suspend(ada, one.key)
    with pytest.raises(NotAllowed, match="shut out"):
        people.arrive(Claims("i u-1", "Ann B."), LOGIN)
    people.readmit(ada, one.key)
    people.give_role(ada, one.key, None)
    assert people.arrive(Claims("i u-1", "Ann B."), LOGIN).role is Role.READER
    assert [(m.name, m.role) for m in people.listed(ada)] == [
        ("Ada", Role.ADMINISTRATOR), ("Ann B.", Role.READER),
    ]  # fmt: skip


def test_nobody_of_the_same_name_or_address_is_taken_for_another(tmp_path: Path) -> None:
    people = People(tmp_path)
    one = people.arrive(Claims("i u-1", "Ann", "ann@x.example"), LOGIN)
    other = people.arrive(Claims("i u-2", "Ann", "ann@x.example"), LOGIN)
    assert one.key != other.key


def test_nobody_changes_their_own_role_and_only_an_administrator_another_s(tmp_path: Path) -> None:
    people = People(tmp_path)
    reader = people.arrive(Claims("i u-1", "Ann"), LOGIN)
    ada = people.arrive(Claims("i u-9", "Ada"), LOGIN)
    for act in (
        lambda: people.give_role(reader, reader.key, Role.ADMINISTRATOR),
        lambda: people.give_role(reader, ada.key, None),
        lambda: people.suspend(reader, ada.key),
        lambda: people.listed(reader),
        lambda: people.suspend(ada, ada.key),
        lambda: people.give_role(ada, "nobody", Role.OFFICER),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert people.arrive(Claims("i u-1", "Ann"), LOGIN).role is Role.READER


# ---------------------------------------------------------------- what is for administrators


def test_what_is_for_an_administrator_is_refused_to_everyone_else(tmp_path: Path) -> None:
    officer = Person("o" * 32, "Odile", Role.OFFICER)
    for act in (
        lambda: AuditTrail(tmp_path).entries(officer),
        lambda: AuditTrail(tmp_path).whole(officer),
        lambda: Retention(tmp_path).preview(officer),
        lambda: Retention(tmp_path).set(officer, RecordKind.AUDIT, 1),
        lambda: Retention(tmp_path).apply(officer),
        lambda: Requests(tmp_path).about(officer, officer.key),
        lambda: Requests(tmp_path).erase(officer, ANN.key),
        lambda: Requests(tmp_path).search(officer, "caseloads"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_role_that_may_not_is_refused_at_the_store_itself(tmp_path: Path) -> None:
    # No role of today may ask nothing: one is made up, so that the guard itself is seen.
    class Nobody:
        rank = -1
        value = "nobody"

    person = Person("n" * 32, "No One", Nobody())  # type: ignore[arg-type]
    for act in (
        lambda: Conversations(tmp_path, person=person).begin("x"),
        lambda: SavedChecks(tmp_path, person=person).keep("x"),
        lambda: SavedPacks(tmp_path, person=person).keep(fakes.empty_pack()),
        lambda: FeedbackBook(tmp_path, person=person).give(answer(), FeedbackVerdict.RIGHT),
        lambda: Shares(tmp_path).share(person, ShareKind.PACK, "1"),
        lambda: Shares(tmp_path).open(person, "1"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_everything_about_a_person_is_exported_and_nothing_of_others(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    people = People(tmp_path)
    ada = people.arrive(Claims("i u-9", "Ada"), LOGIN)
    Conversations(tmp_path, person=ada).begin("Of Ada")
    with open_desk_file(tmp_path).transaction() as connection:
        connection.execute(
            "INSERT INTO people VALUES "
            "(?, 'i u-3', 'Ann', 'ann@x.example', 'reader', '', '', '', '')",
            (ANN.key,),
        )
    record = Requests(tmp_path).about(ada, ANN.key)
    told = json.dumps(record)
    assert record["person"]["email"] == "ann@x.example"
    assert record["questions"][0]["question"] == "Are caseloads high?"
    assert [len(record[kind]) for kind in ("conversations", "checks", "packs", "feedback")] == [
        1
    ] * 4
    assert {entry["event"] for entry in record["audit"]} == {
        "asked", "checked", "prepared", "gave feedback on",
    }  # fmt: skip
    assert "Of Ada" not in told


def test_a_person_is_erased_with_all_that_is_theirs_and_the_trail_stays_whole(
    tmp_path: Path,
) -> None:
    people, trail = People(tmp_path), AuditTrail(tmp_path)
    ann = people.arrive(Claims("i u-1", "Ann Ostler", "ann@x.example"), LOGIN)
    ada = people.arrive(Claims("i u-9", "Ada"), LOGIN)
    for person in (ann, ada):
        kept = Conversations(tmp_path, person=person)
        kept.add(kept.begin("C").id, ConversationTurn(f"Quillwort of {person.name}?", answer()))
    SavedChecks(tmp_path, person=ann).keep("Quillwort is high.", fakes.checked())
    before = len(trail.entries(ada))
    counts = Requests(tmp_path).erase(ada, ann.key)
    assert counts["conversations"] == counts["checks"] == 1
    assert [line.turns for line in Conversations(tmp_path, person=ada).listed()] == [1]
    assert len(trail.entries(ada)) == before + 1
    assert trail.fault() == ""
    asked = [entry for entry in trail.entries(ada, actor=ann.key) if entry.event is Event.ASKED]
    assert [(entry.name, entry.words) for entry in asked] == [("", "")]
    for file in tmp_path.glob("desk.sqlite3*"):
        sqlite3.connect(tmp_path / "desk.sqlite3").execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Ann Ostler" not in file.read_bytes()
    with pytest.raises(NotAllowed, match="Nobody of that key"):
        Requests(tmp_path).erase(ada, ann.key)
    with pytest.raises(NotAllowed, match="Nobody erases themselves"):
        Requests(tmp_path).erase(ada, ada.key)
    assert people.arrive(Claims("i u-1", "Ann Ostler"), LOGIN).key != ann.key


def test_records_of_everyone_are_searched_for_words_and_that_is_noted(
    tmp_path: Path, anns: dict[str, str]
) -> None:
    ada = People(tmp_path).arrive(Claims("i u-9", "Ada"), LOGIN)
    SavedPacks(tmp_path, person=ANN).keep(fakes.empty_pack("Größe-under-Lyme"))
    requests = Requests(tmp_path)
    found = requests.search(ada, "CASELOADS high")
    assert {(record.kind, record.owner) for record in found} == {
        ("question", ANN.key), ("check", ANN.key),
    }  # fmt: skip
    assert [record.kind for record in requests.search(ada, "grösse-under")] == ["pack"]
    assert requests.search(ada, "quillwort") == ()
    assert requests.search(ada, "  ") == ()
    noted = AuditTrail(tmp_path).entries(ada, event=Event.SEARCHED)
    assert [entry.words for entry in noted] == ["quillwort", "grösse-under", "CASELOADS high"]
