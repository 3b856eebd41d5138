"""No traceback reaches a user: every failure ends as one sentence and an exit code."""

from __future__ import annotations

from typing import Any

import click

from rag.errors import ScrutinyError
from ui.error_log import unforeseen
from ui.wording.printable import printable


class OneSentence(click.Group):
    """A group whose commands end with one sentence on stderr, whatever goes wrong.

    What the program itself reports is shown as it stands, exit code 1. What nobody foresaw is
    written to a log file in the library folder, and the sentence names it.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ScrutinyError as error:
            raise click.ClickException(printable(str(error))) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click ends these well by itself
        except Exception as error:
            raise click.ClickException(unforeseen(error, ctx.params.get("library"))) from error
