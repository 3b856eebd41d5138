"""A document's rows in the library's file: written and dropped inside a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag.library import bm25
from rag.library.codec import dump_description, dump_passage, load_description, now, source_line
from rag.library.database import Connection
from rag.library.encoder import Vectors
from rag.library.near_duplicates import sketch
from rag.library.relations import Relations
from rag.once import worked_out_once
from rag.types import Document, Page, Passage, Relation

ENTRY = "SELECT name, sha256, version, description, pages, passages, added, related FROM documents"

PAGE = "SELECT number, text, doubtful FROM pages LEFT JOIN ocr_pages USING (document, number)"
"""A page's row; its doubtful figures are NULL where OCR had no part in it."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A document's row: what it is, without its pages; `version` names it in every index."""

    document: Document
    version: str
    pages: int
    passages: int


@dataclass(frozen=True)
class Catalogue:
    """Everything held when the library's state was `state`, by name and by hash."""

    state: int
    entries: tuple[LibraryEntry, ...]
    hash_of: Mapping[str, str]
    """The sha256 of each document, by its name."""
    name_of: Mapping[str, str]
    """The name of each document, by its sha256."""
    documents: tuple[Document, ...]
    entry_named: Mapping[str, LibraryEntry]
    """The entry of each document, by its name."""
    name_of_version: Mapping[str, str]
    """The name of each document, by its version."""
    passages: int
    """How many passages all of them have."""
    row_of: Mapping[str, tuple[Any, ...]]
    """The row that each document was read from, by its name."""

    @worked_out_once
    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """How documents stand to others of their series, by their names."""
        return Relations(self.documents)

    def within(self, documents: Iterable[str]) -> frozenset[str]:
        """Those of the names that are held."""
        return frozenset(documents) & self.entry_named.keys()

    def passages_of(self, documents: Iterable[str]) -> int:
        """How many passages some documents have."""
        return sum(self.entry_named[name].passages for name in documents)


def catalogue_of(
    state: int, rows: Iterable[tuple[Any, ...]], before: Catalogue | None = None
) -> Catalogue:
    """The catalogue of the rows that `ENTRY` selected; those that `before` has are not read
    again."""
    row_of = {str(row[0]): row for row in rows}
    entries = tuple(_entry_or_same(row, before) for row in row_of.values())
    documents = tuple(entry.document for entry in entries)
    return Catalogue(
        state,
        entries,
        {document.name: document.sha256 for document in documents},
        {document.sha256: document.name for document in documents},
        documents,
        {entry.document.name: entry for entry in entries},
        {entry.version: entry.document.name for entry in entries},
        sum(entry.passages for entry in entries),
        row_of,
    )


def _entry_or_same(row: tuple[Any, ...], before: Catalogue | None) -> LibraryEntry:
    if before is not None and before.row_of.get(row[0]) == row:
        return before.entry_named[row[0]]
    return entry_of(row)


def entry_of(row: tuple[Any, ...]) -> LibraryEntry:
    """The entry in a row that `ENTRY` selected."""
    name, sha256, version, description, pages, passages, added, related = row
    document = Document(
        name, sha256, load_description(description), (), added, tuple(json.loads(related))
    )
    return LibraryEntry(document, version, pages, passages)


def page_of(row: Sequence[Any]) -> Page:
    """The page in a row that `PAGE` selected, or that was kept before pages told of OCR."""
    number, text, doubtful = (*row, None)[:3]
    if doubtful is None:
        return Page(number, text)
    return Page(number, text, by_ocr=True, doubtful=tuple(json.loads(doubtful)))


