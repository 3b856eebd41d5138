"""A backup of either engine is restored on either, gives the same answers, and is in the trail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from fakes import answer
from invented import shelved
from postgres_server import PostgresServer
from shared_data import WordEmbedder, WordJudge, put, vectors_held

from ingest.watching.links import PlaceKind
from ingest.watching.watchlist import Watchlist
from rag.access.people import LOCAL
from rag.desk import Desk
from rag.errors import BackupError, LibraryLocked
from rag.library.library import Library
from rag.saved.audit import AuditTrail, Event
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.desk_file import open_desk_file
from rag.saved.packs import SavedPacks
from rag.saved.retention import RecordKind, Retention
from rag.saved.tokens import Tokens
from rag.settings import Settings
from rag.upkeep.archive import BackupManifest
from rag.upkeep.backup import back_up
from rag.upkeep.restore import Restored, restore

FILES, SERVERS = "files", "servers"
QUESTIONS = (
    "How were care leavers in Fallowmere judged in 2024?",
    "How many children were the subject of a child protection plan in Thornbeck?",
    "How many posts were filled in Fallowmere?",
    "What was Fallowmere judged in 1950?",
)
ORIGINAL = bytes(range(256)) * 20_000
"""More than one part of a file in a database."""
Place = Callable[[str], Settings]


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A library of its own on an engine, each time."""
    made: list[Settings] = []

    def of(engine: str) -> Settings:
        folder = tmp_path / f"library {len(made)}"
        settings = Settings(folder)
        if engine == SERVERS:
            postgres: PostgresServer = request.getfixturevalue("postgres")
            chroma: ChromaServer = request.getfixturevalue("chroma")
            settings = Settings(folder, database=postgres.new_database(), chroma=chroma.address)
        made.append(settings)
        return settings

    return of


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Where a backup is written."""
    return tmp_path / "desk.zip"


def opened(settings: Settings) -> Library:
    return Library(settings.home, WordEmbedder(), WordJudge())


def restored(settings: Settings, source: Path) -> Restored:
    return restore(settings, source, lambda: opened(settings))


def filled(settings: Settings) -> None:
    """A library with all that a backup holds of one."""
    with closing(shelved(settings.home)) as library:
        with library.writing():
            library.keep_original(library.document("f2024.pdf").sha256, ".pdf", ORIGINAL)
        put(library, "gone.txt", "Fallowmere has lost it.")
        library.set_aside("t2023.pdf")
        library.remove("gone.txt")
        library.note_refused("scan.pdf", "It has no text.")
    Watchlist(settings.home).add("https://gazette.example/rss", PlaceKind.FEED)
    talks = Conversations(settings.home)
    talk = talks.begin("Care leavers")
    talks.add(talk.id, ConversationTurn("How many?", answer("How many?")))
    talks.add(talk.id, ConversationTurn("And why \ud800?", None, "none"))
    trail = AuditTrail(settings.home)
    for n in range(3):
        trail.note(LOCAL, Event.ADDED, "document", f"{n}.pdf")


def backed_up(settings: Settings, saved: Path) -> BackupManifest:
    """Fill a library and back it up."""
    filled(settings)
    return back_up(settings, saved)


def told(settings: Settings) -> object:
    """What a library tells of itself, without the time that it took."""
    with closing(opened(settings)) as library:
        desk = Desk(library)
        asked = [replace(desk.ask(question), elapsed_ms=0.0) for question in QUESTIONS]
        found = [
            [(hit.passage, round(hit.score, 9)) for hit in desk.search(each, 5)]
            for each in QUESTIONS
        ]
        talks = Conversations(settings.home)
        return (
            asked, found, library.documents(), library.aside(), library.refused(),
            [library.passages(document.name) for document in library.documents()],
            [talks.get(line.id) for line in talks.listed()],
            Watchlist(settings.home).places(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("here", "there"), [(FILES, SERVERS), (SERVERS, FILES), (SERVERS, SERVERS), (FILES, FILES)]
)
def test_a_backup_of_one_engine_gives_the_same_answers_on_the_other(
    place: Place, saved: Path, tmp_path: Path, here: str, there: str
) -> None:
    one, other = place(here), place(there)
    manifest = backed_up(one, saved)
    assert (manifest.documents, len(manifest.originals), manifest.without) == (4, 1, 4)
    assert restored(other, saved).before is None
    assert told(other) == told(one)
    with closing(opened(other)) as library:
        kept = library.original(library.document("f2024.pdf"))
        assert kept
        assert kept.read_bytes() == ORIGINAL
        assert vectors_held(library) == (library.passage_count(),) * 2
        # Writing goes on, in every index.
        library.put_back("t2023.pdf")
        put(library, "new.txt", "Quillworts are rare in Fallowmere.")
        assert [key for key, _ in library.matching(["quillwort"], 9)] == [("new.txt", 0)]
        assert vectors_held(library) == (library.passage_count(),) * 2
    # And the way back brings the same again.
    again = tmp_path / "again.zip"
    back_up(other, again)
    third = place(here)
    restored(third, again)
    assert told(third) == told(other)


@pytest.mark.parametrize("engine", [FILES, SERVERS])
@pytest.mark.parametrize("source", [FILES, SERVERS])
def test_who_put_a_backup_back_stands_in_the_trail_that_came_with_it(
    place: Place, saved: Path, engine: str, source: str
) -> None:
    one, other = place(source), place(engine)
    manifest = backed_up(one, saved)
    filled(other)
    trail = AuditTrail(other.home)
    trail.note(LOCAL, Event.REMOVED, "document", "before.pdf")
    done = restored(other, saved)
    last, *rest = trail.entries(LOCAL)
    assert done.before
    assert (last.actor, last.event, last.kind) == (LOCAL.key, Event.RESTORED, "backup")
    assert last.item == (
        f"desk.zip of {manifest.made}; what was there before: before-restore/{done.before.name}"
    )
    assert rest == list(AuditTrail(one.home).entries(LOCAL))
    assert trail.fault() == ""
    # What was there before is a backup of its own, with its own trail.
    restored(other, done.before)
    assert [entry.item for entry in trail.entries(LOCAL)][1] == "before.pdf"
    assert trail.fault() == ""


@pytest.mark.parametrize("engine", [FILES, SERVERS])
def test_a_restore_is_in_the_trail_where_the_backup_has_none_of_its_own(
    place: Place, saved: Path, engine: str
) -> None:
    one, other = place(FILES), place(engine)
    shelved(one.library).close()
    back_up(one, saved)
    AuditTrail(other.home).note(LOCAL, Event.ADDED, "document", "mine.pdf")
    restored(other, saved)
    assert [(entry.event, entry.kind) for entry in AuditTrail(other.home).entries(LOCAL)] == [
        (Event.RESTORED, "backup"),
        (Event.ADDED, "document"),
    ]


def test_a_restore_that_is_refused_is_not_in_the_trail(
    place: Place, saved: Path, tmp_path: Path
) -> None:
    one = place(SERVERS)
    backed_up(one, saved)
    before = AuditTrail(one.home).entries(LOCAL)
    with closing(opened(one)) as library, library.writing(), pytest.raises(LibraryLocked):
        restored(one, saved)
    data = saved.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(BackupError):
        restored(one, tmp_path / "cut.zip")
    assert AuditTrail(one.home).entries(LOCAL) == before


def pack_number(settings: Settings) -> int:
    """The number that a pack is given."""
    with open_desk_file(settings.home).transaction() as connection:
        (number,) = connection.execute(
            "INSERT INTO packs (subject_key, subject, council, made, pack, arrangement) "
            "VALUES ('', '', '', '', '', '') RETURNING number"
        ).fetchone()
        connection.execute("DELETE FROM packs")
    return int(number)


@pytest.mark.parametrize(("here", "there"), [(FILES, SERVERS), (SERVERS, FILES)])
def test_numbers_that_were_let_go_are_given_to_nothing_else(
    place: Place, saved: Path, here: str, there: str
) -> None:
    one, other = place(here), place(there)
    filled(one)
    assert [pack_number(one), pack_number(one)] == [1, 2]
    retention = Retention(one.home, now=lambda: datetime.now(UTC) + timedelta(days=900))
    retention.set(LOCAL, RecordKind.AUDIT, 365)
    assert retention.apply(LOCAL)[RecordKind.AUDIT] > 3
    last = AuditTrail(one.home).entries(LOCAL)[0].number
    back_up(one, saved)
    restored(other, saved)
    trail = AuditTrail(other.home)
    assert trail.entries(LOCAL)[0].number == last + 1
    assert trail.fault() == ""
    assert pack_number(other) == 3


def test_what_programs_have_open_on_servers_is_what_was_restored(place: Place, saved: Path) -> None:
    one = place(SERVERS)
    backed_up(one, saved)
    expected = told(one)
    with closing(opened(one)) as library:
        desk = Desk(library)
        put(library, "new.txt", "Fallowmere has filled ninety social work posts at last.")
        library.remove("f2024.pdf")
        desk.ask(QUESTIONS[0])
        restored(one, saved)
        assert desk.ask(QUESTIONS[0]).citations[0].document == "f2024.pdf"
        assert told(one) == expected


def test_a_backup_of_servers_holds_no_token(place: Place, saved: Path) -> None:
    one = place(SERVERS)
    filled(one)
    Tokens(one.home).make("program")
    names = {file.name for file in back_up(one, saved).databases}
    assert names == {"watch.sqlite3", "desk.sqlite3", "library.sqlite3"}
    with closing(opened(one)) as library:
        assert len(library.documents()) == 4
    assert SavedChecks(one.home).listed() == ()
    assert SavedPacks(one.home).listed() == ()


def test_a_restore_on_servers_leaves_the_vectors_of_the_library_that_was_saved(
    place: Place, saved: Path
) -> None:
    """Two libraries on one Chroma server never share a collection."""
    one, other = place(SERVERS), place(SERVERS)
    backed_up(one, saved)
    restored(other, saved)
    with closing(opened(one)) as first, closing(opened(other)) as second:
        assert first.collection != second.collection
        second.remove("f2024.pdf")
        assert first.vectors_held() == first.passage_count() > second.passage_count()
