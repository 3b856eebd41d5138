"""Answers written beside the pages: one after another, each kept, none lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import fakes
import pytest

from rag.errors import LibraryError, UnknownConversation
from rag.saved.conversations import ConversationTurn
from rag.types import Answer
from ui.web.jobs.answer_job import AnswerJobs

SECONDS = 20


def until(reached: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_questions_of_one_conversation_are_answered_in_the_order_that_they_were_put() -> None:
    answering, gate = AnswerJobs(), threading.Event()
    kept: list[ConversationTurn] = []

    def make(question: str) -> Iterator[Answer]:
        gate.wait(SECONDS)
        yield fakes.answer(question)

    places = [
        answering.ask("one", question, partial(make, question), kept.append)
        for question in ("first", "second", "third")
    ]
    assert places == [1, 2, 3]
    assert [growing.question for growing in answering.line("one")] == ["first", "second", "third"]
    gate.set()
    until(lambda: not answering.line("one"))
    assert [turn.question for turn in kept] == ["first", "second", "third"]
    assert answering.ask("one", "fourth", lambda: make("fourth"), kept.append) == 1
    until(lambda: len(kept) == 4)


def test_conversations_do_not_wait_for_each_other() -> None:
    answering, gate, kept = AnswerJobs(), threading.Event(), list[ConversationTurn]()

    def slow() -> Iterator[Answer]:
        gate.wait(SECONDS)
        yield fakes.answer()

    answering.ask("slow", "q", slow, kept.append)
    answering.ask("quick", "q", lambda: iter([fakes.answer()]), kept.append)
    until(lambda: kept)
    assert answering.line("slow")
    gate.set()
    until(lambda: not answering.line("slow"))


def test_what_was_told_before_a_fault_is_kept_with_the_reason() -> None:
    answering, kept = AnswerJobs(), list[ConversationTurn]()

    def breaks(*told: Answer) -> Iterator[Answer]:
        yield from told
        raise LibraryError("The disk is full.")

    answering.ask("one", "q", lambda: breaks(fakes.answer()), kept.append)
    answering.ask("one", "q", lambda: breaks(replace(fakes.answer(), statements=())), kept.append)
    until(lambda: not answering.line("one"))
    first, second = kept
    assert first.answer == replace(fakes.answer(), notice="The disk is full.")
    assert (second.answer, second.problem) == (None, "The disk is full.")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnknownConversation("Gone."), ""),
        (LibraryError("The disk is full."), "The disk is full."),
        (RuntimeError("a bug"), "Something unexpected went wrong (RuntimeError)"),
    ],
)
def test_an_answer_that_cannot_be_kept_holds_nobody_up(error: Exception, told: str) -> None:
    answering, kept = AnswerJobs(), list[ConversationTurn]()

    def fails(_: ConversationTurn) -> object:
        raise error

    answering.ask("one", "q", lambda: iter([fakes.answer()]), fails)
    answering.ask("one", "q", lambda: iter([fakes.answer()]), kept.append)
    until(lambda: kept)
    problem = answering.problem("one")
    assert problem.startswith(told)
    assert bool(problem) == bool(told)
    assert answering.problem("one") == ""
