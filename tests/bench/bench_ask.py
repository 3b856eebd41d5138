"""How long a warm answer takes, against encoding the question and asking Chroma once; and how much
longer with the judge of meaning, which is asked where sentences are weighed."""

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
from rag.judge.bundled import bundled_judge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
QUESTIONS = (
    "Are caseloads too high?",
    "What did inspectors say about care leavers?",
    "When was the last inspection?",
    "Which service was judged inadequate?",
    "How many children are in care?",
    "What does the council plan to do about recruitment?",
    "Who is the director of children's services?",
    "Do children wait too long for an assessment?",
)
MOST_QUESTIONS = 60
MOST_FILES = 12
FLOOR = 4.0


def material() -> tuple[list[str], list[str]]:
    """Files to hold and questions to ask: real ones where they are at hand."""
    labelled = SHARED / "eval" / "qa.jsonl"
    if not labelled.is_file():
        return [str(ROOT / "corpus")], list(QUESTIONS)
    files = sorted((SHARED / "corpus" / "ofsted").glob("*.pdf"))[:MOST_FILES]
    names = {f"ofsted/{path.name}" for path in files}
    rows = map(json.loads, labelled.read_text(encoding="utf-8").splitlines())
    # Of councils that are not held nothing would be weighed.
    asked = [row["question"] for row in rows if row.get("doc") in names]
    return [str(path) for path in files], asked[:MOST_QUESTIONS]


def milliseconds(call: Callable[[str], object], questions: Sequence[str]) -> float:
    """The median time of a call, in milliseconds."""
    taken = []
    for question in questions:
        started = time.perf_counter()
        call(question)
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def main() -> int:
    """Print a table and JSON; the exit code tells whether the ceiling holds."""
    files, questions = material()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder))
        library = Library(settings.library, open_embedder())
        ingest(files, settings, library=library)
        desk = Desk(library)

        def bare(question: str) -> object:
            return library._vectors.nearest(library.embedder.encode([question])[0].tolist(), 10)

        for call in (bare, desk.ask):
            milliseconds(call, questions[:5])
        floor_ms, ask_ms = milliseconds(bare, questions), milliseconds(desk.ask, questions)
        search_ms = milliseconds(desk.search, questions)
        library.judge = bundled_judge()
        desk.ask("The judge is loaded before the clock starts: are caseloads too high?")
        judged_ms = milliseconds(desk.ask, questions)
        library.close()
    ratio = ask_ms / floor_ms
    print(f"{len(questions)} questions, median milliseconds")
    print(f"  encode and one Chroma query {floor_ms:7.1f}")
    print(f"  search                      {search_ms:7.1f}")
    print(f"  ask                         {ask_ms:7.1f}")
    print(f"  ask, with the judge         {judged_ms:7.1f}")
    print(f"  ratio without the judge     {ratio:7.2f} (at most {FLOOR})")
    taken = {"bare_ms": floor_ms, "search_ms": search_ms, "ask_ms": ask_ms, "judged_ms": judged_ms}
    print(json.dumps({**taken, "ratio": ratio}))
    return 0 if ratio <= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
