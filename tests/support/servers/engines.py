"""Tests on both engines: the files of a folder, and a PostgreSQL database with a Chroma server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from postgres_server import PostgresServer, running_postgres

from rag.library import library as library_module
from rag.library.databases import engines
from rag.settings import Home, LibraryHome

FILES, SERVERS = "files", "servers"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, for all tests of a run."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def chroma() -> Iterator[ChromaServer]:
    """A Chroma server, for all tests of a run."""
    server = ChromaServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for one test, which may end it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def own_chroma() -> Iterator[ChromaServer]:
    """A Chroma server for one test, which may end it."""
    server = ChromaServer()
    server.start()
    yield server
    server.stop()


def served(postgres: PostgresServer, chroma: ChromaServer | None) -> Callable[[Home], LibraryHome]:
    """What makes a folder stand for a library on the servers, always the same for a folder."""
    addresses: dict[Path, str] = {}

    def home_of(home: Home) -> LibraryHome:
        if isinstance(home, LibraryHome):
            return home
        place = home.resolve()
        if place not in addresses:
            addresses[place] = postgres.new_database()
        return LibraryHome(home, addresses[place], chroma.address if chroma else None)

    return home_of


@pytest.fixture(params=[FILES, SERVERS])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each engine after the other; on the servers, a folder stands for a library there."""
    if request.param == SERVERS:
        servers = (request.getfixturevalue("postgres"), request.getfixturevalue("chroma"))
        home_of = served(*servers)
        for module in (engines, library_module):
            monkeypatch.setattr(module, "home_of", home_of)
    return str(request.param)


def is_left_out(item: pytest.Item) -> bool:
    """Whether a test of files alone would be run on the servers."""
    if item.get_closest_marker("files") is None or not isinstance(item, pytest.Function):
        return False
    return getattr(item, "callspec", None) is not None and SERVERS in item.callspec.params.values()
