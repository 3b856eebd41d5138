"""Packs are kept whole, with what a reader made of their questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import exported
import pytest
from fakes import HOSTILE

from rag.errors import UnknownPack
from rag.packs.edits import (
    AS_MADE,
    LONGEST,
    PackEdits,
    edited_pack,
    left_out,
    moved,
    ordered_enquiries,
    put_back,
    reworded,
)
from rag.packs.numbering import with_numbered_citations
from rag.packs.types import Pack
from rag.records.answers import BadRecord
from rag.saved.conversations import Conversations
from rag.saved.packs import SavedPacks

pytestmark = pytest.mark.usefixtures("engine")

PACK = exported.pack()
KEYS = [each.key for each in PACK.enquiries]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SavedPacks]:
    kept = SavedPacks(tmp_path / "library")
    yield kept
    kept.close()


def keys(pack: Pack) -> list[str]:
    return [each.key for each in pack.enquiries]


# ---------------------------------------------------------------- what a reader does


def test_a_question_is_moved_among_those_that_are_kept() -> None:
    one = moved(PACK, AS_MADE, KEYS[2], -1)
    assert [each.key for each in ordered_enquiries(PACK, one)] == [KEYS[0], KEYS[2], KEYS[1]]
    without = left_out(AS_MADE, KEYS[1])
    assert keys(edited_pack(PACK, moved(PACK, without, KEYS[2], -1))) == [KEYS[2], KEYS[0]]


@pytest.mark.parametrize(("key", "by"), [("key-1", -1), ("key-3", 1), ("key-2", 0), ("gone", 1)])
def test_a_question_that_cannot_move_stays(key: str, by: int) -> None:
    assert keys(edited_pack(PACK, moved(PACK, AS_MADE, key, by))) == KEYS


def test_a_question_is_left_out_and_put_back_in_its_place() -> None:
    without = left_out(left_out(AS_MADE, KEYS[0]), KEYS[0])
    assert keys(edited_pack(PACK, without)) == KEYS[1:]
    assert keys(edited_pack(PACK, put_back(without, KEYS[0]))) == KEYS


def test_a_question_in_a_readers_words_says_so_and_keeps_its_ground() -> None:
    told = edited_pack(PACK, reworded(PACK, AS_MADE, KEYS[1], "  Who\nanswers   for this? "))
    changed, made = told.enquiries[1], PACK.enquiries[1]
    assert (changed.question.text, changed.reworded) == ("Who answers for this?", True)
    assert (changed.why, changed.question.citations) == (made.why, made.question.citations)
    assert not told.enquiries[0].reworded


@pytest.mark.parametrize("words", ["", "  ", PACK.enquiries[0].question.text])
def test_no_words_or_those_as_made_undo_a_wording(words: str) -> None:
    once = reworded(PACK, AS_MADE, KEYS[0], "Who answers for this?")
    assert edited_pack(PACK, reworded(PACK, once, KEYS[0], words)) == PACK


def test_a_wording_has_an_end() -> None:
    told = reworded(PACK, AS_MADE, KEYS[0], "x" * 5000)
    assert len(edited_pack(PACK, told).enquiries[0].question.text) == LONGEST


# ---------------------------------------------------------------- keeping


def test_a_pack_comes_back_as_it_was_after_a_restart(tmp_path: Path) -> None:
    first = SavedPacks(tmp_path)
    made = first.keep(replace(PACK, subject=HOSTILE))
    first.arrange(made.number, PackEdits((KEYS[1],), ((KEYS[0], "Who?"),), (KEYS[2],)))
    first.close()
    again = SavedPacks(tmp_path)
    held = again.get(made.number)
    assert held.pack == with_numbered_citations(replace(PACK, subject=HOSTILE)) == made.pack
    assert held.arrangement == PackEdits((KEYS[1],), ((KEYS[0], "Who?"),), (KEYS[2],))
    (line,) = again.listed()
    assert (line.number, line.subject, line.council, line.made) == (
        made.number, HOSTILE, PACK.council, PACK.made,
    )  # fmt: skip
    again.close()


def test_made_again_a_pack_keeps_its_readers_order_and_words(kept: SavedPacks) -> None:
    first = kept.keep(PACK)
    kept.arrange(first.number, PackEdits((KEYS[2], KEYS[0]), ((KEYS[0], "Who?"),), ()))
    more = replace(PACK, made="2027-01-01T10:00:00+00:00", enquiries=exported.pack(4).enquiries)
    again = kept.keep(more)
    told = edited_pack(again.pack, again.arrangement).enquiries
    assert [each.key for each in told] == ["key-3", "key-1", "key-2", "key-4"]
    assert told[1].question.text == "Who?"
    assert [line.number for line in kept.listed()] == [again.number, first.number]


def test_made_again_and_the_same_a_pack_takes_the_place_of_the_older(kept: SavedPacks) -> None:
    first = kept.keep(PACK)
    again = kept.keep(replace(PACK, made="2027-01-01T10:00:00+00:00"))
    (line,) = kept.listed()
    assert (line.number, line.made) == (first.number, "2027-01-01T10:00:00+00:00")
    assert kept.get(first.number).pack == again.pack


def test_a_pack_on_another_subject_begins_as_made(kept: SavedPacks) -> None:
    first = kept.keep(PACK)
    kept.arrange(first.number, left_out(AS_MADE, KEYS[0]))
    assert kept.keep(replace(PACK, topic="workforce")).arrangement == AS_MADE


def test_a_number_is_never_given_again(kept: SavedPacks) -> None:
    first = kept.keep(PACK)
    kept.remove(first.number)
    assert kept.keep(PACK).number > first.number


def test_what_is_not_kept_says_so(kept: SavedPacks) -> None:
    with pytest.raises(UnknownPack, match="No pack of the number 7"):
        kept.get(7)
    with pytest.raises(UnknownPack):
        kept.remove(7)
    with pytest.raises(UnknownPack):
        kept.arrange(7, AS_MADE)


@pytest.mark.files
def test_a_damaged_pack_leaves_the_rest(tmp_path: Path) -> None:
    kept = SavedPacks(tmp_path)
    bad, good = kept.keep(PACK), kept.keep(replace(PACK, topic="workforce"))
    with sqlite3.connect(tmp_path / "desk.sqlite3") as raw:
        raw.execute(
            "UPDATE packs SET subject = CAST(X'41FF' AS TEXT), pack = CAST(X'7BFF' AS TEXT) "
            "WHERE number = ?",
            (bad.number,),
        )
        raw.execute("UPDATE packs SET arrangement = 'x' WHERE number = ?", (good.number,))
    raw.close()
    assert len(kept.listed()) == 2
    with pytest.raises(BadRecord, match="make it again"):
        kept.get(bad.number)
    assert kept.get(good.number).arrangement == AS_MADE
    assert kept.keep(PACK).number > good.number
    kept.remove(bad.number)
    kept.close()


@pytest.mark.files
def test_a_file_of_the_version_before_is_brought_up(tmp_path: Path) -> None:
    held = Conversations(tmp_path)
    begun = held.begin("Caseloads")
    held.close()
    with sqlite3.connect(tmp_path / "desk.sqlite3") as raw:
        raw.execute("DROP TABLE packs")
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    kept = SavedPacks(tmp_path)
    assert kept.get(kept.keep(PACK).number).pack.subject == PACK.subject
    kept.close()
    again = Conversations(tmp_path)
    assert again.get(begun.id).name == "Caseloads"
    again.close()
