"""Record what the program says, to compare it before and after a change that should change nothing.

    python scripts/golden_records.py OUT                        the demonstration
    python scripts/golden_records.py OUT LABELLED CORPUS        a labelled set over its documents

OUT is a new folder. Every record that `scrutiny` prints with `--json` goes there, a file a command:
the documents taken in, searches, answers, verdicts, the scores, and for each council its judgements
over time, its timeline and (for the council with most documents) a committee pack. What differs
from run to run (durations, moments, scores, for their last digits) is left out. `diff -r` compares.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from ui.cli.main import main as scrutiny

ROOT = Path(__file__).parents[1]
DEMONSTRATION = (ROOT / "tests" / "golden", ROOT / "corpus")
VARYING = frozenset({"elapsed_ms", "seconds", "made", "added", "number", "score"})
"""Fields that no two runs share."""
SEARCHED = ("qa.jsonl", "pairs.jsonl")


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the documents into a new library, run every command over it, write the records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("labelled", nargs="?", type=Path, default=DEMONSTRATION[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=DEMONSTRATION[1])
    parser.add_argument("--packs", type=int, default=1, help="How many packs to make.")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCRUTINY_LIBRARY"] = str(Path(folder) / "library")
        record(given.out, given.labelled, given.corpus, given.packs)


def record(out: Path, labelled: Path, corpus: Path, packs: int) -> None:
    """Write all records of one labelled set."""
    write(out / "ingest.jsonl", sorted(run("ingest", str(corpus), "--json")))
    documents = run("library", "list", "--json")
    write(out / "library.jsonl", documents)
    for name in SEARCHED:
        if (labelled / name).exists():
            batch = str(labelled / name)
            write(out / f"search-{name}", run("search", "--from", batch, "--json"))
            write(out / f"ask-{name}", run("ask", "--from", batch, "--json"))
    if (labelled / "dialogues.jsonl").exists():
        turns = str(labelled / "dialogues.jsonl")
        write(out / "ask-dialogues.jsonl", run("ask", "--from", turns, "--json"))
    if (labelled / "claims.jsonl").exists():
        claims = str(labelled / "claims.jsonl")
        write(out / "check.jsonl", run("check", "--from", claims, "--json"))
    of_councils(out, councils(documents), packs)


def of_councils(out: Path, names: Sequence[str], packs: int) -> None:
    """Write what the commands for one council print, for every council."""
    for name in names:
        write(out / f"record-{name}.jsonl", run("record", name, "--json"))
        write(out / f"timeline-{name}.jsonl", run("timeline", name, "--json"))
    for name in names[:packs]:
        write(out / f"changes-{name}.jsonl", run("changes", name, "--json"))
        write(out / f"pack-{name}.jsonl", run("pack", name, "--json"))


def councils(documents: Sequence[str]) -> list[str]:
    """The councils that the documents are about, the one with most documents first."""
    counted = Counter[str]()
    for line in documents:
        counted.update(json.loads(line).get("councils") or ())
    return sorted(counted, key=lambda name: (-counted[name], name))


def run(*arguments: str) -> list[str]:
    """The lines that a command prints; an error is recorded as what it says."""
    result = CliRunner().invoke(scrutiny, arguments)
    if result.exit_code:
        return [json.dumps({"exit": result.exit_code, "stderr": result.stderr})]
    return result.stdout.splitlines()


def write(path: Path, lines: Sequence[str]) -> None:
    """Write the records, one a line, without what varies."""
    kept = "".join(
        json.dumps(steady(json.loads(line)), ensure_ascii=False) + "\n" for line in lines
    )
    path.write_text(kept, encoding="utf-8")


def steady(value: Any) -> Any:
    """A record without the fields that no two runs share."""
    if isinstance(value, dict):
        return dict(steady_fields(value))
    if isinstance(value, list):
        return [steady(item) for item in value]
    return value


def steady_fields(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a record that stay the same from run to run."""
    for name, item in value.items():
        if name not in VARYING:
            yield name, steady(item)


if __name__ == "__main__":
    main()
