"""What watches over the server learns whether it lives and whether it can answer, and no more."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chroma_server import ChromaServer
from fakes import bench
from postgres_server import PostgresServer
from served import scrutiny_serve
from shared_data import WordEmbedder
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rag.errors import LibraryError
from rag.library.library import Library
from rag.saved.conversations import Conversations
from rag.settings import LibraryHome
from ui.web.server import health
from ui.web.server.health import HEALTH, READINESS, Readiness, health_routes
from ui.web.session.services import WebServices


def client(readiness: Readiness) -> TestClient:
    return TestClient(Starlette(routes=health_routes(readiness)))


def test_a_server_lives_before_it_is_ready_and_is_ready_when_its_library_is_open(
    tmp_path: Path,
) -> None:
    services = bench(tmp_path / "library")
    readiness = Readiness(lambda: services)
    asked = client(readiness)
    assert asked.get(HEALTH).json() == {"status": "alive"}
    answer = asked.get(READINESS)
    assert (answer.status_code, answer.json()["parts"]) == (503, {"opened": False})
    readiness.open_ahead().join(timeout=20)
    answer = asked.get(READINESS)
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert set(answer.json()["parts"].values()) == {True}
    assert answer.headers["cache-control"] == "no-store"


def test_a_library_that_cannot_be_read_any_more_makes_the_server_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = bench(tmp_path / "library")
    readiness = Readiness(lambda: services)
    readiness.open_ahead().join(timeout=20)

    def broken() -> None:
        raise LibraryError("Fallowmere’s disk is gone.")

    monkeypatch.setattr(type(services.conversations), "check", lambda self: broken())
    monkeypatch.setattr(health, "LEAST_ROOM", 2**62)
    answer = client(readiness).get(READINESS)
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert {name for name, well in parts.items() if not well} == {"conversations", "room"}
    assert "Fallowmere" not in answer.text
    assert client(readiness).get(HEALTH).status_code == 200


def test_servers_that_do_not_answer_make_it_not_ready_until_they_are_back(
    own_postgres: PostgresServer, own_chroma: ChromaServer, tmp_path: Path
) -> None:
    home = LibraryHome(tmp_path / "served", own_postgres.new_database(), own_chroma.address)
    library, kept = Library(home, WordEmbedder()), Conversations(home)
    services = replace(bench(tmp_path / "library"), library=library, conversations=kept)
    readiness = Readiness(lambda: services)
    readiness.open_ahead().join(timeout=20)

    def not_well() -> set[str]:
        return {name for name, well in readiness.parts().items() if not well}

    assert not_well() == set()
    own_chroma.kill()
    assert not_well() == {"vectors"}
    own_chroma.start()
    own_postgres.kill()
    assert {"library", "conversations"} <= not_well()
    own_postgres.start()
    assert not_well() == set()
    library.close()
    kept.close()


def test_a_library_that_could_not_be_opened_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "AGAIN_SECONDS", 0.01)
    services = bench(tmp_path / "library")
    tries: list[int] = []

    def opened() -> WebServices:
        tries.append(1)
        if len(tries) < 3:
            raise LibraryError("Not yet.")
        return services

    readiness = Readiness(opened)
    readiness.open_ahead().join(timeout=20)
    assert client(readiness).get(READINESS).status_code == 200


def test_scrutiny_serve_tells_how_it_stands_and_logs_lines_of_json(tmp_path: Path) -> None:
    command, port, environ = scrutiny_serve(tmp_path / "library")
    server = subprocess.Popen(
        command, env={**os.environ, **environ}, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        answer = _asked(port, until=200)
        assert answer["status"] == "ready"
    finally:
        server.terminate()
        printed, logged = server.communicate(timeout=30)
    assert f"http://localhost:{port}" in printed.decode()
    lines = [line for line in logged.decode().splitlines() if line.startswith("{")]
    events = [json.loads(line)["event"] for line in lines]
    assert {"serving", "ready", "stopped"} <= set(events)
    assert "Traceback" not in logged.decode()


def _asked(port: int, until: int) -> Any:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", READINESS)
            answer = connection.getresponse()
            if answer.status == until:
                return json.loads(answer.read())
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise AssertionError("The server was not ready in time.")
