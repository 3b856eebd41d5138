"""Are the answers the same, whether a library lies in files or on servers?

`python scripts/compare_engines.py [--labelled tests/golden] [--corpus corpus] [--restored]` starts
a PostgreSQL server and a Chroma server, has the documents taken into a library there and into one
in files, and asks both every labelled question and claim. It prints what differs, field by field,
and ends with 1 where anything does. With `--restored` the one on the servers is a backup of the one
in files, and a third one, in files again, a backup of that.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests/support/servers")]

from server_library import library_on_servers  # noqa: E402

from ingest.pipeline import ingest  # noqa: E402
from rag.desk import Desk, open_desk  # noqa: E402
from rag.library.library import open_library  # noqa: E402
from rag.records.answers import answer_record  # noqa: E402
from rag.records.verdicts import checked_record  # noqa: E402
from rag.settings import Settings  # noqa: E402
from rag.upkeep.backup import back_up  # noqa: E402
from rag.upkeep.restore import restore  # noqa: E402

PASSING = ("elapsed_ms", "added")
"""What is another each time."""
MOST_TOLD = 5
"""Differences of one text that are printed."""


def labelled(folder: Path, name: str, field: str) -> list[str]:
    """The texts of a file of labelled ones."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)[field] for line in lines]


def answer(desk: Desk, question: str) -> Any:
    """The record of an answer."""
    return answer_record(desk.ask(question, quotes_only=True))


def verdicts(desk: Desk, claim: str) -> Any:
    """The records of what a text claims."""
    return [checked_record(part) for part in desk.check_speech(claim)]


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Where two records differ, and how; numbers may do so by a hair."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for name in one.keys() - set(PASSING):
            yield from differences(one[name], other[name], f"{place}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{place}[{number}]")
    elif isinstance(one, float) and isinstance(other, float):
        if abs(one - other) > 1e-6:
            yield f"{place}: {one} / {other}"
    elif one != other:
        yield f"{place}: {one!r:.200} / {other!r:.200}"


def compared(desks: Sequence[Desk], kind: str, texts: Sequence[str]) -> int:
    """Print what differs of the answers or verdicts on some texts from those of the first desk; on
    how many of them."""
    ask, count = (answer if kind == "questions" else verdicts), 0
    for text in texts:
        files, *others = (ask(desk, text) for desk in desks)
        found = [each for other in others for each in differences(files, other)]
        if found:
            count += 1
            print(f"{text}\n  " + "\n  ".join(found[:MOST_TOLD]))
    print(f"{kind}: {len(texts) - count} of {len(texts)} the same on both engines", flush=True)
    return count


def restored(source: Settings, target: Settings) -> Settings:
    """A library made of a backup of another; its settings."""
    saved = target.library.with_suffix(".zip")
    back_up(source, saved)
    restore(target, saved, lambda: open_library(target))
    return target


def main(arguments: Sequence[str] | None = None) -> None:
    """Take in, ask both, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=ROOT / "tests/golden")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--restored", action="store_true")
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="engines-")))
        home = stack.enter_context(library_on_servers(folder / "served"))
        files = Settings(library=folder / "files")
        served = Settings(library=home.folder, database=home.database, chroma=home.chroma)
        ingest([str(given.corpus)], files)
        libraries = [files, served]
        if given.restored:
            libraries.append(
                restored(restored(files, served), Settings(library=folder / "files again"))
            )
        else:
            ingest([str(given.corpus)], served)
        desks = []
        for settings in libraries:
            desks.append(open_desk(settings))
            stack.callback(desks[-1].library.close)
        count = compared(desks, "questions", labelled(given.labelled, "qa.jsonl", "question"))
        count += compared(desks, "claims", labelled(given.labelled, "claims.jsonl", "claim"))
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
