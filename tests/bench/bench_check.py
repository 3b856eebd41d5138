"""How long five claims take in one call, warm, against encoding the same texts and no more."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from ingest.pipeline import ingest
from rag.desk import Desk
from rag.library.encoder import Embedder, Vectors, open_embedder
from rag.library.library import Library
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
AT_ONCE = 5
RUNS = 8
MOST_FILES = 12
CEILING_S = 2.0
"""What a reader waits for five claims, at the most, on two cores."""


class Recording:
    """An embedder that keeps what it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.texts: list[str] = []

    @property
    def fingerprint(self) -> str:
        """That of the embedder behind it."""
        return self._embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, as the embedder behind it does."""
        self.texts += texts
        return self._embedder.encode(texts)


def material() -> tuple[list[str], list[str]]:
    """Files to hold and claims to check: real ones where they are at hand."""
    labelled = SHARED / "eval" / "claims.jsonl"
    files = [str(ROOT / "corpus")]
    if labelled.is_file():
        found = sorted((SHARED / "corpus" / "ofsted").glob("*.pdf"))[3 : 3 + MOST_FILES]
        files = [str(path) for path in found]
    else:
        labelled = ROOT / "tests" / "golden" / "claims.jsonl"
    lines = labelled.read_text(encoding="utf-8").splitlines()
    return files, [json.loads(line)["claim"] for line in lines if line.strip()]


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def main() -> int:
    """Print a table and JSON; the exit code tells whether the ceiling holds."""
    files, claims = material()
    batches = [claims[n : n + AT_ONCE] for n in range(0, AT_ONCE * (RUNS + 1), AT_ONCE)]
    with tempfile.TemporaryDirectory() as folder:
        embedder = open_embedder()
        library = Library(Path(folder), Recording(embedder))
        ingest(files, Settings(library=Path(folder)), library=library)
        desk = Desk(library)
        desk.check(*batches[0])  # the first call reads what later ones have at hand
        taken, bare = [], []
        for batch in batches[1:]:
            library.embedder.texts.clear()  # type: ignore[attr-defined]
            taken.append(seconds(lambda batch=batch: desk.check(*batch)))  # type: ignore[misc]
            texts = list(library.embedder.texts)  # type: ignore[attr-defined]
            bare.append(seconds(lambda texts=texts: embedder.encode(texts)))  # type: ignore[misc]
        library.close()
    check_s, bare_s = median(taken), median(bare)
    print(f"{AT_ONCE} claims in one call, {RUNS} times, median seconds")
    print(f"  encode the same texts {bare_s:7.2f}")
    print(f"  check                 {check_s:7.2f} (at most {CEILING_S}; worst {max(taken):.2f})")
    print(f"  ratio                 {check_s / bare_s:7.2f}")
    print(json.dumps({"encode_s": bare_s, "check_s": check_s, "ratio": check_s / bare_s}))
    return 0 if check_s <= CEILING_S else 1


if __name__ == "__main__":
    sys.exit(main())
