"""Adapter: the only importer of chromadb and langchain-chroma."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import chromadb
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from rag.errors import LibraryError
from rag.library.encoder import Embedder, Vectors

COLLECTION = "passages"
BATCH = 1000


class _AsLangChain(Embeddings):
    """The embedder in the form that langchain expects."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class VectorStore:
    """The passages' vectors on disk; an id is `<version>:<passage number>`.

    One process sees what another has written only after `follow`. One caller at a time is inside.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = _AsLangChain(embedder)
        self._lock = threading.RLock()
        self._stamp: str | None = None
        self._client: Any = None
        self._open()

    def follow(self, stamp: str) -> None:
        """Open the folder afresh when `stamp` tells that another process has written to it."""
        with self._lock:
            if self._stamp not in (None, stamp):
                self._open()
            self._stamp = stamp

    def add(self, version: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Hold one version of a document: its passages' texts and their vectors, in order."""
        with self._inside("written"):
            for start in range(0, len(texts), BATCH):
                stop = min(start + BATCH, len(texts))
                self._collection.upsert(
                    ids=[f"{version}:{n}" for n in range(start, stop)],
                    embeddings=vectors[start:stop],
                    documents=list(texts[start:stop]),
                    metadatas=[{"version": version, "number": n} for n in range(start, stop)],
                )

    def remove(self, version: str) -> None:
        """Forget one version of a document; nothing happens when it is not held."""
        with self._inside("written"):
            self._collection.delete(where={"version": version})

    def start_afresh(self) -> None:
        """Forget everything, whatever state it is in."""
        with self._lock:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open()

    def count(self) -> int:
        """How many passages have a vector."""
        with self._inside("read"):
            return int(self._collection.count())

    def nearest(
        self, vector: Sequence[float], k: int, versions: Iterable[str] | None = None
    ) -> list[tuple[str, int, float]]:
        """The `k` nearest passages: (version, passage number, cosine), nearest first.

        `versions` restricts the search to those documents.
        """
        where: Any = None if versions is None else {"version": {"$in": sorted(versions)}}
        with self._inside("read"):
            try:
                found = self._search(list(vector), k, where)
            except ChromaError:
                # Another process may have written between `follow` and now.
                self._open()
                found = self._search(list(vector), k, where)
        return [
            (str(doc.metadata["version"]), int(doc.metadata["number"]), 1.0 - float(distance))
            for doc, distance in found
            if "version" in doc.metadata
        ]

    def _search(self, vector: list[float], k: int, where: Any) -> Any:
        return self._store.similarity_search_by_vector_with_relevance_scores(
            vector, k=k, filter=where
        )

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            client, self._client = self._client, None
            if client is not None:
                client.close()

    def __del__(self) -> None:
        # At the end of the program the vendor's modules may be gone before this.
        with suppress(Exception):
            self.close()

    def _open(self) -> None:
        self.close()
        with self._inside("opened"):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = self._connect()
            self._collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, metadata={"hnsw:space": "cosine"}
            )
            self._store = Chroma(
                client=self._client,
                collection_name=COLLECTION,
                embedding_function=self._embedder,
            )

    def _connect(self) -> Any:
        settings = ChromaSettings(anonymized_telemetry=False)
        try:
            return chromadb.PersistentClient(path=str(self._folder), settings=settings)
        except AttributeError:
            # Chroma keeps what it could not open before, and lets go of it only now.
            return chromadb.PersistentClient(path=str(self._folder), settings=settings)

    @contextmanager
    def _inside(self, done: str) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (ChromaError, ValueError, OSError) as error:
                raise LibraryError(
                    f"The vectors in {self._folder} cannot be {done} ({error}). Check that the "
                    "disk has room, then run `scrutiny ingest` again: it makes damaged vectors "
                    "afresh."
                ) from error


_opened: WeakValueDictionary[Path, VectorStore] = WeakValueDictionary()
_opening = threading.Lock()


def open_vectors(folder: Path, embedder: Embedder) -> VectorStore:
    """The vectors in a folder: one store for all of this process, for Chroma shares its own too."""
    with _opening:
        held = _opened.get(folder.resolve())
        if held is None:
            held = _opened[folder.resolve()] = VectorStore(folder, embedder)
        return held


def discard_vectors(folder: Path) -> None:
    """Delete a folder of vectors, whatever state they are in."""
    with _opening:
        held = _opened.get(folder.resolve())
        if held is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            held.start_afresh()
