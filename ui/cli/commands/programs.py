"""The commands `scrutiny token ...` and `scrutiny mcp`: for other programs and assistants."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from rag.access.people import LOCAL
from rag.errors import SettingsError
from ui.cli.command import Context, as_json_option, json_line, print_result
from ui.wording.dates import spoken_moment
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.saved.tokens import Token


@click.group()
def token() -> None:
    """Make, list and withdraw the tokens by which programs act for people."""


@token.command("make")
@click.argument("name")
@click.option("--for", "email", default="", metavar="EMAIL", help="Who it acts for, if not you.")
@click.option("--days", type=click.IntRange(1, 365), default=90, show_default=True)
@as_json_option
@click.pass_obj
def make_token(context: Context, name: str, email: str, days: int, as_json: bool) -> None:
    """Make a token; NAME says what for. It is shown once and kept nowhere.

    With it a program may read, search, ask, check and prepare packs, and nothing else.
    """
    from rag.saved.tokens import Tokens

    with closing(Tokens(context.settings.home)) as tokens:
        made, secret = tokens.make(name, email=email, days=days)
    if as_json:
        click.echo(json_line({**asdict(made), "token": secret}))
        return
    click.echo(secret)
    click.echo(
        f"Token {made.id}, in force until {spoken_moment(made.expires)}. Copy it now: it is not "
        "shown again.",
        err=True,
    )


@token.command("list")
@as_json_option
@click.pass_obj
def list_tokens(context: Context, as_json: bool) -> None:
    """List the tokens, the last made first, without their secrets."""
    from rag.saved.tokens import Tokens

    with closing(Tokens(context.settings.home)) as tokens:
        listed = tokens.listed()
    print_result(map(asdict, listed), _tokens_text(listed), as_json)


@token.command("withdraw")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def withdraw_tokens(context: Context, ids: Sequence[str]) -> None:
    """Have tokens open nothing any more, at once."""
    from rag.saved.tokens import Tokens

    with closing(Tokens(context.settings.home)) as tokens:
        for id in ids:
            tokens.withdraw(id)
            click.echo(printable(f"withdrew token {id}"))


@click.command()
@click.pass_obj
def mcp(context: Context) -> None:
    """Serve an assistant on this computer over the Model Context Protocol (standard streams).

    Tools: search, ask, check, pack, record; resources: the documents and their pages.
    """
    if find_spec("mcp") is None:
        raise SettingsError('This needs packages that are not installed: pip install ".[api]".')
    from rag.saved.audit import AuditTrail
    from rag.saved.packs import SavedPacks
    from ui.api.mcp_server import serve_on_standard_streams
    from ui.api.operations import Operations

    home = context.settings.home
    desk = context.services.open_desk(context.settings)
    operations = Operations(desk, AuditTrail(home), SavedPacks(home), LOCAL)
    serve_on_standard_streams(operations, LOCAL)


def _tokens_text(tokens: Sequence[Token]) -> str:
    lines = []
    for each in tokens:
        state = "withdrawn" if each.withdrawn else f"until {spoken_moment(each.expires)}"
        lines.append(printable(f"{each.id}  {each.name} ({each.owner}, {state})"))
    return "\n".join(lines) or "There is no token: `scrutiny token make NAME` makes one."
