"""The options that say which documents a command may look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click

from rag.question.filters import Filters
from rag.types import Kind

_YEAR = click.IntRange(1900, 2999)
_OPTIONS = (
    click.option("--kind", "kinds", multiple=True,
                 type=click.Choice([kind.value for kind in Kind], case_sensitive=False),
                 help="Look only at this kind of source; repeat it for more."),
    click.option("--council", "councils", multiple=True, metavar="NAME",
                 help="Look only at documents about this council; repeat it for more."),
    click.option("--from-year", "first_year", type=_YEAR, metavar="YEAR",
                 help="Look only at documents of YEAR or later; not those without a date."),
    click.option("--to-year", "last_year", type=_YEAR, metavar="YEAR",
                 help="Look only at documents of YEAR or earlier; not those without a date."),
    click.option("--document", "documents", multiple=True, metavar="NAME",
                 help="Look only at the document of this name; repeat it for more."),
)  # fmt: skip


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, and what they choose as its argument `filters`."""

    @wraps(command)
    def filtered(
        *args: Any,
        kinds: tuple[str, ...],
        councils: tuple[str, ...],
        first_year: int | None,
        last_year: int | None,
        documents: tuple[str, ...],
        **options: Any,
    ) -> Any:
        filters = Filters(
            kinds=frozenset(map(Kind, kinds)),
            councils=frozenset(councils),
            first_year=first_year,
            last_year=last_year,
            documents=frozenset(documents),
        )
        return command(*args, filters=filters, **options)

    return reduce(lambda made, option: option(made), reversed(_OPTIONS), filtered)
