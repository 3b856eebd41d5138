"""The commands `scrutiny ask` and `scrutiny search`: what the documents tell of a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from rag.question.filters import Filters
from rag.question.older import Older, older_reports
from rag.records.answers import answer_record, search_record
from rag.types import Answer, Hit
from ui.cli.batch import QUESTION, BatchItem, batch_option, read_batch
from ui.cli.command import Context, as_json_option, json_line, open_desk
from ui.cli.file_output import out_option, paper_of, write
from ui.cli.filter_options import filter_options
from ui.cli.progress import progress
from ui.cli.terminal import answer_text, hits_text
from ui.export.formats import TO_READ
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.desk import Desk


@click.command()
@click.argument("question", required=False)
@batch_option(QUESTION)
@filter_options
@click.option("--quotes-only", is_flag=True, help="Quote, and ask no language model.")
@out_option(*TO_READ)
@as_json_option
@click.pass_obj
def ask(
    context: Context,
    question: str | None,
    batch: TextIO | None,
    as_json: bool,
    filters: Filters,
    quotes_only: bool,
    out: Path | None,
) -> None:
    """Answer QUESTION from the documents, every sentence cited; or say that they do not tell.

    A batch may hold conversations too: {"id", "turns": [{"user"}, ...]}.
    """
    items = _items(question, batch)
    if out and len(items) != 1:
        raise click.UsageError("--out takes one answer or one conversation.")
    desk, filters = open_desk(context, filters, quotes_only=quotes_only)
    older = older_reports(desk.library.documents())
    with progress("Asking", len(items)) as bar:
        for done, item in enumerate(items, 1):
            answers = _conversation(desk, item, filters)
            told = _answer_records if as_json else _answer_texts
            bar.print(told(item, answers, older, batch=batch is not None))
            bar.update(done, len(items))
    if out:
        write(paper_of(answers, desk.library.documents()), out)


@click.command()
@click.argument("question", required=False)
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True,
              help="How many passages.")  # fmt: skip
@batch_option(QUESTION)
@filter_options
@as_json_option
@click.pass_obj
def search(
    context: Context,
    question: str | None,
    count: int,
    batch: TextIO | None,
    as_json: bool,
    filters: Filters,
) -> None:
    """Find the passages nearest to QUESTION."""
    items = _items(question, batch)
    desk, filters = open_desk(context, filters)
    with progress("Searching", len(items)) as bar:
        for done, item in enumerate(items, 1):
            hits = desk.search(item.question, count, filters=filters)
            bar.print(_hits_line(item, hits, batch is not None, as_json))
            bar.update(done, len(items))


def _items(question: str | None, batch: TextIO | None) -> tuple[BatchItem, ...]:
    if batch is not None and question is None:
        return read_batch(batch)
    if batch is None and question and question.strip():
        return (BatchItem(None, (question,)),)
    raise click.UsageError("Give a question, or a batch of them with --from.")


def _conversation(desk: Desk, item: BatchItem, filters: Filters) -> tuple[Answer, ...]:
    history: tuple[Answer, ...] = ()
    for question in item.questions:
        history = (*history, desk.ask(question, history, filters=filters))
    return history


def _answer_records(
    item: BatchItem, answers: Sequence[Answer], older: Older, *, batch: bool
) -> str:
    records = [answer_record(answer, older) for answer in answers]
    if item.is_conversation:
        return json_line({"id": item.id, "turns": records})
    return json_line({"id": item.id, **records[0]} if batch else records[0])


def _answer_texts(item: BatchItem, answers: Sequence[Answer], older: Older, *, batch: bool) -> str:
    if not batch:
        return answer_text(answers[0], older)
    lines = [f"[{printable(str(item.id))}]"]
    for answer in answers:
        lines.append(f"> {printable(answer.question)}\n\n{answer_text(answer, older)}\n")
    return "\n".join(lines)


def _hits_line(item: BatchItem, hits: Sequence[Hit], batch: bool, as_json: bool) -> str:
    if as_json:
        record = search_record(item.question, hits)
        return json_line({"id": item.id, **record} if batch else record)
    if not batch:
        return hits_text(hits)
    return f"[{printable(str(item.id))}]\n> {printable(item.question)}\n\n{hits_text(hits)}\n"
