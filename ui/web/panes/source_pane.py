"""The pane beside the conversation: the sources of an answer, or one of them opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.library.provenance import held_as
from rag.saved.conversations import ConversationTurn
from rag.types import Citation
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import document_tools
from ui.web.render.sources import no_sources_html, sources_html, view_html
from ui.web.session import source_viewer, state
from ui.web.session.services import WebServices
from ui.web.session.source_viewer import OpenedSource
from ui.wording.translation import N_, tr

_NOTHING_YET = N_(
    "The sources of an answer are listed here. Choose one, or a number in the answer, to see the "
    "quoted words on their page."
)
_NONE = N_("The last question has no answer in the documents, and so no sources.")


def show(services: WebServices, visit: state.Visit, turns: Sequence[ConversationTurn]) -> None:
    """Draw the pane."""
    if show_opened(services, visit, state.cited([turn.answer for turn in turns], visit.opened)):
        return
    answer = turns[-1].answer if turns else None
    if answer is None or not answer.citations:
        asked_back = answer is not None and bool(answer.choices)
        st.html(no_sources_html(tr(_NONE if turns and not asked_back else _NOTHING_YET)))
        return
    notes = [source_viewer.told_of(services.library, citation) for citation in answer.citations]
    st.html(sources_html(answer.citations, len(turns), notes))


def show_opened(services: WebServices, visit: state.Visit, citation: Citation | None) -> bool:
    """Draw the source that is open, if there is one; `citation` is the one that was chosen."""
    if visit.opened is None or citation is None:
        return False
    st.html(view_html(source_viewer.view(services, citation, visit.opened)))
    name = held_as(services.library, citation)
    if name is not None:
        with st.container(key="document-tools"):
            document_tools.show(services, name, lambda page: Action("page", (str(page),)))
    return True


def do(action: Action | None, visit: state.Visit) -> bool:
    """Open, turn, enlarge or close a source; False where something else was asked for."""
    match action:
        case Action("open" | "near" as verb, (turn, n)):
            visit.opened = OpenedSource(int(turn), int(n), near=verb == "near")
            controls.attend(Attention.FOCUS, "viewer-title")
            controls.attend(Attention.CENTRE, "marked-words")
        case Action("page", (page,)) if visit.opened:
            visit.opened = replace(visit.opened, page=int(page))
        case Action("zoom", (zoom,)) if visit.opened:
            visit.opened = replace(visit.opened, zoom=int(zoom))
            controls.attend(Attention.CENTRE, "marked-words")
        case Action("close"):
            visit.opened = None
            controls.attend(Attention.BACK)
        case _:
            return False
    return True
