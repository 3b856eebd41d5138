"""Pure: what administrators see: people, the audit trail, retention and what a request found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.access.roles import Role
from rag.saved.people import Member
from rag.saved.retention import RecordKind, RetentionRule
from ui.web.controls import Action
from ui.web.render.html import Html, button, certain_html, table_html, tools_html
from ui.wording.lists import count_words, listed


def people_html(members: Sequence[Member], own: str) -> Html:
    """Everyone who has logged in, and what can be done about each but the administrator whose key
    is `own`."""
    rows = Html()
    for member in members:
        rows += Html('<tr><th scope="row">{}</th>{}<td>{}</td></tr>').format(
            member.name,
            Html("<td>{}</td>").each((member.email, _role(member), member.last_seen)),
            "this is you" if member.key == own else _member_tools(member),
        )
    heads = ("Name", "E-mail", "Role", "Last seen", "Change")
    return table_html("People who have logged in", heads, rows)


def _role(member: Member) -> str:
    if member.suspended:
        return "shut out"
    given = f" (given: {member.given.value})" if member.given else ""
    return f"{member.role.value}{given}"


def _member_tools(member: Member) -> Html:
    tools = Html()
    for role in (Role.OFFICER, Role.ADMINISTRATOR):
        if member.given is not role:
            action = Action("give-role", (member.key, role.value))
            label = f"Give {member.name} the role of {role.value}"
            tools += button(action, f"Make {role.value}", label=label)
    if member.given:
        action = Action("give-role", (member.key, ""))
        tools += button(action, "Take it away", label=f"Take the given role from {member.name}")
    verb, words = ("readmit", "Let in again") if member.suspended else ("suspend", "Shut out")
    tools += button(Action(verb, (member.key,)), words, label=f"{words}: {member.name}")
    return tools_html(tools)


def rows_html(caption: str, heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Html:
    """A table of plain texts."""
    body = Html()
    for row in rows:
        body += Html("<tr>{}</tr>").format(Html("<td>{}</td>").each(row))
    return table_html(caption, heads, body)


def retention_html(rules: Sequence[RetentionRule]) -> Html:
    """What is kept for how long, and what would be let go now."""
    rows = Html()
    for rule in rules:
        kept = count_words(rule.days, "day", "days") if rule.days else "until deleted"
        cells = (kept, f"{rule.held:,}", f"{rule.due:,}")
        rows += Html('<tr><th scope="row">{}</th>{}</tr>').format(
            rule.kind.value.capitalize(), Html("<td>{}</td>").each(cells)
        )
    heads = ("Records", "Kept", "Held now", "Would be let go now")
    return table_html("How long records are kept", heads, rows)


def let_go_words(gone: dict[RecordKind, int]) -> str:
    """What was let go, in a sentence."""
    if not gone:
        return "Nothing is older than the rules say: nothing was let go."
    return (
        f"Let go for good: {listed([f'{count:,} {kind.value}' for kind, count in gone.items()])}."
    )


def erase_html(key: str, name: str) -> Html:
    """Whether everything about a person is really to be erased."""
    return certain_html(
        f"Erase everything about {name} for good? That they did something stays in the audit "
        "trail, without their name and words. Copies in earlier backups are not touched.",
        button(Action("erase-certainly", (key,)), "Yes, erase it", label=f"Yes, erase {name}"),
        button(Action("erase-not"), "No, keep it"),
    )
