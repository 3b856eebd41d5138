"""Search by words in a large library: an index proposes, and SQLite has the last word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared_data import WordEmbedder, put

from rag.errors import LibraryError
from rag.library.lexical import search
from rag.library.lexical.tantivy_index import TantivyIndex
from rag.library.library import Library
from rag.types import Description

PAPERS = {
    "plan.docx": ("We will recruit social workers for Fallowmere.", "Care leavers have a home."),
    "report.docx": ("Caseloads of social workers are too high.", "Children in care are safe."),
    "caf\u00e9.docx": ("The caf\u00e9 of the care leavers cost \u00a31.5m in 2024.",),
}
QUERIES: tuple[list[str], ...] = (
    ["caseload"], ["social worker"], ["care leaver", "home"], ["children in care"],
    ["worker social"], ["cafe"], ["caf\u00e9"], ["\u00a31.5m"], ["missing"], [""], [],
    ["of", "the"], ["fallowmer"],
)  # fmt: skip


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any library counts as a large one."""
    monkeypatch.setattr(search, "FEW_PASSAGES", 0)


@pytest.fixture
def library(tmp_path: Path, large: None) -> Iterator[Library]:
    library = Library(tmp_path, WordEmbedder())
    for name, paragraphs in PAPERS.items():
        put(library, name, *paragraphs)
    yield library
    library.close()


def found(library: Library, *query: str) -> set[str]:
    return {document for (document, _), _ in library.matching(query, 9)}


def index_of(library: Library) -> TantivyIndex | None:
    """The index that proposes, where it is in step."""
    assert isinstance(library._terms, search.LexicalSearch)
    return library._terms.index(library.catalogue())


def is_used(library: Library) -> bool:
    """Whether the index that proposes is in step."""
    return index_of(library) is not None


def indexed(library: Library) -> int:
    """How many passages it holds."""
    index = index_of(library)
    return index.count() if index else 0


def by_sqlite(library: Library, query: Sequence[str], within: Sequence[str] | None) -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "FEW_PASSAGES", 10**9)
        return as_rounded(library.matching(query, 9, within))


def as_rounded(rows: list[tuple[tuple[str, int], float]]) -> set[tuple[tuple[str, int], float]]:
    return {(place, round(score, 9)) for place, score in rows if score > 1e-4}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("within", [None, ["plan.docx", "caf\u00e9.docx"], ["gone.docx"], []])
def test_a_large_library_finds_what_sqlite_finds_with_the_same_scores(
    library: Library, query: list[str], within: list[str] | None
) -> None:
    assert is_used(library)
    assert as_rounded(library.matching(query, 9, within)) == by_sqlite(library, query, within)


WORDS = st.sampled_from(["ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak"])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12
)
@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=12), min_size=3, max_size=8),
    st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_whatever_is_held_the_scores_are_those_of_sqlite(
    tmp_path_factory: pytest.TempPathFactory,
    large: None,
    held: list[list[str]],
    asked: list[list[str]],
) -> None:
    library = Library(tmp_path_factory.mktemp("held"), WordEmbedder())
    for n, words in enumerate(held):
        put(library, f"{n}.docx", " ".join(words))
    query = [" ".join(words) for words in asked if len(words) < 3]
    sqlite = by_sqlite(library, query, None)
    assert as_rounded(library.matching(query, 9)) == sqlite
    library.close()


def test_a_document_that_is_removed_is_found_by_no_index(library: Library) -> None:
    library.remove("report.docx")
    assert is_used(library)
    assert found(library, "caseload") == set()
    assert library.vocabulary().frequencies.get("caseload", 0) == 0
    put(library, "plan.docx", "Nothing of the old words is left.")
    assert found(library, "recruit") == set()
    assert found(library, "word") == {"plan.docx"}


def test_a_document_described_anew_is_found_by_its_description(library: Library) -> None:
    library.describe("report.docx", Description("Inspection of Wrenmoor"))
    assert is_used(library)
    assert found(library, "wrenmoor") == {"report.docx"}
    assert found(library, "caseload") == {"report.docx"}


