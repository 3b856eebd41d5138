"""What is held: documents and their passages, and the one write path to every index of them.

SQLite holds the truth; the vectors in Chroma follow it. Before vectors are written or removed their
version is noted as unsettled, so that whatever a crash leaves half done is swept when the library
is next written to; vectors that are damaged are made afresh from those that SQLite holds.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from rag.errors import LibraryError, LibraryLocked, ModelMismatch
from rag.judge.bundled import bundled_judge
from rag.judge.port import Judge
from rag.library import rejected, trash
from rag.library.analysis_store import AnalysisStore, Row
from rag.library.codec import dump_description, now, source_line
from rag.library.corpus import Scored
from rag.library.database import Connection
from rag.library.databases.engines import open_engines
from rag.library.encoder import Embedder, Vectors, open_embedder
from rag.library.near_duplicates import related
from rag.library.reader import LibraryReader
from rag.library.tables import (
    Catalogue,
    bump,
    drop,
    insert,
    link,
    set_fact,
    settle,
    unlink,
    unsettle,
)
from rag.library.trash import StoredDocument
from rag.library.vectors.exact_search import MOST_PASSAGES, VectorTable, vector_table
from rag.library.vectors.index_check import is_as_left, is_sound_apart, note_as_left
from rag.library.vectors.index_repair import probe_of, remake_vectors, vectors_are_sound
from rag.library.vectors.port import NoVectorIndex, VectorIndex
from rag.logs import Event, log
from rag.settings import Home, Settings, home_of
from rag.text.vocabulary import Vocabulary
from rag.types import Description, Document, Passage, Stop

FEW_VECTORS = 12_000
"""Passages of which each vector is looked at, where a search keeps to some documents."""
MOST_NEAREST = 2_000
"""How many of the nearest passages are sifted where a search keeps to more."""
SPARE = 1.5
"""How many more are sifted than would do if those let through were as near as the others."""
VECTORS_REMADE = (
    "The index of vectors was damaged or missing and was made afresh from what the library holds."
)
BEHIND = "behind"
"""The fact that the indexes are of what was held before: a backup was put in its place."""
REPAIRED = "repaired"
"""The fact that tells when that was done last (ISO 8601, UTC)."""
PROCESS = uuid.uuid4().hex
"""Tells what this process has written from what another has."""


class Library(LibraryReader):
    """Documents, pages, passages, vectors and the lexical index in one folder."""

    def __init__(self, home: Home, embedder: Embedder, judge: Judge | None = None) -> None:
        self.home = home_of(home)
        folder, engines = self.home.folder, open_engines(self.home)
        super().__init__(engines.database, AnalysisStore(folder))
        self.folder = folder
        self.embedder = embedder
        self.judge = judge
        self._lock, self._originals = engines.lock, engines.originals
        self.patience = 0.0
        """Seconds that who is to write waits for another program that does."""
        self._turn = threading.RLock()
        self._writers = 0
        self._store: VectorIndex | None = None
        self._vector_table: VectorTable | None = None
        self._few_vectors: VectorTable | None = None
        self._terms = engines.words
        self._terms_brought_up = False
        self.repairs: tuple[str, ...] = ()
        """What was found damaged and put right, in sentences for whoever uses the library."""

    # ------------------------------------------------------------ searching

    def nearest(
        self, vector: Sequence[float], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages whose vectors are nearest: ((document, number), cosine), nearest first.

        Of documents with many passages in all, those are found that are among the nearest of the
        library: they may be fewer than `k`.
        """
        held = self.catalogue()
        names = held.entry_named.keys() if documents is None else held.within(documents)
        passages = held.passages if documents is None else held.passages_of(names)
        if not passages:
            return []
        found = self._nearest(held, vector, k, passages, None if documents is None else names)
        # A version that is not in the catalogue is being written, or was left by a crash.
        known = ((held.name_of_version.get(v, ""), n, cosine) for v, n, cosine in found)
        return [((name, n), cosine) for name, n, cosine in known if name in names][:k]

    def matching(
        self, query: Sequence[str], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages that match the terms best: ((document, number), BM25), best first."""
        held = self.catalogue()
        within = None if documents is None else held.within(documents)
        if within is not None and not within:
            return []
        self._bring_up_terms(held)
        with self._database.reading() as connection:
            found = self._terms.search(connection, held, query, k, within)
        if not found:
            return []
        marks = ", ".join("?" * len(found))
        keys = {
            row: (str(document), int(number))
            for row, document, number in self._database.rows(
                f"SELECT id, document, number FROM passages WHERE id IN ({marks})",
                [row for row, _ in found],
            )
        }
        return [(keys[row], score) for row, score in found if row in keys]

    def _nearest(
        self,
        held: Catalogue,
        vector: Sequence[float],
        k: int,
        passages: int,
        names: Collection[str] | None,
    ) -> list[tuple[str, int, float]]:
        """The nearest of so many passages, those of some documents or of all."""
        versions = None if names is None else [held.entry_named[name].version for name in names]
        if held.passages <= MOST_PASSAGES or not self._has_index:
            return self._table().nearest(vector, k, versions)
        if versions is None:
            return self._vectors.nearest(vector, k)
        if passages <= FEW_VECTORS:
            if self._few_vectors is None:
                self._check_model()
            entries = [held.entry_named[name] for name in names or ()]
            made = vector_table(self._database, held.state, entries, self._few_vectors)
            self._few_vectors = made
            return made.nearest(vector, k, versions)
        depth = math.ceil(SPARE * k * held.passages / passages)
        return self._vectors.nearest(vector, min(depth, MOST_NEAREST))

    def _table(self) -> VectorTable:
        state, latest = self.state, self._vector_table
        if latest is None:
            self._check_model()
        if latest is None or latest.state != state:
            made = vector_table(self._database, state, self.entries(), latest)
            latest = self._vector_table = made
        return latest

    def vectors_held(self) -> int:
        """How many vectors a server has of this library; nothing is made afresh."""
        return self._server_index().count() if self.collection else 0

    def check_vectors(self) -> None:
        """Ask the server of the vectors, where there is one, whether it answers. Raises
        LibraryError."""
        if self.home.chroma:
            (self._store or self._server_index()).count()

    def vocabulary(self) -> Vocabulary:
        """The terms that are held."""
        held = self.catalogue()
        with self._database.reading() as connection:
            return self._terms.vocabulary(connection, held)

    def word_vectors(self, name: str) -> dict[bytes, Row]:
        """The vectors that are kept of words of a document, by the digests of these."""
        entry = self.catalogue().entry_named.get(name)
        row = self._database.row("SELECT length(content) FROM vectors WHERE document = ?", (name,))
        if not (entry and row and entry.passages):
            return {}
        width = row[0] // entry.passages // np.dtype(np.float32).itemsize
        kept = self._kept.vectors(entry.version, self.embedder.fingerprint)
        return {digest: vector for digest, vector in kept.items() if len(vector) == width}

    def keep_word_vectors(self, name: str, vectors: Mapping[bytes, Row]) -> None:
        """Keep vectors of words of a document while it stays, where they can be kept."""
        entry = self.catalogue().entry_named.get(name)
        if entry:
            self._kept.keep_vectors(entry.version, self.embedder.fingerprint, vectors)

    def original(self, document: Document) -> Path | None:
        """The file that a document was read from, or None when it is not kept."""
        return self._originals.find(document.sha256, Path(document.name).suffix)

    # ------------------------------------------------------------ writing

    @contextmanager
    def writing(
        self, patience: float | None = None, stop: Stop = lambda: False
    ) -> Iterator[Library]:
        """A context in which this program alone may write, in any of its threads: each change waits
        its turn. Raises LibraryLocked where another program writes for longer than `patience` (by
        default the library's), or still does once `stop` says so."""
        with self._lock.held(self.patience if patience is None else patience, stop):
            with self._turn:
                self._begin_writing(first=not self._writers)
                self._writers += 1
            try:
                yield self
                with self._turn:
                    if self._writers == 1:
                        self._make_terms_sound()
            finally:
                with self._turn:
                    self._writers -= 1
                    if not self._writers:
                        self._terms.rest()
                        if self._store is not None and not self._is_served:
                            note_as_left(self._index)

    @contextmanager
    def one_change(self) -> Iterator[None]:
        """A context in which no other thread of this program changes what is held; it must be
        short, for whoever removes or describes a document waits for it."""
        with self._turn:
            yield

    def put(
        self, document: Document, passages: Sequence[Passage], vectors: Vectors, origin: str = ""
    ) -> None:
        """Hold a document in whole, in place of any of the same name; all or nothing.

        `vectors` has shape (len(passages), dimensions); `origin` is the folder or address that the
        document came from. Must be called inside `writing()`.
        """
        self._hold([StoredDocument(document, tuple(passages), vectors, origin)])

    def put_all(self, documents: Sequence[StoredDocument]) -> None:
        """Hold several documents in whole, as `put` does one; all of them or none.

        Must be called inside `writing()`.
        """
        self._hold(documents)

    def _hold(
        self,
        documents: Sequence[StoredDocument],
        also: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        """Hold documents; `also` is done with it or not at all."""
        with self._turn:
            self._hold_now(documents, also)

    def _hold_now(
        self, documents: Sequence[StoredDocument], also: Callable[[Connection], None]
    ) -> None:
        versions = [uuid.uuid4().hex[:24] for _ in documents]
        with self._database.transaction() as connection:
            for version in versions:
                unsettle(connection, version)
        self._vectors.add(zip(versions, (kept.vectors for kept in documents), strict=True))
        held = self.catalogue()
        names = (kept.document.name for kept in documents)
        replaced: list[str] = []
        with self._database.transaction() as connection:
            for version, kept in zip(versions, documents, strict=True):
                replaced += filter(None, [drop(connection, self._terms, kept.document.name)])
                insert(
                    connection, self._terms, kept.document, version, kept.passages, kept.vectors,
                    kept.origin,
                )  # fmt: skip
                rejected.forget(connection, kept.document.name)
                settle(connection, version)
            also(connection)
            for old in replaced:
                unsettle(connection, old)
            # Before SQLite says that they are held, and at once: no reader finds one missing.
            self._terms.put(connection, held, dict(zip(versions, names, strict=True)))
        if replaced:
            self._sweep(replaced)

    def remove(self, name: str) -> None:
        """Forget a document and everything made from it for good. Raises UnknownDocument."""
        self._take_out(name, lambda _: None)

    def set_aside(self, name: str) -> None:
        """Take a document out of every index, and keep it whole so that it can be put back.

        An older document of that name that is aside is forgotten. Raises UnknownDocument.
        """
        self._take_out(name, lambda connection: trash.keep(connection, name))

    def _take_out(self, name: str, first: Callable[[Connection], None]) -> None:
        """Take a document out of every index; `first` is done with it or not at all."""
        with self.writing(), self._turn:
            related = self.entry(name).document.related
            with self._database.transaction() as connection:
                first(connection)
                unlink(connection, name, related)
                old = drop(connection, self._terms, name)
                unsettle(connection, old)
                bump(connection)
            self._sweep([old])

    def put_back(self, name: str) -> None:
        """Hold a document that is aside as it was. Raises UnknownDocument when none is.

        Raises LibraryError when another document has its name or its file by now.
        """
        with self.writing(), self._turn:
            kept = trash.kept(self._database, name)
            self._check_free(kept.document)

            def done(connection: Connection) -> None:
                link(connection, name, kept.document.related)
                trash.forget(connection, name)

            self._hold([kept], done)

    def _check_free(self, document: Document) -> None:
        held = self.catalogue()
        if document.sha256 in held.name_of:
            raise LibraryError(
                f"The same file is held as {held.name_of[document.sha256]!r} by now: there is "
                "nothing to put back."
            )
        if document.name in held.hash_of:
            raise LibraryError(
                f"Another document called {document.name!r} is held by now: remove that one for "
                "good first, then put this one back."
            )

    def discard(self, name: str) -> None:
        """Forget a document that is aside for good. Raises UnknownDocument."""
        with self.writing(), self._turn:
            with self._database.transaction() as connection:
                trash.forget(connection, name)
            self._sweep_originals()

    def note_refused(self, name: str, reason: str) -> None:
        """Remember that a document could not be taken in; `reason` says what to do about it."""
        with self._database.transaction() as connection:
            rejected.note(connection, name, reason)

    def forget_refused(self, name: str) -> None:
        """Forget that a document was refused; nothing happens when it was not."""
        with self._database.transaction() as connection:
            rejected.forget(connection, name)

    def describe(self, name: str, description: Description) -> None:
        """Give a document another description. Raises UnknownDocument."""
        with self.writing(), self._turn:
            version = self.entry(name).version
            with self._database.transaction() as connection:
                connection.execute(
                    "UPDATE documents SET description = ? WHERE name = ?",
                    (dump_description(description), name),
                )
                rows = connection.execute("SELECT id FROM passages WHERE document = ?", (name,))
                self._terms.describe(connection, [row for (row,) in rows], source_line(description))
                unsettle(connection, version)
                bump(connection)
            self._sweep([version])

    def relate(self) -> None:
        """Link every document with those it nearly repeats. Must be called inside `writing()`."""
        with self._turn:
            rows = self._database.rows("SELECT name, sketch, related FROM documents")
            held = {n: (np.frombuffer(blob, np.uint64), json.loads(old)) for n, blob, old in rows}
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
        with self._turn:
            self._check_model()
            is_sound = vectors_are_sound(self._database, self.entries(), lambda: self._vectors)
            if self._has_index and not is_sound:
                self._repair_vectors()
            self._make_terms_sound()
            self._kept.keep_only(self.catalogue().name_of_version.keys())
            self._sweep_originals()

    def remake_indexes(self, after: int = 0, collection: str | None = None) -> None:
        """Make every index afresh from what SQLite holds, as when that was replaced under them.

        The state is then later than `after`, so that every program reads what is held anew; the
        vectors go into the `collection` given, for that which is noted may be another's. Raises
        LibraryLocked, and ModelMismatch as `recover` does.
        """
        with self.writing(), self._turn:
            with self._database.transaction() as connection:
                set_fact(connection, "state", str(max(self.state, after) + 1))
                set_fact(connection, "vectors", collection or _new_collection())
            self._check_model()
            self._store = None
            self._bring_up_indexes()
            self.recover()

    def close(self) -> None:
        """Let go of the files."""
        self._store = None
        self._terms.close()
        self._kept.close()
        self._database.close()

    # ------------------------------------------------------------ inside

    @property
    def _vectors(self) -> VectorIndex:
        self._opened_vectors()
        facts = self._facts()
        if BEHIND in facts and not self._database.is_in_transaction:
            self._bring_up_where_free()
        store = self._opened_vectors()
        writer = facts.get("writer", "")
        ours = writer.startswith(PROCESS)
        store.follow(writer if ours else f"{writer} {facts.get('state')}")
        return store

    def _bring_up_where_free(self) -> None:
        """Make the indexes afresh that who put a backup back has not come to, where nobody else is
        writing."""
        with suppress(LibraryLocked), self._lock.held(), self._turn:
            if BEHIND in self._facts():
                self._bring_up_indexes()

    def _bring_up_indexes(self) -> None:
        self._terms.discard()
        self._write_vectors_afresh()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM facts WHERE name = ?", (BEHIND,))

    def _opened_vectors(self) -> VectorIndex:
        with self._turn:
            if self._store is None:
                self._check_model()
                self._store = self._from_server() if self._is_served else self._from_folder()
            return self._store

    @property
    def collection(self) -> str | None:
        """The name under which a Chroma server has the vectors, where it has any."""
        return self._facts().get("vectors")

    @property
    def _has_index(self) -> bool:
        """Whether there is an index of vectors beside the truth."""
        return bool(self.home.chroma or not self.home.database)

    @property
    def _is_served(self) -> bool:
        """Whether vectors lie on a server, or nowhere but beside the truth on one."""
        return bool(self.home.chroma or self.home.database)

    def _from_folder(self) -> VectorIndex:
        # Imported here: a command that searches for nothing starts without loading Chroma.
        from rag.library.chroma import is_open, open_vectors

        if not is_open(self._index):
            self._try_vectors()
        store = open_vectors(self._index)
        note_as_left(self._index)
        return store

    def _from_server(self) -> VectorIndex:
        """The vectors on the server, made afresh where there are more or fewer than the truth has
        and no other program is writing."""
        store = self._store = self._server_index()
        if self._has_index and store.count() != self.passage_count():
            with suppress(LibraryLocked), self._lock.held():
                if not self._database.row("SELECT 1 FROM unsettled"):
                    self._repair_vectors()
        return store

    def _server_index(self) -> VectorIndex:
        if not self.home.chroma:
            return NoVectorIndex()
        from rag.library.chroma import ServerVectorStore

        if self.collection is None:
            with self._database.transaction() as connection:
                set_fact(connection, "vectors", _new_collection())
        return ServerVectorStore(self.home.chroma, str(self.collection))

    @property
    def _index(self) -> Path:
        """The folder of the vectors that Chroma has."""
        return self.folder / "chroma"

    def _try_vectors(self) -> None:
        """Have vectors that are not as they were left tried apart, and made afresh from those that
        SQLite holds where they are damaged or missing. Raises LibraryLocked where that is to be
        done while another program is writing."""
        if is_as_left(self._index) or not (self.entries() or self._index.exists()):
            return
        try:
            with self._lock.held():
                unsettled = self._database.row("SELECT 1 FROM unsettled")
                probe = probe_of(self._database, self.entries())
                # What a crash left half done is swept, and counted, by whoever writes next.
                if not is_sound_apart(self._index, probe, exactly=not unsettled):
                    self._repair_vectors()
        except LibraryLocked:
            if not is_sound_apart(self._index, probe_of(self._database, ()), exactly=False):
                raise

    def _write_vectors_afresh(self) -> None:
        store = self._store = self._emptied()
        remake_vectors(self._database, self.entries(), store)
        if not self._is_served:
            note_as_left(self._index)
        if not self._database.is_in_transaction:
            # Who has the old files open looks again.
            with self._database.transaction() as connection:
                bump(connection)

    def _repair_vectors(self) -> None:
        """Make the index of vectors, found damaged, afresh, and note it for whoever uses or
        examines the library."""
        self._write_vectors_afresh()
        self.repairs += (VECTORS_REMADE,)
        if not self._database.is_in_transaction:
            with self._database.transaction() as connection:
                set_fact(connection, REPAIRED, now())
        log(Event.INDEX_REMADE, logging.WARNING, passages=self.passage_count())

    def _emptied(self) -> VectorIndex:
        """The vectors, of which there are none any more."""
        if self._is_served:
            store = self._store or self._server_index()
            store.start_afresh()
            return store
        from rag.library.chroma import discard_vectors, open_vectors

        discard_vectors(self._index)
        return open_vectors(self._index)

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

    def _begin_writing(self, *, first: bool) -> None:
        """Note that this process writes now, and at first sweep up after one that was cut off.

        The note tells every other process, and later this one, that its vectors may be stale.
        """
        facts = self._facts()
        if not facts.get("writer", "").startswith(PROCESS):
            with self._database.transaction() as connection:
                set_fact(connection, "writer", f"{PROCESS} {facts.get('state')}")
                bump(connection)
        if first:
            rows = self._database.rows("SELECT version FROM unsettled")
            self._sweep([str(version) for (version,) in rows])

    def _sweep(self, versions: Sequence[str]) -> None:
        """Bring the indexes in step with some versions, and remove the files that none has."""
        held = self.catalogue()
        for version in versions:
            name = held.name_of_version.get(version, "")
            if not name:
                self._vectors.remove(version)
            with self._database.transaction() as connection:
                self._terms.put(connection, held, {version: name})
                settle(connection, version)
        if versions:
            self._kept.forget([v for v in versions if v not in held.name_of_version])
            self._sweep_originals()

    def _bring_up_terms(self, held: Catalogue) -> None:
        """Index the terms of a large library that an earlier version has made, once, where nobody
        is writing to it."""
        if self._terms_brought_up or not self._terms.is_behind(held):
            return
        self._terms_brought_up = True
        with suppress(LibraryError), self._lock.held(), self._turn:
            self._make_terms_sound()

    def _make_terms_sound(self) -> None:
        with self._database.reading() as connection:
            self._terms.make_sound(connection, self.catalogue())

    def _sweep_originals(self) -> None:
        """Delete the files that no document was read from, held or aside."""
        self._originals.sweep(self.catalogue().name_of.keys() | trash.hashes(self._database))


def _new_collection() -> str:
    return f"passages-{uuid.uuid4().hex[:16]}"


def open_library(
    settings: Settings, *, embedder: Embedder | Callable[[], Embedder] | None = None
) -> Library:
    """Open the library of the settings, making the folder when there is none.

    The embedding model is loaded, and checked against the library's, only when it is used.
    """
    made = embedder() if callable(embedder) else embedder
    return Library(settings.home, made or open_embedder(settings.embedding_model), bundled_judge())
