"""Puts the vectors right from SQLite, which holds the truth, after a crash or a damaged disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rag.errors import LibraryError
from rag.library.database import Database
from rag.library.encoder import Vectors
from rag.library.tables import LibraryEntry, matrix
from rag.library.vectors.index_check import Probe
from rag.library.vectors.port import VectorIndex

PROBED = 40
"""Documents of which a passage is looked for."""
_VECTORS = "SELECT passages, content FROM documents JOIN vectors ON document = name"


def vectors_are_sound(
    database: Database, entries: Sequence[LibraryEntry], store: Callable[[], VectorIndex]
) -> bool:
    """Whether there are as many vectors as passages, and they can be searched."""
    row = database.row(f"{_VECTORS} WHERE passages > 0 LIMIT 1")
    try:
        if store().count() != sum(entry.passages for entry in entries):
            return False
        return row is None or bool(store().nearest(matrix(*row)[0].tolist(), 1))
    except LibraryError:
        return False


def probe_of(database: Database, entries: Sequence[LibraryEntry]) -> Probe:
    """What must be found in a sound index of these documents: a passage of each of some."""
    held = [entry for entry in entries if entry.passages]
    keys: list[tuple[str, int]] = []
    rows: list[Vectors] = []
    for entry in held[:: max(1, len(held) // PROBED)]:
        row = database.row(f"{_VECTORS} WHERE version = ?", (entry.version,))
        if row:
            number = len(keys) % entry.passages
            keys.append((entry.version, number))
            rows.append(matrix(*row)[number])
    vectors = np.stack(rows) if rows else np.zeros((0, 1), np.float32)
    return Probe(sum(entry.passages for entry in held), tuple(keys), vectors)


def remake_vectors(database: Database, entries: Sequence[LibraryEntry], store: VectorIndex) -> None:
    """Write the vectors of every document to an empty store, without encoding."""
    rows = (
        (e.version, database.row(f"{_VECTORS} WHERE name = ?", (e.document.name,))) for e in entries
    )
    store.add((version, matrix(*row)) for version, row in rows if row)
