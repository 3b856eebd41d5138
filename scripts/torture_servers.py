"""Kills the processes of a desk on servers while they are at work, and looks at what is left.

`python scripts/torture_servers.py [--kills 30] [--seed 1] [--only web]` starts a PostgreSQL server,
a Chroma server and `scrutiny serve` over them. Readers ask on the pages and officers add documents
and remove them, all at once; meanwhile the web server, the database or the Chroma server is ended
by SIGKILL at a random moment, so often each, and started anew. After each kill, once the desk says
that it is ready, everything that it had said was done must be there, each document and each answer
whole, and as many vectors as passages. Then the putting back of a backup is killed so often
(`torture_restores.py`). It prints a table, and ends with 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests/support/servers")]

from chroma_server import ChromaServer  # noqa: E402
from crowd.web_session import WebSession  # noqa: E402
from measure_crowd import environ_of, told, until_held  # noqa: E402
from postgres_server import PostgresServer, running_postgres  # noqa: E402
from torture_restores import Place  # noqa: E402
from torture_restores import torture as torture_restores  # noqa: E402

from rag.library.library import Library, open_library  # noqa: E402
from rag.saved.audit import AuditTrail  # noqa: E402
from rag.saved.conversations import Conversations  # noqa: E402
from rag.settings import LibraryHome, Settings  # noqa: E402
from ui.web.controls import Action  # noqa: E402

PATIENCE = 20.0
"""Seconds after which nothing that is waited for comes any more."""
READY_SECONDS = 180.0
"""Seconds within which a desk is ready after one of its processes was started anew."""
LONGEST_SECONDS = 4.0
"""From the time that all are at work to the kill, at the most."""
TEXT = "Caseloads in Fallowmere are high: many of 400 plans were late.\n\nTold in paper {name}."
PROCESSES = ("web", "database", "vectors")
RESTORE = "restore"
TARGETS = (*PROCESSES, RESTORE)


class Killed(Protocol):
    """A process that is ended at once and started anew."""

    def start(self) -> None:
        """Start it."""

    def kill(self) -> None:
        """End it at once."""


class WebServer:
    """`scrutiny serve` over a library on servers."""

    def __init__(self, home: LibraryHome) -> None:
        import socket

        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self._port = listener.getsockname()[1]
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it; it may take a while until it is ready."""
        run = [sys.executable, "-c", "from ui.cli.main import main; main()"]
        self._process = subprocess.Popen(
            [*run, "serve", "--port", str(self._port)],
            env=environ_of(self._home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """End it at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def until_ready(self) -> None:
        """Wait until it says that it is ready. Raises SystemExit where it never does."""
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            with suppress(OSError), urlopen(f"{self.address}/readyz", timeout=PATIENCE):
                return
            time.sleep(0.2)
        sys.exit("The desk does not come back.")


@dataclass
class Done:
    """What the desk has said was done, as long as nothing else was asked of it since."""

    held: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Worker:
    """One who goes on until they are told to stop; what fails meanwhile is tried anew."""

    address: str
    done: Done
    number: int
    stop: threading.Event
    turn: int = 0

    def run(self, work: Callable[[WebSession], None]) -> None:
        """Work, whatever becomes of the servers."""
        while not self.stop.is_set():
            with suppress(Exception):
                web = WebSession(self.address, PATIENCE)
                try:
                    while not self.stop.is_set():
                        work(web)
                finally:
                    web.close()
            self.stop.wait(0.2)

    def add_and_remove(self, web: WebSession) -> None:
        """Add a document, wait until it is held, and remove every other one."""
        self.turn += 1
        name = f"paper-{self.number}-{self.turn}.txt"
        told(web.visit("library"))
        told(web.upload(name, TEXT.format(name=name).encode()))
        until_held(web, name)
        with self.done.lock:
            self.done.held.add(name)
        if self.turn % 2:
            return
        with self.done.lock:
            self.done.held.discard(name)
        told(web.act(Action("remove", (name,)).line))
        with self.done.lock:
            self.done.removed.add(name)

    def ask(self, web: WebSession) -> None:
        """Ask something that was never asked before."""
        self.turn += 1
        question = f"How many plans of team {self.number} were late in week {self.turn}?"
        told(web.visit(""))
        if "<article" in web.ask(question):
            with self.done.lock:
                self.done.asked.add(question)


def begin(address: str, done: Done) -> None:
    """Add the first document: where nothing is held nothing can be asked."""
    web = WebSession(address, READY_SECONDS)
    Worker(address, done, 0, threading.Event()).add_and_remove(web)
    web.close()


def lost(home: LibraryHome, library: Library, done: Done) -> list[str]:
    """What is not as it must be."""
    wrong: list[str] = []
    with library.writing():
        library.recover()
    names = {entry.document.name for entry in library.entries()}
    wrong += [f"{name} is gone" for name in done.held - names]
    wrong += [f"{name} was removed and is held" for name in done.removed & names]
    passages = 0
    for name in names:
        text = library.page_text(name, 1) or ""
        if "".join(text.split()) != "".join(TEXT.format(name=name).split()):
            wrong.append(f"{name} is not whole")
        passages += len(library.passages(name))
    if not passages == library.passage_count() == library.vectors_held():
        wrong.append(f"{passages} passages, {library.vectors_held()} vectors")
    kept = Conversations(home)
    asked = {turn.question for line in kept.listed() for turn in kept.get(line.id).turns}
    wrong += [f"the answer to {question!r} is gone" for question in done.asked - asked]
    trail = AuditTrail(home)
    wrong += filter(None, [trail.fault()])
    for each in (kept, trail):
        each.close()
    return wrong


@dataclass
class Desk:
    """All the processes of a desk."""

    home: LibraryHome
    web: WebServer
    postgres: PostgresServer
    chroma: ChromaServer

    def kill(self, target: str) -> Callable[[], None]:
        """End one of them at once; what starts it anew."""
        processes: dict[str, Killed] = {
            "web": self.web,
            "database": self.postgres,
            "vectors": self.chroma,
        }
        processes[target].kill()
        return processes[target].start


def torture(desk: Desk, target: str, kills: int, dice: random.Random, done: Done) -> list[str]:
    """Kill one process so often, under load; what was lost."""
    wrong: list[str] = []
    settings = Settings(
        library=desk.home.folder.with_name("looking"),
        database=desk.home.database,
        chroma=desk.home.chroma,
    )
    for number in range(kills):
        stop = threading.Event()
        workers = [Worker(desk.web.address, done, time.time_ns() + n, stop) for n in range(4)]
        acts = [worker.ask if n % 2 else worker.add_and_remove for n, worker in enumerate(workers)]
        at_work = [
            threading.Thread(target=worker.run, args=(act,), daemon=True)
            for worker, act in zip(workers, acts, strict=True)
        ]
        for thread in at_work:
            thread.start()
        time.sleep(2 + dice.uniform(0, LONGEST_SECONDS))
        start_again = desk.kill(target)
        time.sleep(dice.uniform(0, 1))
        start_again()
        stop.set()
        for thread in at_work:
            thread.join(2 * PATIENCE)
        desk.web.until_ready()
        library = open_library(settings)
        wrong += [
            f"kill {number + 1} of {target}: {line}" for line in lost(desk.home, library, done)
        ]
        library.close()
    return wrong


def torture_processes(
    folder: Path, postgres: PostgresServer, chroma: ChromaServer, given: argparse.Namespace
) -> list[str]:
    """Kill each process of a desk, or the one that is asked for; what was lost."""
    wrong: list[str] = []
    home = LibraryHome(folder / "served", postgres.new_database(), chroma.address)
    home.folder.mkdir()
    web, done = WebServer(home), Done()
    web.start()
    try:
        web.until_ready()
        begin(web.address, done)
        for target in PROCESSES:
            if given.only in (None, target):
                dice = random.Random(f"{given.seed} {target}")
                found = torture(Desk(home, web, postgres, chroma), target, given.kills, dice, done)
                print(f"{target:<10} {given.kills:>5} {len(found):>5}", flush=True)
                wrong += found
    finally:
        web.kill()
    print(
        f"Said to be done: {len(done.held)} documents added, {len(done.removed)} removed, "
        f"{len(done.asked)} questions answered."
    )
    return wrong


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill each process and a restore, or one of them, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30, help="of each process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=TARGETS)
    given = parser.parse_args(arguments)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="torture-") as folder, running_postgres() as postgres:
        chroma = ChromaServer()
        chroma.start()
        try:
            print(f"{'process':<10} {'kills':>5} {'lost':>5}", flush=True)
            # First, for its children are forked from this process while it has nothing open.
            if given.only in (None, RESTORE):
                place = Place(Path(folder), postgres.new_database(), chroma.address)
                dice = random.Random(f"{given.seed} {RESTORE}")
                found, came = torture_restores(place, given.kills, dice)
                print(f"{RESTORE:<10} {given.kills:>5} {len(found):>5}  {came}", flush=True)
                wrong += found
            if given.only != RESTORE:
                wrong += torture_processes(Path(folder), postgres, chroma, given)
        finally:
            chroma.stop()
    print("\n".join(wrong) or "Nothing was lost.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
