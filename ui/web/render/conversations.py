"""Pure: the list of conversations beside the page."""

from __future__ import annotations

from collections.abc import Sequence

from rag.saved.conversations import ConversationLine
from ui.web.controls import Action
from ui.web.render.html import button, escaped, export_button
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words

NEW = Action("new")


def conversations_html(
    lines: Sequence[ConversationLine], current: str | None, *, exporting: bool = False
) -> str:
    """Every conversation as a button, newest first; the current one with what can be done to it.

    `exporting` says whether the downloads of the current one are open.
    """
    items = "".join(_line(line, line.id == current, exporting) for line in lines)
    return f'<nav class="conversations" aria-label="Conversations"><ul>{items}</ul></nav>'


def deleted_html(name: str, identity: str) -> str:
    """That a conversation is deleted, and the way back."""
    undo = button(Action("restore", (identity,)), "Undo", key="undo-delete")
    return f'<p class="note" role="status">Deleted “{escaped(name)}”. {undo}</p>'


def _line(line: ConversationLine, current: bool, exporting: bool) -> str:
    action = Action("conversation", (line.id,))
    state = ' aria-current="true"' if current else ""
    # The first question of a conversation is counted once its answer is whole.
    asked = count_words(line.turns, "question", "questions") if line.turns else "No answer yet"
    about = f"{asked}, {spoken_moment(line.touched)}"
    return (
        f'<li><button type="button" class="conversation" data-act="{escaped(action.line)}"{state}>'
        f'<span class="title">{escaped(line.name)}</span> '
        f'<span class="meta">{escaped(about)}</span>'
        f"</button>{_doing(line.id, exporting) if current else ''}</li>"
    )


def _doing(identity: str, exporting: bool) -> str:
    return (
        '<div class="tools">'
        + button(Action("rename", (identity,)), "Rename", label="Rename this conversation")
        + button(Action("delete", (identity,)), "Delete", label="Delete this conversation")
        + export_button(
            "all", "Export this conversation as Word, PDF or Markdown", opened=exporting
        )
        + "</div>"
    )
