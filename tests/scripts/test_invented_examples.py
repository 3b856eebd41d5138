"""The invented examples that a judge learns from are well formed: a wrong label teaches a wrong
thing."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rag.types import Status

FOLDER = Path(__file__).parents[2] / "scripts" / "judge"
FILES = sorted((FOLDER / "invented").glob("*.jsonl"))
STATED = sorted((FOLDER / "stated").glob("*.jsonl"))
ASKED = sorted((FOLDER / "asked").glob("*.jsonl"))
POLARITIES = {"strength", "weakness", "mixed", "neutral", "ask"}
LABELS = {"entailed", "contradicted", "neutral"}


def excerpts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_is_read_and_every_label_is_of_a_sentence(path: Path) -> None:
    for excerpt in excerpts(path):
        count = len(excerpt["sentences"])
        assert 8 <= count <= 18
        assert len(excerpt["readings"]) == count
        for reading in excerpt["readings"]:
            assert reading["polarity"] in POLARITIES
            assert Status(reading["status"])
            assert isinstance(reading["alone"], bool)
        for question in excerpt["questions"]:
            assert all(0 <= number < count for number in question["answers"])
        for statement in excerpt["statements"]:
            assert statement["label"] in LABELS
            assert statement["source"]
            assert all(0 <= number < count for number in statement["source"])


@pytest.mark.parametrize("path", STATED, ids=lambda path: path.stem)
def test_an_excerpt_for_its_statements_has_twelve_each_of_its_sentences(path: Path) -> None:
    for excerpt in excerpts(path):
        count = len(excerpt["sentences"])
        assert 5 <= count <= 9
        stated = excerpt["statements"]
        assert len({statement["text"] for statement in stated}) == len(stated) == 12
        for statement in stated:
            assert statement["label"] in LABELS
            assert statement["source"]
            assert all(0 <= number < count for number in statement["source"])


def test_labels_are_in_balance_so_that_none_is_learnt_by_its_number() -> None:
    # Of all files together: some are there for truths, others for what is left open.
    rows = [row for path in (*FILES, *STATED) for row in excerpts(path)]
    labels = Counter(statement["label"] for row in rows for statement in row["statements"])
    assert max(labels.values()) <= 1.5 * min(labels[label] for label in LABELS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_quarter_of_the_questions_of_a_file_is_answered_by_nothing(path: Path) -> None:
    rows = excerpts(path)
    unanswerable = Counter(not q["answers"] for row in rows for q in row["questions"])
    assert unanswerable[True] >= 0.25 * unanswerable.total()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_asked_or_stated_twice_of_one_excerpt(path: Path) -> None:
    for excerpt in excerpts(path):
        asked = [question["q"] for question in excerpt["questions"]]
        stated = [statement["text"] for statement in excerpt["statements"]]
        assert len({*asked, *stated}) == len(asked) + len(stated)


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_what_answers_a_question_is_a_sentence_of_its_excerpt(path: Path) -> None:
    for excerpt in excerpts(path):
        count = len(excerpt["sentences"])
        asked = [question["q"] for question in excerpt["questions"]]
        assert len({*asked}) == len(asked)
        for question in excerpt["questions"]:
            assert all(0 <= number < count for number in question["answers"])
