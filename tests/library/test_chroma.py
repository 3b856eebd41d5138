"""The vectors on disk, through Chroma itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared_data import WordEmbedder

from rag.errors import LibraryError
from rag.library.chroma import BATCH, VectorStore, discard_vectors, open_vectors

EMBEDDER = WordEmbedder()
TEXTS = ["caseloads are high", "care leavers are housed", "courts are slow"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path / "chroma")
    store.add([("v1", EMBEDDER.encode(TEXTS)), ("v2", EMBEDDER.encode(TEXTS[:1]))])
    yield store
    store.close()


def test_the_nearest_come_first_with_their_cosines(store: VectorStore) -> None:
    ((version, number, cosine), *rest) = store.nearest(EMBEDDER.encode([TEXTS[1]])[0].tolist(), 4)
    assert (version, number) == ("v1", 1)
    assert cosine == pytest.approx(1, abs=1e-4)
    assert [c for _, _, c in rest] == sorted((c for _, _, c in rest), reverse=True)


def test_a_search_keeps_to_the_versions_given(store: VectorStore) -> None:
    vector = EMBEDDER.encode([TEXTS[0]])[0].tolist()
    assert {v for v, _, _ in store.nearest(vector, 9, ["v2"])} == {"v2"}


def test_a_version_that_is_removed_is_gone(store: VectorStore) -> None:
    assert store.count() == 4
    store.remove("v1")
    store.remove("never held")
    assert store.count() == 1
    assert len(store.nearest(EMBEDDER.encode([TEXTS[0]])[0].tolist(), 9)) == 1


def test_a_large_document_goes_in_whole(store: VectorStore) -> None:
    texts = [f"passage {n}" for n in range(BATCH + 3)]
    store.add([("large", EMBEDDER.encode(texts))])
    assert store.count() == 4 + len(texts)


def test_one_process_has_one_store_for_a_folder(tmp_path: Path) -> None:
    one = open_vectors(tmp_path / "chroma")
    assert open_vectors(tmp_path / "." / "chroma") is one
    one.add([("v1", EMBEDDER.encode(TEXTS))])
    discard_vectors(tmp_path / "chroma")
    assert one.count() == 0
    del one
    gc.collect()
    assert open_vectors(tmp_path / "chroma").count() == 0


def test_what_the_vendor_raises_is_translated(store: VectorStore, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be read") as caught:
        store.nearest([1.0, 2.0], 3)
    assert "chromadb" in type(caught.value.__cause__).__module__
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be opened"):
        VectorStore(tmp_path / "file")
