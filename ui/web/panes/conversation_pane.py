"""The conversations kept: found, begun, renamed, deleted and brought back."""

from __future__ import annotations

import streamlit as st

from rag.saved.conversations import LONGEST_NAME, Conversation
from rag.saved.shares import ShareKind
from ui.export.documents.conversation_document import conversation_paper
from ui.web.controls import Action
from ui.web.panes import export_row, share_row
from ui.web.render.conversations import conversations_html, deleted_html
from ui.web.render.html import note_html
from ui.web.session.services import WebServices
from ui.web.session.state import Visit
from ui.wording.translation import tr


def show(services: WebServices, visit: Visit, current: Conversation | None) -> None:
    """Draw the list in the side bar."""
    if st.button(tr("New conversation"), width="stretch", type="primary"):
        visit.lost = visit.not_asked = ""
        visit.open_conversation(None)
        st.rerun()
    search = tr("Search conversations")
    sought = st.text_input(search, key="sought", placeholder=search, label_visibility="collapsed")
    lines = services.conversations.listed(sought.strip())
    if visit.deleted:
        identity, name = visit.deleted
        st.html(deleted_html(name, identity))
    if visit.renaming and current:
        _rename(services, visit, current)
    exporting = visit.exporting == "all"
    if exporting and current:
        st.html(note_html(tr("Download this conversation as:")))
        export_row.show(
            "all",
            current.name,
            lambda now: conversation_paper(current, services.library.documents(), now),
        )
    if current:
        share_row.show(services, visit, ShareKind.CONVERSATION, current.id)
    if lines:
        open_now = current.id if current else None
        sharing = open_now is not None and visit.sharing == open_now
        st.html(conversations_html(lines, open_now, exporting=exporting, sharing=sharing))
    elif sought.strip():
        st.html(note_html(tr("No conversation has these words.")))
    else:
        st.html(note_html(tr("Your conversations are kept here.")))


def do(action: Action, services: WebServices, visit: Visit) -> None:
    """Do what was chosen in the list."""
    match action:
        case Action("conversation", (identity,)):
            visit.lost = visit.not_asked = ""
            visit.open_conversation(identity)
        case Action("rename", (_,)):
            visit.renaming = not visit.renaming
        case Action("delete", (identity,)):
            visit.deleted = (identity, services.conversations.get(identity).name)
            services.conversations.delete(identity)
            visit.open_conversation(None)
        case Action("restore", (identity,)):
            services.conversations.restore(identity)
            visit.deleted = None
            visit.lost = visit.not_asked = ""
            visit.open_conversation(identity)


def _rename(services: WebServices, visit: Visit, current: Conversation) -> None:
    with st.form("rename"):
        name = st.text_input(tr("Name"), value=current.name, max_chars=LONGEST_NAME)
        if st.form_submit_button(tr("Keep this name")):
            if name.strip():
                visit.renamed_to = services.conversations.rename(current.id, name).name
            visit.renaming = False
            st.rerun()
