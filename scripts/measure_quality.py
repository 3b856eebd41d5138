"""Writes down how well the demonstration questions are answered: what the About page tells."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest.pipeline import ingest
from rag.desk import open_desk
from rag.evaluation.runner import evaluate
from rag.settings import Settings
from ui.web.session.quality import RECORD

ROOT = Path(__file__).parents[1]
SHOWN = ("answers", "refusals", "claims")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest the documents afresh, ask the labelled questions, write the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=RECORD, metavar="OUT")
    parser.add_argument("labelled", nargs="?", type=Path, default=ROOT / "tests" / "golden")
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "corpus")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "library")
        ingest([str(chosen.corpus)], settings)
        scores = evaluate(chosen.labelled, open_desk(settings)).to_record()["scores"]
    # Seconds differ from machine to machine: what is shown must not.
    shown = {name: {k: v for k, v in scores[name].items() if "seconds" not in k} for name in SHOWN}
    chosen.out.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
