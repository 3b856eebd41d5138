"""Kills every way in which this program writes, at random moments, and looks at what is left.

`python scripts/torture.py [--kills 100] [--seed 1] [--only ingest]`, or `make torture`. A child is
forked at each kill, does one piece of work again and again and is ended by SIGKILL; another then
opens what is left and holds it against what may stand there: each document whole, as before or as
after, nothing lost that was said to be done. It prints a table, and ends with 1 where anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ingest.pipeline import ingest
from rag.access.people import LOCAL
from rag.library.chroma import VectorStore  # noqa: F401 - loaded before the forks
from rag.library.encoder import Vectors
from rag.library.library import Library
from rag.library.schema import LIBRARY_VERSION
from rag.packs.tracker import TrackedStatus, TrackerNote
from rag.packs.types import Briefing, History, Pack, Timeline
from rag.saved.audit import AuditTrail
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.feedback import FeedbackBook, FeedbackVerdict
from rag.saved.packs import SavedPacks
from rag.saved.shares import ShareKind, Shares
from rag.saved.tracker import TrackerNotes
from rag.settings import Settings
from rag.types import Answer, Searched
from rag.upkeep import archive
from rag.upkeep.backup import back_up
from rag.upkeep.restore import restore

DOCUMENTS = 4
PARAGRAPHS = 12
LONGEST_SECONDS = 3.0
"""From the begin of the work to the kill, at the most."""
DIMENSIONS = 32


class Hashed:
    """Vectors of texts without a model: what is killed is the writing, not the reading."""

    fingerprint = "torture"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector of each text's words."""
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.01
            for word in text.split():
                row[hashlib.sha256(word.encode()).digest()[0] % DIMENSIONS] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class Room:
    """Where one way of writing is killed: the library and the files that it takes in."""

    folder: Path

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self.folder / "library"

    @property
    def files(self) -> Path:
        """The folder of the documents."""
        return self.folder / "files"

    @property
    def settings(self) -> Settings:
        """Those of the library."""
        return Settings(library=self.library)

    def open(self) -> Library:
        """The library, opened."""
        return Library(self.library, Hashed())

    def write_files(self, turn: int) -> None:
        """Write the documents as they are at a turn."""
        self.files.mkdir(parents=True, exist_ok=True)
        for number in range(DOCUMENTS):
            (self.files / f"{number}.txt").write_text(text_of(number, turn), encoding="utf-8")

    def take_in(self) -> None:
        """Take the documents in."""
        library = self.open()
        ingest([str(self.files)], self.settings, library=library)
        library.close()


def text_of(number: int, turn: int) -> str:
    """A document as it is at a turn: every paragraph names both."""
    said = f"Document {number} as of turn {turn} tells that plans are late in paragraph"
    return "\n\n".join(f"{said} {n}." for n in range(PARAGRAPHS))


@dataclass(frozen=True, slots=True)
class WritePath:
    """One way of writing: `act` does the work of a turn and calls `said` once it is done; `lost`
    tells what is not as it must be after `done` turns were said to be done."""

    name: str
    act: Callable[[Room, int], None]
    lost: Callable[[Room, int], list[str]]
    prepare: Callable[[Room], None] = lambda room: None


# ---------------------------------------------------------------- what must hold


def not_whole(room: Room, done: int) -> list[str]:
    """What is not whole of the documents held: text, passages, terms and vectors."""
    library = room.open()
    wrong: list[str] = []
    try:
        with library.writing():
            library.recover()
        (sound,) = library._database.rows("PRAGMA quick_check(1)")
        if sound != ("ok",):
            wrong.append(f"SQLite: {sound}")
        passages = 0
        for entry in library.entries():
            name = entry.document.name
            number = int(Path(name).stem)
            text = library.page_text(name, 1) or ""
            turns = {part.split(" tells")[0] for part in text.split("turn ")[1:]}
            if len(turns) != 1 or squashed(text) != squashed(text_of(number, int(turns.pop()))):
                wrong.append(f"{name} is not whole")
            passages += len(library.passages(name))
            if library.original(entry.document) is None:
                wrong.append(f"the file of {name} is not kept")
        held = library.catalogue().passages
        if not passages == held == library._vectors.count():
            wrong.append(f"{passages} passages, {held} told, {library._vectors.count()} vectors")
        if held and not library.matching(["plan"], 3):
            wrong.append("nothing is found")
        if library._database.rows("SELECT * FROM unsettled"):
            wrong.append("something was not swept")
    finally:
        library.close()
    return wrong


