"""Puts the vectors right from SQLite, which holds the truth, after a crash or a damaged disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag.errors import LibraryError
from rag.library.codec import load_passage
from rag.library.sqlite import Database
from rag.library.tables import LibraryEntry, matrix

if TYPE_CHECKING:
    from rag.library.chroma import VectorStore


def vectors_are_sound(
    database: Database, entries: Sequence[LibraryEntry], store: Callable[[], VectorStore]
) -> bool:
    """Whether there are as many vectors as passages, and they can be searched."""
    row = database.row(
        "SELECT passages, content FROM documents JOIN vectors ON document = name LIMIT 1"
    )
    try:
        if store().count() != sum(entry.passages for entry in entries):
            return False
        return row is None or bool(store().nearest(matrix(*row)[0].tolist(), 1))
    except LibraryError:
        return False


def remake_vectors(database: Database, entries: Sequence[LibraryEntry], store: VectorStore) -> None:
    """Write the vectors of every document to an empty store, without encoding."""
    for entry in entries:
        name = entry.document.name
        rows = database.rows(
            "SELECT content FROM passages WHERE document = ? ORDER BY number", (name,)
        )
        texts = [load_passage(name, n, content).text for n, (content,) in enumerate(rows)]
        row = database.row("SELECT content FROM vectors WHERE document = ?", (name,))
        store.add(entry.version, texts, matrix(len(texts), row[0] if row else b""))
