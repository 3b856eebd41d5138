"""A damaged index neither ends the program nor changes an answer: it is made afresh, and told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from shared_data import WordEmbedder, made

import rag.library.library as library_module
from ingest.events import LibraryRepaired
from ingest.pipeline import ingest
from rag.errors import LibraryError, LibraryLocked
from rag.library.library import VECTORS_REMADE, Library
from rag.library.trash import StoredDocument
from rag.library.vectors.index_check import is_as_left, note_as_left
from rag.library.write_lock import WriteLock
from rag.settings import Settings
from rag.upkeep import doctor
from rag.upkeep.doctor import Level, examine

DOCUMENTS, PASSAGES = 12, 240
"""Enough for Chroma to write its graph to the disk."""


class Numbered(WordEmbedder):
    """Vectors of their own for as many passages as are wanted."""

    def rows(self, seed: int, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        rows = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "library"
    library = Library(folder, Numbered())
    documents: list[StoredDocument] = []
    for n in range(DOCUMENTS):
        paragraphs = [f"Paragraph {n} {p} tells of plans. " * 9 for p in range(PASSAGES)]
        document, passages = made(f"{n}.txt", *paragraphs)
        vectors = Numbered().rows(n, len(passages))
        documents.append(StoredDocument(document, passages, vectors, ""))
    with library.writing():
        library.put_all(documents)
    library.close()
    return folder


def nearest(folder: Path) -> tuple[list[tuple[tuple[str, int], float]], tuple[str, ...]]:
    library = Library(folder, Numbered())
    found = library.nearest(Numbered().rows(3, 9)[5].tolist(), 4)
    repairs = library.repairs
    library.close()
    return [(key, round(cosine, 3)) for key, cosine in found], repairs


def graph(folder: Path, name: str) -> Path:
    (file,) = (folder / "chroma").rglob(name)
    return file


def zeroed(folder: Path) -> None:
    # Chroma's own library ends the process that reads this.
    file = graph(folder, "link_lists.bin")
    file.write_bytes(bytes(file.stat().st_size))


def halved(folder: Path) -> None:
    # Chroma finds other passages in this, and says nothing.
    file = graph(folder, "data_level0.bin")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def without_names(folder: Path) -> None:
    # Chroma finds nearly nothing in this, and says nothing.
    graph(folder, "index_metadata.pickle").unlink()


def gone(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")


@pytest.mark.parametrize("damage", [zeroed, halved, without_names, gone])
def test_a_damaged_or_missing_index_is_made_afresh_and_answers_as_before(
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None],
) -> None:
    monkeypatch.setattr(library_module, "MOST_PASSAGES", 0)
    folder = tmp_path / "library"
    shutil.copytree(whole, folder)
    before, repairs = nearest(folder)
    assert repairs == ()
    assert before[0] == (("3.txt", 5), 1.0)
    damage(folder)
    after, repairs = nearest(folder)
    assert after == before
    assert repairs == (VECTORS_REMADE,)
    assert nearest(folder) == (before, ()), "once is enough"


def test_a_repair_is_told_by_the_ingest_and_by_the_doctor(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "open_embedder", lambda folder: WordEmbedder())
    folder = tmp_path / "library"
    shutil.copytree(whole, folder)
    settings = Settings(folder)
    assert not [one for one in examine(settings) if one.said.startswith(VECTORS_REMADE)]
    shutil.rmtree(folder / "chroma")
    told: list[object] = []
    library = Library(folder, WordEmbedder())
    ingest([], settings, library=library, on_event=told.append)
    library.close()
    assert LibraryRepaired(VECTORS_REMADE) in told
    (found,) = [one for one in examine(settings) if one.said.startswith(VECTORS_REMADE)]
    assert found.level is Level.NOTE


def test_an_index_that_is_as_it_was_left_is_not_tried_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MOST_PASSAGES", 0)
    monkeypatch.setattr(
        library_module, "is_sound_apart", lambda *rest, **more: pytest.fail("it was tried")
    )
    folder = tmp_path / "library"
    shutil.copytree(whole, folder)
    assert nearest(folder)[1] == ()
    assert nearest(folder)[1] == ()


def test_a_damaged_index_is_not_touched_while_another_program_writes(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MOST_PASSAGES", 0)
    monkeypatch.setattr(library_module, "is_sound_apart", lambda *rest, **more: False)
    folder = tmp_path / "library"
    shutil.copytree(whole, folder)
    gone(folder)
    with WriteLock(folder).held(), pytest.raises(LibraryLocked, match="wait"):
        nearest(folder)


def test_what_an_index_was_left_as_is_told_by_its_bytes(tmp_path: Path) -> None:
    index = tmp_path / "chroma"
    index.mkdir()
    (index / "file").write_bytes(b"vectors")
    assert not is_as_left(index)
    note_as_left(index)
    assert is_as_left(index)
    (index / "file").write_bytes(b"Vectors")
    assert not is_as_left(index)
    (tmp_path / "chroma.digests").write_text("{")
    assert not is_as_left(index)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "small", WordEmbedder())
    document, passages = made("plan.docx", "Caseloads are high.", "Plans are late.")
    vectors = library.embedder.encode([passage.text for passage in passages])
    with library.writing():
        library.put(document, passages, vectors)
    yield library
    library.close()


def test_an_ordinary_library_answers_from_sqlite_whatever_became_of_the_index(
    small: Library,
) -> None:
    vector = small.embedder.encode(["Plans are late."])[0].tolist()
    before = small.nearest(vector, 2)
    small.close()
    gone(small.folder)
    again = Library(small.folder, small.embedder)
    assert again.nearest(vector, 2) == before
    again.remove("plan.docx")
    assert again.nearest(vector, 2) == []
    again.close()


def read_all(library: Library) -> None:
    for entry in library.entries():
        library.passages(entry.document.name)
        library.document(entry.document.name)


def test_a_damaged_page_of_sqlite_is_told_and_no_answer_is_made_of_it(small: Library) -> None:
    folder = small.folder
    small.close()
    with sqlite3.connect(folder / "library.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = folder / "library.sqlite3"
    data = bytearray(file.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    at = data.index(b"Caseloads are high") // size * size
    data[at : at + size] = bytes(size)
    file.write_bytes(data)
    again = Library(folder, WordEmbedder())
    with pytest.raises(LibraryError, match="cannot be read"):
        read_all(again)
    again.close()
