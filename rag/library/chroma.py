"""Adapter: the only importer of chromadb."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from rag.errors import LibraryError
from rag.library.encoder import Vectors

COLLECTION = "passages"
BATCH = 2000
SERVER_SECONDS = 60
"""How long a Chroma server may take for one thing that is asked of it."""


class VectorStore:
    """The passages' vectors on disk; an id is `<version>:<passage number>`.

    One process sees what another has written only after `follow`. One caller at a time is inside.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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

    def add(self, versions: Iterable[tuple[str, Vectors]]) -> None:
        """Hold versions of documents: each with the vectors of its passages, in order."""
        with self._inside("written"):
            # Many small writes take three times as long as a few large ones.
            rows = ((version, n, row) for version, held in versions for n, row in enumerate(held))
            while batch := list(islice(rows, BATCH)):
                self._collection.upsert(
                    ids=[f"{version}:{n}" for version, n, _ in batch],
                    embeddings=np.stack([row for *_, row in batch]),
                    metadatas=[{"version": version, "number": n} for version, n, _ in batch],
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
                found = self._search(vector, k, where)
            except ChromaError:
                # Another process may have written between `follow` and now.
                self._open()
                found = self._search(vector, k, where)
        nearest: list[tuple[str, int, float]] = []
        for key, distance in zip(found["ids"][0], found["distances"][0], strict=True):
            version, _, number = key.rpartition(":")
            nearest.append((version, int(number), 1.0 - float(distance)))
        return nearest

    def _search(self, vector: Sequence[float], k: int, where: Any) -> Any:
        # Only what is asked for: the texts and vectors of what is found would be read too.
        return self._collection.query(
            query_embeddings=[list(vector)], n_results=k, where=where, include=["distances"]
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
            self._collection = self._collection_of(COLLECTION)

    def _collection_of(self, name: str) -> Any:
        return self._client.get_or_create_collection(
            name, embedding_function=None, metadata={"hnsw:space": "cosine"}
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
            except (ChromaError, httpx.HTTPError, ValueError, OSError) as error:
                raise LibraryError(self._told(done, error)) from error

    def _told(self, done: str, error: Exception) -> str:
        return (
            f"The vectors in {self._folder} cannot be {done} ({error}). Check that the disk has "
            "room, then run `scrutiny ingest` again: it makes damaged vectors afresh."
        )


class ServerVectorStore(VectorStore):
    """The passages' vectors on a Chroma server, in a collection of one library's own."""

    def __init__(self, address: str, collection: str) -> None:
        self._address = urlsplit(address)
        self._name = collection
        super().__init__(Path(collection))

    def follow(self, stamp: str) -> None:
        """Nothing: the server tells what every process has written."""

    def start_afresh(self) -> None:
        """Forget everything, whatever state it is in."""
        with self._inside("written"):
            with suppress(NotFoundError):
                self._client.delete_collection(self._name)
            self._open()

    def _open(self) -> None:
        self.close()
        with self._inside("opened"):
            self._client = self._connect()
            self._collection = self._collection_of(self._name)

    def _connect(self) -> Any:
        is_safe = self._address.scheme == "https"
        client = chromadb.HttpClient(
            host=self._address.hostname or "",
            port=self._address.port or (443 if is_safe else 8000),
            ssl=is_safe,
            settings=ChromaSettings(
                anonymized_telemetry=False,
                # Chroma never closes what it keeps alive, and a server may be started afresh.
                chroma_http_max_keepalive_connections=0,
            ),
        )
        # Chroma would wait for ever for a server that says nothing.
        cast(Any, client)._server._session.timeout = httpx.Timeout(SERVER_SECONDS)
        return client

    def _told(self, done: str, error: Exception) -> str:
        return (
            f"The vectors at {self._address.geturl()} cannot be {done} ({error}). Check that the "
            "Chroma server is running and can be reached at SCRUTINY_CHROMA, then try again."
        )


_opened: WeakValueDictionary[Path, VectorStore] = WeakValueDictionary()
_opening = threading.Lock()


def is_open(folder: Path) -> bool:
    """Whether this process has the vectors in a folder open."""
    return folder.resolve() in _opened


def open_vectors(folder: Path) -> VectorStore:
    """The vectors in a folder: one store for all of this process, for Chroma shares its own too."""
    with _opening:
        held = _opened.get(folder.resolve())
        if held is None:
            held = _opened[folder.resolve()] = VectorStore(folder)
        return held


def discard_vectors(folder: Path) -> None:
    """Delete a folder of vectors, whatever state they are in."""
    with _opening:
        held = _opened.get(folder.resolve())
        if held is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            held.start_afresh()
