"""Kills the putting back of a backup at random moments, and looks at what is left.

Two libraries of the same size are saved: one as it was before, one as it is after. A child puts the
backup of the other in the place of what is held and is ended by SIGKILL. What is then opened must
be the one or the other in whole, with its own conversations and vectors, and a second restore must
give the answers that the saved library gave. `python scripts/torture_restores.py [--kills 40]` runs
it in files, `scripts/torture_servers.py --only restore` on servers.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from torture import Hashed, finished, forked, squashed
from torture import told as told_by

from ingest.pipeline import ingest
from rag.desk import Desk
from rag.library.databases.putting_back import DECIDED
from rag.library.library import Library
from rag.saved.audit import AuditTrail
from rag.saved.conversations import Conversations
from rag.settings import Settings
from rag.upkeep.backup import back_up
from rag.upkeep.restore import restore

DOCUMENTS = 24
PARAGRAPHS = 12
STATES = (0, 1)
"""What the library is put to, by turns."""
PUTTING_SECONDS = 0.1
"""What is put in place in files is so within about this time: half of the kills there are in it."""
QUESTIONS = ("Which plans are late?", "How many plans of document 7 are late?", "What is late?")


@dataclass(frozen=True, slots=True)
class Place:
    """A library, in files where it has no servers, and the folder in which its backups and
    documents lie."""

    folder: Path
    database: str | None = None
    chroma: str | None = None

    @property
    def settings(self) -> Settings:
        """Those of the library."""
        return Settings(self.library, database=self.database, chroma=self.chroma)

    @property
    def library(self) -> Path:
        """The folder of this machine."""
        return self.folder / "library"

    def open(self) -> Library:
        """The library, opened."""
        return Library(self.settings.home, Hashed())

    def backup(self, state: int) -> Path:
        """Where the library of a state is saved."""
        return self.folder / f"{state}.zip"


def text_of(number: int, state: int) -> str:
    """A document as it is in a state: every paragraph names both."""
    said = f"Document {number} of state {state} tells that {number + state} plans are late in part"
    return "\n\n".join(f"{said} {n}." for n in range(PARAGRAPHS))


def saved(place: Place, state: int) -> bytes:
    """Save the library of a state; what it answers."""
    files = place.folder / "files"
    files.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        (files / f"{number}.txt").write_text(text_of(number, state), encoding="utf-8")
    library = place.open()
    ingest([str(files)], place.settings, library=library)
    library.close()
    kept = Conversations(place.settings.home)
    for line in kept.listed():
        kept.delete(line.id)
    kept.begin(f"State {state}")
    kept.close()
    back_up(place.settings, place.backup(state))
    return answers(place)


def answers(place: Place) -> bytes:
    """What the library answers, without the time that it took."""
    library = place.open()
    desk = Desk(library)
    asked = [repr(replace(desk.ask(question), elapsed_ms=0.0)) for question in QUESTIONS]
    library.close()
    return "\n".join(asked).encode()


def states_held(place: Place) -> tuple[set[int], list[str]]:
    """The states of which something is held, and what is not whole."""
    wrong: list[str] = []
    library = place.open()
    with library.writing():
        library.recover()
    states: set[int] = set()
    for document in library.documents():
        text = squashed(library.page_text(document.name, 1) or "")
        number = int(Path(document.name).stem)
        of = [state for state in STATES if text == squashed(text_of(number, state))]
        states.update(of)
        wrong += [] if of else [f"{document.name} is not whole"]
        if library.original(document) is None:
            wrong.append(f"the file of {document.name} is not kept")
    if len(library.documents()) != DOCUMENTS:
        wrong.append(f"{len(library.documents())} documents are held")
    passages, store = library.passage_count(), library._vectors
    near = store.nearest([0.1] * 32, passages)
    if not passages == store.count() == len(near):
        wrong.append(f"{passages} passages, {store.count()} vectors, {len(near)} found")
    if {version for version, _, _ in near} - library.catalogue().name_of_version.keys():
        wrong.append("there are vectors of what is not held")
    library.close()
    kept, trail = Conversations(place.settings.home), AuditTrail(place.settings.home)
    states |= {int(line.name.removeprefix("State ")) for line in kept.listed()}
    wrong += filter(None, [trail.fault()])
    for each in (kept, trail):
        each.close()
    return states, wrong


def put_back(place: Place, state: int, telling: int) -> None:
    """Put the library of a state in the place of what is held; nothing is told."""
    restore(place.settings, place.backup(state), place.open)


def torture(place: Place, kills: int, dice: random.Random) -> tuple[list[str], dict[str, int]]:
    """Kill a restore so often; what was not as it must be, and how often each came of it, and how
    many of these the next opening had to finish."""
    answered = {state: finished(partial(_save, place, state)) for state in STATES}
    started = time.monotonic()
    finished(partial(put_back, place, 0))
    usual = time.monotonic() - started
    wrong: list[str] = []
    came = {"as before": 0, "as after": 0, "mixed": 0, "finished": 0}
    for number in range(kills):
        wanted = 1 - number % 2
        after = dice.uniform(0, 1.1 * usual)
        child, reading = forked(partial(put_back, place, wanted))
        if place.database is None and number % 4 > 1:
            until_decided(place, time.monotonic() + 3 * usual)
            after = dice.uniform(0, PUTTING_SECONDS)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told_by(reading)
        came["finished"] += (place.library / DECIDED).exists()
        states, *lines = finished(partial(_look, place)).decode().split("\n")
        outcome = {f"{wanted}": "as after", f"{1 - wanted}": "as before"}.get(states, "mixed")
        came[outcome] += 1
        found = [*filter(None, lines), *(["two states are mixed"] if outcome == "mixed" else [])]
        finished(partial(put_back, place, wanted))
        if finished(partial(_ask, place)) != answered[wanted]:
            found.append("a second restore gives other answers")
        left = list(place.library.glob(".restoring-*"))
        found += [f"{len(left)} folders were left"] if left else []
        wrong += [f"kill {number + 1} of restore, after {after:.2f} s: {line}" for line in found]
    return wrong, came


def until_decided(place: Place, end: float) -> None:
    """Wait until a restore counts, which then has everything to put in place."""
    while time.monotonic() < end and not (place.library / DECIDED).exists():
        time.sleep(0.001)


def _save(place: Place, state: int, telling: int) -> None:
    _tell(telling, saved(place, state))


def _ask(place: Place, telling: int) -> None:
    _tell(telling, answers(place))


def _look(place: Place, telling: int) -> None:
    states, wrong = states_held(place)
    _tell(telling, "\n".join([" ".join(map(str, sorted(states))), *wrong]).encode())


def _tell(telling: int, said: bytes) -> None:
    while said:
        said = said[os.write(telling, said) :]


def main() -> None:
    """Kill a restore in files so often, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        wrong, came = torture(Place(Path(folder)), given.kills, random.Random(given.seed))
    print(came)
    print("\n".join(wrong) or "Nothing was lost.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
