"""A restricted library holds what a filter lets through, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from invented import shelved

from rag.errors import UnknownDocument
from rag.library import corpus
from rag.library.corpus import FilteredCorpus
from rag.library.library import Library
from rag.types import Passage

NAMES = {"f2017.pdf", "article.html"}
TERMS = ["social", "children", "care", "caseload"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with closing(shelved(tmp_path_factory.mktemp("held") / "library")) as held:
        yield held


@pytest.fixture
def restricted(library: Library) -> FilteredCorpus:
    return FilteredCorpus(library, [d for d in library.documents() if d.name in NAMES])


def count_passages(passages: tuple[Passage, ...]) -> int:
    return len(passages)


def documents(found: corpus.Scored) -> set[str]:
    return {document for (document, _), _ in found}


def test_only_what_is_let_through_is_found(library: Library, restricted: FilteredCorpus) -> None:
    vector = library.embedder.encode(["children in care"])[0].tolist()
    assert documents(library.nearest(vector, 60)) > NAMES
    assert documents(restricted.nearest(vector, 60)) == NAMES
    assert documents(restricted.matching(TERMS, 60)) == NAMES
    assert documents(restricted.matching(TERMS, 60, ["f2017.pdf", "f2024.pdf"])) == {"f2017.pdf"}
    assert restricted.nearest(vector, 60, ["f2024.pdf"]) == []


def test_what_is_shut_out_is_not_read(library: Library, restricted: FilteredCorpus) -> None:
    shut = next(d for d in library.documents() if d.name == "f2024.pdf")
    assert {d.name for d in restricted.documents()} == NAMES
    assert restricted.page_text("f2024.pdf", 1) is None
    assert restricted.page_text("f2017.pdf", 1) == library.page_text("f2017.pdf", 1)
    assert set(restricted.passages_at([("f2024.pdf", 0), ("f2017.pdf", 0)])) == {("f2017.pdf", 0)}
    assert restricted.analysed(shut, count_passages) == 0
    assert library.analysed(shut, count_passages) > 0
    assert restricted.entry("f2017.pdf").document.name == "f2017.pdf"
    with pytest.raises(UnknownDocument, match="lets no document called"):
        restricted.entry("f2024.pdf")


def test_how_rare_a_word_is_stays_as_in_the_whole(
    library: Library, restricted: FilteredCorpus
) -> None:
    assert restricted.vocabulary() is library.vocabulary()
    assert restricted.passage_count() == library.passage_count()
    assert library.passage_count() == sum(entry.passages for entry in library.entries())
