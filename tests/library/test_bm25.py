"""BM25 over the passages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.library import bm25
from rag.library.bm25 import IndexedPassage
from rag.library.schema import LIBRARY, LIBRARY_VERSION
from rag.library.sqlite import Database


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    database = Database(tmp_path / "library.sqlite3", LIBRARY, LIBRARY_VERSION)
    bm25.add(
        database.connection,
        [
            IndexedPassage(
                1, "Caseloads are too high, at 24.5 children.", "Workforce", "Croydon 2020", "v1"
            ),
            IndexedPassage(
                2, "Care leavers are well housed.", "Care leavers", "Croydon 2020", "v1"
            ),
            IndexedPassage(
                3, "The caf\u00e9 cost \u00a31.5m in Thurrock.", "Money", "Thurrock 2024", "v2"
            ),
        ],
    )
    yield database.connection
    database.close()


def rows(connection: sqlite3.Connection, *query: str, within: list[str] | None = None) -> list[int]:
    return [row for row, _ in bm25.search(connection, query, 9, within)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["caseload"], [1]),
        (["24.5"], [1]),
        (["\u00a31.5m"], [3]),
        (["caf\u00e9"], [3]),
        (["cafe"], [3]),
        (["care leaver"], [2]),
        (["leaver care"], []),
        (["thurrock"], [3]),
        (["missing"], []),
        ([""], []),
        ([], []),
    ],
)
def test_terms_find_text_heading_and_source(
    connection: sqlite3.Connection, query: list[str], found: list[int]
) -> None:
    assert rows(connection, *query) == found


def test_text_counts_for_more_than_heading_and_source(connection: sqlite3.Connection) -> None:
    assert rows(connection, "croydon", "care leaver")[0] == 2
    scores = [score for _, score in bm25.search(connection, ["care", "croydon", "caseload"], 9)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_a_search_keeps_to_the_versions_given(connection: sqlite3.Connection) -> None:
    assert rows(connection, "be", within=["v2"]) == []
    assert set(rows(connection, "in", "are", within=["v1"])) == {1, 2}


def test_a_passage_is_described_anew_and_removed(connection: sqlite3.Connection) -> None:
    bm25.describe(connection, [1], "Wrenmoor 2021")
    assert rows(connection, "wrenmoor") == [1]
    assert rows(connection, "croydon") == [2]
    bm25.remove(connection, [1])
    assert rows(connection, "wrenmoor") == []


def test_document_frequencies_count_passages(connection: sqlite3.Connection) -> None:
    held = bm25.document_frequencies(connection)
    assert held["care"] == 1
    assert held["croydon"] == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_no_question_breaks_the_query_language(
    connection: sqlite3.Connection, query: list[str]
) -> None:
    bm25.search(connection, [*query, 'a"b', "NEAR(", "text:x", "*", "AND"], 5)
