"""Conversations are kept whole, found again, deleted and restored, by several at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import HOSTILE, REPORT, answer, hostile_answer, refusal

from rag.access.people import LOCAL
from rag.errors import LibraryError, UnknownConversation
from rag.saved.conversations import (
    DAMAGED,
    LONGEST_NAME,
    UNNAMED,
    Conversations,
    ConversationTurn,
    tidy_title,
)

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    kept = Conversations(tmp_path / "library")
    yield kept
    kept.close()


def names(kept: Conversations, search: str = "") -> list[str]:
    return [line.name for line in kept.listed(search)]


def asked(question: str) -> ConversationTurn:
    return ConversationTurn(question, answer(question))


def test_a_conversation_comes_back_as_it_was_after_a_restart(tmp_path: Path) -> None:
    first = Conversations(tmp_path)
    turns = (
        asked("Are caseloads too high?"),
        ConversationTurn("Who won the cup?", refusal("Who won the cup?")),
        ConversationTurn(HOSTILE, hostile_answer(HOSTILE)),
        ConversationTurn("locked", None, "Another program is writing to the library."),
        ConversationTurn(
            "half", replace(answer("half \ud800"), citations=(replace(REPORT, quote="\ud800"),))
        ),
    )
    begun = first.begin("Caseloads")
    for turn in turns:
        last = first.add(begun.id, turn)
    first.close()
    again = Conversations(tmp_path)
    assert again.get(begun.id) == last
    assert (last.name, last.turns, last.begun) == ("Caseloads", turns, begun.begun)
    assert last.touched > begun.touched
    assert [(line.id, line.name, line.turns) for line in again.listed()] == [
        (begun.id, "Caseloads", 5)
    ]
    again.close()


def test_the_list_has_the_last_touched_first(kept: Conversations) -> None:
    one = kept.begin("One")
    kept.begin("Two")
    assert names(kept) == ["Two", "One"]
    kept.add(one.id, asked("Are caseloads too high?"))
    assert names(kept) == ["One", "Two"]


def test_what_was_asked_and_answered_is_told_once_newest_first(kept: Conversations) -> None:
    one, gone = kept.begin("One"), kept.begin("Gone")
    for question in ("Are kids waiting?", "Who left?", "Are kids waiting?"):
        kept.add(one.id, asked(question))
    kept.add(one.id, ConversationTurn("locked", None, "Another program is writing."))
    kept.add(gone.id, asked("Of what was deleted?"))
    kept.delete(gone.id)
    assert kept.questions(9) == ("Are kids waiting?", "Who left?")
    assert kept.questions(1) == ("Are kids waiting?",)
    assert kept.of(replace(LOCAL, key="somebody else")).questions(9) == ()


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", ["Thurrock", "Straße 100%_done", "Caseloads"]),
        ("CASELOADS", ["Caseloads"]),
        ("thurr", ["Thurrock"]),
        ("strasse", ["Straße 100%_done"]),
        ("%", ["Straße 100%_done"]),
        ("0%_d", ["Straße 100%_done"]),
        ("_", ["Straße 100%_done"]),
        ("kids waiting", ["Caseloads"]),
        ("assessment teams", ["Caseloads"]),
        ("waiting\n caseloads kids", ["Caseloads"]),
        ("thurrock waiting", []),
        ("'; DROP TABLE turns; --", []),
        ("\x00 \ud800", []),
    ],
)
def test_a_search_looks_in_names_questions_and_answers(
    kept: Conversations, search: str, expected: list[str]
) -> None:
    caseloads = kept.begin("Caseloads")
    kept.add(caseloads.id, asked("Are  kids\nwaiting?"))
    kept.begin("Straße 100%_done")
    kept.begin("Thurrock")
    assert names(kept, search) == expected


def test_a_long_search_is_still_a_search(kept: Conversations) -> None:
    kept.begin("One")
    assert names(kept, "one " * 5000) == ["One"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Care \t leavers\n", "Care leavers"),
        ("", UNNAMED),
        ("\x1b[2J\x00\u202e", "[2J"),
        ("\u202e\u200b", UNNAMED),
        ("x" * 500, "x" * (LONGEST_NAME - 1) + "…"),
        ("caf\udce9", "caf?"),
    ],
)
def test_names_are_short_and_on_one_line(kept: Conversations, typed: str, name: str) -> None:
    assert tidy_title(typed) == name
    begun = kept.begin(typed)
    assert begun.name == name
    assert kept.rename(begun.id, typed).name == name


def test_a_renamed_conversation_is_found_by_its_new_name_in_its_old_place(
    kept: Conversations,
) -> None:
    one = kept.begin("One")
    kept.begin("Two")
    renamed = kept.rename(one.id, "Three")
    assert renamed.touched == one.touched
    assert names(kept) == ["Two", "Three"]
    assert names(kept, "one") == []
    assert names(kept, "three") == ["Three"]


def test_a_deleted_conversation_can_be_restored(kept: Conversations) -> None:
    one = kept.begin("One")
    before = kept.add(one.id, asked("Are caseloads too high?"))
    kept.delete(one.id)
    assert kept.listed() == ()
    for act in (
        lambda: kept.get(one.id),
        lambda: kept.delete(one.id),
        lambda: kept.rename(one.id, "Two"),
        lambda: kept.add(one.id, asked("And now?")),
    ):
        with pytest.raises(UnknownConversation, match="Begin a new one"):
            act()
    assert kept.restore(one.id) == before
    assert kept.restore(one.id) == before, "twice does no harm"
    with pytest.raises(UnknownConversation):
        kept.restore("missing")


def test_what_was_deleted_long_ago_goes_for_good_at_opening(tmp_path: Path) -> None:
    now = datetime(2026, 7, 1, 12, tzinfo=UTC)
    kept = Conversations(tmp_path, now=lambda: now)
    old, young, held = (kept.begin(name) for name in ("Old", "Young", "Held"))
    kept.add(old.id, asked("Are caseloads too high?"))
    kept.delete(old.id)
    kept.close()
    kept = Conversations(tmp_path, now=lambda: now + timedelta(days=1))
    kept.delete(young.id)
    kept.close()
    kept = Conversations(tmp_path, now=lambda: now + timedelta(days=30, seconds=1))
    assert names(kept) == ["Held"]
    assert kept.restore(young.id).name == "Young"
    with pytest.raises(UnknownConversation):
        kept.restore(old.id)
    assert kept._database.row("SELECT count(*) FROM turns") == (0,)
    assert kept.get(held.id).turns == ()
    kept.close()


@pytest.mark.parametrize(
    "damage",
    [
        "answer = substr(answer, 1, 90)",
        "answer = ''",
        "answer = '[]'",
        "answer = '{}'",
        "answer = CAST(x'ff00fe' AS TEXT)",
        "answer = replace(answer, 'inspection_report', 'sermon')",
    ],
)
def test_a_damaged_turn_leaves_the_others_standing(kept: Conversations, damage: str) -> None:
    id = kept.begin("One").id
    whole = [asked("Are caseloads too high?"), asked("Who says so?"), asked("Since when?")]
    for turn in whole:
        kept.add(id, turn)
    with kept._database.transaction() as connection:
        connection.execute(f"UPDATE turns SET {damage} WHERE id = 2")
    first, second, third = kept.get(id).turns
    assert [first, third] == [whole[0], whole[2]]
    assert second == ConversationTurn("Who says so?", None, DAMAGED)


@pytest.mark.files
def test_words_that_are_damaged_do_not_take_the_conversation_with_them(kept: Conversations) -> None:
    id = kept.begin("One").id
    kept.add(id, asked("Are caseloads too high?"))
    with kept._database.transaction() as connection:
        connection.execute("UPDATE turns SET question = CAST(x'41ff' AS TEXT)")
    assert kept.get(id).turns[0].question == "A\ufffd"


def test_several_threads_talk_at_once(kept: Conversations) -> None:
    shared = kept.begin("Shared").id
    errors: list[BaseException] = []

    def talk(n: int) -> None:
        try:
            own = kept.begin(f"Own {n}").id
            for turn in range(5):
                kept.add(own, asked(f"Question {n} {turn}?"))
                kept.add(shared, asked(f"Question {n} {turn}?"))
                assert len(kept.get(own).turns) == turn + 1
                kept.listed("question")
            kept.delete(own)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)
        finally:
            kept.close()

    threads = [threading.Thread(target=talk, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert names(kept) == ["Shared"]
    told = [turn.question for turn in kept.get(shared).turns]
    assert len(told) == 30
    for n in range(6):
        assert [q for q in told if q.startswith(f"Question {n}")] == [
            f"Question {n} {turn}?" for turn in range(5)
        ]


def test_two_windows_see_what_the_other_does(tmp_path: Path) -> None:
    one, other = Conversations(tmp_path), Conversations(tmp_path)
    begun = one.begin("One")
    other.add(begun.id, asked("Are caseloads too high?"))
    assert len(one.get(begun.id).turns) == 1
    other.delete(begun.id)
    assert one.listed() == ()
    one.close()
    other.close()


@pytest.mark.files
def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite3").write_bytes(b"garbage " * 999)
    with pytest.raises(LibraryError, match=r"desk\.sqlite3 .* the documents are not touched"):
        Conversations(tmp_path)


def test_conversations_outlive_the_library_that_they_were_about(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    id = kept.begin("One").id
    turn = asked("Are caseloads too high?")
    kept.add(id, turn)
    assert not (tmp_path / "library.sqlite3").exists()
    assert kept.get(id).turns == (turn,)
    kept.close()
