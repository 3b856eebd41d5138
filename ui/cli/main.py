"""The command `scrutiny`: what it is given, and where each of its commands is found."""

from __future__ import annotations

import io
import sys
import time
from importlib import import_module
from pathlib import Path

import click

from rag import logs
from rag.settings import Settings, load_settings
from ui.cli.command import Context
from ui.cli.error_handling import OneSentence
from ui.cli.services import Services

_WRITING = ("ask", "eval")
"""The commands that use a language model, where one is set."""
_SERVING = ("serve", "watch")
"""The commands that run on, and log to standard error unless told otherwise."""
_EXIT_CODES = "Exit codes: 0 done, 1 an error, 2 a mistake in the command."
_COMMANDS = {
    "administration": "ui.cli.commands.administration:administration",
    "ask": "ui.cli.commands.questions:ask",
    "backup": "ui.cli.commands.upkeep:backup",
    "changes": "ui.cli.commands.packs:changes",
    "check": "ui.cli.commands.check:check",
    "doctor": "ui.cli.commands.upkeep:doctor",
    "eval": "ui.cli.commands.evaluate:evaluate",
    "feedback": "ui.cli.commands.feedback:feedback",
    "ingest": "ui.cli.commands.ingest:ingest",
    "library": "ui.cli.commands.library:library",
    "pack": "ui.cli.commands.packs:pack",
    "packs": "ui.cli.commands.packs:packs",
    "record": "ui.cli.commands.packs:record",
    "restore": "ui.cli.commands.upkeep:restore",
    "search": "ui.cli.commands.questions:search",
    "serve": "ui.cli.commands.serve:serve",
    "mcp": "ui.cli.commands.programs:mcp",
    "timeline": "ui.cli.commands.packs:timeline",
    "token": "ui.cli.commands.programs:token",
    "watch": "ui.cli.commands.watch:watch",
}


class Commands(OneSentence):
    """The commands by name; each is imported when it is called, with what it alone needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which they are listed."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXIT_CODES,
)
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder that holds everything the program keeps. [default: SCRUTINY_LIBRARY, else a "
    "folder of your own]",
)
@click.version_option(
    package_name="scrutiny-desk", prog_name="scrutiny", message="%(prog)s %(version)s"
)
@click.pass_context
def main(context: click.Context, library: Path | None) -> None:
    """Answers scrutiny questions from inspection reports and news, every sentence cited.

    Take documents in with `ingest`, then `ask`. Nothing leaves this machine unless you set a
    language model (SCRUTINY_MODEL) and `ask` with it.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that lacks a letter shows a "?"
        sys.stdout.reconfigure(errors="replace")
    services = context.obj if isinstance(context.obj, Services) else Services()
    settings = load_settings(library=library, model=context.invoked_subcommand in _WRITING)
    context.obj = Context(settings, services)
    _log(context, settings)


def _log(context: click.Context, settings: Settings) -> None:
    """Log from now on, where that is set or what is run goes on for long."""
    command, started = context.invoked_subcommand or "", time.monotonic()
    logs.start(
        settings.log or (logs.STDERR if command in _SERVING else logs.OFF), settings.log_level
    )

    def ended() -> None:
        seconds = round(time.monotonic() - started, 2)
        logs.log(logs.Event.COMMAND, id=command if command in _COMMANDS else "", seconds=seconds)

    context.call_on_close(ended)
