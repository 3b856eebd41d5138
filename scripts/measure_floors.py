"""Measure the labelled sets and write their floors: `tests/golden/floors.json`.

    python scripts/measure_floors.py                         the demonstration
    python scripts/measure_floors.py LABELLED CORPUS         a labelled set over its documents too

A score that rose raises its floor. One that fell under its floor is an error, unless the file says
beside that floor why it may be lower ("because").
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.pipeline import ingest
from rag.desk import open_desk
from rag.evaluation.floors import LoweredFloor, raised, read_floors, watched_shares, write_floors
from rag.evaluation.report import Rate
from rag.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "tests" / "golden" / "floors.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write what rose; 1 where something fell without a reason."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("labelled", nargs="?", type=Path, help="for instance the development set")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--out", type=Path, default=FLOORS, metavar="FILE")
    given = parser.parse_args(arguments)
    sets = {"demonstration": (ROOT / "tests" / "golden", ROOT / "corpus")}
    if given.labelled:
        sets["development"] = (given.labelled, given.corpus)
    floors = dict(read_floors(given.out))
    try:
        for name, (labelled, corpus) in sets.items():
            floors[name] = raised(floors.get(name, {}), measured(labelled, corpus))
    except LoweredFloor as error:
        print(error, file=sys.stderr)
        return 1
    write_floors(given.out, floors)
    return 0


def measured(labelled: Path, corpus: Path) -> Mapping[str, Rate | float]:
    """The watched scores of one labelled set, its documents ingested afresh."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "library")
        ingest([str(corpus)], settings)
        return watched_shares(labelled, open_desk(settings))


if __name__ == "__main__":
    sys.exit(main())
