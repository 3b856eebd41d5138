"""A PostgreSQL server on loopback that a test starts, in a folder that goes with it."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

_PLACES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), None)
_UNPRIVILEGED = "nobody"
"""Who runs the server where the tests run as root, which it refuses to."""
_STARTED_SECONDS = 60


def _program(name: str) -> str | None:
    found = (shutil.which(name, path=str(place) if place else None) for place in _PLACES)
    return next(filter(None, found), None)


MISSING = "" if _program("postgres") and _program("initdb") else "PostgreSQL is not installed"
"""Why there is no server here; empty where there can be one."""


class PostgresServer:
    """A cluster with one superuser, `scrutiny`, who needs no password."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="scrutiny-postgres-"))
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else getpass.getuser()
        shutil.chown(self._folder, self._user)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        made = self._begun(
            "initdb", "--pgdata", self._data, "--username=scrutiny", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        assert made.wait(_STARTED_SECONDS) == 0, (self._folder / "log").read_text()

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        """Start it, and wait until it can be asked."""
        # What was written outlives the server, if not the machine: these tests kill the one alone.
        self._process = self._begun(
            "postgres", "-D", self._data, "-p", str(self.port), "-k", str(self._folder),
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300",
        )  # fmt: skip
        for _ in range(_STARTED_SECONDS * 10):
            if self._asked("SELECT 1"):
                return
            time.sleep(0.1)
        raise AssertionError((self._folder / "log").read_text())

    def kill(self) -> None:
        """End every process of it at once, as a machine that is switched off."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it, and delete what it held."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self) -> str:
        """The address of a database that holds nothing."""
        name = f"library_{uuid.uuid4().hex[:12]}"
        assert self._asked(f"CREATE DATABASE {name}")
        return f"postgresql://scrutiny@127.0.0.1:{self.port}/{name}"

    def _asked(self, sql: str) -> bool:
        import psycopg

        address = f"postgresql://scrutiny@127.0.0.1:{self.port}/postgres"
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(sql.encode())
        except psycopg.OperationalError:
            return False
        return True

    def _begun(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        program = _program(name)
        assert program
        command: Sequence[str] = (program, *arguments)
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self._user if os.geteuid() == 0 else None,
            )


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A server for the block; the test is skipped where there can be none."""
    if MISSING:
        pytest.skip(MISSING)
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
