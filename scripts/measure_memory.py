"""What two thousand questions and three hundred claims leave behind in memory.

`python scripts/measure_memory.py [--questions 2000] [--claims 300]`, or `make memory`. Each is
another: the demonstration's questions about councils, years and figures that vary. It prints what
the process holds as they go by, and ends with 1 where the second half of them added more than a
tenth to what was held after the first.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest.pipeline import ingest
from rag.desk import open_desk
from rag.settings import Settings

ROOT = Path(__file__).parents[1]
MOST_ADDED = 0.1
"""Of what is held after the first half."""
LOOKS = 8
_TAILS = (
    "in {year}",
    "by {year}",
    "since {year}",
    "for {n} children",
    "in team {n}",
    "on page {n}",
)


def held_mb() -> float:
    """What this process holds, in MiB."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def varied(name: str, field: str, count: int) -> Iterator[str]:
    """So many texts, each another, made of the labelled ones of the demonstration."""
    lines = (ROOT / "tests/golden" / name).read_text(encoding="utf-8").splitlines()
    known = [json.loads(line)[field].rstrip("?.") for line in lines]
    end = "?" if field == "question" else "."
    for number in range(count):
        tail = _TAILS[number % len(_TAILS)].format(year=1990 + number % 40, n=number)
        yield f"{known[number % len(known)]} {tail}{end}"


def growth(name: str, act: Callable[[str], object], texts: list[str]) -> float:
    """What the second half of some texts added, as a share of what was held after the first."""
    halfway = 0.0
    for number, text in enumerate(texts, 1):
        act(text)
        if number % max(1, len(texts) // LOOKS) == 0:
            held = held_mb()
            print(f"{number:>6} {name}: {held:>6.0f} MiB", flush=True)
            halfway = halfway or (held if number >= len(texts) // 2 else 0.0)
    return held_mb() / halfway - 1 if halfway else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask and check, and tell what is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    given = parser.parse_args(arguments)
    if not Path("/proc/self/status").is_file():
        sys.exit("This system does not tell what a process holds: run it on Linux.")
    with tempfile.TemporaryDirectory(prefix="memory-") as folder:
        settings = Settings(library=Path(folder) / "library")
        ingest([str(given.corpus)], settings)
        desk = open_desk(settings)
        print(f"     0: {held_mb():>6.0f} MiB", flush=True)
        added = [
            growth("claims", desk.check, list(varied("claims.jsonl", "claim", given.claims))),
            growth("questions", desk.ask, list(varied("qa.jsonl", "question", given.questions))),
        ]
        desk.library.close()
    print("added by the second half: " + ", ".join(f"{share:+.1%}" for share in added))
    sys.exit(1 if max(added) > MOST_ADDED else 0)


if __name__ == "__main__":
    main()
