"""How long a committee pack takes, against encoding what it compares: first, again, and kept."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from bench_check import Recording

from ingest.pipeline import ingest
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.packs.build import build_pack
from rag.packs.request import read_subject
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "corpus" / "ofsted"
MOST = {"kept": 0.4, "warm": 0.25}
"""The most that a pack may take, as a share of encoding one by one what it compares: when a program
has just started over a library that a pack was made of before, and when it makes one again."""


def pack_seconds(library: Library, council: str) -> float:
    """The processor seconds that one pack takes."""
    started = time.process_time()
    build_pack(library, read_subject(library.documents(), council=council), date(2026, 1, 1))
    return time.process_time() - started


def council_with_most(library: Library) -> str:
    """The council that most documents are about."""
    documents = library.documents()
    counts = Counter(name for d in documents for name in d.description.councils)
    return counts.most_common(1)[0][0]


def main() -> int:
    """Measure, print a table and JSON; the exit code tells whether the limits hold."""
    files = [str(REPORTS if REPORTS.is_dir() else ROOT / "corpus")]
    embedder = Recording(open_embedder())
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder))
        library = Library(settings.library, embedder)
        ingest(files, settings, library=library)
        council = council_with_most(library)
        embedder.texts.clear()
        seconds = {"first": pack_seconds(library, council)}
        compared = embedder.texts[:]
        seconds["warm"] = pack_seconds(library, council)
        library.close()
        library = Library(settings.library, embedder)
        seconds["kept"] = pack_seconds(library, council)
        library.close()
    started = time.process_time()
    for text in compared:
        embedder.encode([text])
    bare = time.process_time() - started
    ratios = {name: taken / bare for name, taken in seconds.items()}
    print(f"{council}: {len(compared)} texts compared, {bare:.2f} s to encode them one by one")
    for name, taken in seconds.items():
        limit = f" (at most {MOST[name]})" if name in MOST else ""
        print(f"  {name:6} {taken:6.2f} s, ratio {ratios[name]:.2f}{limit}")
    print(json.dumps({"texts": len(compared), "encoding": bare, **seconds, "ratios": ratios}))
    return 0 if all(ratios[name] <= most for name, most in MOST.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