def squashed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def names_held(room: Room) -> tuple[set[str], set[str]]:
    """The documents that are held, and those aside."""
    library = room.open()
    held = {document.name for document in library.documents()}
    aside = {document.name for document in library.aside()}
    library.close()
    return held, aside


def neither_held_nor_aside(room: Room, done: int) -> list[str]:
    """Documents that are in no place, or in both."""
    held, aside = names_held(room)
    names = {f"{n}.txt" for n in range(DOCUMENTS)}
    wrong = [f"{name} is gone" for name in names - held - aside]
    wrong += [f"{name} is in both places" for name in held & aside]
    if done and held and aside:
        wrong.append(f"{len(held)} are held and {len(aside)} aside after all were said to be moved")
    return wrong + not_whole(room, done)


# ---------------------------------------------------------------- the ways of writing


def ingested(room: Room, turn: int) -> None:
    """Replace every document."""
    room.write_files(turn)
    room.take_in()


def described(room: Room, turn: int) -> None:
    """Give every document another title."""
    library = room.open()
    for document in library.documents():
        library.describe(document.name, replace(document.description, title=f"Title {turn}"))
    library.close()


def badly_described(room: Room, done: int) -> list[str]:
    """Titles that nobody gave, or that are older than what was said to be done."""
    library = room.open()
    wrong: list[str] = []
    for document in library.documents():
        turn = document.description.title.removeprefix("Title ")
        if done and not (turn.isdigit() and int(turn) >= done):
            wrong.append(f"{document.name} is called {document.description.title!r}")
    library.close()
    return wrong + not_whole(room, done)


def removed(room: Room, turn: int) -> None:
    """Set every document aside, and put those back that are."""
    library = room.open()
    for document in library.documents():
        library.set_aside(document.name)
    library.close()


def restored(room: Room, turn: int) -> None:
    """Put every document back, and set all aside again."""
    library = room.open()
    for document in library.aside():
        library.put_back(document.name)
    library.close()


def all_aside(room: Room) -> None:
    """Take the documents in, and set them aside."""
    taken_in(room)
    removed(room, 0)


def taken_in(room: Room) -> None:
    """Take the documents in."""
    room.write_files(0)
    room.take_in()


def conversed(room: Room, turn: int) -> None:
    """Add a question to a conversation of its own turn."""
    kept = Conversations(room.library)
    conversation = kept.begin(f"Conversation {turn}")
    for n in range(3):
        kept.add(conversation.id, ConversationTurn(f"Question {n}?", None, "None was held."))
    kept.close()


def conversations_lost(room: Room, done: int) -> list[str]:
    """Conversations that were said to be kept and are not whole."""
    kept = Conversations(room.library)
    whole: set[str] = set()
    for line in kept.listed():
        if len(kept.get(line.id).turns) == 3:
            whole.add(line.name)
    kept.close()
    return [f"Conversation {n}" for n in range(1, done + 1) if f"Conversation {n}" not in whole]


def packed(room: Room, turn: int) -> None:
    """Keep a pack."""
    blank = Briefing((), (), (), (), (), (), ())
    pack = Pack(
        f"Subject {turn}", "Fallowmere", "2026-01-05T10:00:00+00:00", History("Fallowmere", (), ()),
        (), (), Timeline("Fallowmere", ()), blank, (),
    )  # fmt: skip
    packs = SavedPacks(room.library)
    packs.keep(pack)
    packs.close()


def packs_lost(room: Room, done: int) -> list[str]:
    """Packs that were said to be kept and are not, or cannot be read."""
    packs = SavedPacks(room.library)
    held = {packs.get(line.number).pack.subject for line in packs.listed()}
    packs.close()
    return [f"Subject {n}" for n in range(1, done + 1) if f"Subject {n}" not in held]


