"""What the commands share: what they are given, and how they print what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import click

from rag.settings import Settings
from ui.cli.services import Services

if TYPE_CHECKING:
    from rag.desk import Desk
    from rag.question.filters import Filters

YEAR = click.IntRange(1900, 2999)
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@dataclass(frozen=True, slots=True)
class Context:
    """What every command is given: where things are and what to call."""

    settings: Settings
    services: Services


def open_desk(
    context: Context, filters: Filters, *, quotes_only: bool = False
) -> tuple[Desk, Filters]:
    """The desk, without its language model for `quotes_only`, and the filters as its library
    names what they choose. Raises BadFilter."""
    from rag.question.filters import resolved_filters

    settings = replace(context.settings, model=None) if quotes_only else context.settings
    desk = context.services.open_desk(settings)
    return desk, resolved_filters(filters, desk.library.documents())


def print_result(records: Iterable[object], text: str, as_json: bool) -> None:
    """Print records as JSON, one a line, or the text that says the same."""
    if not as_json:
        click.echo(text)
        return
    for record in records:
        click.echo(json_line(record))


def json_line(record: object, indent: int | None = None) -> str:
    """A record as JSON, on one line unless an indent is given; a date is ISO 8601."""
    # ASCII alone, so that it is whole on every console and in every pipe.
    return json.dumps(record, default=date.isoformat, indent=indent)
