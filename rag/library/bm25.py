"""Adapter: BM25 over the passages, in an SQLite FTS5 table that lives beside them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.text.tokens import terms

WEIGHTS = "1.0, 0.6, 0.5, 0.0"
"""How much a term counts in a passage's text, its heading, and its source's description; the
column that names the document only narrows a search."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the index keeps of a passage: `row` in the passages table, `version` of its document."""

    row: int
    text: str
    heading: str
    source: str
    version: str


def add(connection: sqlite3.Connection, passages: Iterable[IndexedPassage]) -> None:
    """Index passages under their rows of the passages table."""
    connection.executemany(
        "INSERT INTO lexical (rowid, text, heading, source, document) VALUES (?, ?, ?, ?, ?)",
        (
            (p.row, *(" ".join(terms(part)) for part in (p.text, p.heading, p.source)), p.version)
            for p in passages
        ),
    )


def describe(connection: sqlite3.Connection, rows: Iterable[int], source: str) -> None:
    """Give passages another description of their source."""
    line = " ".join(terms(source))
    connection.executemany(
        "UPDATE lexical SET source = ? WHERE rowid = ?", ((line, row) for row in rows)
    )


def remove(connection: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Take passages out of the index."""
    connection.executemany("DELETE FROM lexical WHERE rowid = ?", ((row,) for row in rows))


def search(
    connection: sqlite3.Connection,
    query: Sequence[str],
    k: int,
    versions: Iterable[str] | None = None,
) -> list[tuple[int, float]]:
    """The `k` best passages for the query's terms: (row, BM25), best first, BM25 above zero.

    A term with a space in it is matched as a phrase; `versions` restricts the search to those
    documents.
    """
    match = " OR ".join(f'"{term}"' for term in dict.fromkeys(map(_quoted, query)) if term)
    if not match:
        return []
    if versions is not None:
        # Narrowing inside the full-text query: a filter on rows is a hundred times slower.
        within = " OR ".join(f'"{version}"' for version in versions)
        match = f"(document : ({within})) AND ({match})"
    rows = connection.execute(
        f"SELECT rowid, -bm25(lexical, {WEIGHTS}) AS score FROM lexical "
        "WHERE lexical MATCH ? ORDER BY score DESC LIMIT ?",
        (match, k),
    )
    return [(int(row), float(score)) for row, score in rows if score > 0]


def _quoted(term: str) -> str:
    """A term as it may stand between the quotation marks of the query language."""
    return re.sub(r'["\x00\ud800-\udfff]', " ", term).strip()


def document_frequencies(connection: sqlite3.Connection) -> dict[str, int]:
    """In how many passages each term stands."""
    return {str(t): int(n) for t, n in connection.execute("SELECT term, doc FROM lexical_terms")}