def kept_by_a_reader(room: Room, turn: int) -> None:
    """Note something of an item, judge an answer, and share a conversation: each is noted in the
    audit trail with it."""
    notes, book = TrackerNotes(room.library), FeedbackBook(room.library)
    shares, kept = Shares(room.library), Conversations(room.library)
    notes.keep("Fallowmere", f"item {turn}", TrackerNote(TrackedStatus.DONE, f"Note {turn}"))
    none = Answer(f"Question {turn}?", False, "None.", (), (), Searched(0, None, None, ""))
    book.give(none, FeedbackVerdict.WRONG, f"Note {turn}")
    conversation = kept.begin(f"Shared {turn}")
    shares.share(LOCAL, ShareKind.CONVERSATION, conversation.id)
    for each in (notes, book, shares, kept):
        each.close()


def readers_things_lost(room: Room, done: int) -> list[str]:
    """Notes, judgements and links that were said to be kept and are not, and a broken trail."""
    notes, book = TrackerNotes(room.library), FeedbackBook(room.library)
    shares, kept = Shares(room.library), Conversations(room.library)
    trail = AuditTrail(room.library)
    noted, judged = notes.on("Fallowmere"), {said.note for said in book.all()}
    links = {
        line.name for line in kept.listed() if shares.shared(LOCAL, ShareKind.CONVERSATION, line.id)
    }
    wrong = [f"the audit trail: {fault}" for fault in [trail.fault()] if fault]
    for turn in range(1, done + 1):
        wrong += [f"the note {turn}"] if f"item {turn}" not in noted else []
        wrong += [f"the judgement {turn}"] if f"Note {turn}" not in judged else []
        wrong += [f"the link {turn}"] if f"Shared {turn}" not in links else []
    for each in (notes, book, shares, kept, trail):
        each.close()
    return wrong


def backed_up(room: Room, turn: int) -> None:
    """Save the library in the place of the backup before."""
    back_up(room.settings, room.folder / "desk.zip")


def backup_lost(room: Room, done: int) -> list[str]:
    """What is wrong with the backup, which must be whole where one was ever made."""
    path = room.folder / "desk.zip"
    if not path.exists():
        return ["the backup is gone"] if done else []
    with archive.reading(path) as backup, tempfile.TemporaryDirectory() as folder:
        files = backup.manifest.files
        unpacked = list(backup.unpack(files, Path(folder)))
    return [] if len(unpacked) == len(files) else ["the backup is not whole"]


def backed_up_and_changed(room: Room) -> None:
    """Save the library, then replace every document."""
    taken_in(room)
    backed_up(room, 0)
    ingested(room, 1)


def backup_put_back(room: Room, turn: int) -> None:
    """Put the backup in the place of the library."""
    restore(room.settings, room.folder / "desk.zip", room.open)


def made_older(room: Room) -> None:
    """Take the documents in, and make the library's file one of an earlier version."""
    taken_in(room)
    age(room)


def age(room: Room) -> None:
    """Take from the library's file what later versions have added."""
    connection = sqlite3.connect(room.library / "library.sqlite3", isolation_level=None)
    connection.execute("DROP TABLE IF EXISTS refused")
    connection.execute("DROP TABLE IF EXISTS ocr_pages")
    connection.execute("PRAGMA user_version = 2")
    connection.close()


def upgraded(room: Room, turn: int) -> None:
    """Open a library of an earlier version, which brings it up."""
    age(room)
    library = room.open()
    library.documents()
    library.close()


def not_brought_up(room: Room, done: int) -> list[str]:
    """What is missing once the library has been opened by this version."""
    library = room.open()
    version = library._database.row("PRAGMA user_version")
    count = len(library.documents())
    library.close()
    wrong = [] if version == (LIBRARY_VERSION,) else [f"it is of version {version}"]
    wrong += [] if count == DOCUMENTS else [f"{count} of {DOCUMENTS} documents are held"]
    return wrong + not_whole(room, done)


