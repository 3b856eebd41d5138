"""The commands `scrutiny administration ...`: people, the audit trail, retention and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from rag.access.people import LOCAL
from rag.access.roles import Role
from ui.cli.command import Context, as_json_option, json_line, print_result
from ui.wording.lists import count_words
from ui.wording.printable import printable
from ui.wording.records import audit_rows, found_rows

if TYPE_CHECKING:
    from rag.saved.retention import RecordKind

_KINDS = ("conversations", "checks", "packs", "feedback", "links", "audit trail")


@click.group()
def administration() -> None:
    """People, the audit trail, how long records are kept, and requests of the law.

    Whoever may write to the library folder is an administrator here; what they do is noted.
    """


@administration.command()
@as_json_option
@click.pass_obj
def people(context: Context, as_json: bool) -> None:
    """List everyone who has logged in, with their keys and roles."""
    from rag.saved.people import People

    members = People(context.settings.home).listed(LOCAL)
    lines = []
    for member in members:
        role = "shut out" if member.suspended else member.role.value
        seen = f"last seen {member.last_seen}"
        lines.append(printable(f"{member.key} {role} {member.name} {member.email} {seen}"))
    print_result(map(asdict, members), "\n".join(lines) or "Nobody has logged in yet.", as_json)


@administration.command()
@click.argument("key")
@click.argument("role", type=click.Choice([*(each.value for each in Role), "none"]))
@click.pass_obj
def role(context: Context, key: str, role: str) -> None:
    """Give the person KEY a role, or take the given one away with "none"."""
    from rag.saved.people import People

    People(context.settings.home).give_role(LOCAL, key, None if role == "none" else Role(role))
    click.echo("The role is changed, from their next click on.")


@administration.command()
@click.option("--verify", is_flag=True, help="Say whether somebody has changed the trail.")
@click.option("--words", default="", help="Only what has these words.")
@click.option("--since", default="", metavar="DAY", help="From this day on, as in 2026-03-04.")
@click.option("--until", default="", metavar="DAY", help="Up to this day.")
@as_json_option
@click.pass_obj
def audit(
    context: Context, verify: bool, words: str, since: str, until: str, as_json: bool
) -> None:
    """Show what happened, the last first; with --json the whole trail that matches."""
    from rag.saved.audit import MOST_SHOWN, AuditTrail

    trail = AuditTrail(context.settings.home)
    if verify:
        if fault := trail.fault():
            raise click.ClickException(f"{fault} Somebody has changed it.")
        click.echo("The audit trail is whole: no entry was changed or taken away.")
        return
    limit = -1 if as_json else MOST_SHOWN
    entries = trail.entries(LOCAL, words=words, since=since, until=until, limit=limit)
    lines = [printable("  ".join(filter(None, row))) for row in audit_rows(entries)]
    print_result(map(asdict, entries), "\n".join(lines) or "Nothing has happened.", as_json)


# ---------------------------------------------------------------- retention


@administration.command()
@click.option(
    "--set",
    "rule",
    type=(click.Choice(_KINDS), click.IntRange(0)),
    metavar="KIND DAYS",
    help="Keep records of KIND for DAYS; 0 keeps them all.",
)
@click.option("--apply", "apply_now", is_flag=True, help="Let go now of what is older.")
@as_json_option
@click.pass_obj
def retention(
    context: Context, rule: tuple[str, int] | None, apply_now: bool, as_json: bool
) -> None:
    """Show how long records are kept, and what would be let go now.

    The kinds are conversations, checks, packs, feedback, links and "audit trail". A server lets go
    of what is older once a day.
    """
    from rag.saved.retention import RecordKind, Retention

    kept = Retention(context.settings.home)
    if rule:
        kept.set(LOCAL, RecordKind(rule[0]), rule[1] or None)
    if apply_now:
        _let_go(kept.apply(LOCAL))
    rules = kept.preview(LOCAL)
    lines = []
    for each in rules:
        days = count_words(each.days, "day", "days") if each.days else "until deleted"
        lines.append(f"{each.kind.value:<14} {days:<14} {each.held:>7,} held {each.due:>7,} due")
    print_result(map(asdict, rules), "\n".join(lines), as_json)


def _let_go(gone: dict[RecordKind, int]) -> None:
    for kind, count in gone.items():
        click.echo(f"let go: {count:,} {kind.value}", err=True)


# ---------------------------------------------------------------- requests


@administration.command()
@click.argument("key")
@click.pass_obj
def export(context: Context, key: str) -> None:
    """Print everything that is kept about the person KEY, as JSON; it is noted."""
    from rag.saved.requests import Requests

    click.echo(json_line(Requests(context.settings.home).about(LOCAL, key), indent=2))


@administration.command()
@click.argument("key")
@click.option("--certainly", is_flag=True, required=True, help="It cannot be undone.")
@click.pass_obj
def erase(context: Context, key: str, certainly: bool) -> None:
    """Erase everything about the person KEY for good; backups are not touched."""
    from rag.saved.requests import Requests

    for kind, count in Requests(context.settings.home).erase(LOCAL, key).items():
        click.echo(f"erased: {count:,} {kind}")


@administration.command()
@click.argument("words", nargs=-1, required=True)
@as_json_option
@click.pass_obj
def search(context: Context, words: Sequence[str], as_json: bool) -> None:
    """List the records of everyone that hold all of WORDS; it is noted."""
    from rag.saved.requests import Requests

    found = Requests(context.settings.home).search(LOCAL, " ".join(words))
    lines = [printable("  ".join(row)) for row in found_rows(found)]
    print_result(map(asdict, found), "\n".join(lines) or "No record holds these words.", as_json)
