"""A progress bar on standard error while something long runs, where a person is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Ticker:
    """Shows how much is done, and prints lines of output without tearing the bar."""

    def __init__(self, bar: Bar | None, task: str) -> None:
        self._bar = bar
        self._name = task
        self._task = bar.add_task(task, total=None) if bar else None

    def update(self, done: int, total: int, doing: str = "") -> None:
        """`done` of `total` are done; `doing` names what is at hand."""
        if self._bar is not None and self._task is not None:
            words = f"{self._name} {doing[-40:]}" if doing else self._name
            # Rich reads [brackets] as markup: a file name must not be one.
            from rich.markup import escape

            self._bar.update(self._task, completed=done, total=total, description=escape(words))

    def note(self, line: str) -> None:
        """Tell of a step of what is at hand, where a person is looking."""
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        elif sys.stderr.isatty():
            click.echo(line, err=True)

    def print(self, line: str) -> None:
        """Print a line of output on standard output."""
        if self._bar is not None and sys.stdout.isatty():
            self._bar.stop()
            click.echo(line)
            self._bar.start()
        else:
            click.echo(line)


@contextmanager
def progress(task: str, total: int = 2) -> Iterator[Ticker]:
    """A ticker that shows a bar only on a terminal, and only for more than one item."""
    if total < 2 or not sys.stderr.isatty():
        yield Ticker(None, task)
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        yield Ticker(bar, task)