PATHS = (
    WritePath("ingest", ingested, not_whole, taken_in),
    WritePath("describe", described, badly_described, taken_in),
    WritePath("remove", removed, neither_held_nor_aside, taken_in),
    WritePath("restore", restored, neither_held_nor_aside, all_aside),
    WritePath("conversations", conversed, conversations_lost, taken_in),
    WritePath("packs", packed, packs_lost, taken_in),
    WritePath("notes", kept_by_a_reader, readers_things_lost, taken_in),
    WritePath("backup", backed_up, backup_lost, taken_in),
    WritePath("from backup", backup_put_back, not_whole, backed_up_and_changed),
    WritePath("upgrade", upgraded, not_brought_up, made_older),
)


# ---------------------------------------------------------------- killing


@dataclass(slots=True)
class Tally:
    """What came of the kills of one way of writing."""

    kills: int = 0
    amid: int = 0
    """Kills before the work was done."""
    lost: list[str] = field(default_factory=list)


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Begin some work in a process of its own; its number, and where it tells what is done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    code = 1
    try:
        work(writing)
        code = 0
    except BaseException:  # noqa: BLE001 - nothing of a child may go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def told(reading: int) -> bytes:
    """All that a process has told until its end."""
    parts: list[bytes] = []
    while part := os.read(reading, 65_536):
        parts.append(part)
    os.close(reading)
    return b"".join(parts)


def finished(work: Callable[[int], None]) -> bytes:
    """What some work in a process of its own tells; raises SystemExit where it fails."""
    child, reading = forked(work)
    said = told(reading)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit("What was left could not be looked at.")
    return said


def torture(path: WritePath, kills: int, dice: random.Random) -> Tally:
    """Kill one way of writing so often; after each kill what is left is looked at."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        first = Room(Path(folder) / "first")
        first.library.mkdir(parents=True)
        finished(lambda _: path.prepare(first))
        started = time.monotonic()
        shutil.copytree(first.folder, Path(folder) / "timed")
        timed = Room(Path(folder) / "timed")
        finished(lambda _: path.act(timed, 1))
        usual = min(LONGEST_SECONDS, 1.2 * (time.monotonic() - started))
        for _ in range(kills):
            room = Room(Path(folder) / "room")
            shutil.rmtree(room.folder, ignore_errors=True)
            shutil.copytree(first.folder, room.folder)
            tally.kills += 1
            wrong, amid = _killed(path, room, dice.uniform(0, usual))
            tally.amid += amid
            tally.lost += wrong
    return tally


def _killed(path: WritePath, room: Room, after: float) -> tuple[list[str], bool]:
    """What is lost once the work was killed so many seconds after it began, and whether it was not
    done by then."""

    def work(telling: int) -> None:
        turn = 1
        while True:
            path.act(room, turn)
            os.write(telling, b".")
            if path.name in ONCE:
                time.sleep(LONGEST_SECONDS * 9)
            turn += 1

    child, reading = forked(work)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    done = len(told(reading))

    def look(telling: int) -> None:
        os.write(telling, "\n".join(path.lost(room, done)).encode())

    wrong = finished(look).decode().splitlines()
    return [f"{after:.3f} s, {done} done: {line}" for line in wrong], done == 0 or (
        path.name not in ONCE
    )


ONCE = ("remove", "restore")
"""What has nothing more to do when it was done."""


def main() -> None:
    """Kill every way of writing, or one, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of each way of writing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[path.name for path in PATHS])
    given = parser.parse_args()
    if not hasattr(os, "fork"):
        sys.exit("This system has no fork: run it on Linux or macOS.")
    lost: list[str] = []
    print(f"{'path':<14} {'kills':>5} {'amid':>5} {'lost':>5}", flush=True)
    for path in PATHS:
        if given.only in (None, path.name):
            tally = torture(path, given.kills, random.Random(f"{given.seed} {path.name}"))
            print(
                f"{path.name:<14} {tally.kills:>5} {tally.amid:>5} {len(tally.lost):>5}", flush=True
            )
            lost += [f"{path.name}: {line}" for line in tally.lost]
    print("\n".join(lost) or "Nothing was lost.")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
