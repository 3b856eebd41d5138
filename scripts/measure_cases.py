"""Measure cases seen in the field: small files, each with a question or a claim and what is right.

    python scripts/measure_cases.py FOLDER            how many are right, by the way they are asked
    python scripts/measure_cases.py FOLDER --misses   and which are not, with what came back

`FOLDER` holds `cases.jsonl` and `files/`. A case names its files and has a `question` with what its
answer must `accept`, `turns` of such questions, or a `claim` with its `verdict` (`verdict_also` is
as good). `absent` may stand nowhere in the answer; `voice_not`, `publisher`, `councils` and
`title_not` say how what is cited must be described.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.pipeline import ingest
from rag.desk import Desk, open_desk
from rag.evaluation.metrics import accepts, normalised_text
from rag.settings import Settings
from rag.types import Answer

Case = Mapping[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Put every case to a library of its own files, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="holds cases.jsonl and files/")
    parser.add_argument("--misses", action="store_true", help="say which are wrong, and how")
    parser.add_argument("--only", default="", metavar="ID", help="cases whose id begins so")
    given = parser.parse_args(arguments)
    text = (given.folder / "cases.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line) for line in text.splitlines()]
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    desks = _Desks(given.folder / "files")
    for case in cases:
        if not case["id"].startswith(given.only):
            continue
        sort = "claims" if "claim" in case else "questions"
        faults = case_faults(case, desks.desk_of(case["files"]))
        asked[sort] += 1
        right[sort] += not faults
        if faults and given.misses:
            print(f"{case['id']}  {'; '.join(faults)}", flush=True)
    desks.close()
    for sort in sorted(asked):
        print(f"{sort}: {right[sort]} of {asked[sort]}")
    print(f"all: {right.total()} of {asked.total()}")
    return 0


class _Desks:
    """A desk for each set of files, opened when the first case asks for it."""

    def __init__(self, files: Path) -> None:
        self._files = files
        self._folder = Path(tempfile.mkdtemp())
        self._open: dict[tuple[str, ...], Desk] = {}

    def desk_of(self, names: Sequence[str]) -> Desk:
        key = tuple(names)
        if key not in self._open:
            home = self._folder / str(len(self._open))
            (home / "files").mkdir(parents=True)
            for name in names:
                shutil.copy(self._files / name, home / "files" / name)
            settings = Settings(home / "library")
            ingest([str(home / "files")], settings)
            self._open[key] = open_desk(settings)
        return self._open[key]

    def close(self) -> None:
        for desk in self._open.values():
            desk.library.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def case_faults(case: Case, desk: Desk) -> list[str]:
    """What is wrong with the answer, the answers of the turns or the verdict, in words."""
    if "claim" in case:
        verdict = desk.check(case["claim"])[0]
        allowed = {case["verdict"], *case.get("verdict_also", ())}
        faults = []
        if verdict.ruling.value not in allowed:
            quotes = " / ".join(c.quote for c in verdict.citations)
            faults.append(f"{verdict.ruling.value}, not {case['verdict']}: {quotes}")
        return faults + _description_faults(case, desk)
    history: list[Answer] = []
    faults = []
    for turn in case.get("turns") or [{**case, "user": case["question"]}]:
        answer = desk.ask(turn["user"], tuple(history))
        history.append(answer)
        faults += _answer_faults(turn, answer)
    return faults + _description_faults(case, desk)


def _answer_faults(turn: Case, answer: Answer) -> list[str]:
    faults = []
    said = " ".join((answer.text, *(c.quote for c in answer.citations)))
    if turn.get("refuse"):
        if answer.answered:
            faults.append(f"answered: {answer.text}")
        said = " ".join((said, *(c.quote for c in answer.nearest)))
    elif not answer.answered:
        faults.append(f"refused: {answer.text}")
    elif not accepts(answer.text, turn["accept"]):
        faults.append(f"not accepted: {answer.text}")
    for words in turn.get("absent", ()):
        if normalised_text(words) in normalised_text(said):
            faults.append(f"shows {words!r}")
    voices = {statement.voice.value for statement in answer.statements}
    if turn.get("voice_not") and voices & set(turn["voice_not"]):
        faults.append(f"voices {sorted(voices)}")
    publishers = {citation.publisher for citation in answer.citations}
    if turn.get("publisher") and turn["publisher"] not in publishers:
        faults.append(f"publishers {sorted(map(str, publishers))}")
    return faults


def _description_faults(case: Case, desk: Desk) -> list[str]:
    faults = []
    for document in desk.library.documents():
        description = document.description
        if "councils" in case and set(description.councils) != set(case["councils"]):
            faults.append(f"councils {description.councils}")
        if any(words in description.title for words in case.get("title_not", ())):
            faults.append(f"title {description.title!r}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
