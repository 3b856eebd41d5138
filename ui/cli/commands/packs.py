"""The commands `scrutiny pack` and `scrutiny packs`, and those for a part of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.packs.edits import edited_pack
from rag.records.packs import to_record
from ui.cli.command import YEAR, Context, as_json_option, print_result
from ui.cli.file_output import out_option, write
from ui.cli.paper_text import paper_text
from ui.cli.progress import progress
from ui.export.documents.pack_document import (
    changes_paper,
    history_paper,
    pack_paper,
    timeline_paper,
)
from ui.export.formats import TO_READ, WITH_TABLE, now
from ui.wording.dates import spoken_moment
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.packs.build import PackProgress
    from rag.saved.packs import SavedPack
    from ui.export.paper import Paper
    from ui.pack_service import PackRequest, PackService

_topic = click.option("--topic", default="", metavar="WORDS", help="Keep to a topic.")


@click.command()
@click.argument("subject", required=False, default="")
@click.option("--council", default="", metavar="NAME", help="The council, if SUBJECT names none.")
@_topic
@click.option("--year", type=YEAR, metavar="YEAR", help="Keep to the inspection of YEAR.")
@click.option("--inspection", default="", metavar="NAME", help="Keep to the report of this name.")
@out_option(*TO_READ)
@as_json_option
@click.pass_obj
def pack(
    context: Context,
    subject: str,
    council: str,
    topic: str,
    year: int | None,
    inspection: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make a committee pack on SUBJECT: "Croydon", "care leavers in Croydon", "the 2024 report on
    Croydon".

    It holds questions to ask and why, the judgements over time, what changed between inspections,
    a timeline and a briefing, every line cited. It is kept: `packs list` shows those made.
    """
    if not (subject.strip() or council):
        raise click.UsageError("Give a council or a topic in one: “care leavers in Croydon”.")
    service = _service(context)
    request = _request(subject, council=council, topic=topic, year=year, inspection=inspection)
    with progress("Making the pack") as bar:

        def on_progress(event: PackProgress) -> None:
            bar.update(event.done, event.total, event.step)

        saved = service.saved().keep(service.pack(request, on_progress))
    _show_pack(saved, out, as_json)
    click.echo(f"Kept as pack {saved.number}: `scrutiny packs list` shows all.", err=True)


def _show_pack(saved: SavedPack, out: Path | None, as_json: bool) -> None:
    pack = edited_pack(saved.pack, saved.arrangement)
    _show([{"number": saved.number, **to_record(pack)}], pack_paper(pack), out, as_json)


def _show(records: Iterable[object], paper: Paper, out: Path | None, as_json: bool) -> None:
    """Print records or the paper that says the same, and write it where that is asked for."""
    print_result(records, paper_text(paper), as_json)
    if out:
        write(paper, out)


def _service(context: Context) -> PackService:
    return context.services.open_packing(context.settings)


def _request(words: str, **chosen: Any) -> PackRequest:
    from ui.pack_service import PackRequest

    return PackRequest(words, **chosen)


# ---------------------------------------------------------------- packs kept


@click.group()
def packs() -> None:
    """List, show and remove the packs that were made."""


@packs.command("list")
@as_json_option
@click.pass_obj
def list_packs(context: Context, as_json: bool) -> None:
    """List the packs kept, the last made first."""
    packs = _service(context).saved().listed()
    lines = []
    for pack in packs:
        subject = printable(pack.subject)
        lines.append(f"{pack.number:>4}  {spoken_moment(pack.made):<18}  {subject}")
    text = "\n".join(lines) or "No pack is kept: `scrutiny pack COUNCIL` makes one."
    print_result(map(asdict, packs), text, as_json)


@packs.command("show")
@click.argument("number", type=int)
@out_option(*TO_READ)
@as_json_option
@click.pass_obj
def show_pack(context: Context, number: int, out: Path | None, as_json: bool) -> None:
    """Show the pack NUMBER as it was made, its questions as they were arranged since."""
    _show_pack(_service(context).saved().get(number), out, as_json)


@packs.command("remove")
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER...")
@click.pass_obj
def remove_packs(context: Context, numbers: Sequence[int]) -> None:
    """Forget packs for good."""
    packs = _service(context).saved()
    for number in numbers:
        packs.remove(number)
        click.echo(f"removed pack {number} for good")


# ---------------------------------------------------------------- parts of a pack


@click.command()
@click.argument("council")
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def record(context: Context, council: str, out: Path | None, as_json: bool) -> None:
    """Show the judgements of COUNCIL over time, each with the row that gives it."""
    history, sources = _service(context).history(_request(council))
    _show([to_record(history)], history_paper(history, sources, now()), out, as_json)


@click.command()
@click.argument("council")
@_topic
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def timeline(context: Context, council: str, topic: str, out: Path | None, as_json: bool) -> None:
    """Show the dated events that the documents tell of COUNCIL, oldest first."""
    timeline, sources = _service(context).timeline(_request(council, topic=topic))
    _show([to_record(timeline)], timeline_paper(timeline, sources, now()), out, as_json)


@click.command()
@click.argument("council")
@click.option("--from", "first", type=YEAR, metavar="YEAR", help="The earlier report's year.")
@click.option("--to", "last", type=YEAR, metavar="YEAR", help="The later report's year.")
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def changes(
    context: Context,
    council: str,
    first: int | None,
    last: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show what the reports on COUNCIL asked for, and what the next ones say of it.

    Every report is set beside the next one, unless the years of two are given.
    """
    service = _service(context)
    with progress("Comparing inspections") as bar:
        changes, sources = service.changes(_request(council), first, last, bar.update)
    _show(map(to_record, changes), changes_paper(changes, sources, now()), out, as_json)
