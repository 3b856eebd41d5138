"""The command `scrutiny ingest`: takes documents in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from ingest.events import (
    IngestEvent,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    LibraryRepaired,
    PageReadByOcr,
    Status,
)
from rag.access.people import LOCAL
from rag.saved.audit import AuditTrail
from ui.audit import note_ingested
from ui.cli.command import Context, as_json_option, json_line, print_result
from ui.cli.library_text import outcome_text, totals_text
from ui.cli.progress import progress
from ui.wording.printable import printable
from ui.wording.sources import pages_read_by_ocr


@click.command(
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
    trail = AuditTrail(context.settings.home)
    with progress("Reading") as bar:

        def on_event(event: IngestEvent) -> None:
            note_ingested(trail, LOCAL, event)
            if isinstance(event, IngestProgress):
                bar.update(event.done, event.total, printable(event.document))
            elif isinstance(event, PageReadByOcr):
                done = pages_read_by_ocr(event.done, event.total)
                bar.note(printable(f"{event.document}: {done}"))
            elif isinstance(event, LibraryRepaired):
                click.echo(f"note: {event.said}", err=True)
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
