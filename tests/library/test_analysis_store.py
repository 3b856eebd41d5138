"""What was worked out of documents is kept beside the library, and is never more than a help."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shared_data import WordEmbedder, put

from rag.library import analysis_store
from rag.library.analysis_store import FILE, AnalysisStore, Row, digest_of
from rag.library.encoder.word_encoder import WordEncoder
from rag.library.library import Library

FINDING = "Caseloads are too high in the assessment teams."
OTHER = "Visits to children are made on time."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    put(library, "report.pdf", FINDING)
    put(library, "paper.pdf", OTHER)
    yield library
    library.close()


def encoded(library: Library, *words: tuple[str, str]) -> list[str]:
    """What has to be encoded to know the words of documents."""
    embedder = library.embedder
    assert isinstance(embedder, WordEmbedder)
    embedder.encoded.clear()
    WordEncoder(embedder, library).prepare_words(words)
    return embedder.encoded[:]


def reopened(library: Library) -> Library:
    library.close()
    return Library(library.folder, library.embedder)


WORDS = (("report.pdf", FINDING), ("paper.pdf", OTHER))


@given(
    arrays(np.float32, (3, 5), elements=st.floats(-1, 1, width=32)),
    st.lists(st.text(max_size=8), min_size=3, max_size=3, unique=True),
)
def test_vectors_come_back_to_the_last_digit(
    tmp_path_factory: pytest.TempPathFactory, rows: Row, texts: list[str]
) -> None:
    store = AnalysisStore(tmp_path_factory.mktemp("kept"))
    digests = [digest_of(text.encode("utf-8", "replace")) for text in texts]
    vectors = dict(zip(digests, rows, strict=True))
    store.keep_vectors("one", "model", vectors)
    kept = store.vectors("one", "model")
    assert all(np.array_equal(kept[digest], row) for digest, row in vectors.items())
    assert store.vectors("one", "other model") == {} == store.vectors("two", "model")
    store.close()


def test_what_was_encoded_once_is_not_encoded_again(library: Library) -> None:
    assert sorted(encoded(library, *WORDS)) == sorted((FINDING, OTHER))
    assert encoded(library, *WORDS) == []
    library = reopened(library)
    assert encoded(library, *WORDS) == []
    kept = WordEncoder(library.embedder, library)
    kept.prepare_words(WORDS)
    assert np.array_equal(kept.encode([FINDING, OTHER]), library.embedder.encode([FINDING, OTHER]))
    library.close()


def test_a_document_that_goes_takes_with_it_what_was_made_of_it(library: Library) -> None:
    encoded(library, *WORDS)
    library.set_aside("report.pdf")
    library.put_back("report.pdf")
    assert encoded(library, *WORDS) == [FINDING]
    put(library, "report.pdf", f"{FINDING} It is so.")
    assert encoded(library, *WORDS) == [FINDING]
    library.remove("report.pdf")
    library.remove("paper.pdf")
    with sqlite3.connect(library.folder / FILE) as file:
        assert file.execute("SELECT count(*) FROM word_vectors").fetchone() == (0,)


def test_what_a_crash_left_of_documents_that_are_gone_is_swept(library: Library) -> None:
    store = AnalysisStore(library.folder)
    store.keep_analyses({("a version that is gone", "themes"): "[]"}, "code")
    with library.writing():
        library.recover()
    assert not store.analyses([("a version that is gone", "themes")], "code")
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE word_vectors SET content = zeroblob(length(content))",
        "UPDATE word_vectors SET digests = substr(digests, 2)",
        "UPDATE word_vectors SET content = 7",
        "UPDATE word_vectors SET version = (SELECT max(version) FROM word_vectors)",
        "DROP TABLE word_vectors",
    ],
)
def test_vectors_that_are_damaged_are_made_anew(library: Library, damage: str) -> None:
    encoded(library, *WORDS)
    library = reopened(library)
    with sqlite3.connect(library.folder / FILE) as file:
        file.execute(damage)
    assert encoded(library, *WORDS)
    assert [document.name for document in library.documents()] == ["paper.pdf", "report.pdf"]
    library.close()


def test_a_file_that_is_no_database_is_begun_anew(library: Library) -> None:
    encoded(library, *WORDS)
    library.close()
    for end in ("-wal", "-shm"):
        (library.folder / f"{FILE}{end}").unlink(missing_ok=True)
    (library.folder / FILE).write_bytes(b"no database" * 1000)
    library = Library(library.folder, library.embedder)
    assert len(encoded(library, *WORDS)) == 2
    assert encoded(library, *WORDS) == []
    library.close()


def test_a_file_of_a_later_version_is_done_without_and_left_alone(library: Library) -> None:
    encoded(library, *WORDS)
    library.close()
    with sqlite3.connect(library.folder / FILE) as file:
        file.execute("PRAGMA user_version = 999")
    library = Library(library.folder, library.embedder)
    assert len(encoded(library, *WORDS)) == 2
    assert len(encoded(library, *WORDS)) == 2
    library.close()
    with sqlite3.connect(library.folder / FILE) as file:
        assert file.execute("SELECT count(*) FROM word_vectors").fetchone() == (2,)


@pytest.mark.skipif(os.name == "nt", reason="folders are made read-only otherwise there")
def test_where_nothing_can_be_written_it_is_worked_out_each_time(library: Library) -> None:
    library.close()
    (library.folder / FILE).mkdir()
    library = Library(library.folder, library.embedder)
    assert len(encoded(library, *WORDS)) == 2
    assert len(encoded(library, *WORDS)) == 2
    library.close()


def test_no_more_is_kept_of_a_document_than_there_is_room_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis_store, "MOST_VECTORS", 1)
    assert encoded(library, ("report.pdf", FINDING)) == [FINDING]
    assert encoded(library, ("report.pdf", FINDING), ("report.pdf", OTHER)) == [OTHER]
    assert encoded(library, ("report.pdf", FINDING), ("report.pdf", OTHER)) == [OTHER]


def test_analyses_of_many_documents_are_read_at_once_and_each_by_itself(tmp_path: Path) -> None:
    store = AnalysisStore(tmp_path)
    places = [(f"version {n}", "grades") for n in range(900)]
    store.keep_analyses({place: f"[{n}]" for n, place in enumerate(places) if n % 2}, "code")
    kept = store.analyses(places, "code")
    assert kept == {place: f"[{n}]" for n, place in enumerate(places) if n % 2}
    store.close()


def test_an_analysis_is_believed_only_of_the_code_that_made_it(tmp_path: Path) -> None:
    store, place = AnalysisStore(tmp_path), ("one", "themes")
    assert store.analyses([place], "old") == {}
    store.keep_analyses({place: '["housing"]'}, "old")
    assert store.analyses([place], "old") == {place: '["housing"]'}
    assert store.analyses([place], "new") == {}
    store.keep_analyses({place: "[]"}, "new")
    assert store.analyses([place], "new") == {place: "[]"}
    assert store.analyses([place], "old") == {}
    store.close()
