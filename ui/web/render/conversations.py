"""Pure: the list of conversations beside the page."""

from __future__ import annotations

from collections.abc import Sequence

from rag.saved.conversations import ConversationLine
from ui.web.controls import Action
from ui.web.render.access import share_button
from ui.web.render.html import Html, button, export_button, list_button, tools_html
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words
from ui.wording.translation import tr


def conversations_html(
    lines: Sequence[ConversationLine],
    current: str | None,
    *,
    exporting: bool = False,
    sharing: bool = False,
) -> Html:
    """Every conversation as a button, newest first; the current one with what can be done to it.

    `exporting` and `sharing` say whether the downloads of the current one, and its link, are open.
    """
    tools = _tools(current, exporting, sharing) if current else Html()
    # One stop of the keyboard for the whole list: the arrows go on from there.
    stop = next((line.id for line in lines if line.id == current), lines[0].id if lines else "")
    items = Html()
    for line in lines:
        items += _line(line, line.id == current, tools, stop=line.id == stop)
    return Html('<nav class="conversations" aria-label="{}"><ul>{}</ul></nav>').format(
        tr("Conversations"), items
    )


def deleted_html(name: str, identity: str) -> Html:
    """That a conversation is deleted, and the way back."""
    undo = button(Action("restore", (identity,)), tr("Undo"), key="undo-delete")
    return Html('<p class="note" role="status">{} {}</p>').format(
        tr("Deleted “{}”.").format(name), undo
    )


def _line(line: ConversationLine, current: bool, tools: Html, *, stop: bool) -> Html:
    # The first question of a conversation is counted once its answer is whole.
    questions = (
        count_words(line.turns, "question", "questions") if line.turns else tr("No answer yet")
    )
    about = f"{questions}, {spoken_moment(line.touched)}"
    to_it = list_button(
        Action("conversation", (line.id,)), line.name, about, current=current, stop=stop
    )
    return Html("<li>{}{}</li>").format(to_it, tools if current else "")


def _tools(identity: str, exporting: bool, sharing: bool) -> Html:
    label = tr("Export this conversation as Word, PDF or Markdown")
    return tools_html(
        button(Action("rename", (identity,)), tr("Rename"), label=tr("Rename this conversation")),
        button(Action("delete", (identity,)), tr("Delete"), label=tr("Delete this conversation")),
        export_button("all", label, opened=exporting),
        share_button("conversation", identity, opened=sharing),
    )
