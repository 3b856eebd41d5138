"""The vectors of a library of ordinary size are searched one and all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared_data import WordEmbedder, put

from rag.errors import ModelMismatch
from rag.library import library as module
from rag.library.library import Library
from rag.library.vectors import exact_search
from rag.library.vectors.exact_search import vector_table

DOCUMENTS = {
    "caseloads.txt": "Caseloads are too high in the assessment teams.",
    "care.txt": "Care leavers are well housed.",
    "courts.txt": "Courts are slow to hear cases.",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    for name, text in DOCUMENTS.items():
        put(library, name, *[f"{text} {n}" for n in range(30)])
    yield library
    library.close()


def asked(library: Library, text: str = "caseloads are high") -> list[float]:
    vector: list[float] = library.embedder.encode([text])[0].tolist()
    return vector


def test_what_is_found_is_what_the_vector_store_finds(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = ["care.txt", "courts.txt"]
    exact = [library.nearest(asked(library), 5, names) for names in (None, within)]
    monkeypatch.setattr(module, "MOST_PASSAGES", 0)
    store = [library.nearest(asked(library), 5, names) for names in (None, within)]
    for one, other in zip(exact, store, strict=True):
        assert {key for key, _ in one} == {key for key, _ in other}
        assert [c for _, c in one] == pytest.approx([c for _, c in other], abs=1e-5)
    assert {document for (document, _), _ in exact[1]} <= set(within)


def test_no_more_are_found_than_are_asked_for_the_nearest_first(library: Library) -> None:
    everything = library.nearest(asked(library), 10_000)
    assert len(everything) == library.passage_count()
    assert everything == sorted(everything, key=lambda found: -found[1])
    cosines = [cosine for _, cosine in everything]
    assert [c for _, c in library.nearest(asked(library), 2)] == cosines[:2]
    assert library.nearest(asked(library), 3, ["not held.txt"]) == []


def test_only_what_is_new_is_read_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.nearest(asked(library), 1)
    read: list[str] = []
    rows = library._database.rows

    def noted(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        read.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(library._database, "rows", noted)
    put(library, "late.txt", "Foster carers are few.")
    library.remove("courts.txt")
    found = library.nearest(asked(library, "foster carers"), 100)
    assert {document for (document, _), _ in found} == {*DOCUMENTS, "late.txt"} - {"courts.txt"}
    assert len([sql for sql in read if "content FROM documents JOIN vectors" in sql]) == 1


def test_the_table_of_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    table = vector_table(library._database, 0, (), None)
    assert table.nearest([1.0] * 64, 3) == []
    library.close()


def test_a_library_of_another_model_is_not_searched(library: Library) -> None:
    other = Library(library.folder, WordEmbedder("another"))
    with library.writing():
        library.recover()
    with pytest.raises(ModelMismatch):
        other.nearest(asked(library), 1)
    other.close()


def test_chroma_is_not_loaded_to_search_a_small_library(library: Library) -> None:
    code = (
        "import sys; from pathlib import Path; from rag.library.library import Library\n"
        "class Words:\n    fingerprint = 'words'\n"
        f"held = Library(Path({str(library.folder)!r}), Words())\n"
        "print(len(held.nearest([1.0] * 64, 3)), 'chromadb' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "3 False\n"


def test_equal_passages_come_in_one_order(library: Library) -> None:
    put(library, "twin.txt", DOCUMENTS["care.txt"])
    once = library.nearest(asked(library, "care"), 50)
    assert once == library.nearest(asked(library, "care"), 50)
    assert np.all(np.diff([cosine for _, cosine in once]) <= 0)
    assert len(once) < exact_search.MOST_PASSAGES


def test_in_a_large_library_the_nearest_of_many_documents_are_sifted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = ["care.txt", "courts.txt"]
    exact = library.nearest(asked(library), 5, within)
    monkeypatch.setattr(module, "MOST_PASSAGES", 0)
    few = library.nearest(asked(library), 5, within)
    assert few == exact == library.nearest(asked(library), 5, within)
    assert {document for (document, _), _ in library.nearest(asked(library), 5, ["care.txt"])} == {
        "care.txt"
    }
    monkeypatch.setattr(module, "FEW_VECTORS", 0)
    sifted = library.nearest(asked(library), 5, within)
    assert {document for (document, _), _ in sifted} <= set(within)
    cosines = [cosine for _, cosine in sifted]
    assert cosines == pytest.approx([cosine for _, cosine in exact][: len(cosines)], abs=1e-5)
