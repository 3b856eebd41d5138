"""The command `scrutiny`: reads arguments, calls a service, prints what comes back."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from ingest.events import (
    IngestEvent,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    PageReadByOcr,
    Status,
)
from rag.errors import ScrutinyError
from rag.question.filters import Filters
from rag.records.answers import answer_record, search_record
from rag.settings import load_settings
from rag.types import Answer, Hit
from ui.cli.batch import QUESTION, BatchItem, batch_option, read_batch
from ui.cli.check_command import check
from ui.cli.command import Context, as_json_option, json_line, open_desk, print_result
from ui.cli.error_handling import OneSentence
from ui.cli.feedback_command import feedback
from ui.cli.file_output import out_option, paper_of, write
from ui.cli.filter_options import filter_options
from ui.cli.library_commands import library
from ui.cli.pack_commands import changes, pack, packs, record, timeline
from ui.cli.progress import progress
from ui.cli.services import Services
from ui.cli.terminal import answer_text, hits_text, outcome_text, totals_text
from ui.export.formats import TO_READ
from ui.wording.printable import printable
from ui.wording.sources import pages_read_by_ocr

if TYPE_CHECKING:
    from rag.desk import Desk

_WRITING = ("ask", "eval")
"""The commands that use a language model, where one is set."""
_EXIT_CODES = "Exit codes: 0 done, 1 an error, 2 a mistake in the command."


@click.group(
    cls=OneSentence,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXIT_CODES,
)
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder that holds everything the program keeps. [default: SCRUTINY_LIBRARY, else a "
    "folder of your own]",
)
@click.version_option(
    package_name="scrutiny-desk", prog_name="scrutiny", message="%(prog)s %(version)s"
)
@click.pass_context
def main(context: click.Context, library: Path | None) -> None:
    """Answers scrutiny questions from inspection reports and news, every sentence cited.

    Take documents in with `ingest`, then `ask`. Nothing leaves this machine unless you set a
    language model (SCRUTINY_MODEL) and `ask` with it.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that lacks a letter shows a "?"
        sys.stdout.reconfigure(errors="replace")
    services = context.obj if isinstance(context.obj, Services) else Services()
    settings = load_settings(library=library, model=context.invoked_subcommand in _WRITING)
    context.obj = Context(settings, services)


# --- ingest --------------------------------------------------------------------------------------


@main.command(
    epilog="Exit code 0 when at least one document was taken in or already held, even if others "
    "were refused; 1 when all were refused or none was found."
)
@click.argument("sources", nargs=-1, required=True, metavar="PATH_OR_URL...")
@click.option("--prune", is_flag=True, help="Forget documents that are no longer in the folder.")
@as_json_option
@click.pass_obj
def ingest(context: Context, sources: tuple[str, ...], prune: bool, as_json: bool) -> None:
    """Take in files, folders and web pages; what has not changed is passed over.

    A document is named by its path in the folder given. What cannot be read is named with the
    reason, and the rest goes on.
    """
    with progress("Reading") as bar:

        def on_event(event: IngestEvent) -> None:
            if isinstance(event, IngestProgress):
                bar.update(event.done, event.total, printable(event.document))
            elif isinstance(event, PageReadByOcr):
                done = pages_read_by_ocr(event.done, event.total)
                bar.note(printable(f"{event.document}: {done}"))
            elif isinstance(event, IngestOutcome):
                bar.print(json_line(asdict(event)) if as_json else outcome_text(event))

        totals = context.services.ingest(sources, context.settings, prune=prune, on_event=on_event)
    print_result([{"totals": _totals_record(totals)}], totals_text(totals), as_json)
    if totals.count() == totals.count(Status.REFUSED):
        raise click.exceptions.Exit(1)


def _totals_record(totals: IngestTotals) -> dict[str, Any]:
    sizes = {"passages": totals.passages, "pages": totals.pages, "seconds": totals.seconds}
    counts = {status.value: totals.count(status) for status in Status}
    return {"documents": totals.count(), **counts, **sizes}


