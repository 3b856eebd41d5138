"""Pure: who is here, the way in and out, and links by which something is shared."""

from __future__ import annotations

from rag.access.people import LOCAL, Person
from ui.web.controls import Action
from ui.web.render.html import Html, button, copy_button, note_html, tools_html
from ui.wording.translation import LANGUAGES, N_, tr

_KINDS = (N_("conversation"), N_("check"), N_("pack"))
_ROLES = (N_("reader"), N_("officer"), N_("administrator"))
"""What is shared, and who is here: told by their values, marked here for the catalogues."""
LOG_OUT = Action("log-out")
OTHER_LANGUAGE = Action("other-language")


def who_html(person: Person, *, leaves: bool) -> Html:
    """Who is logged in, and the way out where the desk itself lets them out; empty where nobody
    needs to log in."""
    if person.key == LOCAL.key:
        return Html()
    out = button(LOG_OUT, tr("Log out"), key="log-out") if leaves else ""
    return Html('<p class="who-is-here"><span>{}, {}</span> {}</p>').format(
        person.name, tr(person.role.value), out
    )


def language_html(other: str) -> Html:
    """The way to the pages in the other language, in the words of that."""
    words = Html('<span lang="{}">{}</span>').format(other, LANGUAGES[other])
    return Html('<p class="who-is-here">{}</p>').format(
        button(OTHER_LANGUAGE, words, key="other-language")
    )


def outside_html(product: str, why: str) -> Html:
    """What somebody sees who is not let in, and why."""
    return Html(
        '<header class="masthead"><h1>{}</h1></header><p class="note" role="status">{}</p>'
    ).format(product, why)


def share_button(kind: str, item: str, *, opened: bool) -> Html:
    """A button that opens or closes the link to something."""
    label = tr("Share this {} by a link that others can read").format(tr(kind))
    action = Action("share", (kind, item))
    return button(action, tr("Share"), label=label, key=f"share-{kind}", expanded=opened)


def link_html(kind: str, item: str, link: str, at: str) -> Html:
    """The link to something, what it gives, and the way to take it back."""
    note = note_html(
        tr(
            "Whoever has this link and can log in here can read this {} as it stands when "
            "they open it, and change nothing. Shared on {}."
        ).format(tr(kind), at)
    )
    back = button(Action("unshare", (kind, item)), tr("Withdraw the link"), key="withdraw")
    return Html(
        '<section class="shared" aria-label="{}">{}<p><code>{}</code></p>{}</section>'
    ).format(tr("Link"), note, link, tools_html(copy_button(tr("Copy the link"), link), back))


def elsewhere_html(told: str) -> Html:
    """That something was changed in another window."""
    seen = button(Action("seen-elsewhere"), tr("I have seen it"), key="seen-elsewhere")
    return Html('<p class="notice" role="status">{} {}</p>').format(told, seen)


def gone_html(why: str, identity: str, question: str) -> Html:
    """That what was open is gone, the way back, and what was not asked because of it.

    `identity` is that of a conversation that can be brought back; "" where there is none.
    """
    tools, asked = Html(), Html()
    if identity:
        tools += button(Action("restore", (identity,)), tr("Bring it back"), key="bring-back")
    if question:
        asked = Html("<p>{} <q>{}</q></p>").format(tr("Your question was not asked:"), question)
        tools += button(Action("ask-anew"), tr("Ask it in a new conversation"), key="ask-anew")
    return Html('<div class="problem" role="alert"><p>{}</p>{}{}</div>').format(
        why, asked, tools_html(tools) if tools else ""
    )
