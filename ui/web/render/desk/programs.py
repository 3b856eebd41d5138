"""Pure: the tokens of a person, and the one that was just made."""

from __future__ import annotations

from collections.abc import Sequence

from rag.saved.tokens import Token
from ui.web.controls import Action
from ui.web.render.html import Html, button, note_html, table_html
from ui.wording.dates import spoken_moment
from ui.wording.translation import tr


def secret_html() -> Html:
    """Heads the secret of a token, which stands below it."""
    return Html('<h2 class="part">{}</h2>').format(tr("Your new token"))


def tokens_html(tokens: Sequence[Token]) -> Html:
    """The tokens, and what takes each that is in force back."""
    if not tokens:
        return note_html(tr("No token of yours is in force."))
    rows = Html()
    for token in tokens:
        label = tr("Take back: {}").format(token.name)
        take_back = button(Action("withdraw-token", (token.id,)), tr("Take it back"), label=label)
        rows += Html('<tr><th scope="row">{}</th>{}<td>{}</td></tr>').format(
            token.name,
            Html("<td>{}</td>").each((spoken_moment(token.made), spoken_moment(token.expires))),
            tr("taken back") if token.withdrawn else take_back,
        )
    heads = (tr("What for"), tr("Made on"), tr("In force until"), tr("Change"))
    return table_html(tr("Your tokens"), heads, rows)
