"""The commands `scrutiny watch ...`: what is new in folders, feeds and pages is taken in."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING

import click

from rag.access.people import LOCAL
from rag.saved.audit import AuditTrail
from ui.audit import note_ingested
from ui.cli.command import Context, as_json_option, json_line, print_result
from ui.cli.library_text import outcome_text
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words
from ui.wording.printable import printable

if TYPE_CHECKING:
    from ingest.watching.watch import Look, Watcher
    from ingest.watching.watchlist import Place

LOOK_SECONDS = 5.0
"""How often it is asked whose time has come."""


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="Look at everything once, and end.")
@as_json_option
@click.pass_context
def watch(command: click.Context, once: bool, as_json: bool) -> None:
    """Take in what is new in watched folders, feeds and pages, until it is ended.

    Name them with `scrutiny watch add`. A feed or a page is asked every SCRUTINY_WATCH_MINUTES; a
    folder is read when it has changed. Nothing that goes from there is removed from the library.
    """
    if command.invoked_subcommand is not None:
        return
    context: Context = command.obj
    stopped, trail = threading.Event(), AuditTrail(context.settings.home)
    with _ended_by_a_signal(stopped), _watcher(context, stopped) as watcher:
        failed = False
        while not stopped.is_set():
            for look in watcher.look_at_due(None if once else datetime.now(UTC)):
                failed = failed or bool(look.problem)
                for outcome in look.outcomes:
                    note_ingested(trail, LOCAL, outcome)
                _print(look, as_json)
            if once:
                break
            stopped.wait(LOOK_SECONDS)
    if once and failed:
        raise click.exceptions.Exit(1)


@watch.command("add")
@click.argument("places", nargs=-1, required=True, metavar="FOLDER_OR_URL...")
@click.pass_obj
def add_places(context: Context, places: Sequence[str]) -> None:
    """Watch folders, feeds (RSS or Atom), and pages that list documents: an inspectorate's page for
    a council, a committee's page of papers."""
    with _watcher(context) as watcher:
        for place in places:
            added = watcher.add(place)
            click.echo(printable(f"watching the {added.kind} {added.address}"))


@watch.command("list")
@as_json_option
@click.pass_obj
def list_places(context: Context, as_json: bool) -> None:
    """List what is watched, when it was last looked at, and what went wrong."""
    from ingest.watching.watchlist import Watchlist

    with closing(Watchlist(context.settings.home)) as watchlist:
        places = watchlist.places()
    records = ({k: v for k, v in asdict(place).items() if k != "state"} for place in places)
    print_result(records, _places_text(places), as_json)


@watch.command("remove")
@click.argument("places", nargs=-1, required=True, metavar="FOLDER_OR_URL...")
@click.pass_obj
def remove_places(context: Context, places: Sequence[str]) -> None:
    """Watch places no longer; what came from them stays in the library."""
    from ingest.watching.watchlist import Watchlist

    with closing(Watchlist(context.settings.home)) as watchlist:
        for place in places:
            watchlist.remove(place)
            click.echo(printable(f"no longer watching {place}"))


@contextmanager
def _watcher(context: Context, stopped: threading.Event | None = None) -> Iterator[Watcher]:
    from ingest.watching.watch import Watcher
    from ingest.watching.watchlist import Watchlist

    stop = (stopped or threading.Event()).is_set
    library = context.services.open_library(context.settings)
    with (
        closing(library),
        closing(Watchlist(context.settings.home)) as watchlist,
        Watcher(context.settings, watchlist, library, stop=stop) as watcher,
    ):
        yield watcher


@contextmanager
def _ended_by_a_signal(stopped: threading.Event) -> Iterator[None]:
    """Ctrl+C and a service manager's signal end what is at hand in good order."""

    def end(number: int, frame: FrameType | None) -> None:
        stopped.set()

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _print(look: Look, as_json: bool) -> None:
    for outcome in look.outcomes:
        place = look.place.address
        if as_json:
            click.echo(json_line({"place": place, **asdict(outcome)}))
        elif outcome.status != "unchanged":
            click.echo(outcome_text(outcome))
    if look.problem and as_json:
        click.echo(json_line({"place": look.place.address, "problem": look.problem}))
    elif look.problem:
        click.echo(printable(f"{look.place.address}: {look.problem}"), err=True)


def _places_text(places: Sequence[Place]) -> str:
    if not places:
        return "Nothing is watched: `scrutiny watch add FOLDER_OR_URL` begins."
    lines = [f"{count_words(len(places), 'place', 'places')} watched:"]
    for place in places:
        when = f"last looked at on {spoken_moment(place.looked)}" if place.looked else "not yet"
        lines.append(printable(f"{place.kind:<7} {place.address} ({when})"))
        if place.problem:
            lines.append(printable(f"        → {place.problem}"))
    return "\n".join(lines)
