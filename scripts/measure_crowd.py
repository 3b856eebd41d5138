"""A crowd on one server: do its answers stay right, and does anybody wait for another?

`python scripts/measure_crowd.py [--sessions 50] [--seconds 120] [--pause 6] [--servers]`, or `make
crowd`. The program itself is served over the demonstration documents, in files or, with
`--servers`, in a PostgreSQL database and a Chroma server that it starts. One session after another
asks and checks first; then all at once ask (as programs and on the pages), check, add documents and
remove them, each with a pause between two things as a reader has. It prints, of each kind, how many
there were, how many failed, p95 alone and in the crowd; holds every quote that was given against
its page; and ends with 1 where anything failed, a quote was wrong, or p95 was five times what it is
alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests/support/servers")]

from crowd.web_session import WebSession  # noqa: E402

from rag.saved.conversations import Conversations  # noqa: E402
from rag.saved.tokens import Tokens  # noqa: E402
from rag.settings import LibraryHome  # noqa: E402
from ui.web.controls import Action  # noqa: E402

MOST_TIMES = 5.0
"""How many times longer than alone the slowest twentieth may take."""
PATIENCE = 60.0
"""Seconds after which nothing that is waited for comes any more."""
QUESTIONS = tuple(
    json.loads(line)["question"]
    for line in (ROOT / "tests/golden/qa.jsonl").read_text(encoding="utf-8").splitlines()
)
CLAIMS = tuple(
    json.loads(line)["claim"]
    for line in (ROOT / "tests/golden/claims.jsonl").read_text(encoding="utf-8").splitlines()
)
ADDED = (
    "Caseloads in Fallowmere are high: {n} of 400 plans were late when inspectors came in May 2025."
)


class Failed(Exception):
    """What was asked for did not come as it must."""


@dataclass
class Tally:
    """What came of each kind of thing: seconds of those that went well, and what failed."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    quotes: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def do(self, kind: str, act: Callable[[], object]) -> None:
        """Do something, and note how long it took or why it failed."""
        started = time.monotonic()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            with self.lock:
                self.failures[kind].append(f"{type(error).__name__}: {error}"[:300])
        else:
            with self.lock:
                self.seconds[kind].append(time.monotonic() - started)


