"""The vectors of a library of ordinary size, held in memory and searched one and all.

SQLite has them in any case. Up to `MOST_PASSAGES` to compare a question with every one of them
takes less than to ask Chroma, which needs a second to start, and no near one is overlooked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.batches import batches
from rag.library.database import MOST_VALUES, Database
from rag.library.encoder import Vectors
from rag.library.tables import LibraryEntry, matrix

MOST_PASSAGES = 50_000
"""Passages of a library that is searched so: 77 MB, read in a fifth of a second."""
_ALL = "SELECT version, passages, content FROM documents JOIN vectors ON document = name"


@dataclass(frozen=True, slots=True)
class VectorTable:
    """The vectors of all passages for a state of the library; `rows` holds where those of each
    version stand."""

    state: int
    vectors: Vectors
    rows: Mapping[str, slice]

    def nearest(
        self, vector: Sequence[float], k: int, versions: Iterable[str] | None = None
    ) -> list[tuple[str, int, float]]:
        """The `k` nearest passages: (version, passage number, cosine), nearest first.

        `versions` restricts the search to those documents.
        """
        within = sorted(self.rows) if versions is None else sorted(set(versions) & set(self.rows))
        asked = np.asarray(vector, np.float32)
        found: list[tuple[str, int, float]] = []
        cosines = [self.vectors[self.rows[version]] @ asked for version in within]
        if not cosines:
            return []
        together = np.concatenate(cosines)
        least = -np.partition(-together, k - 1)[k - 1] if k < len(together) else -np.inf
        for version, among in zip(within, cosines, strict=True):
            for number in np.flatnonzero(among >= least):
                found.append((version, int(number), float(among[number])))
        return sorted(found, key=lambda one: (-one[2], one[0], one[1]))[:k]


def vector_table(
    database: Database, state: int, entries: Iterable[LibraryEntry], before: VectorTable | None
) -> VectorTable:
    """The vectors of the documents held; those that `before` has are not read again."""
    known = before.rows if before else {}
    wanted = {entry.version for entry in entries}
    if before and before.state == state and wanted <= known.keys():
        return before
    parts: dict[str, Vectors] = {}
    if before:
        parts = {version: before.vectors[known[version]] for version in wanted & known.keys()}
    new = sorted(wanted - known.keys())
    for named in batches(new, MOST_VALUES):
        marks = ", ".join("?" * len(named))
        rows = database.rows(f"{_ALL} WHERE version IN ({marks})", named)
        for version, passages, content in rows:
            if passages:
                parts[version] = matrix(passages, content)
    return _together(state, parts)


def _together(state: int, parts: Mapping[str, Vectors]) -> VectorTable:
    rows: dict[str, slice] = {}
    start = 0
    for version, vectors in parts.items():
        rows[version] = slice(start, start + len(vectors))
        start += len(vectors)
    vectors = np.concatenate(list(parts.values())) if parts else np.zeros((0, 0), np.float32)
    return VectorTable(state, vectors, rows)
