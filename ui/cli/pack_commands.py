"""The commands `scrutiny pack` and `scrutiny packs`, and those for a part of a pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.command import Context, as_json_option, json_line
from ui.cli.file_output import out_option, write
from ui.cli.progress import progress
from ui.export.formats import TO_READ, WITH_TABLE, now
from ui.wording.dates import spoken_moment
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.packs.build import PackProgress
    from rag.saved.packs import SavedPack
    from ui.export.paper import Paper
    from ui.pack_service import PackRequest

_YEAR = click.IntRange(1900, 2999)
_topic = click.option("--topic", default="", metavar="WORDS", help="Keep to a topic.")


@click.command()
@click.argument("subject", required=False, default="")
@click.option("--council", default="", metavar="NAME", help="The council, if SUBJECT names none.")
@_topic
@click.option("--year", type=_YEAR, metavar="YEAR", help="Keep to the inspection of YEAR.")
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
    from ui.pack_service import PackRequest

    if not (subject.strip() or council):
        raise click.UsageError("Give a council or a topic in one: “care leavers in Croydon”.")
    packing = context.services.open_packing(context.settings)
    with progress("Making the pack") as bar:

        def on_progress(told: PackProgress) -> None:
            bar.update(told.done, told.total, told.step)

        made = packing.pack(PackRequest(subject, council, topic, year, inspection), on_progress)
    kept = packing.kept().keep(made)
    _show_pack(kept, out, as_json)
    click.echo(f"Kept as pack {kept.number}: `scrutiny packs list` shows all.", err=True)


def _show_pack(kept: SavedPack, out: Path | None, as_json: bool) -> None:
    from rag.packs.edits import edited_pack
    from rag.records.packs import to_record
    from ui.export.documents.pack_document import pack_paper

    told = edited_pack(kept.pack, kept.arrangement)
    if as_json:
        click.echo(json_line({"number": kept.number, **to_record(told)}))
    _show(lambda: pack_paper(told), out, as_json)


def _show(make: Callable[[], Paper], out: Path | None, as_json: bool) -> None:
    """Print a paper, unless its record was printed, and write it where that is asked for."""
    from ui.cli.paper_text import paper_text

    if not as_json:
        click.echo(paper_text(make()))
    if out:
        write(make(), out)


# ---------------------------------------------------------------- packs kept


@click.group()
def packs() -> None:
    """List, show and remove the packs that were made."""


@packs.command("list")
@as_json_option
@click.pass_obj
def list_packs(context: Context, as_json: bool) -> None:
    """List the packs kept, the last made first."""
    listed = context.services.open_packing(context.settings).kept().listed()
    if not listed and not as_json:
        click.echo("No pack is kept: `scrutiny pack COUNCIL` makes one.")
    for one in listed:
        record = {
            "number": one.number, "subject": one.subject, "council": one.council, "made": one.made,
        }  # fmt: skip
        told = f"{one.number:>4}  {spoken_moment(one.made):<18}  {printable(one.subject)}"
        click.echo(json_line(record) if as_json else told)


@packs.command("show")
@click.argument("number", type=int)
@out_option(*TO_READ)
@as_json_option
@click.pass_obj
def show_pack(context: Context, number: int, out: Path | None, as_json: bool) -> None:
    """Show the pack NUMBER as it was made, its questions as they were arranged since."""
    _show_pack(context.services.open_packing(context.settings).kept().get(number), out, as_json)


@packs.command("remove")
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER...")
@click.pass_obj
def remove_packs(context: Context, numbers: Sequence[int]) -> None:
    """Forget packs for good."""
    kept = context.services.open_packing(context.settings).kept()
    for number in numbers:
        kept.remove(number)
        click.echo(f"removed pack {number} for good")


# ---------------------------------------------------------------- parts of a pack


@click.command()
@click.argument("council")
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def record(context: Context, council: str, out: Path | None, as_json: bool) -> None:
    """Show the judgements of COUNCIL over time, each with the row that gives it."""
    from rag.records.packs import to_record
    from ui.export.documents.pack_document import history_paper

    made, sources = context.services.open_packing(context.settings).history(_asked(council))
    if as_json:
        click.echo(json_line(to_record(made)))
    _show(lambda: history_paper(made, sources, now()), out, as_json)


@click.command()
@click.argument("council")
@_topic
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def timeline(context: Context, council: str, topic: str, out: Path | None, as_json: bool) -> None:
    """Show the dated events that the documents tell of COUNCIL, oldest first."""
    from rag.records.packs import to_record
    from ui.export.documents.pack_document import timeline_paper

    asked = replace(_asked(council), topic=topic)
    made, sources = context.services.open_packing(context.settings).timeline(asked)
    if as_json:
        click.echo(json_line(to_record(made)))
    _show(lambda: timeline_paper(made, sources, now()), out, as_json)


@click.command()
@click.argument("council")
@click.option("--from", "first", type=_YEAR, metavar="YEAR", help="The earlier report's year.")
@click.option("--to", "last", type=_YEAR, metavar="YEAR", help="The later report's year.")
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
    from rag.records.packs import to_record
    from ui.export.documents.pack_document import changes_paper

    packing = context.services.open_packing(context.settings)
    with progress("Comparing inspections") as bar:
        made, sources = packing.changes(_asked(council), first, last, bar.update)
    for each in made if as_json else ():
        click.echo(json_line(to_record(each)))
    _show(lambda: changes_paper(made, sources, now()), out, as_json)


def _asked(council: str) -> PackRequest:
    from ui.pack_service import PackRequest

    return PackRequest(council)
