"""What is held is held in whole, by one writer at a time, and survives what befalls it."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shared_data import WordEmbedder, found, made, put, vectors_held

from rag.errors import LibraryError, LibraryLocked, ModelMismatch, UnknownDocument
from rag.library import library as library_module
from rag.library import reader
from rag.library.encoder import Vectors
from rag.library.library import VECTORS_REMADE, Library, open_library
from rag.library.trash import StoredDocument
from rag.library.vectors.port import VectorIndex
from rag.settings import Settings
from rag.types import Description, Kind, Passage

pytestmark = pytest.mark.usefixtures("engine")

PLAN = "The council will recruit twenty social workers by the spring."
REPORT = "Caseloads are too high in the assessment teams."


def test_a_document_is_found_as_it_was_put(library: Library) -> None:
    document = put(library, "plan.docx", PLAN, REPORT, origin="/docs")
    held = library.document("plan.docx")
    assert replace(held, added="") == document
    assert held.added
    assert library.page_text("plan.docx", 1) == f"{PLAN}\n\n{REPORT}"
    assert library.page_text("plan.docx", 2) is None
    assert [p.text for p in library.passages("plan.docx")] == [f"{PLAN} {REPORT}"]
    assert library.passages_at([("plan.docx", 0), ("plan.docx", 9)]).keys() == {("plan.docx", 0)}
    assert library.origins() == {"plan.docx": "/docs"}
    assert library.held_hashes() == {document.sha256: "plan.docx"}
    assert found(library, "council recruit") == ["plan.docx"]


def test_an_empty_library_answers_nothing(library: Library) -> None:
    assert library.documents() == ()
    assert library.nearest([1.0] * 64, 3) == []
    assert library.matching(["council"], 3) == []
    assert library.passages_at([]) == {}


def test_a_replaced_document_leaves_nothing_of_the_old_one(library: Library) -> None:
    old = put(library, "plan.docx", PLAN, *[REPORT] * 40)
    with library.writing():
        library.keep_original(old.sha256, ".docx", b"old")
    new = put(library, "plan.docx", "A wholly different text.")
    assert [p.text for p in library.passages("plan.docx")] == ["A wholly different text."]
    assert library.matching(["council"], 5) == []
    assert vectors_held(library) == (1, 1)
    assert library.original(old) is None
    assert library.held_hashes() == {new.sha256: "plan.docx"}


def test_the_same_document_may_be_put_again(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    put(library, "plan.docx", PLAN)
    assert vectors_held(library) == (1, 1)
    assert found(library, "council recruit") == ["plan.docx"]


def test_a_removed_document_is_gone_from_everywhere(library: Library) -> None:
    document = put(library, "plan.docx", PLAN)
    put(library, "report.pdf", REPORT)
    with library.writing():
        library.keep_original(document.sha256, ".docx", b"bytes")
    library.remove("plan.docx")
    assert [d.name for d in library.documents()] == ["report.pdf"]
    assert library.original(document) is None
    assert library.matching(["council"], 5) == []
    assert vectors_held(library) == (1, 1)
    with pytest.raises(UnknownDocument, match="library list"):
        library.remove("plan.docx")


def counted(passages: Sequence[Passage], word: str, runs: list[str]) -> int:
    runs.append(word)
    return sum(passage.text.count(word) for passage in passages)


class Runs(list[str]):
    """A list that can be part of a key."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def test_an_analysis_is_made_once_for_each_document_and_its_options(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    runs = Runs()
    (document,) = library.documents()
    assert [library.analysed(document, counted, "social", runs) for _ in range(2)] == [1, 1]
    assert library.analysed(document, counted, "caseloads", runs) == 0
    assert runs == ["social", "caseloads"]
    put(library, "plan.docx", PLAN, "No social worker has left.")
    (document,) = library.documents()
    assert library.analysed(document, counted, "social", runs) == 2


def test_no_more_analyses_are_kept_than_memory_has_room_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_ANALYSES", 2)
    put(library, "plan.docx", PLAN)
    runs = Runs()
    (document,) = library.documents()
    for word in ("a", "b", "c", "c", "a"):
        library.analysed(document, counted, word, runs)
    assert runs == ["a", "b", "c", "a"]


