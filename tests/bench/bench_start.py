"""How long a command takes from cold, against a Python that imports numpy and onnxruntime alone.

Each is a process of its own; medians of several, taken in turns so that all meet the same machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "corpus" / "ofsted"
ROUNDS = 7
COMMAND = "from ui.cli.main import main; main()"
BARE = "import numpy, onnxruntime"
QUESTION = "What did inspectors say about caseloads?"
GRADE = "Which councils were judged inadequate?"
RUNS = {
    "bare Python": (BARE,),
    "library list": (COMMAND, "library", "list"),
    "ask": (COMMAND, "ask", QUESTION),
    "ask a grade": (COMMAND, "ask", GRADE),
    "check": (COMMAND, "check", "Caseloads are too high."),
}
CEILINGS = {"library list": 2.5, "ask": 12.0, "ask a grade": 6.5, "check": 9.0}
"""How many times the bare Python each may take; where that takes .16 s, a question that the judge
reads sentences for takes 1.6 s, and one that a report's table answers .8 s."""


def sources() -> list[str]:
    """The real reports where they are at hand, else the demonstration corpus."""
    return [str(REPORTS if REPORTS.is_dir() else ROOT / "corpus")]


def seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """How long a process takes from its start to its end."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
    )
    return time.perf_counter() - started


def main() -> int:
    """Print a table and JSON; the exit code tells whether the ceilings hold."""
    library = os.environ.get("SCRUTINY_BENCH_LIBRARY", "")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SCRUTINY_LIBRARY": library or folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if not library:
            seconds((COMMAND, "ingest", *sources()), environment)
        for arguments in RUNS.values():
            seconds(arguments, environment)  # what is compiled once is compiled now
        taken: dict[str, list[float]] = {name: [] for name in RUNS}
        for _ in range(ROUNDS):
            for name, arguments in RUNS.items():
                taken[name].append(seconds(arguments, environment))
    medians = {name: median(times) for name, times in taken.items()}
    bare = medians.pop("bare Python")
    print(f"bare Python   {bare:6.2f} s")
    ratios = {name: middle / bare for name, middle in medians.items()}
    for name, ratio in ratios.items():
        print(f"{name:<13} {medians[name]:6.2f} s, ratio {ratio:5.2f} (at most {CEILINGS[name]})")
    print(json.dumps({"bare_s": bare, "seconds": medians, "ratios": ratios}))
    return 0 if all(ratios[name] <= most for name, most in CEILINGS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
