"""No traceback reaches a user: every failure ends as one sentence and an exit code."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from rag.errors import ScrutinyError
from rag.settings import load_settings
from ui.cli.terminal import printable

LOG = "errors.log"


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


def unforeseen(error: Exception, library: Path | None) -> str:
    """Log what nobody foresaw; the sentence that tells of it and names the log.

    The log is in the folder `library`, or else in that of the settings.
    """
    log = _logged(error, library)
    where = f"; the details are in {log}" if log else ""
    return printable(f"Something unexpected went wrong ({type(error).__name__}){where}.")


def _logged(error: Exception, library: Path | None) -> Path | None:
    """Write the traceback to the log; None where that cannot be done."""
    try:
        log = load_settings(library=library, model=False).library / LOG
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as lines:
            lines.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n")
            lines.writelines(traceback.format_exception(error))
            lines.write("\n")
    except (OSError, ScrutinyError):
        return None
    return log
