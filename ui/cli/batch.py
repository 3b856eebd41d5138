"""Batches: one JSON object a line, each with an `id` that the answer to it carries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import click

from rag.errors import ScrutinyError

QUESTION = "question"


def batch_option(field: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--from`, given to a command as `batch`; `field` holds the text of an item."""
    return click.option(
        "--from", "batch", type=click.File("r", encoding="utf-8"), metavar="FILE.jsonl",
        help=f'A batch, one object a line: {{"id", "{field}"}}. "-" reads standard input.',
    )  # fmt: skip


class BadBatch(ScrutinyError):
    """A batch has a line that is no item; the message names the line."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What to ask: one question, or the turns of a conversation."""

    id: Any
    questions: tuple[str, ...]
    is_conversation: bool = False

    @property
    def question(self) -> str:
        """The question, or the first of the turns."""
        return self.questions[0]


def read_batch(lines: Iterable[str], field: str = QUESTION) -> tuple[BatchItem, ...]:
    """Read {"id", "question"} and {"id", "turns": [{"user"}, ...]}; blank lines are passed over.

    `field` is what holds the text; only questions come in turns. Raises BadBatch for the first
    line that is no item, before anything is asked.
    """
    items = []
    try:
        for number, line in enumerate(lines, 1):
            if line.strip("\ufeff \t\r\n"):
                items.append(_item(number, line, field))
    except UnicodeDecodeError as error:
        raise BadBatch("The batch is not UTF-8 text: save it as UTF-8.") from error
    return tuple(items)


def _item(number: int, line: str, field: str) -> BatchItem:
    try:
        row = json.loads(line.lstrip("\ufeff"))
        if field == QUESTION and "turns" in row:
            item = BatchItem(row.get("id"), tuple(turn["user"] for turn in row["turns"]), True)
        else:
            item = BatchItem(row.get("id"), (row[field],))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _bad(number, field) from error
    if not item.questions or not all(isinstance(q, str) and q.strip() for q in item.questions):
        raise _bad(number, field)
    return item


def _bad(number: int, field: str) -> BadBatch:
    turns = ' or {"id": ..., "turns": [{"user": "..."}, ...]}' if field == QUESTION else ""
    return BadBatch(f'Line {number} of the batch is not {{"id": ..., "{field}": "..."}}{turns}.')
