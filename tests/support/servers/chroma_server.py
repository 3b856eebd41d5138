"""A Chroma server on loopback that a test starts, in a folder that goes with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

_STARTED_SECONDS = 60


class ChromaServer:
    """`chroma run`, as an operator starts it."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="scrutiny-chroma-"))
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            self.port = int(listening.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """What SCRUTINY_CHROMA is set to."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it can be asked."""
        program = Path(sys.executable).with_name("chroma")
        command = (
            str(program), "run", "--path", str(self._folder / "data"), "--host", "127.0.0.1",
            "--port", str(self.port),
        )  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        for _ in range(_STARTED_SECONDS * 10):
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError((self._folder / "log").read_text())

    def kill(self) -> None:
        """End it at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it, and delete what it held."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/api/v2/heartbeat", timeout=5).is_success
        except httpx.HTTPError:
            return False
