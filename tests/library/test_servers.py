"""A library in PostgreSQL and Chroma: as in files, whatever becomes of a server."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from postgres_server import PostgresServer
from shared_data import WordEmbedder, made, put

import rag.library.library as library_module
from rag.access.people import LOCAL
from rag.errors import LibraryError, LibraryLocked, ModelMismatch
from rag.library.lexical import postgres_index
from rag.library.library import Library
from rag.library.trash import StoredDocument
from rag.saved.audit import AuditTrail
from rag.saved.conversations import Conversations, ConversationTurn
from rag.settings import LibraryHome
from rag.types import Description

PAPERS = {
    "plan.docx": ("We will recruit social workers for Fallowmere.", "Care leavers have a home."),
    "report.docx": ("Caseloads of social workers are too high.", "Children in care are safe."),
    "caf\u00e9.docx": ("The caf\u00e9 of the care leavers cost \u00a31.5m in 2024.",),
}
WORDS = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak")
Scores = list[tuple[tuple[str, int], float]]


@pytest.fixture
def home(postgres: PostgresServer, tmp_path: Path) -> LibraryHome:
    return LibraryHome(tmp_path / "served", postgres.new_database())


@pytest.fixture
def library(home: LibraryHome) -> Iterator[Library]:
    library = Library(home, WordEmbedder())
    for name, paragraphs in PAPERS.items():
        put(library, name, *paragraphs)
    yield library
    library.close()


def stored(library: Library, name: str, *paragraphs: str) -> StoredDocument:
    document, passages = made(name, *paragraphs)
    vectors = library.embedder.encode([passage.text for passage in passages])
    return StoredDocument(document, passages, vectors, "")


def as_rounded(found: Scores) -> set[tuple[tuple[str, int], float]]:
    return {(place, round(score, 9)) for place, score in found if score > 1e-4}


def begun(program: str, *arguments: str) -> subprocess.Popen[str]:
    code = f"import sys; sys.path[:0] = {sys.path!r}\n{program}"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], text=True, stdout=subprocess.PIPE
    )


# ---------------------------------------------------------------- the same as in files


def test_whatever_is_held_passages_are_scored_as_in_files(
    home: LibraryHome, tmp_path: Path
) -> None:
    chance = random.Random(7)

    papers = {
        f"{n}.txt": f"{' '.join(chance.choices(WORDS, k=chance.randint(1, 30))).capitalize()}."
        for n in range(40)
    }
    libraries = Library(tmp_path / "files", WordEmbedder()), Library(home, WordEmbedder())
    for library in libraries:
        with library.writing():
            library.put_all([stored(library, name, text) for name, text in papers.items()])
            library.remove("0.txt")
            library.describe("1.txt", Description("Ash and oak in Fallowmere"))
    for _ in range(60):
        some = chance.sample(WORDS, k=chance.randint(1, 4))
        query = [*some, " ".join(some[:2])]
        within = chance.choice([None, [f"{n}.txt" for n in range(0, 40, 3)]])
        ours, theirs = (as_rounded(each.matching(query, 50, within)) for each in libraries)
        assert ours == theirs
        assert as_rounded(libraries[1].matching(query, 3, within)) <= ours
    one, other = (dict(each.vocabulary().frequencies) for each in libraries)
    # SQLite's index also has a word for each document.
    assert {term: one[term] for term in other} == other
    for library in libraries:
        library.close()


def test_in_a_large_library_the_rarest_words_lead_and_terms_are_looked_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.matching(["social worker", "caseload"], 9)
    spelt = library.vocabulary().corrected("caseloda"), library.vocabulary().corrected("worker")
    monkeypatch.setattr(postgres_index, "FEW_PASSAGES", 0)
    monkeypatch.setattr(postgres_index, "MOST_LOOKED_AT", 1)
    assert library.matching(["social worker", "caseload"], 9)[0] == before[0]
    assert library.matching(["nothing"], 9) == []
    vocabulary = library.vocabulary()
    assert (vocabulary.corrected("caseloda"), vocabulary.corrected("worker")) == spelt
    assert set(vocabulary.frequencies) >= {"caseload", "worker"}


def test_what_is_removed_is_counted_no_more(library: Library) -> None:
    held = dict(library.vocabulary().frequencies)
    put(library, "more.docx", "Caseloads of quillworts are high.")
    library.remove("more.docx")
    assert dict(library.vocabulary().frequencies) == held
    assert library.matching(["quillwort"], 9) == []


@pytest.mark.parametrize("words", ["it's \\ 'quoted' \x00 & | ! <-> :* 50% \u00a31.5m", "?", "'"])
def test_words_of_every_kind_are_held_and_asked_for(library: Library, words: str) -> None:
    put(library, "odd.docx", f"Odd {words} words.")
    library.matching([words, "odd"], 9)
    assert [key for key, _ in library.matching(["odd"], 9)] == [("odd.docx", 0)]


def test_the_files_of_documents_are_fetched_by_a_machine_that_has_none(
    library: Library, home: LibraryHome, tmp_path: Path
) -> None:
    held = library.entry("plan.docx").document
    data = bytes(range(256)) * 20_000
    with library.writing():
        library.keep_original(held.sha256, ".DOCX", data)
    other = Library(LibraryHome(tmp_path / "other", home.database), WordEmbedder())
    path = other.original(other.entry("plan.docx").document)
    assert path is not None
    assert path.read_bytes() == data
    assert path.is_relative_to(tmp_path / "other")
    other.remove("plan.docx")
    assert Library(home, WordEmbedder())._originals.find(held.sha256, ".docx") is not None
    other.close()


# ---------------------------------------------------------------- several programs


def test_one_program_writes_at_a_time_and_what_it_writes_is_seen_by_the_other(
    library: Library, home: LibraryHome
) -> None:
    other = Library(home, WordEmbedder())
    with library.writing():
        assert other.matching(["caseload"], 9)
        with pytest.raises(LibraryLocked, match="wait"), other.writing():
            pass
    put(other, "new.docx", "Quillworts are rare.")
    assert [key for key, _ in library.matching(["quillwort"], 9)] == [("new.docx", 0)]
    other.close()


def test_what_a_thread_reads_in_a_snapshot_stays_as_it_was(
    library: Library, home: LibraryHome
) -> None:
    other = Library(home, WordEmbedder())
    with library.snapshot():
        before = library.documents()
        put(other, "new.docx", "Quillworts are rare.")
        assert library.documents() == before
    assert len(library.documents()) == len(before) + 1
    other.close()


def test_a_program_that_is_killed_while_it_writes_leaves_the_library_whole(
    library: Library, home: LibraryHome
) -> None:
    program = """
