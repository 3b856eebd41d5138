"""Adapter: BM25 over the passages, in an SQLite FTS5 table that lives beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rag.library.database import Connection
from rag.text.tokens import folded, terms

_WEIGHTS = (1.0, 0.6, 0.5)
"""How much a term counts in a passage's text, its heading, and its source's description; the
column that names the document only narrows a search."""
_K1, _B = 1.2, 0.75
"""FTS5's own: how soon more of a term counts no more, and how much a long passage is held back."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the index keeps of a passage: `row` in the passages table, `version` of its document."""

    row: int
    text: str
    heading: str
    source: str
    version: str


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """The terms of a passage as the index keeps them, one space between them."""

    row: int
    version: str
    text: str
    heading: str
    source: str


class PassageWords(Protocol):
    """Where the words of passages are written, in the transaction that writes the passages."""

    def add(self, connection: Connection, passages: Iterable[IndexedPassage]) -> None:
        """Index passages under their rows of the passages table."""

    def describe(self, connection: Connection, rows: Iterable[int], source: str) -> None:
        """Give passages another description of their source."""

    def remove(self, connection: Connection, rows: Iterable[int]) -> None:
        """Take passages out of the index."""


def passage_terms(connection: Connection, document: str) -> Iterator[PassageTerms]:
    """The terms of a document's passages, in order."""
    rows = connection.execute(
        "SELECT id, lexical.document, text, heading, source FROM passages "
        "JOIN lexical ON lexical.rowid = id WHERE passages.document = ? ORDER BY number",
        (document,),
    )
    return (PassageTerms(*row) for row in rows)


def add(connection: Connection, passages: Iterable[IndexedPassage]) -> None:
    """Index passages under their rows of the passages table."""
    connection.executemany(
        "INSERT INTO lexical (rowid, text, heading, source, document) VALUES (?, ?, ?, ?, ?)",
        (
            (p.row, *(" ".join(terms(part)) for part in (p.text, p.heading, p.source)), p.version)
            for p in passages
        ),
    )


def describe(connection: Connection, rows: Iterable[int], source: str) -> None:
    """Give passages another description of their source."""
    line = " ".join(terms(source))
    connection.executemany(
        "UPDATE lexical SET source = ? WHERE rowid = ?", ((line, row) for row in rows)
    )


def remove(connection: Connection, rows: Iterable[int]) -> None:
    """Take passages out of the index."""
    connection.executemany("DELETE FROM lexical WHERE rowid = ?", ((row,) for row in rows))


def search(
    connection: Connection,
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
    weights = ", ".join(map(str, _WEIGHTS))
    rows = connection.execute(
        f"SELECT rowid, -bm25(lexical, {weights}, 0.0) AS score FROM lexical "
        "WHERE lexical MATCH ? ORDER BY score DESC LIMIT ?",
        (match, k),
    )
    return [(int(row), float(score)) for row, score in rows if score > 0]


def inverse_frequency(passages: int, holders: int) -> float:
    """The weight that FTS5 gives a phrase which stands in so many of the passages."""
    return max(math.log((max(passages - holders, 0) + 0.5) / (holders + 0.5)), 1e-6)


def of_versions(
    connection: Connection, found: Sequence[tuple[int, float]], versions: frozenset[str]
) -> list[tuple[int, float]]:
    """Those of the passages found that belong to some versions of documents."""
    marks = ", ".join("?" * len(found))
    belonging = connection.execute(
        f"SELECT rowid, document FROM lexical WHERE rowid IN ({marks})", [row for row, _ in found]
    )
    kept = {row for row, version in belonging if version in versions}
    return [each for each in found if each[0] in kept]


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How many passages the index holds, and how many terms one has on average."""

    passages: int
    mean_terms: float


def index_size(connection: Connection) -> IndexSize:
    """The size of the index, from the record that FTS5 keeps of it."""
    (record,) = connection.execute("SELECT block FROM lexical_data WHERE id = 1").fetchone()
    passages, *terms_of_columns = _varints(record) or [0]
    return IndexSize(passages, sum(terms_of_columns) / max(passages, 1))


def _varints(record: bytes) -> list[int]:
    """Whole numbers as SQLite packs them: seven bits a byte, the most significant first."""
    numbers: list[int] = []
    number = 0
    for byte in record:
        number = (number << 7) | (byte & 0x7F)
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers


def scores(
    connection: Connection, weights: Mapping[str, float], rows: Sequence[int]
) -> list[tuple[int, float]]:
    """What `search` would give passages for phrases of these inverse document frequencies, without
    a look at any other passage: (row, BM25), best first, BM25 above zero."""
    marks = ", ".join("?" * len(rows))
    held = connection.execute(
        f"SELECT id, c0, c1, c2 FROM lexical_content WHERE id IN ({marks})", list(rows)
    )
    return weighed(index_size(connection), weights, held)


def weighed(
    size: IndexSize, weights: Mapping[str, float], passages: Iterable[Sequence[Any]]
) -> list[tuple[int, float]]:
    """The BM25 of passages of which the row and the terms of text, heading and source are given:
    (row, BM25), best first, BM25 above zero."""
    needles = {_spaced(phrase): weight for phrase, weight in weights.items()}
    scored: list[tuple[int, float]] = []
    for row, *fields in passages:
        # One more for the column that names the document.
        length = 1 + sum(field.count(" ") + 1 for field in fields if field)
        score = _bm25([_spaced(folded(f)) for f in fields], needles, length / size.mean_terms)
        if score > 0:
            scored.append((int(row), score))
    return sorted(scored, key=lambda each: (-each[1], each[0]))


def _bm25(fields: Sequence[str], needles: Mapping[str, float], length: float) -> float:
    """BM25 of a passage whose length is given in means (Robertson and Zaragoza 2009)."""
    score = 0.0
    text, heading, source = fields
    for needle, weight in needles.items():
        frequency = (
            _WEIGHTS[0] * text.count(needle)
            + _WEIGHTS[1] * heading.count(needle)
            + _WEIGHTS[2] * source.count(needle)
        )
        if frequency:
            damped = frequency + _K1 * (1 - _B + _B * length)
            score += weight * frequency * (_K1 + 1) / damped
    return score


def _spaced(terms: str) -> str:
    """Terms with a space of its own on either side of each, so that neighbours are both counted."""
    return f" {terms.replace(' ', '  ')} " if terms else ""


def phrases_of(query: Iterable[str]) -> list[str]:
    """What is looked for, each once."""
    return [*dict.fromkeys(" ".join(folded(_quoted(term)).split()) for term in query)]


def _quoted(term: str) -> str:
    """A term as it may stand between the quotation marks of the query language."""
    return re.sub(r'["\x00\ud800-\udfff]', " ", term).strip()


def document_frequencies(connection: Connection) -> dict[str, int]:
    """In how many passages each term stands."""
    return {str(t): int(n) for t, n in connection.execute("SELECT term, doc FROM lexical_terms")}