def test_a_library_of_an_earlier_version_is_indexed_by_the_first_who_asks(
    library: Library, tmp_path: Path
) -> None:
    library.close()
    shutil.rmtree(tmp_path / "terms")
    again = Library(tmp_path, WordEmbedder())
    assert found(again, "caseload") == {"report.docx"}
    assert is_used(again)
    assert indexed(again) == again.passage_count()


def test_while_another_writes_sqlite_answers(library: Library, tmp_path: Path) -> None:
    library.close()
    shutil.rmtree(tmp_path / "terms")
    writer, reader = Library(tmp_path, WordEmbedder()), Library(tmp_path, WordEmbedder())
    with writer._lock.held():
        assert found(reader, "caseload") == {"report.docx"}
        assert not is_used(reader)


@pytest.mark.parametrize("part", ["meta.json", ".term", ".idx", ".fast"])
def test_a_damaged_index_hides_nothing_and_is_made_afresh(
    library: Library, tmp_path: Path, part: str
) -> None:
    library.close()
    damaged = [path for path in (tmp_path / "terms").iterdir() if path.name.endswith(part)]
    assert damaged
    for path in damaged:
        os.chmod(path, 0o644)
        path.write_bytes(b"\x00" * 40)
    again = Library(tmp_path, WordEmbedder())
    assert found(again, "caseload") == {"report.docx"}
    with again.writing():
        again.recover()
    assert is_used(again)
    assert found(again, "caseload") == {"report.docx"}


def test_a_crash_before_sqlite_is_written_leaves_what_is_held_and_nothing_else(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    put_terms = library._terms.put

    def indexed_then_crash(*arguments: object) -> None:
        put_terms(*arguments)  # type: ignore[arg-type]
        crash()

    monkeypatch.setattr(library._terms, "put", indexed_then_crash)
    with pytest.raises(KeyboardInterrupt):
        put(library, "new.docx", "Turnips are grown here.")
    library.close()
    again = Library(tmp_path, WordEmbedder())
    assert found(again, "turnip") == set()
    assert found(again, "caseload") == {"report.docx"}
    assert is_used(again)
    with again.writing():
        pass
    assert indexed(again) == again.passage_count()


def test_what_one_program_writes_another_finds(library: Library, tmp_path: Path) -> None:
    reader = Library(tmp_path, WordEmbedder())
    assert found(reader, "turnip") == set()
    put(library, "new.docx", "Turnips are grown here.")
    assert found(reader, "turnip") == {"new.docx"}
    library.remove("new.docx")
    assert found(reader, "turnip") == set()


def test_an_index_that_cannot_be_written_stops_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LibraryError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(TantivyIndex, "put", full)
        put(library, "new.docx", "Turnips are grown here.")
        assert found(library, "turnip") == {"new.docx"}
    with library.writing():
        pass
    assert is_used(library)
    assert found(library, "turnip") == {"new.docx"}


def test_a_misspelt_word_is_set_right_from_either_index(library: Library) -> None:
    put(library, "more.docx", "Caseloads fell.", "Caf\u00e9s closed.")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "FEW_PASSAGES", 10**9)
        small = Library(library.folder, WordEmbedder()).vocabulary()
    large = library.vocabulary()
    for term in ("caselod", "caseload", "zebra", "leavre", "cafe"):
        assert large.corrected(term) == small.corrected(term)
        assert large.frequencies.get(term, 0) == small.frequencies.get(term, 0)


def test_many_documents_let_through_are_sifted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["plan.docx", "report.docx"]
    named = library.matching(["care", "social worker"], 9, names)
    monkeypatch.setattr(search, "MOST_NAMED", 1)
    assert library.matching(["care", "social worker"], 9, names) == named
    monkeypatch.setattr(search, "FEW_PASSAGES", 10**9)
    for depths in ((1_000,), (1, 2), (2, 1_000)):
        monkeypatch.setattr(search, "DEPTHS", depths)
        assert as_rounded(library.matching(["care", "social worker"], 9, names)) == as_rounded(
            named
        )