# --- ask and search ------------------------------------------------------------------------------


@main.command()
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
    with progress("Asking", len(items)) as bar:
        for done, item in enumerate(items, 1):
            answers = _conversation(desk, item, filters)
            bar.print(_answers_line(item, answers, batch is not None, as_json))
            bar.update(done, len(items))
    if out:
        write(paper_of(answers, desk.library.documents()), out)


@main.command()
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


def _answers_line(item: BatchItem, answers: Sequence[Answer], batch: bool, as_json: bool) -> str:
    records = list(map(answer_record, answers))
    if as_json and item.is_conversation:
        return json_line({"id": item.id, "turns": records})
    if as_json:
        return json_line({"id": item.id, **records[0]} if batch else records[0])
    if not batch:
        return answer_text(answers[0])
    lines = [f"[{printable(str(item.id))}]"]
    for answer in answers:
        lines.append(f"> {printable(answer.question)}\n\n{answer_text(answer)}\n")
    return "\n".join(lines)


def _hits_line(item: BatchItem, hits: Sequence[Hit], batch: bool, as_json: bool) -> str:
    if as_json:
        record = search_record(item.question, hits)
        return json_line({"id": item.id, **record} if batch else record)
    if not batch:
        return hits_text(hits)
    return f"[{printable(str(item.id))}]\n> {printable(item.question)}\n\n{hits_text(hits)}\n"


# --- claims, packs, and what is kept -------------------------------------------------------------

for _command in (check, pack, packs, record, timeline, changes, library, feedback):
    main.add_command(_command)


# --- serve and eval ------------------------------------------------------------------------------


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True,
              help="Where to listen; elsewhere, others can read your library.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open a web browser.")
@click.pass_obj
def serve(context: Context, port: int, address: str, open_browser: bool) -> None:
    """Open the desk as a web page on this machine."""
    host = "localhost" if address == "127.0.0.1" else address
    click.echo(f"Scrutiny Desk: http://{host}:{port} (Ctrl+C ends it)", err=True)
    folder, serve = context.settings.library, context.services.serve
    serve(folder, address=address, port=port, open_browser=open_browser)


@main.command("eval")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write everything to FILE as JSON too.")  # fmt: skip
@click.option("--misses", is_flag=True, help="List the items that went wrong.")
@click.option("--sample", type=click.IntRange(1), metavar="N",
              help="Put N of the questions alone, taken evenly from all.")  # fmt: skip
@click.option("--adversary", is_flag=True,
              help="Try the checking of a language model with a scripted one.")  # fmt: skip
@click.pass_obj
def evaluate(
    context: Context,
    folder: Path,
    as_json: bool,
    record: Path | None,
    misses: bool,
    sample: int | None,
    adversary: bool,
) -> None:
    """Score a labelled set: FOLDER holds qa.jsonl, dialogues.jsonl or claims.jsonl."""
    from rag.evaluation import runner as evaluation
    from rag.evaluation.report import misses as missed

    evaluation.load_set(folder)  # a mistake in the set is told before the encoder is loaded
    desk = context.services.open_desk(context.settings)
    with progress("Scoring") as bar:
        if adversary:
            documents = desk.library.documents()
            report = evaluation.evaluate_checking(folder, desk, documents, on_item=bar.update)
        else:
            report = evaluation.evaluate(folder, desk, on_item=bar.update, sample=sample)
    if record:
        _write(record, json_line(report.to_record(), indent=1))
    click.echo(json_line(report.to_record()) if as_json else report.table())
    if misses and not as_json:
        click.echo("\n" + "\n".join(map(printable, missed(report))))


def _write(path: Path, words: str) -> None:
    try:
        path.write_text(words + "\n", encoding="utf-8")
    except OSError as error:
        raise ScrutinyError(f"{path} cannot be written: {error.strerror}.") from error
