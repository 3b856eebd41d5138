"""A library on servers that are started for it: a PostgreSQL database, and a Chroma server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chroma_server import ChromaServer
from postgres_server import running_postgres

from rag.settings import LibraryHome


@contextmanager
def library_on_servers(folder: Path) -> Iterator[LibraryHome]:
    """Where such a library lies; the servers and what they hold go at the end of the block."""
    chroma = ChromaServer()
    with running_postgres() as postgres:
        try:
            chroma.start()
            yield LibraryHome(folder, postgres.new_database(), chroma.address)
        finally:
            chroma.stop()