from pathlib import Path
from shared_data import WordEmbedder, put
from rag.library.library import Library
from rag.settings import LibraryHome
library = Library(LibraryHome(Path(sys.argv[1]), sys.argv[2]), WordEmbedder())
for n in range(1000):
    put(library, f"{n}.txt", f"Caseloads of {n} are high.", "Plans are late.")
    print(n, flush=True)
"""
    for wait in (1, 3):
        writer = begun(program, str(home.folder), str(home.database))
        assert writer.stdout is not None
        seen = [writer.stdout.readline() for _ in range(wait)]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        names = {entry.document.name for entry in library.entries()}
        assert {f"{line.strip()}.txt" for line in seen} <= names
        for entry in library.entries():
            assert len(library.passages(entry.document.name)) == entry.passages
    put(library, "after.txt", "Writing goes on.")
    assert library.matching(["write"], 9)


def test_many_note_at_once_and_the_audit_trail_is_in_one_piece(home: LibraryHome) -> None:
    def ask() -> None:
        kept = Conversations(home)
        begun = kept.begin("Caseloads")
        for n in range(5):
            kept.add(begun.id, ConversationTurn(f"Question {n}?", None, "none"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    trail = AuditTrail(home)
    assert len(trail.entries(LOCAL)) == 40
    assert trail.fault() == ""


# ---------------------------------------------------------------- servers that go away


def put_while_killing(library: Library, server: PostgresServer) -> None:
    with library.writing():
        server.kill()
        library.put_all([stored(library, "lost.docx", "Never held.")])


def test_a_database_that_is_killed_is_told_loses_nothing_and_comes_back(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    home = LibraryHome(tmp_path, own_postgres.new_database())
    library, kept = Library(home, WordEmbedder()), Conversations(home)
    put(library, "plan.docx", *PAPERS["plan.docx"])
    begun = kept.begin("Caseloads")
    for _ in range(2):
        with pytest.raises(LibraryError, match="SCRUTINY_DATABASE"):
            put_while_killing(library, own_postgres)
        with pytest.raises(LibraryError, match="SCRUTINY_DATABASE"):
            kept.listed()
        own_postgres.start()
        assert [entry.document.name for entry in library.entries()] == ["plan.docx"]
        assert [line.id for line in kept.listed()] == [begun.id]
        kept.add(begun.id, ConversationTurn("Are caseloads high?", None, "none"))
    put(library, "report.docx", *PAPERS["report.docx"])
    assert [key[0] for key, _ in library.matching(["caseload"], 9)] == ["report.docx"]
    library.close()


@pytest.fixture(params=["files", "postgres"])
def indexed(
    request: pytest.FixtureRequest,
    own_chroma: ChromaServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> LibraryHome:
    """A home whose vectors are searched by a Chroma server, however few they are."""
    monkeypatch.setattr(library_module, "MOST_PASSAGES", 0)
    monkeypatch.setattr(library_module, "FEW_VECTORS", 0)
    database = None
    if request.param == "postgres":
        database = request.getfixturevalue("postgres").new_database()
    return LibraryHome(tmp_path, database, own_chroma.address)


def nearest(library: Library, text: str, within: Sequence[str] | None = None) -> list[str]:
    vector = library.embedder.encode([text])[0].tolist()
    return [key[0] for key, _ in library.nearest(vector, 3, within)]


def test_a_chroma_server_that_is_killed_is_told_loses_nothing_and_comes_back(
    indexed: LibraryHome, own_chroma: ChromaServer
) -> None:
    library = Library(indexed, WordEmbedder())
    for name, paragraphs in PAPERS.items():
        put(library, name, *paragraphs)
    text = "Care leavers have a home."
    before = nearest(library, text)
    assert before[0] == "plan.docx"
    assert nearest(library, text, ["report.docx"]) == ["report.docx"]
    own_chroma.kill()
    with pytest.raises(LibraryError, match="SCRUTINY_CHROMA"):
        nearest(library, text)
    with pytest.raises(LibraryError, match="SCRUTINY_CHROMA"):
        put(library, "lost.docx", "Never held.")
    own_chroma.start()
    assert nearest(library, text) == before
    put(library, "new.docx", "Quillworts are rare.")
    assert nearest(library, "Quillworts are rare.")[0] == "new.docx"
    assert "lost.docx" not in {entry.document.name for entry in library.entries()}
    assert library._vectors.count() == library.passage_count()
    library.close()


def test_vectors_that_a_server_has_lost_are_made_afresh_from_the_truth(
    indexed: LibraryHome,
) -> None:
    library = Library(indexed, WordEmbedder())
    put(library, "plan.docx", *PAPERS["plan.docx"])
    library._vectors.start_afresh()
    library.close()
    again = Library(indexed, WordEmbedder())
    assert nearest(again, "Care leavers have a home.")[0] == "plan.docx"
    assert again.repairs
    again.close()


def test_another_embedding_model_is_refused(library: Library, home: LibraryHome) -> None:
    with pytest.raises(ModelMismatch):
        Library(home, WordEmbedder("other")).nearest([0.0] * 64, 1)
