"""How well questions that nothing answers are told from those that something does.

    python scripts/measure_refusals.py REPORTS WORK [--questions DIR]

REPORTS is a folder of inspection reports, WORK one for the libraries that are made on the way. DIR
(`scripts/answering`) holds `reports.jsonl`, questions about those reports, and `papers.jsonl`,
questions about the invented papers of `scripts/verdicts`; half of them ask for what the very page
does not say, and neither the judge's models nor any rule was made from them. Prints what is refused
of each, and of those that are answered how the judge's word on the best quote tells the two apart:
the floors of `rag/judge/thresholds.py` are chosen by it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from labelled import judged_library

from rag.answering.compose import ComposedAnswer
from rag.answering.refusal import answer_or_refusal
from rag.desk import retrieved_for
from rag.question.filters import EVERYTHING, filtered_documents
from rag.retrieval.search import answers_of
from rag.time_budget import time_budget

OWN = Path(__file__).parent
LOSSES = (0.01, 0.02, 0.04, 0.06)
"""Shares of the questions that something answers that a floor may refuse."""
LONG = 3600.0
"""Seconds allowed for a question: none is cut short."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whether it is answered and ought to be, and the best of its quotes' log odds."""

    category: str
    answerable: bool
    answered: bool
    best: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print; `arguments` stand in for the command's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--questions", type=Path, default=OWN / "answering")
    parser.add_argument("--papers", type=Path, default=OWN / "verdicts" / "papers")
    given = parser.parse_args(arguments)
    for name, folder in (("reports", given.reports), ("papers", given.papers)):
        if not folder.is_dir():
            print(f"{folder} is not there: the reports are not part of this repository.")
            return 1
        asked = list(_asked(folder, given.work / name, given.questions / f"{name}.jsonl"))
        print("\n".join([f"{name}:", *_told(asked)]))
    return 0


def _asked(documents: Path, work: Path, questions: Path) -> Iterator[Asked]:
    with closing(judged_library(documents, work)) as library:
        within = filtered_documents(EVERYTHING, library.documents())
        for line in questions.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = str(row["question"])
            with library.snapshot(), time_budget(LONG):
                retrieved = retrieved_for(library, library.embedder, text, within)
                outcome = answer_or_refusal(library, retrieved)
                composed = outcome if isinstance(outcome, ComposedAnswer) else None
                said = answers_of(library, retrieved, composed.draft.quotes) if composed else ()
            best = max(said, default=float("-inf"))
            yield Asked(str(row["category"]), bool(row["answerable"]), bool(composed), best)


def _told(asked: Sequence[Asked]) -> Iterator[str]:
    for answerable, name in ((True, "that something answers"), (False, "that nothing answers")):
        own = [each for each in asked if each.answerable is answerable]
        refused = sum(not each.answered for each in own)
        yield f"  refused of {len(own)} {name}: {refused}"
    for category in sorted({each.category for each in asked}):
        own = [each for each in asked if each.category == category and each.answered]
        right = sorted(each.best for each in own if each.answerable)
        wrong = [each.best for each in own if not each.answerable]
        if not (right and wrong):
            continue
        told = []
        for loss in LOSSES:
            floor = right[min(int(loss * len(right)), len(right) - 1)]
            told.append(f"{sum(best < floor for best in wrong)} below {floor:.1f}")
        yield f"  {category}: of {len(wrong)} answered though nothing does, {', '.join(told)}"


if __name__ == "__main__":
    sys.exit(main())
