"""The options that say which documents a command may look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click

from rag.question.filters import Filters
from rag.types import Kind
from ui.cli.command import YEAR

_OPTIONS = (
    click.option("--kind", "kinds", multiple=True,
                 type=click.Choice([kind.value for kind in Kind], case_sensitive=False),
                 help="Look only at this kind of source; repeat it for more."),
    click.option("--council", "councils", multiple=True, metavar="NAME",
                 help="Look only at documents about this council; repeat it for more."),
    click.option("--from-year", "first_year", type=YEAR, metavar="YEAR",
                 help="Look only at documents of YEAR or later; not those without a date."),
    click.option("--to-year", "last_year", type=YEAR, metavar="YEAR",
                 help="Look only at documents of YEAR or earlier; not those without a date."),
    click.option("--document", "documents", multiple=True, metavar="NAME",
                 help="Look only at the document of this name; repeat it for more."),
)  # fmt: skip


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, and what they choose as its argument `filters`."""

    @wraps(command)
    def filtered(*arguments: Any, **options: Any) -> Any:
        filters = Filters(
            kinds=frozenset(map(Kind, options.pop("kinds"))),
            councils=frozenset(options.pop("councils")),
            first_year=options.pop("first_year"),
            last_year=options.pop("last_year"),
            documents=frozenset(options.pop("documents")),
        )
        return command(*arguments, filters=filters, **options)

    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), filtered)
