"""What was worked out of documents and is kept beside the library: vectors of their words, and
analyses of their passages.

All of it can be made anew, so that nothing here may fail: a file that is damaged is begun anew, one
that cannot be written is done without, and a row that is not what was written is not believed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.batches import batches
from rag.errors import LibraryError
from rag.library.schema import ANALYSES, ANALYSES_VERSION
from rag.library.sqlite import Database

if TYPE_CHECKING:
    from sqlite3 import Connection

FILE = "analyses.sqlite3"
DIGEST = 16
"""Bytes that stand for a text whose vector is kept."""
MOST_VECTORS = 20_000
"""Vectors that are kept of a document's words: 30 MB."""
MOST_BYTES = 64 * 2**20
"""Of one row that is read."""
READ_AT_ONCE = 400
"""Analyses that are asked for in one statement."""
Row = NDArray[np.float32]
Place = tuple[str, str]
"""Whose analysis, and which: the version of a document, and the name of the analysis."""


def digest_of(*parts: bytes) -> bytes:
    """What tells texts, or the contents of a row, from others."""
    digest = blake2b(digest_size=DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


class AnalysisStore:
    """One SQLite file in a library's folder; a document is known by its version."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._database: Database | None = None
        self._is_usable = True

    # ------------------------------------------------------------ vectors

    def vectors(self, version: str, model: str) -> dict[bytes, Row]:
        """The vectors that a model made of words of a document, by the digests of these."""
        found: dict[bytes, Row] = {}
        for digests, content, check in self._rows(
            "SELECT digests, content, checksum FROM word_vectors "
            "WHERE version = ? AND model = ? AND length(content) <= ?",
            (version, model, MOST_BYTES),
        ):
            if _is_whole(check, version, model, digests, content):
                found.update(_unpacked(digests, content))
        return found

    def keep_vectors(self, version: str, model: str, vectors: Mapping[bytes, Row]) -> None:
        """Keep vectors beside those that are kept, as long as there is room."""
        if not vectors:
            return
        digests = b"".join(vectors)
        content = np.stack(list(vectors.values())).astype(np.float32).tobytes()
        row = (version, model, digests, content, _checksum(version, model, digests, content))

        def insert(connection: Connection) -> None:
            (kept,) = connection.execute(
                "SELECT coalesce(sum(length(digests)), 0) FROM word_vectors WHERE version = ?",
                (version,),
            ).fetchone()
            if kept // DIGEST + len(vectors) <= MOST_VECTORS:
                connection.execute("INSERT INTO word_vectors VALUES (?, ?, ?, ?, ?)", row)

        self._write(insert)

    # ------------------------------------------------------------ analyses

    def analyses(self, wanted: Sequence[Place], made_by: str) -> dict[Place, str]:
        """What analyses came to, as they were written by the code `made_by`; those that were not
        kept, or by other code, are left out."""
        found: dict[Place, str] = {}
        for some in batches(wanted, READ_AT_ONCE):
            marks = ", ".join(["(?, ?)"] * len(some))
            # Each is looked up: asked whether a row is in a list of pairs, SQLite reads every row.
            rows = self._rows(
                f"WITH wanted (v, n) AS (VALUES {marks}) SELECT version, name, content, checksum "
                "FROM wanted CROSS JOIN analyses ON version = v AND name = n "
                "WHERE made_by = ? AND length(content) <= ?",
                [*(part for place in some for part in place), made_by, MOST_BYTES],
            )
            for version, name, content, check in rows:
                is_text = isinstance(content, str)
                if is_text and _is_whole(check, version, name, made_by, content):
                    found[str(version), str(name)] = str(content)
        return found

    def keep_analyses(self, contents: Mapping[Place, str], made_by: str) -> None:
        """Keep what analyses came to, in place of what other code made of them."""
        rows = [
            (version, name, made_by, content, _checksum(version, name, made_by, content))
            for (version, name), content in contents.items()
        ]
        if rows:
            self._write(
                lambda c: c.executemany(
                    "INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?)", rows
                )
            )

    # ------------------------------------------------------------ what is gone

    def forget(self, versions: Sequence[str]) -> None:
        """Forget what was made of documents that are gone."""
        if not versions or not self._path.exists():
            return

        def delete(connection: Connection) -> None:
            for table in ("word_vectors", "analyses"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE version = ?", [(version,) for version in versions]
                )

        self._write(delete)

    def keep_only(self, versions: Collection[str]) -> None:
        """Forget all that was made of other documents than these."""
        if not self._path.exists():
            return
        rows = self._rows("SELECT version FROM word_vectors UNION SELECT version FROM analyses")
        gone = [str(version) for (version,) in rows if version not in versions]
        if gone:
            self.forget(gone)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()

    # ------------------------------------------------------------ inside

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        if not self._path.exists():
            return []
        with self._minding(), self._opened().reading() as connection:
            return connection.execute(sql, values).fetchall()
        return []

    def _write(self, statements: Callable[[Connection], object]) -> None:
        """Do something in a transaction; what cannot be written is not kept."""
        with self._minding(), self._opened().transaction() as connection:
            statements(connection)

    @contextmanager
    def _minding(self) -> Iterator[None]:
        """A block in which the file may turn out to be damaged, or not to be written."""
        try:
            yield
        except LibraryError as error:
            self._give_up(error.__cause__)

    def _opened(self) -> Database:
        if not self._is_usable:
            raise LibraryError("What was worked out is not kept.")
        if self._database is None:
            self._database = Database(self._path, ANALYSES, ANALYSES_VERSION, is_truth=False)
        return self._database

    def _give_up(self, cause: BaseException | None) -> None:
        """Begin a damaged file anew; do without one that cannot be opened or written."""
        is_damaged = type(cause) is sqlite3.DatabaseError
        self.close()
        self._database = None
        if not is_damaged:
            self._is_usable = False
            return
        with suppress(OSError):
            for end in ("", "-wal", "-shm"):
                self._path.with_name(FILE + end).unlink(missing_ok=True)


def _checksum(*parts: str | bytes) -> bytes:
    return digest_of(*(p.encode("utf-8", "replace") if isinstance(p, str) else p for p in parts))


def _is_whole(check: object, *parts: object) -> bool:
    """Whether the parts of a row are those that were written."""
    known = [part for part in parts if isinstance(part, str | bytes)]
    return len(known) == len(parts) and check == _checksum(*known)


def _unpacked(digests: object, content: object) -> dict[bytes, Row]:
    """The vectors of a row; none where it does not hold one for each digest."""
    if not isinstance(digests, bytes) or not isinstance(content, bytes):
        return {}
    count = len(digests) // DIGEST
    if not count or len(digests) % DIGEST or not content or len(content) % (4 * count):
        return {}
    rows = np.frombuffer(content, np.float32).reshape(count, -1)
    if not np.isfinite(rows).all():
        return {}
    return {digests[n * DIGEST : (n + 1) * DIGEST]: rows[n] for n in range(count)}
