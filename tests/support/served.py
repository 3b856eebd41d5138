"""A web server of ours, for readers or for programs, and a real browser to look at it with."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from invented import shelved
from playwright.sync_api import Browser, expect, sync_playwright
from starlette.applications import Starlette

from rag.access.people import LOCAL
from rag.desk import Desk
from rag.saved.audit import AuditTrail
from rag.saved.packs import SavedPacks
from rag.saved.tokens import Tokens
from rag.settings import Settings
from ui.api.operations import Operations
from ui.api.service import ProgramService
from ui.web.server import launch

CHROMIUM = shutil.which("chromium")
NEEDS_CHROMIUM = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium here: install Debian's package chromium"
)
# How long a page may take to become what is expected of it: long, for the machine may be busy.
expect.set_options(timeout=30_000)
# Quiet flags: a browser under test looks nothing up and fetches nothing for itself.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Runs the real app.py over the fake desk.
FAKE_APP = """
import runpy, sys
sys.path.insert(0, {tests!r})
import fakes
from pathlib import Path
from ui.web.session import state
state.opener = lambda: fakes.bench(Path({library!r}))
runpy.run_path({app!r}, run_name="__main__")
"""
SCRUTINY = Path(sys.executable).with_name("scrutiny")


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def serving(command: Sequence[str], port: int, environ: Mapping[str, str]) -> Iterator[str]:
    """Run `command` until the block ends; gives the address once it answers."""
    server = subprocess.Popen(command, env={**os.environ, **environ})
    try:
        _wait_until_healthy(server, port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def scrutiny_serve(library: Path) -> tuple[list[str], int, dict[str, str]]:
    """What `serving` needs to run `scrutiny serve` over `library`."""
    port = free_port()
    command = [str(SCRUTINY), "serve", "--port", str(port)]
    return command, port, {"SCRUTINY_LIBRARY": str(library)}


def fake_serve(folder: Path) -> tuple[list[str], int, dict[str, str]]:
    """What `serving` needs to run the web application over the tests' own desk, from `folder`."""
    app = folder / "app.py"
    tests, library = str(Path(__file__).parent), str(folder / "library")
    app.write_text(FAKE_APP.format(tests=tests, app=str(launch.APP), library=library))
    shutil.copytree(launch.APP.with_name(".streamlit"), folder / ".streamlit")
    port = free_port()
    flags = launch.arguments(
        address=launch.LOOPBACK, port=port, open_browser=False, max_file_mb=200
    )
    flags[flags.index(str(launch.SITE))] = str(app)
    command = [sys.executable, "-m", "streamlit", *flags]
    return command, port, {"SCRUTINY_LIBRARY": str(folder)}


def ingest(folder: Path, library: Path) -> None:
    """Take `folder` into `library` with the command line, as a reader would."""
    subprocess.run(
        [str(SCRUTINY), "ingest", str(folder)],
        env={**os.environ, "SCRUTINY_LIBRARY": str(library)},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=600,
    )


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium, the one that is installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def _wait_until_healthy(server: subprocess.Popen[bytes], port: int, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not answer on port {port}.")


# ---------------------------------------------------------------- for programs


def operations(folder: Path) -> Operations:
    """What programs may have done, over the invented documents."""
    return Operations(Desk(shelved(folder)), AuditTrail(folder), SavedPacks(folder), LOCAL)


def secret(folder: Path) -> str:
    """The secret of a token of the one person."""
    return Tokens(folder).make("test")[1]


def program_app(folder: Path, *, per_minute: int = 10_000) -> Starlette:
    """The addresses for programs alone."""
    held = operations(folder)
    settings = Settings(folder, api=True, api_per_minute=per_minute)
    return Starlette(routes=ProgramService(settings, lambda: held).routes())


@contextmanager
def serving_app(app: Starlette) -> Iterator[str]:
    """Serve an application on loopback until the block ends; its address."""
    port = free_port()
    config = uvicorn.Config(app, port=port, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
