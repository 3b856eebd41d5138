"""What is held: documents and their passages, and the one write path to every index of them.

SQLite holds the truth; the vectors in Chroma follow it. Before vectors are written or removed their
version is noted as unsettled, so that whatever a crash leaves half done is swept when the library
is next written to; vectors that are damaged are made afresh from those that SQLite holds.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from rag import lexical
from rag.database import Database
from rag.embed import Embedder, Vectors, open_embedder
from rag.errors import LibraryError, LibraryLocked, ModelMismatch, UnknownDocument
from rag.likeness import related
from rag.originals import Originals
from rag.rows import ENTRY, Entry, bump, drop, entry_of, insert, set_fact, settle, unsettle
from rag.settings import Settings
from rag.stored import dump_description, load_passage, source_line
from rag.types import Description, Document, Page, Passage

if TYPE_CHECKING:
    from rag.vectors import VectorStore

T = TypeVar("T")

PROCESS = uuid.uuid4().hex
"""Tells what this process has written from what another has."""
MOST_DERIVED = 2000


class Library:
    """Documents, pages, passages, vectors and the lexical index in one folder."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The folder {folder} cannot be used for the library ({error.strerror}). Name "
                "another with SCRUTINY_LIBRARY."
            ) from error
        self._database = Database(folder / "library.sqlite3")
        self._lock = FileLock(folder / "writing.lock", timeout=0)
        self._originals = Originals(folder / "originals")
        self._store: VectorStore | None = None
        self._catalogue: tuple[int, tuple[Entry, ...]] | None = None
        self._frequencies: tuple[int, dict[str, int]] | None = None
        self._derived: dict[tuple[str, str, str], Any] = {}

    # ------------------------------------------------------------ reading

    @property
    def state(self) -> int:
        """A number that changes whenever what is held changes."""
        return int(self._facts().get("state", 0))

    def entries(self) -> tuple[Entry, ...]:
        """Every document held, by name, without its pages."""
        state, catalogue = self.state, self._catalogue
        if catalogue is None or catalogue[0] != state:
            rows = self._database.rows(f"{ENTRY} ORDER BY name")
            catalogue = self._catalogue = (state, tuple(map(entry_of, rows)))
        return catalogue[1]

    def documents(self) -> tuple[Document, ...]:
        """Every document held, by name, without its pages."""
        return tuple(entry.document for entry in self.entries())

    def entry(self, name: str) -> Entry:
        """One document's row. Raises UnknownDocument."""
        row = self._database.row(f"{ENTRY} WHERE name = ?", (name,))
        if row is None:
            raise UnknownDocument(
                f"The library holds no document called {name!r}: `scrutiny library list` shows "
                "what it holds."
            )
        return entry_of(row)

    def document(self, name: str) -> Document:
        """One document with its pages. Raises UnknownDocument."""
        entry = self.entry(name)
        rows = self._database.rows(
            "SELECT number, text FROM pages WHERE document = ? ORDER BY number", (name,)
        )
        return replace(entry.document, pages=tuple(Page(n, text) for n, text in rows))

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None when there is no such page."""
        row = self._database.row(
            "SELECT text FROM pages WHERE document = ? AND number = ?", (document, page)
        )
        return None if row is None else str(row[0])

    def passages(self, name: str) -> tuple[Passage, ...]:
        """A document's passages in reading order; none when it is not held."""
        rows = self._database.rows(
            "SELECT document, number, content FROM passages WHERE document = ? ORDER BY number",
            (name,),
        )
        return tuple(load_passage(*row) for row in rows)

    def derived(self, document: Document, what: str, make: Callable[[tuple[Passage, ...]], T]) -> T:
        """What `make` makes of a document's passages, kept in memory while the document stays."""
        key = (document.name, document.sha256, what)
        if key in self._derived:
            kept: T = self._derived[key]
            return kept
        made = make(self.passages(document.name))
        if len(self._derived) >= MOST_DERIVED:
            self._derived = {}
        self._derived[key] = made
        return made

    def passages_at(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """The passages at (document, number); those not held are left out."""
        wanted = list(keys)
        if not wanted:
            return {}
        marks = ", ".join(["(?, ?)"] * len(wanted))
        rows = self._database.rows(
            "SELECT document, number, content FROM passages "
            f"WHERE (document, number) IN (VALUES {marks})",
            [part for key in wanted for part in key],
        )
        return {(str(d), int(n)): load_passage(d, n, content) for d, n, content in rows}

    def nearest(
        self, vector: Sequence[float], k: int, documents: Iterable[str] | None = None
    ) -> list[tuple[tuple[str, int], float]]:
        """The passages whose vectors are nearest: ((document, number), cosine), nearest first."""
        names = {entry.version: entry.document.name for entry in self.entries()}
        wanted = self._versions(documents)
        if not names or wanted == []:
            return []
        found = self._vectors.nearest(vector, k, wanted)
        # A version that is not in the catalogue is being written, or was left by a crash.
        return [((names[v], n), cosine) for v, n, cosine in found if v in names]

    def matching(
        self, query: Sequence[str], k: int, documents: Iterable[str] | None = None
    ) -> list[tuple[tuple[str, int], float]]:
        """The passages that match the terms best: ((document, number), BM25), best first."""
        wanted = self._versions(documents)
        if wanted == []:
            return []
        with self._database.reading() as connection:
            found = lexical.search(connection, query, k, wanted)
        marks = ", ".join("?" * len(found))
        keys = {
            row: (str(document), int(number))
            for row, document, number in self._database.rows(
                f"SELECT id, document, number FROM passages WHERE id IN ({marks})",
                [row for row, _ in found],
            )
        }
        return [(keys[row], score) for row, score in found if row in keys]

    def _versions(self, documents: Iterable[str] | None) -> list[str] | None:
        if documents is None:
            return None
        within = set(documents)
        return [e.version for e in self.entries() if e.document.name in within]

    def document_frequencies(self) -> dict[str, int]:
        """In how many passages each term stands."""
        state, kept = self.state, self._frequencies
        if kept is None or kept[0] != state:
            with self._database.reading() as connection:
                kept = self._frequencies = state, lexical.document_frequencies(connection)
        return kept[1]

    def held_hashes(self) -> dict[str, str]:
        """The sha256 of every document held, and its name."""
        return {entry.document.sha256: entry.document.name for entry in self.entries()}

    def origins(self) -> dict[str, str]:
        """The folder or address that each document came from, by the document's name."""
        rows = self._database.rows("SELECT name, origin FROM documents")
        return {str(name): str(origin) for name, origin in rows}

    def original(self, document: Document) -> Path | None:
        """The file that a document was read from, or None when it is not kept."""
        return self._originals.find(document.sha256, Path(document.name).suffix)

    # ------------------------------------------------------------ writing

    def writing(self) -> _Writing:
        """A context in which this program alone may write. Raises LibraryLocked."""
        return _Writing(self)

    def put(
        self, document: Document, passages: Sequence[Passage], vectors: Vectors, origin: str = ""
    ) -> None:
        """Hold a document in whole, in place of any of the same name; all or nothing.

        `vectors` has shape (len(passages), dimensions); `origin` is the folder or address that the
        document came from. Must be called inside `writing()`.
        """
        version = uuid.uuid4().hex[:24]
        with self._database.transaction() as connection:
            unsettle(connection, version)
        self._vectors.add(version, [p.text for p in passages], vectors)
        with self._database.transaction() as connection:
            old = drop(connection, document.name)
            insert(connection, document, version, passages, vectors, origin)
            settle(connection, version)
            if old:
                unsettle(connection, old)
        if old:
            self._sweep([old])

    def remove(self, name: str) -> None:
        """Forget a document and everything made from it. Raises UnknownDocument."""
        with self.writing():
            self.entry(name)
            with self._database.transaction() as connection:
                old = drop(connection, name)
                unsettle(connection, old)
                bump(connection)
            self._sweep([old])

    def describe(self, name: str, description: Description) -> None:
        """Give a document another description. Raises UnknownDocument."""
        self.entry(name)
        with self.writing(), self._database.transaction() as connection:
            connection.execute(
                "UPDATE documents SET description = ? WHERE name = ?",
                (dump_description(description), name),
            )
            rows = connection.execute("SELECT id FROM passages WHERE document = ?", (name,))
            lexical.describe(connection, [row for (row,) in rows], source_line(description))
            bump(connection)

    def relate(self) -> None:
        """Link every document with those it nearly repeats. Must be called inside `writing()`."""
        rows = self._database.rows("SELECT name, sketch, related FROM documents")
        held = {name: (np.frombuffer(blob, np.uint64), json.loads(old)) for name, blob, old in rows}
        links = related({name: sketch for name, (sketch, _) in held.items()})
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET related = ? WHERE name = ?",
                [(json.dumps(links[n]), n) for n, (_, old) in held.items() if links[n] != old],
            )
            bump(connection)

    def keep_original(self, sha256: str, suffix: str, data: bytes) -> None:
        """Keep the file that a document was read from, so that its pages can be shown."""
        self._originals.keep(sha256, suffix, data)

    def recover(self) -> None:
        """Put right what a damaged disk has left; must be called inside `writing()`.

        Raises ModelMismatch when the library was made with another embedding model.
        """
        self._check_model()
        if not self._vectors_are_sound():
            self._remake_vectors()
        self._originals.sweep(self.held_hashes())

    def close(self) -> None:
        """Let go of the files."""
        self._store = None
        self._database.close()

    # ------------------------------------------------------------ inside

    @property
    def _vectors(self) -> VectorStore:
        # Imported here: a command that searches for nothing starts without loading Chroma.
        from rag.vectors import open_vectors

        if self._store is None:
            self._check_model()
            self._store = open_vectors(self.folder / "chroma", self.embedder)
        facts = self._facts()
        writer = facts.get("writer", "")
        ours = writer.startswith(PROCESS)
        self._store.follow(writer if ours else f"{writer} {facts.get('state')}")
        return self._store

    def _check_model(self) -> None:
        made_with = self._facts().get("model")
        if made_with is None:
            with self._database.transaction() as connection:
                set_fact(connection, "model", self.embedder.fingerprint)
        elif made_with != self.embedder.fingerprint:
            raise ModelMismatch(
                f"The library in {self.folder} was made with another embedding model. Set "
                "SCRUTINY_EMBEDDING_MODEL back to that model, or name a new folder with "
                "SCRUTINY_LIBRARY and ingest the documents again."
            )

    def _facts(self) -> dict[str, str]:
        return dict(self._database.rows("SELECT name, value FROM facts"))

    def _begin_writing(self) -> None:
        """Note that this process writes now, and sweep up after one that was cut off.

        The note tells every other process, and later this one, that its vectors may be stale.
        """
        facts = self._facts()
        if not facts.get("writer", "").startswith(PROCESS):
            with self._database.transaction() as connection:
                set_fact(connection, "writer", f"{PROCESS} {facts.get('state')}")
                bump(connection)
        if self._lock.lock_counter == 1:
            rows = self._database.rows("SELECT version FROM unsettled")
            self._sweep([str(version) for (version,) in rows])

    def _sweep(self, versions: Sequence[str]) -> None:
        """Remove the vectors that no document has, and then the files that none has."""
        held = {entry.version for entry in self.entries()}
        for version in versions:
            if version not in held:
                self._vectors.remove(version)
            with self._database.transaction() as connection:
                settle(connection, version)
        if versions:
            self._originals.sweep(self.held_hashes())

    def _vectors_are_sound(self) -> bool:
        """Whether there are as many vectors as passages, and they can be searched."""
        row = self._database.row(
            "SELECT passages, content FROM documents JOIN vectors ON document = name LIMIT 1"
        )
        try:
            if self._vectors.count() != sum(entry.passages for entry in self.entries()):
                return False
            return row is None or bool(self._vectors.nearest(_matrix(*row)[0].tolist(), 1))
        except LibraryError:
            return False

    def _remake_vectors(self) -> None:
        from rag.vectors import discard_vectors

        self._store = None
        discard_vectors(self.folder / "chroma")
        for entry in self.entries():
            name = entry.document.name
            row = self._database.row("SELECT content FROM vectors WHERE document = ?", (name,))
            texts = [passage.text for passage in self.passages(name)]
            self._vectors.add(entry.version, texts, _matrix(len(texts), row[0] if row else b""))
        with self._database.transaction() as connection:
            bump(connection)


class _Writing:
    """The right to write, held by one program at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __enter__(self) -> Library:
        try:
            self._library._lock.acquire()
        except Timeout as error:
            raise LibraryLocked(
                f"Another program is writing to the library in {self._library.folder}: wait until "
                "it has finished, then try again."
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The library in {self._library.folder} cannot be written to ({error.strerror}). "
                "Check that the folder may be written to, or name another with SCRUTINY_LIBRARY."
            ) from error
        try:
            self._library._begin_writing()
        except BaseException:
            self._library._lock.release()
            raise
        return self._library

    def __exit__(self, *_: object) -> None:
        self._library._lock.release()


def _matrix(rows: int, content: bytes) -> Vectors:
    return np.frombuffer(content, np.float32).reshape(rows, -1)


def open_library(
    settings: Settings, *, embedder: Embedder | Callable[[], Embedder] | None = None
) -> Library:
    """Open the library of the settings, making the folder when there is none.

    The embedding model is loaded, and checked against the library's, only when it is used.
    """
    made = embedder() if callable(embedder) else embedder
    return Library(settings.library, made or open_embedder(settings.embedding_model))
