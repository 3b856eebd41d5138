"""A question is read once, and answers are decided by what was read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import SOURCES as HELD
from invented import question as read
from ofsted import LEAVERS, OVERALL

import rag.answering
from rag.question.filters import Filters, filtered_documents
from rag.question.intent import AnswerType, Intent
from rag.question.question import read_part, read_question
from rag.question.sentiment import Sentiment

ANSWERING = sorted(Path(rag.answering.__file__ or "").parent.glob("*.py"))
READERS = frozenset({"search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"})


def words_read(source: str) -> Iterator[str]:
    """The expressions of some code that read the words of a question."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "text":
            owner = ast.unparse(node.value)
            if owner.split(".")[-1] in ("question", "part", "whole"):
                yield ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            subjects = " ".join(map(ast.unparse, [*node.args, *node.keywords]))
            if node.func.attr in READERS and "question" in subjects:
                yield ast.unparse(node)


@pytest.mark.parametrize("path", ANSWERING, ids=lambda path: path.stem)
def test_no_answer_is_decided_by_the_words_of_a_question(path: Path) -> None:
    assert not list(words_read(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "source",
    [
        "cue(lists.Asks.LED).search(question)",
        "re.search('why', retrieved.question.text)",
        "len(retrieved.question.text)",
    ],
)
def test_code_that_reads_the_words_of_a_question_is_seen(source: str) -> None:
    assert list(words_read(source))


def test_a_question_says_what_it_asks_of_which_sources() -> None:
    question = read("What grade did care leavers get in Fallowmere in 2017?", HELD)
    assert question.answer_types == (AnswerType.GRADE,)
    assert (question.scope.councils, question.scope.years) == (("Fallowmere",), (2017,))
    assert (question.areas, question.areas_meant) == (frozenset({LEAVERS}), (LEAVERS,))
    assert read("What was the grade?").areas_meant == (OVERALL,)


def test_a_question_names_grades_and_the_inspection_that_gave_one() -> None:
    question = read("What got better since it was found to be inadequate?", HELD)
    assert question.grades == ("inadequate",)
    assert question.inspected_as == "inadequate"
    assert read("Which councils are outstanding?").inspected_as is None


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("Who led the inspection?", {Intent.LEAD_INSPECTOR}),
        ("When was Fallowmere inspected?", {Intent.INSPECTION_DATES}),
        ("Why was it bad?", {Intent.REASONS}),
        ("What must improve?", {Intent.RECOMMENDATIONS, Intent.ONLY_RECOMMENDATIONS}),
        ("Which area was best?", {Intent.WHICH_AREAS, Intent.BETTER}),
        ("How was it judged before 2024?", {Intent.BEFORE_A_YEAR}),
        ("How was it judged at the inspection before?", {Intent.PREVIOUS_INSPECTION}),
        ("Do the press and inspectors differ?", {Intent.PRESS_AND_REPORT, Intent.COMPARISON}),
        ("Tell me about homes.", set()),
    ],
)
def test_a_question_wants_more_than_a_kind_of_answer(text: str, intents: set[Intent]) -> None:
    assert intents <= read(text, HELD).intents
    assert bool(intents) is bool(read(text, HELD).intents)


def test_a_part_of_a_question_is_in_the_scope_of_the_whole() -> None:
    whole = read("How many homes has Fallowmere, and who was unhappy?", HELD)
    part = read_part(whole.parts[1], whole)
    assert part.scope == whole.scope
    assert part.text == "who was unhappy?"


def test_what_a_question_counts_and_seeks_is_read() -> None:
    assert read("How many homes are there?").counted == ("home",)
    assert read("What went wrong?").sentiment is Sentiment.FAULT


def test_what_the_reader_took_away_is_not_read_as_a_name() -> None:
    without = Filters(without=frozenset({"council:Fallowmere"}))
    question = read_question("How is Fallowmere Vale?", filtered_documents(without, HELD))
    assert question.scope.councils == ()
    assert question.presuppositions.names == ()