class Pages:
    """The text of every page that may be quoted, by document and number."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], str] = {}

    def add(self, document: str, page: int, text: str) -> None:
        """Know a page."""
        self._texts[document, page] = squashed(text)

    def is_on(self, quote: str, document: str, page: int) -> bool:
        """Whether a quote stands on its page, word for word."""
        return squashed(quote) in self._texts.get((document, page), "")


def squashed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


@dataclass(frozen=True)
class Server:
    """The program as it is served: its address, a token, its library and its process."""

    address: str
    secret: str
    library: LibraryHome
    process: int

    def call(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        """What the interface for programs gives. Raises Failed."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}/api/v1{path}", data)
        request.add_header("Authorization", f"Bearer {self.secret}")
        request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=PATIENCE) as told:
                return json.load(told)
        except HTTPError as error:
            raise Failed(f"{error.code} {error.read().decode()}") from error

    def memory_mb(self) -> float:
        """What its process holds, in MiB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


# ---------------------------------------------------------------- what is done


@dataclass
class Crowd:
    """Everybody who comes to a server, and what becomes of what they do."""

    server: Server
    pages: Pages
    tally: Tally

    def ask(self, dice: random.Random) -> None:
        """Ask as a program does, and hold every quote against its page."""
        answer = self.server.call("/ask", {"question": dice.choice(QUESTIONS)})
        self._hold(answer)

    def check(self, dice: random.Random) -> None:
        """Check a claim as a program does."""
        for part in self.server.call("/check", {"text": dice.choice(CLAIMS)}):
            self._hold(part)

    def _hold(self, record: object) -> None:
        """Hold each citation of a record against its page."""
        for quote, document, page in citations_in(record):
            with self.tally.lock:
                self.tally.quotes += 1
                if not self.pages.is_on(quote, document, page):
                    self.tally.wrong.append(f"{document}, page {page}: {quote}")

    def hold_conversations(self) -> None:
        """Hold what was answered on the pages against them too."""
        kept = Conversations(self.server.library)
        for line in kept.listed():
            for turn in kept.get(line.id).turns:
                if turn.answer is None:
                    self.tally.failures["ask on a page"].append(turn.problem)
                    continue
                for citation in turn.answer.citations:
                    self.tally.quotes += 1
                    if not self.pages.is_on(citation.quote, citation.document, citation.page):
                        self.tally.wrong.append(f"{citation.document}: {citation.quote}")
        kept.close()


def citations_in(record: object) -> Iterator[tuple[str, str, int]]:
    """Each quote of a record, with the document and the page that it names."""
    if isinstance(record, dict):
        if {"quote", "document", "page"} <= record.keys():
            yield record["quote"], record["document"], record["page"]
        for value in record.values():
            yield from citations_in(value)
    elif isinstance(record, list):
        for value in record:
            yield from citations_in(value)


def asks_on_pages(web: WebSession, dice: random.Random) -> None:
    """Ask on the Ask page."""
    question = dice.choice(QUESTIONS)
    if "<article" not in web.ask(question):
        raise Failed(f"no answer to {question}")


def adds_and_removes(crowd: Crowd, web: WebSession, number: int) -> None:
    """Add a document on the Library page, wait until it is held, remove it, bring it back and
    remove it again."""
    name, text = f"fallowmere-{number}.txt", ADDED.format(n=number)
    crowd.pages.add(name, 1, text)

    def add() -> None:
        told(web.upload(name, f"{text}\n\nTold as number {number}.".encode()))
        until_held(web, name)

    crowd.tally.do("add", add)
    for kind, verb in (("remove", "remove"), ("bring back", "put-back"), ("remove", "remove")):
        crowd.tally.do(kind, lambda verb=verb: told(web.act(Action(verb, (name,)).line)))  # type: ignore[misc]


def until_held(web: WebSession, name: str) -> None:
    """Look at the Library page until a document is there."""
    line, end = Action("document", (name,)).line, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if f'data-act="{line}"' in told(web.visit("library")):
            return
        time.sleep(0.5)
    raise Failed(f"{name} was not added")


def told(html: str) -> str:
    """The HTML of a page that tells of no problem. Raises Failed."""
    if 'class="problem"' in html:
        raise Failed(html.partition('class="problem"')[2][:200])
    return html


# ---------------------------------------------------------------- the sessions


@dataclass(frozen=True)
class Visit:
    """One session of a crowd: it goes on until `end`, with a pause between two things."""

    crowd: Crowd
    number: int
    end: float
    pause: float
    dice: random.Random

    def run(self) -> None:
        """Of ten, three ask as programs and two on the pages, three check, and two add and remove
        documents."""
        match self.number % 10:
            case 0 | 1 | 2:
                self._program("ask", self.crowd.ask)
            case 3 | 4:
                self._reader()
            case 5 | 6 | 7:
                self._program("check", self.crowd.check)
            case _:
                self._officer()

    def _goes_on(self) -> bool:
        time.sleep(min(self.dice.expovariate(1 / self.pause), 3 * self.pause))
        return time.monotonic() < self.end

    def _program(self, kind: str, act: Callable[[random.Random], None]) -> None:
        while self._goes_on():
            self.crowd.tally.do(kind, lambda: act(self.dice))

    def _reader(self) -> None:
        tally, web = self.crowd.tally, WebSession(self.crowd.server.address, PATIENCE)
        tally.do("open a page", lambda: web.visit(""))
        while self._goes_on():
            tally.do("ask on a page", lambda: asks_on_pages(web, self.dice))
        web.close()

    def _officer(self) -> None:
        web = WebSession(self.crowd.server.address, PATIENCE)
        self.crowd.tally.do("open a page", lambda: web.visit("library"))
        turn = 0
        while self._goes_on():
            adds_and_removes(self.crowd, web, self.number + 100 * turn)
            turn += 1
        web.close()


def alone(crowd: Crowd, seed: int, times: int) -> None:
    """Each thing so many times, one after another, with nobody else there."""
    dice = random.Random(seed)
    for _ in range(times):
        crowd.tally.do("ask", lambda: crowd.ask(dice))
        crowd.tally.do("check", lambda: crowd.check(dice))
    web = WebSession(crowd.server.address, PATIENCE)
    crowd.tally.do("open a page", lambda: web.visit(""))
    for _ in range(times // 2):
        crowd.tally.do("ask on a page", lambda: asks_on_pages(web, dice))
    crowd.tally.do("open a page", lambda: web.visit("library"))
    for number in range(2):
        adds_and_removes(crowd, web, 9_000 + number)
    web.close()


# ---------------------------------------------------------------- the server


def on_servers(folder: Path, stack: ExitStack) -> LibraryHome:
    """A library on servers that are started for it."""
    # They are of the tests, and bring in what those need.
    from server_library import library_on_servers

    return stack.enter_context(library_on_servers(folder))


def environ_of(library: LibraryHome) -> dict[str, str]:
    """The settings of a library that is served to programs too."""
    given = {
        "SCRUTINY_LIBRARY": str(library.folder),
        "SCRUTINY_DATABASE": library.database,
        "SCRUTINY_CHROMA": library.chroma,
        "SCRUTINY_API": "on",
        "SCRUTINY_API_PER_MINUTE": "1000000",
        "SCRUTINY_LOG": str(library.folder.parent / "log"),
        "PYTHONPATH": str(ROOT),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


@contextmanager
def served(library: LibraryHome, corpus: Path) -> Iterator[Server]:
    """The program over a library that holds the documents of a folder, until the block ends."""
    run = [sys.executable, "-c", "from ui.cli.main import main; main()"]
    environ = environ_of(library)
    subprocess.run(
        [*run, "ingest", str(corpus)], env=environ, check=True, stdout=subprocess.DEVNULL
    )
    tokens = Tokens(library)
    _, secret = tokens.make("crowd")
    tokens.close()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = subprocess.Popen(
        [*run, "serve", "--port", str(port)], env=environ, stdout=subprocess.DEVNULL
    )
    server = Server(f"http://127.0.0.1:{port}", secret, library, process.pid)
    try:
        until_answered(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def until_answered(server: Server) -> None:
    """Wait until a server answers. Raises SystemExit where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            server.call("/ask", {"question": QUESTIONS[0]})
        except (OSError, Failed):
            time.sleep(0.3)
        else:
            return
    sys.exit("The server does not answer.")


