"""What the commands share: what they are given, and how they print JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import click

from rag.settings import Settings
from ui.cli.services import Services


@dataclass(frozen=True, slots=True)
class Context:
    """What every command is given: where things are and what to call."""

    settings: Settings
    services: Services


as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def json_line(record: object, indent: int | None = None) -> str:
    """A record as JSON, on one line unless an indent is given."""
    # ASCII alone, so that it is whole on every console and in every pipe.
    return json.dumps(record, default=_plain, indent=indent)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(f"{value!r} has no JSON form")