def test_searches_keep_to_the_documents_named(library: Library) -> None:
    put(library, "a.txt", PLAN)
    put(library, "b.txt", f"{PLAN} {REPORT}")
    vector = library.embedder.encode([PLAN])[0].tolist()
    assert {d for (d, _), _ in library.nearest(vector, 9, ["b.txt"])} == {"b.txt"}
    assert {d for (d, _), _ in library.matching(["council"], 9, ["b.txt"])} == {"b.txt"}
    assert library.nearest(vector, 9, []) == []
    assert library.matching(["council"], 9, ["missing"]) == []


def test_a_description_is_changed_without_encoding(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    embedder = library.embedder
    assert isinstance(embedder, WordEmbedder)
    before = len(embedder.encoded)
    described = Description(
        "Improvement plan", "Wrenmoor Council", Kind.COUNCIL_DOCUMENT, date(2024, 7, 1),
        councils=("Wrenmoor",), guessed=frozenset({"title"}),
    )  # fmt: skip
    library.describe("plan.docx", described)
    assert library.document("plan.docx").description == described
    assert library.matching(["wrenmoor"], 5)
    assert len(embedder.encoded) == before
    with pytest.raises(UnknownDocument):
        library.describe("missing", described)


def test_documents_that_restate_each_other_are_linked(library: Library) -> None:
    text = " ".join(
        f"Finding {n} of {n * 7} says that {n * 13} cases were late." for n in range(40)
    )
    put(library, "report.pdf", text)
    put(library, "article.html", f"Inspectors have reported. {text}")
    put(library, "other.txt", PLAN)
    with library.writing():
        library.relate()
    assert library.document("report.pdf").related == ("article.html",)
    assert library.document("article.html").related == ("report.pdf",)
    assert library.document("other.txt").related == ()


class FailingStore:
    """Stands in for the vectors: holds some of what it is given, then fails."""

    def __init__(self, store: VectorIndex) -> None:
        self._store = store

    def follow(self, stamp: str) -> None:
        self._store.follow(stamp)

    def add(self, versions: Iterable[tuple[str, Vectors]]) -> None:
        self._store.add((version, vectors[:1]) for version, vectors in versions)
        raise LibraryError("The disk is full.")

    def remove(self, version: str) -> None:
        self._store.remove(version)


def test_a_put_that_fails_midway_leaves_the_old_document_answering(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    whole, library._store = library._store, FailingStore(library._vectors)  # type: ignore[assignment]
    with pytest.raises(LibraryError, match="disk is full"):
        put(library, "plan.docx", *[f"{REPORT} {n}" * 20 for n in range(9)])
    library._store = whole
    assert found(library, "council recruit") == ["plan.docx"]
    assert library.matching(["caseloads"], 5) == []
    assert library._vectors.count() == 2, "what the failure left is there"
    assert len(library.nearest(library.embedder.encode([REPORT])[0].tolist(), 9)) == 1
    with library.writing():
        pass
    assert vectors_held(library) == (1, 1), "and is swept by the next writer"


def test_a_row_that_cannot_be_written_rolls_everything_back(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    document, passages = made("plan.docx", REPORT)
    twice = (*passages, *passages)
    vectors = library.embedder.encode([p.text for p in twice])
    with pytest.raises(LibraryError, match="could not be written") as caught, library.writing():
        library.put(document, twice, vectors)
    assert caught.value.__cause__ is not None
    assert found(library, "council recruit") == ["plan.docx"]
    with library.writing():
        pass
    assert vectors_held(library) == (1, 1)


def test_a_second_writer_is_told_to_wait(library: Library) -> None:
    other = Library(library.folder, WordEmbedder())
    with library.writing(), pytest.raises(LibraryLocked, match="wait until"), other.writing():
        pass
    with other.writing(), other.writing():
        pass
    other.close()


def test_who_is_patient_waits_for_another_that_writes_and_holds_up_nobody_else(
    library: Library,
) -> None:
    put(library, "plan.docx", PLAN)
    other = Library(library.folder, WordEmbedder())
    other.patience = 30.0
    with ThreadPoolExecutor(1) as threads:
        with library.writing():
            waiting = threads.submit(other.set_aside, "plan.docx")
            # A thread of the same program that does not wait is told so at once.
            with pytest.raises(LibraryLocked), other._lock.held():
                pass
            assert other.matching(["council"], 9)
            assert not waiting.done()
        waiting.result(timeout=30)
    assert library.entries() == ()
    other.patience = 0.1
    with library.writing(), pytest.raises(LibraryLocked, match="wait until"), other.writing():
        pass
    other.close()


def test_threads_of_one_program_change_what_is_held_each_in_its_turn(library: Library) -> None:
    keep = [f"kept-{n}.txt" for n in range(4)]

    def add() -> None:
        with library.writing():
            for number in range(12):
                put(library, f"new-{number}.txt", f"{PLAN} Of year {number}.")

    def move() -> None:
        for name in keep * 3:
            library.set_aside(name)
            library.put_back(name)
            library.describe(name, Description(f"Title of {name}"))

    def ask() -> None:
        for _ in range(20):
            assert found(library, "council recruit")

    for name in keep:
        put(library, name, f"{PLAN} As {name} says.")
    with ThreadPoolExecutor() as threads:
        for ended in [threads.submit(act) for act in (add, move, ask)]:
            ended.result()
    assert [one.name for one in library.documents()] == sorted(
        [*keep, *(f"new-{n}.txt" for n in range(12))]
    )
    assert vectors_held(library) == (16, 16)
    assert library._database.rows("SELECT * FROM unsettled") == []


def test_a_library_of_another_model_says_what_to_do(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    other = Library(library.folder, WordEmbedder("another model"))
    with pytest.raises(ModelMismatch, match="SCRUTINY_EMBEDDING_MODEL"):
        other.nearest([1.0] * 64, 3)
    with pytest.raises(ModelMismatch), other.writing():
        other.recover()
    with pytest.raises(ModelMismatch):
        put(other, "b.txt", REPORT)
    assert other.documents(), "what is held can still be listed"
    other.close()
    assert vectors_held(library) == (1, 1)


def test_a_reader_sees_what_another_object_writes(library: Library) -> None:
    reader = Library(library.folder, WordEmbedder())
    assert reader.documents() == ()
    put(library, "plan.docx", PLAN)
    assert found(reader, "council recruit") == ["plan.docx"]
    library.remove("plan.docx")
    assert found(reader, "council recruit") == []
    reader.close()


def test_two_threads_search_while_a_third_writes(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    errors: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert "plan.docx" in found(library, "council recruit")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    searchers = [threading.Thread(target=search) for _ in range(2)]
    for thread in searchers:
        thread.start()
    for n in range(12):
        put(library, f"report-{n % 4}.txt", f"{REPORT} {n}")
    stop.set()
    for thread in searchers:
        thread.join()
    assert errors == []
    assert vectors_held(library) == (5, 5)


@pytest.mark.parametrize(
    "name", ["../../outside.txt", "/etc/outside.txt", "a/b\\c:d*?.t xt", "x.p/../y"]
)
def test_an_odd_name_writes_nothing_outside_the_library(tmp_path: Path, name: str) -> None:
    library = Library(tmp_path / "deep" / "library", WordEmbedder())
    document = put(library, name, PLAN)
    with library.writing():
        library.keep_original(document.sha256, Path(name).suffix, b"bytes")
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and library.folder not in p.parents]
    assert outside == []
    kept = library.original(library.document(name))
    assert kept is not None
    assert kept.read_bytes() == b"bytes"
    library.remove(name)
    assert library.documents() == ()
    library.close()


@pytest.mark.files
@pytest.mark.parametrize("keep", [0, 5000])
def test_a_corrupt_library_file_is_a_library_error(library: Library, keep: int) -> None:
    for n in range(30):
        put(library, f"{n}.txt", f"{PLAN} {n} " * 30)
    folder = library.folder
    library.close()
    file = folder / "library.sqlite3"
    for beside in folder.glob("library.sqlite3-*"):
        beside.unlink()
    file.write_bytes(file.read_bytes()[:keep] + b"garbage " * 9000)

    def use() -> None:
        opened = Library(folder, WordEmbedder())
        for entry in opened.entries():
            opened.document(entry.document.name)
            opened.passages(entry.document.name)
        opened.matching(["council"], 5)
        opened.vocabulary()

    with pytest.raises(LibraryError) as caught:
        use()
    assert "library.sqlite3" in str(caught.value)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


@pytest.mark.files
def test_a_file_of_a_later_program_is_not_misread(library: Library) -> None:
    with closing(sqlite3.connect(library.folder / "library.sqlite3")) as file:
        file.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="later version"):
        Library(library.folder, WordEmbedder())


def test_a_folder_that_cannot_be_one_is_a_library_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="SCRUTINY_LIBRARY"):
        Library(tmp_path / "file", WordEmbedder())


def damage_header(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)


def lose_everything(folder: Path) -> None:
    for path in sorted((folder / "chroma").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.files
@pytest.mark.parametrize("damage", [damage_header, lose_everything])
def test_damaged_vectors_are_made_afresh_without_encoding(
    library: Library, damage: Callable[[Path], None]
) -> None:
    for n in range(3):
        put(library, f"{n}.txt", f"{PLAN} {n}", REPORT * 30)
    library.close()
    damage(library.folder)
    embedder = WordEmbedder()
    again = Library(library.folder, embedder)
    with again.writing():
        again.recover()
    assert embedder.encoded == []
    held, passages = vectors_held(again)
    assert held == passages > 0
    assert found(again, "council recruit") == ["0.txt", "1.txt", "2.txt"]
    again.close()


@pytest.mark.files
def test_a_search_makes_damaged_vectors_afresh_and_the_library_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MOST_PASSAGES", 0)
    put(library, "plan.docx", PLAN)
    library.close()
    damage_header(library.folder)
    again = Library(library.folder, WordEmbedder())
    ((key, _), *_) = again.nearest(again.embedder.encode([PLAN])[0].tolist(), 3)
    assert key == ("plan.docx", 0)
    assert again.repairs == (VECTORS_REMADE,)
    again.close()


@pytest.mark.files
@pytest.mark.skipif(os.name != "posix", reason="needs a file lock that another process may break")
def test_a_library_that_may_not_be_written_is_a_library_error(library: Library) -> None:
    (library.folder / "writing.lock").unlink(missing_ok=True)
    (library.folder / "writing.lock").mkdir()
    with pytest.raises(LibraryError), library.writing():
        pass


def test_a_library_opens_from_its_settings(tmp_path: Path) -> None:
    library = open_library(Settings(library=tmp_path / "new"), embedder=WordEmbedder)
    assert library.folder.is_dir()
    assert library.embedder.fingerprint == "words"
    library.close()


def test_several_documents_are_held_together_or_not_at_all(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    several: list[StoredDocument] = []
    for name, text in (("plan.docx", REPORT), ("report.docx", REPORT)):
        document, passages = made(name, text)
        vectors = library.embedder.encode([p.text for p in passages])
        several.append(StoredDocument(document, passages, vectors, "together"))
    broken = replace(several[1], passages=several[1].passages * 2)
    with pytest.raises(LibraryError), library.writing():
        library.put_all([several[0], broken])
    assert found(library, "council recruit") == ["plan.docx"]
    with library.writing():
        library.put_all(several)
    assert found(library, "council recruit") == []
    assert library.origins() == {"plan.docx": "together", "report.docx": "together"}
    assert vectors_held(library) == (2, 2)


def test_after_a_change_only_what_changed_is_read_again(library: Library) -> None:
    put(library, "one.pdf", "The first document says something.")
    put(library, "two.pdf", "The second document says something else.")
    before = {entry.document.name: entry for entry in library.entries()}
    library.describe("two.pdf", Description("Another title"))
    after = {entry.document.name: entry for entry in library.entries()}
    assert after["one.pdf"] is before["one.pdf"]
    assert after["two.pdf"].document.description.title == "Another title"