def known_pages(server: Server) -> Pages:
    """The pages of all that is held."""
    pages = Pages()
    for document in server.call("/documents"):
        number = 1
        while True:
            try:
                held = server.call(f"/documents/{document['id']}/pages/{number}")
            except Failed:
                break
            pages.add(held["document"], number, held["text"])
            number += 1
    return pages


# ---------------------------------------------------------------- what is told


def p95(seconds: list[float]) -> float:
    """The time within which nineteen of twenty are done."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else sum(seconds)


def report(before: Tally, crowd: Tally, memory: tuple[float, float], most_times: float) -> bool:
    """Print what came of it; whether all was well."""
    well = True
    print(f"{'':<15} {'done':>6} {'failed':>6} {'p95 alone':>10} {'in crowd':>9} {'times':>6}")
    for kind in sorted({*crowd.seconds, *crowd.failures}):
        single, many = p95(before.seconds[kind]), p95(crowd.seconds[kind])
        times = many / single if single else 0.0
        failed = len(crowd.failures[kind])
        well &= not failed and not before.failures[kind]
        well &= kind not in TIMED or times < most_times
        print(
            f"{kind:<15} {len(crowd.seconds[kind]):>6} {failed:>6} {single:>8.2f} s {many:>7.2f} s "
            f"{times:>6.1f}"
        )
    wrong = before.wrong + crowd.wrong
    print(f"{before.quotes + crowd.quotes} quotes held against their pages, {len(wrong)} wrong")
    print(f"memory of the server: {memory[0]:.0f} MiB before the crowd, {memory[1]:.0f} after")
    for tally in (before, crowd):
        for kind, failures in tally.failures.items():
            print("".join(f"{kind}: {failure}\n" for failure in failures[:5]), end="")
    print("\n".join(wrong[:10]), end="")
    return well and not wrong


TIMED = ("ask", "check", "ask on a page")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, measure alone, let the crowd in, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=6, help="mean seconds between two things")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", type=int, default=30, help="how often each is done before")
    parser.add_argument("--times", type=float, default=MOST_TIMES, help="that p95 may be of alone")
    parser.add_argument("--servers", action="store_true", help="in PostgreSQL and Chroma")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crowd-"))) / "library"
        home = on_servers(folder, stack) if given.servers else LibraryHome(folder)
        with served(home, given.corpus) as server:
            pages = known_pages(server)
            before = Crowd(server, pages, Tally())
            alone(before, given.seed, given.alone)
            crowd = Crowd(server, pages, Tally())
            memory = server.memory_mb()
            end = time.monotonic() + given.seconds
            visits = [
                Visit(crowd, n, end, given.pause, random.Random(f"{given.seed} {n}"))
                for n in range(given.sessions)
            ]
            at_work = [threading.Thread(target=visit.run, daemon=True) for visit in visits]
            for session in at_work:
                session.start()
            for session in at_work:
                session.join(given.seconds + 3 * PATIENCE)
            if any(session.is_alive() for session in at_work):
                crowd.tally.failures["session"].append("one did not come to its end")
            held = memory, server.memory_mb()
        crowd.hold_conversations()
        well = report(before.tally, crowd.tally, held, given.times)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