def insert(
    connection: Connection,
    words: bm25.PassageWords,
    document: Document,
    version: str,
    passages: Sequence[Passage],
    vectors: Vectors,
    origin: str,
) -> None:
    """Write a document's rows and index its passages; it must not be held."""
    connection.execute(
        "INSERT INTO documents (name, sha256, version, description, pages, passages, added, "
        "related, sketch, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.name, document.sha256, version,
            dump_description(document.description), len(document.pages), len(passages),
            document.added or now(),
            json.dumps(list(document.related)),
            sketch(page.text for page in document.pages).tobytes(), origin,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO pages (document, number, text) VALUES (?, ?, ?)",
        [(document.name, page.number, page.text) for page in document.pages],
    )
    connection.executemany(
        "INSERT INTO ocr_pages (document, number, doubtful) VALUES (?, ?, ?)",
        [
            (document.name, page.number, json.dumps(page.doubtful))
            for page in document.pages
            if page.by_ocr
        ],
    )
    connection.execute(
        "INSERT INTO vectors (document, content) VALUES (?, ?)",
        (document.name, np.asarray(vectors, dtype=np.float32).tobytes()),
    )
    _insert_passages(connection, words, document, version, passages)


def _insert_passages(
    connection: Connection,
    words: bm25.PassageWords,
    document: Document,
    version: str,
    passages: Sequence[Passage],
) -> None:
    connection.executemany(
        "INSERT INTO passages (document, number, content) VALUES (?, ?, ?)",
        [(document.name, p.number, dump_passage(p)) for p in passages],
    )
    rows = connection.execute(
        "SELECT number, id FROM passages WHERE document = ?", (document.name,)
    )
    row_of = dict(rows.fetchall())
    source = source_line(document.description)
    words.add(
        connection,
        (
            bm25.IndexedPassage(row_of[p.number], p.text, p.heading or "", source, version)
            for p in passages
        ),
    )


def drop(connection: Connection, words: bm25.PassageWords, name: str) -> str:
    """Delete a document's rows; its version, or nothing when it is not held."""
    rows = connection.execute("SELECT id FROM passages WHERE document = ?", (name,)).fetchall()
    words.remove(connection, [row[0] for row in rows])
    held = connection.execute(
        "DELETE FROM documents WHERE name = ? RETURNING version", (name,)
    ).fetchone()
    return str(held[0]) if held else ""


def unlink(connection: Connection, name: str, others: Iterable[str]) -> None:
    """Take a document that goes out of the links of those it nearly repeats."""
    for other, related in _related(connection, others):
        _relate(connection, other, related - {name})


def link(connection: Connection, name: str, others: Iterable[str]) -> None:
    """Link a document and those of the others that are held, both ways."""
    held = _related(connection, others)
    for other, related in held:
        _relate(connection, other, related | {name})
    _relate(connection, name, {other for other, _ in held})


def _related(connection: Connection, names: Iterable[str]) -> list[tuple[str, set[str]]]:
    found = (
        connection.execute("SELECT name, related FROM documents WHERE name = ?", (name,)).fetchone()
        for name in names
    )
    return [(row[0], set(json.loads(row[1]))) for row in found if row]


def _relate(connection: Connection, name: str, related: set[str]) -> None:
    connection.execute(
        "UPDATE documents SET related = ? WHERE name = ?", (json.dumps(sorted(related)), name)
    )


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Note a fact about the library, in place of an older one of that name."""
    connection.execute(
        "INSERT INTO facts (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def bump(connection: Connection) -> None:
    """Tell every reader that what is held has changed."""
    connection.execute(
        "INSERT INTO facts (name, value) VALUES ('state', '1') ON CONFLICT (name) "
        "DO UPDATE SET value = CAST(CAST(facts.value AS INTEGER) + 1 AS TEXT)"
    )


def unsettle(connection: Connection, version: str) -> None:
    """Note that the vectors of a version are being written or removed."""
    connection.execute(
        "INSERT INTO unsettled (version) VALUES (?) ON CONFLICT (version) DO NOTHING", (version,)
    )


def settle(connection: Connection, version: str) -> None:
    """Note that the vectors of a version are as they should be."""
    connection.execute("DELETE FROM unsettled WHERE version = ?", (version,))
    bump(connection)


def matrix(rows: int, content: bytes) -> Vectors:
    """Vectors as they are kept in a row: float32, one after another."""
    return np.frombuffer(content, np.float32).reshape(rows, -1 if rows else 0)
