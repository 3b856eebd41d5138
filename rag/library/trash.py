"""Documents that were removed and can be put back: out of every index, kept whole in one row."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rag.errors import UnknownDocument
from rag.library.codec import load_description, load_passage, now
from rag.library.database import Connection, Database
from rag.library.encoder import Vectors
from rag.library.tables import PAGE, matrix, page_of
from rag.types import Document, Passage


@dataclass(frozen=True, slots=True)
class TrashedDocument:
    """A document that was removed and can be put back; `at` is when (ISO 8601, UTC)."""

    name: str
    title: str
    at: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """Everything that holding a document again takes; `vectors` as `Library.put` wants them."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors
    origin: str


def keep(connection: Connection, name: str) -> None:
    """Copy a held document aside, in place of an older one of that name that is aside."""
    pages = connection.execute(f"{PAGE} WHERE document = ? ORDER BY number", (name,)).fetchall()
    passages = connection.execute(
        "SELECT number, content FROM passages WHERE document = ? ORDER BY number", (name,)
    ).fetchall()
    connection.execute("DELETE FROM aside WHERE name = ?", (name,))
    connection.execute(
        "INSERT INTO aside (name, sha256, at, description, added, related, origin, "
        "pages, passages, vectors) SELECT name, sha256, ?, description, added, related, origin, "
        "?, ?, content FROM documents JOIN vectors ON document = name WHERE name = ?",
        (now(), json.dumps(pages), json.dumps(passages), name),
    )


def kept(database: Database, name: str) -> StoredDocument:
    """The document of that name that is aside. Raises UnknownDocument."""
    row = database.row(
        "SELECT sha256, description, added, related, origin, pages, passages, vectors "
        "FROM aside WHERE name = ?",
        (name,),
    )
    if row is None:
        raise _unknown(name)
    sha256, description, added, related, origin, pages, passages, vectors = row
    document = Document(
        name,
        sha256,
        load_description(description),
        tuple(page_of(page) for page in json.loads(pages)),
        added,
        tuple(json.loads(related)),
    )
    whole = tuple(load_passage(name, *passage) for passage in json.loads(passages))
    return StoredDocument(document, whole, matrix(len(whole), vectors), origin)


def listed(database: Database) -> tuple[TrashedDocument, ...]:
    """Every document that is aside, the last removed first."""
    rows = database.rows("SELECT name, description, at FROM aside ORDER BY at DESC, rowid DESC")
    return tuple(
        TrashedDocument(name, load_description(about).title, at) for name, about, at in rows
    )


def hashes(database: Database) -> frozenset[str]:
    """The sha256 of every document that is aside."""
    return frozenset(str(sha256) for (sha256,) in database.rows("SELECT sha256 FROM aside"))


def forget(connection: Connection, name: str) -> None:
    """Forget a document that is aside. Raises UnknownDocument when none of that name is."""
    if not connection.execute("DELETE FROM aside WHERE name = ?", (name,)).rowcount:
        raise _unknown(name)


def _unknown(name: str) -> UnknownDocument:
    return UnknownDocument(
        f"No removed document called {name!r} is kept: `scrutiny ingest` takes its file in again."
    )
