"""Writes down how well labelled questions and claims are told: what the About page tells.

They are about councils that nothing in the program was made on, and are scored and not read: what
was tuned on tells nothing of the next council.
"""

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

SHOWN = ("answers", "refusals", "claims")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest the documents afresh, put the labelled questions and claims, write the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, help="holds qa.jsonl and claims.jsonl")
    parser.add_argument("corpus", nargs="+", type=Path, help="folders of the documents")
    parser.add_argument("--out", type=Path, default=RECORD)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        settings = Settings(Path(work) / "library")
        ingest([str(folder) for folder in chosen.corpus], settings)
        scores = evaluate(chosen.labelled, open_desk(settings)).to_record()["scores"]
    # Seconds differ from machine to machine: what is shown must not.
    shown = {name: {k: v for k, v in scores[name].items() if "seconds" not in k} for name in SHOWN}
    chosen.out.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
