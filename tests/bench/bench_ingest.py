"""How fast documents go in, against the bare encoder on the same passages."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from ingest.pipeline import ingest
from ingest.sources.gather import SourceFound, gather
from rag.library.encoder import Embedder, open_embedder
from rag.library.library import Library
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "corpus" / "ofsted"
MOST_FILES = 8
ROUNDS = 2
FLOOR = 0.65
"""Of eight reports, of which the start of the readers is a good part: .74 to .79 was measured, and
.70 where AVX-512 makes the encoder quicker and nothing else."""


def sources() -> list[str]:
    """A few real reports where they are at hand, else the demonstration corpus."""
    if REPORTS.is_dir():
        return [str(path) for path in sorted(REPORTS.glob("*.pdf"))[3 : 3 + MOST_FILES]]
    return [str(ROOT / "corpus")]


def ingest_seconds(files: list[str], embedder: Embedder) -> tuple[float, list[str]]:
    """The seconds that one ingest into a new library takes, and the passages that it makes."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder))
        library = Library(settings.library, embedder)
        started = time.perf_counter()
        ingest(files, settings, library=library)
        seconds = time.perf_counter() - started
        names = [document.name for document in library.documents()]
        texts = [passage.text for name in names for passage in library.passages(name)]
        library.close()
    return seconds, texts


def bare_seconds(texts: list[str], embedder: Embedder) -> float:
    """The seconds that the encoder alone takes for the same passages."""
    started = time.perf_counter()
    embedder.encode(texts)
    return time.perf_counter() - started


def main() -> int:
    """Measure both in turn, print a table and JSON; the exit code tells whether the floor holds."""
    files = sources()
    found = [one for one in gather(files, Settings(library=Path())) if isinstance(one, SourceFound)]
    embedder = open_embedder()
    embedder.encode(["The model and the vector store are loaded before the clock starts."])
    _, texts = ingest_seconds(files[:1], embedder)
    bare, whole = [], []
    for _ in range(ROUNDS):
        seconds, texts = ingest_seconds(files, embedder)
        whole.append(seconds)
        bare.append(bare_seconds(texts, embedder))
    rates = {"encoder": len(texts) / min(bare), "ingest": len(texts) / min(whole)}
    ratio = rates["ingest"] / rates["encoder"]
    print(f"{len(found)} files, {len(texts)} passages, best of {ROUNDS} rounds")
    for name, rate in rates.items():
        print(f"  {name:8} {rate:7.1f} passages a second")
    print(f"  ratio    {ratio:7.2f} (floor {FLOOR})")
    print(json.dumps({"passages": len(texts), **rates, "ratio": ratio, "floor": FLOOR}))
    return 0 if ratio >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
