"""Dense and lexical hits are fused, scoped, and none repeats another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bench_squad
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import WordEmbedder, put, real_embedder

from rag.library.library import Library
from rag.question.expansion import Concept
from rag.question.held import held_documents
from rag.question.scope import DocumentFit
from rag.retrieval.hybrid import Query, candidates, fuse, hits, ranked

HIGH = "Caseloads are too high in the teams."
LOW = "Caseloads are low."
KEYS = st.tuples(st.sampled_from("abc"), st.integers(0, 3))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    put(library, "croydon.txt", HIGH)
    put(library, "copy.txt", f"{HIGH}")
    put(library, "thurrock.txt", LOW)
    put(library, "other.txt", "The swimming pool shut.")
    yield library
    library.close()


def query(library: Library, *terms: str) -> Query:
    vector = library.embedder.encode([" ".join(terms)])[0].tolist()
    return Query(" ".join(terms), vector, tuple(Concept(((term,),)) for term in terms))


def fitting(library: Library, *names: str) -> DocumentFit:
    """A scope that these documents fit, and no other."""
    held = held_documents(library.documents())
    return DocumentFit(held, np.array([float(name in names) for name in held.names]))


def test_scores_are_a_convex_mix_of_the_two() -> None:
    fused = fuse({("a", 0): 4.0, ("b", 0): 2.0}, {("a", 0): 0.9, ("c", 0): 0.1}, weight=0.5)
    assert fused[("a", 0)] == pytest.approx(1.0)
    assert fused[("b", 0)] == pytest.approx(0.25)
    assert fused[("c", 0)] == pytest.approx(0.0)


@given(st.dictionaries(KEYS, st.floats(0.01, 90)), st.dictionaries(KEYS, st.floats(-1, 1)))
def test_fused_scores_lie_between_nothing_and_one(
    bm25: dict[tuple[str, int], float], cosine: dict[tuple[str, int], float]
) -> None:
    fused = fuse(bm25, cosine)
    assert fused.keys() == bm25.keys() | cosine.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


def test_a_phrase_is_one_term() -> None:
    made = Query("LAC", [1.0], (Concept((("lac",), ("look", "child"))), Concept((("lac",),))))
    assert made.terms == ("lac", "look child")


def test_a_scope_guessed_wrong_hides_nothing(library: Library) -> None:
    fit = fitting(library, "other.txt")
    pool = candidates(library, query(library, "caseload", "high"), fit)
    assert ("croydon.txt", 0) in pool.fused


def test_what_fits_the_scope_comes_first(library: Library) -> None:
    fit = fitting(library, "thurrock.txt")
    pool = candidates(library, query(library, "caseload", "high"), fit)
    assert ranked(pool.fused, fit)[0][0] == ("thurrock.txt", 0)


def test_no_hit_repeats_the_words_of_another(library: Library) -> None:
    fit = fitting(library)
    pool = candidates(library, query(library, "caseload", "high"), fit)
    found = hits(library, ranked(pool.fused, fit), 5)
    assert len({hit.passage.text for hit in found}) == len(found)
    assert found[0].passage.text == HIGH
    assert len(hits(library, ranked(pool.fused, fit), 1)) == 1


def test_equal_scores_are_put_in_one_order() -> None:
    scores = {("b", 1): 0.5, ("a", 2): 0.5, ("a", 1): 0.5}
    assert [key for key, _ in ranked(scores, {})] == [("a", 1), ("a", 2), ("b", 1)]


@pytest.mark.encoder
@pytest.mark.skipif(not bench_squad.DATA.is_file(), reason="the public paragraphs are not here")
def test_the_paragraph_with_the_answer_comes_first_often_enough(tmp_path: Path) -> None:
    library, asked = bench_squad.open_filled(tmp_path / "library", real_embedder())
    sampled = asked[::3]
    found = bench_squad.first_hits(library, bench_squad.queries(library, sampled))
    assert bench_squad.share_right(found, sampled) >= bench_squad.FLOOR
    library.close()
