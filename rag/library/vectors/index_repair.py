"""Puts the vectors right from SQLite, which holds the truth, after a crash or a damaged disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag.errors import LibraryError
from rag.library.sqlite import Database
from rag.library.tables import LibraryEntry, matrix

if TYPE_CHECKING:
    from rag.library.chroma import VectorStore

_VECTORS = "SELECT passages, content FROM documents JOIN vectors ON document = name"


def vectors_are_sound(
    database: Database, entries: Sequence[LibraryEntry], store: Callable[[], VectorStore]
) -> bool:
    """Whether there are as many vectors as passages, and they can be searched."""
    row = database.row(f"{_VECTORS} WHERE passages > 0 LIMIT 1")
    try:
        if store().count() != sum(entry.passages for entry in entries):
            return False
        return row is None or bool(store().nearest(matrix(*row)[0].tolist(), 1))
    except LibraryError:
        return False


def remake_vectors(database: Database, entries: Sequence[LibraryEntry], store: VectorStore) -> None:
    """Write the vectors of every document to an empty store, without encoding."""
    rows = (
        (e.version, database.row(f"{_VECTORS} WHERE name = ?", (e.document.name,))) for e in entries
    )
    store.add((version, matrix(*row)) for version, row in rows if row)
